"""The answers of 分析 as sections of the monthly report, in the order in which the page gives them.

Loads what draws. Every sentence and figure is that of `services.answers`: nothing is reckoned here.
"""

from datetime import date

from soloflow import i18n
from soloflow.charts.colours import LIGHT
from soloflow.charts.export import as_svg
from soloflow.domain.stages import LAST
from soloflow.i18n import _, side_by_side
from soloflow.insights.leak import FEW
from soloflow.insights.numbers import MAIN_HORIZON
from soloflow.report.content import Figure, Picture, Section, Table
from soloflow.services import experiment_verdicts, experiment_words, funnel_chart, funnel_words, in_short, when, wording
from soloflow.services.answers import after_step, back_cast, leak, reasons, sources, what_if
from soloflow.services.numbers import Overview
from soloflow.services.report_events import shortened
from soloflow.services.reporting import Wanted
from soloflow.services.workspace import Workspace

WIDTH = 880.0
"""Pixels of the drawings: on 178 mm of paper their texts are 7.5 points."""
_LOW_WIDTH = 1040.0
"""For a drawing that need not be so high."""
_MOST_SOURCES = 6
_MOST_EXPERIMENTS = 3
_LONGEST_NAME = 34


def lost(shown: Overview) -> list[Section]:
    """Where they are lost, and how sure that is."""
    if not shown.numbers.prospects:
        return []
    drawn = as_svg(funnel_chart.draw(shown, MAIN_HORIZON, dark=False, width=WIDTH, kept_free=0))
    said = [
        _("{stage}：来た{n}、進んだ{advanced}、途中{still_open}、離脱{lost}、率 {rate}").format(
            stage=wording.marked_stage_name(row.stage), n=row.at_risk, advanced=row.advanced, still_open=row.still_open,
            lost=row.lost, rate=f"{row.rate_text} {row.band_text}".rstrip(),
        )
        for row in funnel_words.rows(shown)[:-1]
    ]  # fmt: skip
    return [Section(_("どこで離れているか"), picture=Picture(drawn, _("。").join(said)))]


def cost(shown: Overview) -> list[Section]:
    """What the leaks cost, in orders and yen."""
    if not shown.numbers.prospects:
        return []
    found = leak.answer(shown)
    orders = in_short.figures(shown)[0]
    yens = tuple(filter(None, (leak.lost_yen(shown),)))
    return [Section(_("直すと、受注は何件増えるか"), (*found.head, *yens, figure_sentence(orders)))]


def figure_sentence(one: in_short.Figure) -> str:
    """A figure of the page as a line: what, how many, and what it rests on."""
    return _("{title}：{value}{unit}（{rests_on}）").format(
        title=one.title, value=one.value, unit=_spaced(one.unit), rests_on=one.rests_on
    )


def _spaced(unit: str) -> str:
    return f" {unit}" if unit and i18n.language() == "en" else unit


def after(shown: Overview) -> list[Section]:
    """What becomes of those who come to the step in question."""
    if not shown.numbers.prospects:
        return []
    k = after_step.first_stage(shown)
    found = after_step.answer(shown, k)
    title, head = _("{stage}に来たあと").format(stage=wording.marked_stage_name(k)), paragraph(found.head)
    if found.draw is None or shown.numbers.stages[k - 1].at_risk < FEW:
        return [Section(title, (head,))]  # a drawing would show percentages of a few
    drawn = as_svg(found.draw(LIGHT, _LOW_WIDTH))
    return [Section(title, (head, *found.lines[:1]), Picture(drawn, side_by_side((head, *found.lines[:1]))))]


def came_from(ws: Workspace, shown: Overview) -> list[Section]:
    """Which sources lead to orders."""
    answer = sources.answer(ws, shown)
    rows = [row.cells[:7] for row in answer.table.rows]
    if not rows:
        return []
    left = len(rows) - _MOST_SOURCES
    notes = (_("ほかに{count}種類").format(count=left),) if left > 0 else ()
    table = Table(answer.table.heads[:7], tuple((_(row[0]), *row[1:]) for row in rows[:_MOST_SOURCES]))
    return [
        Section(_("どこから来て、受注につながったか"), (*answer.head[1:], *answer.lines[:1]), table=table, notes=notes)
    ]


def tried(ws: Workspace, shown: Overview, month: date) -> list[Section]:
    """改善策 that were running in the month, or whose verdict fell into it."""
    found = [
        one
        for one in experiment_verdicts.outcomes(ws, shown.log)
        if one.experiment.started_on <= ws.today() and one.experiment.decide_on >= month
    ]
    if not found:
        return []
    rows = []
    for one in found[:_MOST_EXPERIMENTS]:
        chosen = one.experiment
        rows.append((
            shortened(chosen.name, _LONGEST_NAME), wording.marked_stage_name(chosen.stage), wording.day(ws, chosen.started_on), wording.day(ws, chosen.decide_on),
            experiment_words.came_of_it(one) or ("—" if one.is_due else _("判定日に出します")), experiment_words.verdict(one),
        ))  # fmt: skip
    heads = (_("改善策"), _("ねらう工程"), _("開始"), _("判定日"), _("前後の率"), _("判定"))
    left = len(found) - len(rows)
    notes = (_("ほかに{count}件").format(count=left),) if left else ()
    return [Section(_("試している改善策"), table=Table(heads, tuple(rows), is_text=True), notes=notes)]


def to_come(ws: Workspace, shown: Overview, wanted: Wanted) -> list[Section]:
    """What a year brings as it is, and how many to meet for the aim."""
    if not shown.numbers.prospects:
        return []
    as_it_is = what_if.answer(shown, what_if.Moves())
    aim = back_cast.answer(ws, shown, wanted.orders, when.months_from_now(ws, wanted.within_months))
    said = (paragraph((*as_it_is.head[:1], *as_it_is.lines[:1])), paragraph(aim.head), *aim.lines)
    return [Section(_("これからの受注と、会う数"), said)]


def causes(ws: Workspace, shown: Overview) -> list[Section]:
    """The commonest reason where most are lost, where the rate is or may be the lowest, and after the order."""
    ranking, late = shown.numbers.leak.ranking, shown.numbers.leak_after_order
    steps = dict.fromkeys((
        ranking.most_lost_stage, ranking.verdict.stage or ranking.verdict.candidates[0], late.most_lost_stage,
    ))  # fmt: skip
    said = [reasons.answer(ws, shown, k).head[0] for k in steps if k and k < LAST and shown.numbers.stages[k - 1].lost]
    return [Section(_("離れた理由"), tuple(said))] if said else []


def returned(shown: Overview) -> tuple[Figure, ...]:
    """What came of those who had left and came back."""
    if not shown.numbers.prospects:
        return ()
    one = in_short.figures(shown)[-1]
    return (Figure(one.title, one.value, one.unit, one.rests_on),)


def paragraph(sentences: tuple[str, ...]) -> str:
    """Sentences as one paragraph, with the space that English needs between them."""
    return (" " if i18n.language() == "en" else "").join(sentences)
