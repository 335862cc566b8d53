"""その後: what becomes of those who reached a step, and how long it takes."""

from functools import partial

from soloflow.charts.after_step import HEIGHT, after_step_figure, share_words
from soloflow.charts.rows import whole_percents
from soloflow.i18n import _, sentences
from soloflow.insights.estimate import curve, within
from soloflow.insights.leak import FEW
from soloflow.insights.numbers import HORIZONS, MAIN_HORIZON, StageNumbers
from soloflow.insights.reduction import ADVANCED, LOST, OPEN, reduce_log, stage_records
from soloflow.insights.words import judgement_note, stage_name
from soloflow.services.answers import Answer, Link, Row, Table, Term, Who
from soloflow.services.causes import step_in_question
from soloflow.services.list_titles import list_title
from soloflow.services.numbers import Overview

_SOON = 30
_ROUGH = 20
"""Of so few it is said first what they did; the rate, which expects something of those still open, comes after."""


def first_stage(shown: Overview) -> int:
    """The step to begin with: the one with the lowest rate, or the likeliest; while all are thin, where most are lost."""
    return step_in_question(shown)


def answer(shown: Overview, stage: int) -> Answer:
    """Advanced, open and lost within a year after coming to a stage (1 to 8)."""
    found = curve(stage_records(reduce_log(shown.log, shown.numbers.as_of_us), stage))
    step = shown.numbers.stages[stage - 1]
    rows = []
    for days in (_SOON, *HORIZONS):
        one, shares = within(found, days), share_words(found, days)
        band = f"[{100 * one.lo:.0f}–{100 * one.hi:.0f}]" if one.n_eff and found.n >= FEW else "—"
        cells = (_("{days}日").format(days=days), *(share if found.n else "—" for share in shares), band)
        rows.append(Row(cells, Who(stage) if found.n else None, days == MAIN_HORIZON))
    heads = (_("来てから"), _("進んだ"), _("途中"), _("離れた"), _("進む率の帯（95 %）"))
    return Answer(
        head=_head(step),
        lines=_lines(step),
        table=Table(_("{stage}に来た顧客の、その後").format(stage=stage_name(stage)), heads, tuple(rows)),
        terms=_terms(step),
        height=HEIGHT if found.n else 0.0,
        links=tuple(
            Link(_("{list}を見る").format(list=list_title(Who(stage, outcome), count)), Who(stage, outcome))
            for outcome, count in ((ADVANCED, step.advanced), (OPEN, step.open), (LOST, step.lost))
            if count
        ),
        draw=partial(after_step_figure, found, stage, MAIN_HORIZON),
    )


def _head(step: StageNumbers) -> tuple[str, ...]:
    name, main = stage_name(step.stage), step.main
    if not step.at_risk or main.advance is None or main.lost is None or main.open is None:
        return (_("{stage}に来た顧客は、まだいません。").format(stage=name),)
    if step.at_risk == 1:
        said = _("{stage}に来たのは、まだ1社です。その1社は次へ進みました。")
        if not step.advanced:
            said = (
                _("{stage}に来たのは、まだ1社です。その1社は離れました。")
                if step.lost
                else _("{stage}に来たのは、まだ1社です。その1社は途中です。")
            )
        return (said.format(stage=name),)
    if step.at_risk < _ROUGH:
        parts = (
            (_("進んだのは{count}社"), step.advanced), (_("離れたのは{count}社"), step.lost), (_("途中が{count}社"), step.open)
        )  # fmt: skip
        ends = _("、").join(words.format(count=count) for words, count in parts if count)
        return (_("{stage}に来た{n}社のうち、{ends}です。").format(stage=name, n=step.at_risk, ends=ends),)
    said = _("{stage}に来た{n}社でみると、1年以内に {advance} % が進み、{lost} % が離れ、{open} % は途中です。")
    if main.lower_bound:
        said = _(
            "{stage}に来た{n}社でみると、1年以内に少なくとも {advance} % が進み、{lost} % が離れます。残る {open} % は途中です。"
        )
    advance, lost, still = whole_percents((main.advance, main.lost, main.open))
    first = said.format(stage=name, n=f"{step.at_risk:,}", advance=advance, lost=lost, open=still)
    if step.median_days_to_advance is None:
        return (first,)
    return (first, _("進む顧客の半分は、{days}に進みます。").format(days=_days(step.median_days_to_advance)))


def _days(days: float) -> str:
    return _("その日のうち") if days < 1 else _("{days:.0f}日以内").format(days=days)


def _lines(step: StageNumbers) -> tuple[str, ...]:
    if not step.at_risk:
        return ()
    lines = [_counts(step)]
    median = step.time_in_stage.median
    if median.median is not None and step.time_in_stage.stays >= FEW:
        said = _(
            "この工程にいるのは、半分が{days:.0f}日まで（95 % の帯 {lo}–{hi}日）。進む・離れる・育成のどれでも、いなくなったと数えます。"
        )
        lines.append(said.format(days=median.median, lo=_bound(median.lo), hi=_bound(median.hi)))
    if step.nurture:
        lines.append(_("途中のうち{count}社は育成中です。").format(count=f"{step.nurture:,}"))
    if note := judgement_note((step.stage,)):
        lines.append(note)
    return tuple(lines)


def _counts(step: StageNumbers) -> str:
    """What the rate rests on: the counts, or where those are said already, the rate itself."""
    main = step.main
    if step.at_risk >= _ROUGH:
        said = _(
            "いまのところ、{n}社のうち進んだ{advanced}・途中{open}・離れた{lost}。率は、途中の顧客の見込みも入れています。"
        )
        if not step.open:
            said = _("{n}社のうち、進んだ{advanced}・離れた{lost}です。")
    elif step.at_risk >= FEW and main.advance is not None:
        said = _("1年以内に進む率の見込みは {rate:.0f} %（n={n}、95 % の帯 {lo:.0f}–{hi:.0f}）。")
        if main.lower_bound:
            said = _("1年以内に進む率の見込みは、少なくとも {rate:.0f} %（n={n}、95 % の帯 {lo:.0f}–{hi:.0f}）。")
    else:
        said = _("n={n}（進んだ{advanced}・途中{open}・離れた{lost}）")
    return said.format(
        n=f"{step.at_risk:,}", advanced=f"{step.advanced:,}", open=f"{step.open:,}", lost=f"{step.lost:,}",
        rate=100 * (main.advance or 0.0), lo=100 * main.lo, hi=100 * main.hi,
    )  # fmt: skip


def _bound(days: float | None) -> str:
    return "…" if days is None else f"{days:.0f}"


def _terms(step: StageNumbers) -> tuple[Term, ...]:
    counts = _("来た{n}社：進んだ{advanced}、離れた{lost}、途中{open}").format(
        n=step.at_risk, advanced=step.advanced, lost=step.lost, open=step.open
    )
    median = step.median_days_to_advance
    half = "" if median is None else _("この工程では {days}です。").format(days=_days(median))
    links = tuple(
        Link(list_title(Who(step.stage, outcome), count), Who(step.stage, outcome))
        for outcome, count in ((ADVANCED, step.advanced), (OPEN, step.open), (LOST, step.lost))
        if count
    )
    return (
        Term(
            _("進んだ・途中・離れた"),
            _("その工程に来た日から数えて、その日数までにどうなったかの割合です。3つを足すといつも100 % になります（{counts}）。").format(counts=counts),
            links,
        ),
        Term(
            _("途中の人の数えかた"),
            _("途中の人は、来てから今日までの日数だけ「まだ決まっていない」として数えます。離れたことにも、いなかったことにもしません（アーレン・ヨハンセン推定）。"),
        ),
        Term(
            _("進む人の半分"),
            sentences((_("1年以内に進む人のうち、半分が進み終わるまでの日数です。"), half)),
        ),
    )  # fmt: skip
