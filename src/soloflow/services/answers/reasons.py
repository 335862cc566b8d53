"""理由: why those who left at a step left, with their own words beside it."""

from collections import Counter
from functools import partial

from soloflow.charts.forest import ForestWords, SourceRow, forest_figure, forest_height
from soloflow.i18n import _
from soloflow.insights.beta import Estimate
from soloflow.insights.estimate import wilson
from soloflow.insights.leak import FEW
from soloflow.insights.log import Log
from soloflow.insights.reduction import LOST, reduce_log, stage_records
from soloflow.insights.sources import pooled
from soloflow.insights.words import stage_name
from soloflow.services import numbers
from soloflow.services.answers import Answer, Link, Row, Table, Term, Who
from soloflow.services.funnel_words import list_title
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace
from soloflow.store import voices

_STEPS = range(1, 9)
_VOICES = 4


def answer(ws: Workspace, shown: Overview, stage: int) -> Answer:
    """The reasons of those lost at a stage (1 to 8), and of all for comparison."""
    by_step = _counts(shown.log, shown.numbers.as_of_us)
    names = _names(ws)
    here = by_step[stage]
    order = [code for code, _count in here.most_common()]
    shares = {code: _share(by_step, stage, code) for code in order}
    rows = tuple(_chart_row(by_step, stage, code, names, shares[code]) for code in order)
    return Answer(
        head=_head(by_step, stage, names, order),
        lines=_voices(ws, shown, stage),
        table=_table(by_step, stage, names, shares),
        terms=_terms(),
        height=forest_height(rows) if rows else 0.0,
        links=_links(here, stage, names, order),
        draw=partial(forest_figure, _words(stage), rows),
    )


def _counts(log: Log, as_of_us: int) -> dict[int, Counter[str]]:
    """Lost prospects by reason, for each step; "" where no reason was given."""
    reduced = reduce_log(log, as_of_us)
    found = {}
    for stage in _STEPS:
        records = stage_records(reduced, stage)
        rows = records.row[records.outcome == LOST]
        found[stage] = Counter(log.facts[one].loss_reason or "" for one in reduced.prospect[rows])
    return found


def _names(ws: Workspace) -> dict[str, str]:
    with ws.store.read() as reader:
        rows = [reader.get("lost_reasons", one) for one in reader.ids("lost_reasons")]
    return {row["code"]: _(row["name"]) for row in rows}


def _name(code: str, names: dict[str, str]) -> str:
    return names.get(code, code) if code else _("理由の記録なし")


def _share(by_step: dict[int, Counter[str]], stage: int, code: str) -> Estimate:
    """The share of a reason at a step, drawn towards its share at the others."""
    steps = [step for step in _STEPS if by_step[step].total()]
    found = pooled([(by_step[step][code], by_step[step].total()) for step in steps])
    return found[steps.index(stage)]


def _head(by_step: dict[int, Counter[str]], stage: int, names: dict[str, str], order: list[str]) -> tuple[str, ...]:
    here = by_step[stage]
    if not here:
        return (_("{stage}で離れた顧客は、まだいません。").format(stage=stage_name(stage)),)
    given = [code for code in order if code]
    if not given:
        return (
            _("{stage}で離れた{count}社には、理由の記録がありません。").format(
                stage=stage_name(stage), count=here.total()
            ),
        )
    most = given[0]
    first = _("{stage}で離れた{count}社の理由は「{reason}」がいちばん多く、{n}社です。").format(
        stage=stage_name(stage), count=f"{here.total():,}", reason=_name(most, names), n=f"{here[most]:,}"
    )
    others = Counter[str]()
    for step in _STEPS:
        if step != stage:
            others += by_step[step]
    if here.total() < FEW or others.total() < FEW:
        return (first,)
    share, elsewhere = here[most] / here.total(), others[most] / others.total()
    second = _("この理由は、ほかの工程では {elsewhere:.0f} %、ここでは {share:.0f} % です。")
    return (first, second.format(elsewhere=100 * elsewhere, share=100 * share))


def _voices(ws: Workspace, shown: Overview, stage: int) -> tuple[str, ...]:
    lost = numbers.customers_behind(shown, Who(stage, LOST))
    if not lost:
        return ()
    with ws.store.read() as reader:
        said = voices.of_customers(reader, lost, _VOICES)
    return tuple(_("「{words}」（{customer}）").format(words=words, customer=customer) for customer, words in said)


def _chart_row(
    by_step: dict[int, Counter[str]], stage: int, code: str, names: dict[str, str], share: Estimate
) -> SourceRow:
    count, total = by_step[stage][code], by_step[stage].total()
    lo, hi = wilson(count, total)
    tooltip = _(
        "{reason}：離れた{total}社のうち{count}社。ほかの工程もふまえると {mean:.0f} % [{lo:.0f}–{hi:.0f}]"
    ).format(
        reason=_name(code, names), total=total, count=count, mean=100 * share.mean, lo=100 * share.lo, hi=100 * share.hi
    )
    return SourceRow(
        _name(code, names), count / total, lo, hi, share.mean, share.lo, share.hi, f"{count}/{total}",
        str(sum(one[code] for one in by_step.values())), None, Who(stage, LOST, reason=code), tooltip,
        f"{100 * share.mean:.0f} % [{100 * share.lo:.0f}–{100 * share.hi:.0f}]", total < FEW,
    )  # fmt: skip


def _words(stage: int) -> ForestWords:
    return ForestWords(
        _("離れた理由の割合"),
        stage_name(stage),
        (_("この工程"), _("全工程")),
        _("ならした割合：ほかの工程もふまえた割合"),
        _("この工程だけの割合"),
        _("ならした割合"),
    )


def _links(here: Counter[str], stage: int, names: dict[str, str], order: list[str]) -> tuple[Link, ...]:
    if not here:
        return ()
    links = [Link(_("{list}を見る").format(list=list_title(Who(stage, LOST), here.total())), Who(stage, LOST))]
    for code in order[:2]:
        if code:
            words = _("「{reason}」の{count}社を見る").format(reason=_name(code, names), count=here[code])
            links.append(Link(words, Who(stage, LOST, reason=code)))
    return tuple(links)


def _table(by_step: dict[int, Counter[str]], stage: int, names: dict[str, str], shares: dict[str, Estimate]) -> Table:
    total, whole = by_step[stage].total(), sum((one for one in by_step.values()), Counter[str]())
    rows = []
    for code, count in whole.most_common():
        here = by_step[stage][code]
        share = shares.get(code)
        band = "—" if share is None else f"{100 * share.mean:.0f} % [{100 * share.lo:.0f}–{100 * share.hi:.0f}]"
        cells = (_name(code, names), f"{here}/{total}" if total else "—", band, f"{count}/{whole.total()}")
        rows.append(Row(cells, Who(stage, LOST, reason=code) if here else None))
    heads = (_("離れた理由"), _("この工程"), _("ほかの工程もふまえた割合"), _("全工程"))
    return Table(_("{stage}で離れた理由").format(stage=stage_name(stage)), heads, tuple(rows))


def _terms() -> tuple[Term, ...]:
    return (
        Term(
            _("離れた理由"),
            _("離脱にしたときに選んだ理由です。いま離脱している顧客を、到達したいちばん先の工程で数えます。戻った顧客は入りません。"),
        ),
        Term(
            _("ほかの工程もふまえた割合"),
            _("件数の少ない工程の割合は、まぐれで偏ります。そこで、全工程の割合に少し寄せています。件数が多いほど、寄せかたは小さくなります。"),
        ),
        Term(_("お客様のことば"), _("この工程で離れた顧客の「生の声」を、新しい順に並べています。")),
    )  # fmt: skip
