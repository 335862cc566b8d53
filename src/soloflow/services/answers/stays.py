"""滞在日数: how long prospects stay at a step before they go on or leave."""

from functools import partial

from soloflow.charts.stay_curve import HEIGHT, stay_figure
from soloflow.domain.stages import LAST, ORDER, STAGES
from soloflow.i18n import _, sentences
from soloflow.insights.estimate import Median, kaplan_meier
from soloflow.insights.leak import FEW
from soloflow.insights.numbers import StageNumbers
from soloflow.insights.reduction import OPEN, reduce_log
from soloflow.insights.stays import TimeInStage, stays
from soloflow.insights.words import marked_name, stage_name
from soloflow.services.answers import Answer, Link, Row, Table, Term, Who
from soloflow.services.funnel_words import list_title
from soloflow.services.numbers import Overview


def answer(shown: Overview, stage: int) -> Answer:
    """The stays at one step (1 to 8), and the medians of all of them in the table."""
    every = stays(reduce_log(shown.log, shown.numbers.as_of_us))
    here = every.stage == stage
    found = kaplan_meier(every.duration_us[here], every.ended[here])
    step = shown.numbers.stages[stage - 1]
    own = step.time_in_stage
    return Answer(
        head=_head(shown, stage, own),
        lines=_lines(step),
        table=_table(shown, stage),
        terms=_terms(stage, own),
        height=HEIGHT if own.stays else 0.0,
        links=(
            (Link(_("{list}を見る").format(list=list_title(Who(stage, OPEN), step.open)), Who(stage, OPEN)),)
            if step.open
            else ()
        ),
        draw=partial(stay_figure, found, own.median.median, stage, is_thin=own.stays < FEW),
    )


def _head(shown: Overview, stage: int, own: TimeInStage) -> tuple[str, ...]:
    name = stage_name(stage)
    if not own.stays:
        return (_("{stage}にいた顧客は、まだいません。").format(stage=name),)
    if own.stays < FEW:
        return (_few(name, own),)
    if own.median.median is None:
        return (_("{stage}では、まだ半分も次へ進んだり離れたりしていません。").format(stage=name),)
    first = _("{stage}にいるのは、半分が{days:.0f}日までです。").format(stage=name, days=own.median.median)
    longest = _longest(shown)
    return (first,) if longest is None else (first, longest)


def _few(name: str, own: TimeInStage) -> str:
    if own.median.median is None:
        return _("{stage}にいた日数は、まだわかりません（滞在{stays}回、終わった{exits}回）。").format(
            stage=name, stays=own.stays, exits=own.exits
        )
    if own.stays == 1:
        return _("{stage}での滞在は、まだ1回（{days:.0f}日）だけです。").format(stage=name, days=own.median.median)
    said = _("{stage}での滞在は、まだ{stays}回だけ。真ん中は {days:.0f}日です。")
    return said.format(stage=name, stays=own.stays, days=own.median.median)


def _longest(shown: Overview) -> str | None:
    """Where before the order they stay the longest, and whether that is clear; None with nothing to compare."""
    known = sorted(
        (
            step
            for step in shown.numbers.stages[: ORDER - 1]
            if step.time_in_stage.median.median is not None and step.time_in_stage.stays >= FEW
        ),
        key=lambda step: -(step.time_in_stage.median.median or 0.0),
    )
    if len(known) < 2:
        return None
    first, second = (step.time_in_stage.median for step in known[:2])
    if round(first.median or 0) == round(second.median or 0):
        return None
    said = _("受注までで、いちばん長くいるのは {stage}（半分が{days:.0f}日まで）です。")
    if first.lo is None or second.hi is None or first.lo <= second.hi:
        said = _("受注までで、いちばん長く見えるのは {stage}（半分が{days:.0f}日まで）ですが、まだ区別できません。")
    return said.format(stage=stage_name(known[0].stage), days=first.median)


def _lines(step: StageNumbers) -> tuple[str, ...]:
    own = step.time_in_stage
    if own.stays < 2:
        return ()
    lines = [
        _("{stays}回の滞在のうち、{exits}回が終わり、{still}回は続いています。").format(
            stays=f"{own.stays:,}", exits=f"{own.exits:,}", still=f"{own.stays - own.exits:,}"
        )
    ]
    if own.median.median is not None and own.stays >= FEW:
        said = _(
            "この{days:.0f}日という数の帯（95 %）は {band}です。進む・離れる・育成のどれでも、終わったと数えます。"
        )
        lines.append(said.format(days=own.median.median, band=_band(own.median)))
    if own.stays - own.exits != step.open and step.nurture:
        said = _("途中の{open}社には育成中の{nurture}社も入りますが、滞在には入りません。")
        lines.append(said.format(open=f"{step.open:,}", nurture=f"{step.nurture:,}"))
    return tuple(lines)


def _band(median: Median) -> str:
    lo = "…" if median.lo is None else f"{median.lo:.0f}"
    if median.hi is None:
        return _("{lo}日以上").format(lo=lo)
    return _("{lo}–{hi:.0f}日").format(lo=lo, hi=median.hi)


def _table(shown: Overview, chosen: int) -> Table:
    heads = (_("工程"), _("滞在"), _("終わった"), _("続いている"), _("日数の中央値"), _("95 % の帯"))
    times = [(step.stage, step.time_in_stage) for step in shown.numbers.stages]
    rows = []
    for stage, one in (*times, (LAST, shown.numbers.last_stage)):
        median = one.median.median
        cells = (
            marked_name(stage), f"{one.stays:,}", f"{one.exits:,}", f"{one.stays - one.exits:,}",
            "—" if median is None else _("{days:.0f}日").format(days=median), _band(one.median) if median is not None and one.stays >= FEW else "—",
        )  # fmt: skip
        rows.append(Row(cells, Who(stage) if one.stays and stage < LAST else None, stage == chosen))
    return Table(_("工程ごとの、滞在日数"), heads, tuple(rows))


def _terms(stage: int, own: TimeInStage) -> tuple[Term, ...]:
    counts = _("{stage}では {stays}回のうち、終わったのが{exits}回、続いているのが{still}回です。").format(
        stage=stage_name(stage), stays=f"{own.stays:,}", exits=f"{own.exits:,}", still=f"{own.stays - own.exits:,}"
    )
    judged = (
        _("{stage}に移した日は「判断」なので、日数には考えが入ります。").format(stage=stage_name(stage))
        if STAGES[stage - 1].is_judgement
        else ""
    )
    return (
        Term(
            _("滞在"),
            sentences((_("その工程で進行中だった、ひと続きの期間です。進む・戻る・離れる・育成のどれでも終わります。同じ顧客が何度も来れば、その数だけ数えます。先の工程から戻った顧客も数えます。"), counts, judged)),
        ),
        Term(
            _("日数の中央値"),
            _("半分が終わるまでの日数です。いまも続いている滞在は「少なくともここまで」として数えます（カプラン・マイヤー推定）。終わったものだけで平均すると、短く出すぎるためです。"),
        ),
    )  # fmt: skip
