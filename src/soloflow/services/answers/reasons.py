"""理由: why those who left at a step left, with their own words beside it."""

from collections import Counter
from functools import partial

from soloflow.charts.forest import ForestWords, SourceRow, forest_figure, forest_height
from soloflow.i18n import _, sentences
from soloflow.insights.beta import Estimate
from soloflow.insights.estimate import wilson
from soloflow.insights.leak import FEW
from soloflow.insights.reduction import LOST
from soloflow.insights.sources import pooled
from soloflow.insights.words import stage_name
from soloflow.services import numbers
from soloflow.services.answers import Answer, Link, Row, Table, Term, Who
from soloflow.services.causes import cause_sentence, known, reason_name, reasons_of
from soloflow.services.list_titles import list_title
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace
from soloflow.store import voices

_STEPS = range(1, 9)
_VOICES = 4
_LINKED = 2


def answer(ws: Workspace, shown: Overview, stage: int) -> Answer:
    """The reasons of those lost at a stage (1 to 8), and of all for comparison."""
    shares = _shares(shown, stage)
    rows = tuple(_chart_row(shown, stage, code, shares[code]) for code, _count in reasons_of(shown, stage))
    return Answer(
        head=_head(shown, stage),
        lines=(*_untold(shown, stage), *_voices(ws, shown, stage)),
        table=_table(shown, stage, shares),
        terms=_terms(shown, stage),
        height=forest_height(rows) if rows else 0.0,
        links=_links(shown, stage),
        draw=partial(forest_figure, _words(stage), rows),
    )


def _told(shown: Overview) -> dict[int, Counter[str]]:
    """Of each step, those whose reason is known."""
    return {step: Counter(dict(reasons_of(shown, step))) for step in _STEPS}


def _shares(shown: Overview, stage: int) -> dict[str, Estimate]:
    """Of those with a reason, the share of each at a step, drawn towards its share at the others."""
    told = _told(shown)
    steps = [step for step in _STEPS if told[step]]
    found = {}
    for code in told[stage]:
        shares = pooled([(told[step][code], told[step].total()) for step in steps])
        found[code] = shares[steps.index(stage)]
    return found


def _head(shown: Overview, stage: int) -> tuple[str, ...]:
    cause = cause_sentence(shown, stage)
    if not cause:
        return (_("{stage}で離れた顧客は、まだいません。").format(stage=stage_name(stage)),)
    others = sum((one for step, one in _told(shown).items() if step != stage), Counter[str]())
    here, elsewhere = known(shown, stage), others.total()
    if here < FEW or elsewhere < FEW:
        return (cause,)
    code, count = reasons_of(shown, stage)[0]
    words = _(
        "「{reason}」は、ここでは {here:.0f} %（{count}/{total}）、ほかの工程では {share:.0f} %（{there}/{elsewhere}）です。"
    )
    said = words.format(
        reason=reason_name(shown, code), here=100 * count / here, count=f"{count:,}", total=f"{here:,}",
        share=100 * others[code] / elsewhere, there=f"{others[code]:,}", elsewhere=f"{elsewhere:,}",
    )  # fmt: skip
    return (cause, sentences((said, _apart(count, here, others[code], elsewhere))))


def _apart(here: int, told: int, there: int, elsewhere: int) -> str:
    """Whether two shares differ by more than their intervals."""
    (lo, hi), (other_lo, other_hi) = wilson(here, told), wilson(there, elsewhere)
    return "" if hi < other_lo or other_hi < lo else _("差はまだ区別できません。")


def _untold(shown: Overview, stage: int) -> tuple[str, ...]:
    lost, told = shown.lost_for[stage].total(), known(shown, stage)
    if not lost:
        return (_("離脱にするときに理由を選ぶと、工程ごとにここで数えます。"),)
    if lost == told:
        return ()
    return (
        _("ほかの{count}社には、理由の記録がありません。割合は、理由のわかる顧客の中で出しています。").format(
            count=f"{lost - told:,}"
        )
        if told
        else _("離脱にするときに理由を選ぶと、次からここで数えます。"),
    )


def _voices(ws: Workspace, shown: Overview, stage: int) -> tuple[str, ...]:
    lost = numbers.customers_behind(shown, Who(stage, LOST))
    if not lost:
        return ()
    with ws.store.read() as reader:
        said = voices.of_customers(reader, lost, _VOICES)
    quoted = [_("「{words}」（{customer}）").format(words=words, customer=customer) for customer, words in said]
    return (_("離れた顧客の言葉：{words}").format(words=quoted[0]), *quoted[1:]) if quoted else ()


def _chart_row(shown: Overview, stage: int, code: str, share: Estimate) -> SourceRow:
    total, whole = known(shown, stage), _told(shown)
    count = shown.lost_for[stage][code]
    name, everywhere = reason_name(shown, code), sum(one[code] for one in whole.values())
    lo, hi = wilson(count, total)
    tooltip = _("{reason}：理由のわかる{total}社のうち{count}社").format(reason=name, total=total, count=count)
    if band := _band(total, share):
        tooltip = _("{counts}。ほかの工程もふまえると {share}").format(counts=tooltip, share=band)
    return SourceRow(
        name, count / total, lo, hi, share.mean, share.lo, share.hi, f"{count}/{total}",
        f"{everywhere}/{sum(one.total() for one in whole.values())}", None,
        Who(stage, LOST, reason=code), tooltip, band, total < FEW,
    )  # fmt: skip


def _band(told: int, share: Estimate | None) -> str:
    """A pooled share in words; empty while the step has too few reasons for a percentage."""
    if share is None or told < FEW:
        return ""
    return f"{100 * share.mean:.0f} % [{100 * share.lo:.0f}–{100 * share.hi:.0f}]"


def _words(stage: int) -> ForestWords:
    return ForestWords(
        _("離れた理由の割合"),
        stage_name(stage),
        (_("この工程"), _("全工程")),
        _("ほかもふまえた割合：全工程に寄せた割合"),
        _("この工程だけの割合"),
        _("ほかもふまえた割合"),
    )


def _links(shown: Overview, stage: int) -> tuple[Link, ...]:
    lost, told = shown.lost_for[stage].total(), known(shown, stage)
    if not lost:
        return ()
    see = _("{list}を見る")
    links = [Link(see.format(list=list_title(Who(stage, LOST), lost)), Who(stage, LOST))]
    for code, count in reasons_of(shown, stage)[:_LINKED]:
        words = _("「{reason}」の{count}社を見る").format(reason=reason_name(shown, code), count=f"{count:,}")
        links.append(Link(words, Who(stage, LOST, reason=code)))
    if lost > told:
        words = _("理由の記録がない{count}社を見る").format(count=f"{lost - told:,}")
        links.append(Link(words, Who(stage, LOST, reason="")))
    return tuple(links)


def _table(shown: Overview, stage: int, shares: dict[str, Estimate]) -> Table:
    told = _told(shown)
    total, whole = told[stage].total(), sum(told.values(), Counter[str]())
    rows = []
    for code, here in sorted(
        ((one, told[stage][one]) for one in whole), key=lambda one: (-one[1], -whole[one[0]], one[0])
    ):
        count = whole[code]
        cells = (
            reason_name(shown, code), f"{here}/{total}" if total else "—", _band(total, shares.get(code)) or "—",
            f"{count}/{whole.total()}",
        )  # fmt: skip
        rows.append(Row(cells, Who(stage, LOST, reason=code) if here else None))
    untold, everywhere = shown.lost_for[stage][""], sum(one[""] for one in shown.lost_for.values())
    if everywhere:
        cells = (reason_name(shown, ""), _("{count}社").format(count=untold), "—", _("{count}社").format(count=everywhere))  # fmt: skip
        rows.append(Row(cells, Who(stage, LOST, reason="") if untold else None))
    heads = (_("離れた理由"), _("この工程"), _("ほかもふまえた割合"), _("全工程"))
    return Table(_("{stage}で離れた理由").format(stage=stage_name(stage)), heads, tuple(rows))


def _terms(shown: Overview, stage: int) -> tuple[Term, ...]:
    lost, told = shown.lost_for[stage].total(), known(shown, stage)
    counts = _("{stage}で離れた{lost}社のうち、理由のあるのは{told}社、ないのは{untold}社です。").format(
        stage=stage_name(stage), lost=f"{lost:,}", told=f"{told:,}", untold=f"{lost - told:,}"
    )
    all_told = sum(known(shown, step) for step in _STEPS)
    return (
        Term(
            _("離れた理由"),
            sentences((_("離脱にしたときに選んだ理由です。いま離脱している顧客を、到達したいちばん先の工程で数えます。戻った顧客は入りません。"), counts)),
        ),
        Term(
            _("確か・たぶん・まだ区別できない"),
            _("件数のぶれを見こんで、その理由の本当の割合がいちばん高い確率が、95 %以上なら「確か」、80 %以上なら「たぶん」、それより低ければ「まだ区別できない」と書きます。理由のわかる顧客が{few}社になるまでは、件数だけを書きます。").format(few=FEW),
        ),
        Term(
            _("ほかもふまえた割合"),
            _("件数の少ない工程の割合は、まぐれで偏ります。そこで、全工程で理由のわかる{count}社の割合に少し寄せています。件数が多いほど、寄せかたは小さくなります。理由のわかる顧客がこの工程で{few}社になるまでは％を出しません。").format(count=f"{all_told:,}", few=FEW),
        ),
        Term(_("離れた顧客の言葉"), _("この工程で離れた顧客の「生の声」を、新しい順に{count}件まで並べています。離れた理由を聞いたものとは限りません。").format(count=_VOICES)),
    )  # fmt: skip
