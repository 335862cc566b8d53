"""四半期: do those who came later go on more often than those who came before?"""

from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

from soloflow.charts.heat_map import HeatCell, HeatRow, heat_figure, heat_height
from soloflow.i18n import _, sentences
from soloflow.insights.cohorts import Cohort, cohort_curves
from soloflow.insights.estimate import Curve, horizon_us, within
from soloflow.insights.leak import FEW
from soloflow.insights.reduction import ADVANCED, LOST, OPEN, reduce_log
from soloflow.insights.words import judgement_note, stage_name
from soloflow.services.answers import Answer, Row, Table, Term, Who
from soloflow.services.numbers import Overview

_DAYS = (30, 60, 90, 180, 365)
_COMPARED = 90
_MOST_ROWS = 12


def answer(shown: Overview, zone: ZoneInfo, stage: int) -> Answer:
    """The calendar quarters in which a stage (1 to 8) was reached, the newest first."""
    as_of_us = shown.numbers.as_of_us
    found = cohort_curves(reduce_log(shown.log, as_of_us), zone, stage)
    rows = tuple(_heat_row(one, estimate, stage, as_of_us) for one, estimate in found)
    heads = tuple(_("{days}日以内").format(days=days) for days in _DAYS)
    title = _("{stage}から次へ進んだ割合、来た四半期ごと").format(stage=stage_name(stage))
    drawn = rows[: -_MOST_ROWS - 1 : -1]
    return Answer(
        head=_head(found, stage, as_of_us),
        lines=tuple(filter(None, (_not_yet(found, as_of_us), _older(len(rows)), judgement_note((stage,))))),
        table=_table(found, rows, heads, title),
        terms=_terms(found, stage),
        height=heat_height(drawn) if drawn else 0.0,
        draw=partial(heat_figure, title, heads, drawn),
    )


def _compared(found: tuple[tuple[Cohort, Curve], ...], as_of_us: int) -> list[tuple[Cohort, Curve]]:
    """The quarters that are compared: large enough, and watched for long enough."""
    return [pair for pair in found if _is_over(pair[0], _COMPARED, as_of_us) and pair[0].n >= FEW]


def _not_yet(found: tuple[tuple[Cohort, Curve], ...], as_of_us: int) -> str:
    """Which of the latest quarters are not compared: of those who went on early one sees the quick ones alone."""
    young = [one.name for one, _curve in found if not _is_over(one, _COMPARED, as_of_us)]
    if not young or len(_compared(found, as_of_us)) < 2:
        return ""
    said = _("{quarter}より後は、まだ{days}日たっていない顧客がいるので、くらべません。")
    last = max(one.name for one, _curve in found if _is_over(one, _COMPARED, as_of_us))
    return said.format(quarter=quarter(last), days=_COMPARED)


def _older(count: int) -> str:
    if count <= _MOST_ROWS:
        return ""
    return _("図には新しいほうから{count}つ。それより前は表にあります。").format(count=_MOST_ROWS)


def quarter(name: str) -> str:
    """2026Q1 in words: 2026年1〜3月."""
    last = 3 * int(name[5:])
    return _("{year}年{first}〜{last}月").format(year=name[:4], first=last - 2, last=last)


def _is_over(one: Cohort, days: int, as_of_us: int) -> bool:
    """Whether even the last of them has been watched for so many days."""
    return one.ended_us + horizon_us(days) <= as_of_us


def _heat_row(one: Cohort, estimate: Curve, stage: int, as_of_us: int) -> HeatRow:
    cells = tuple(_heat_cell(one, estimate, days, as_of_us) for days in _DAYS)
    who = Who(stage, since_us=one.began_us, until_us=one.ended_us)
    return HeatRow(quarter(one.name), f"n={one.n}", cells, who)


def _heat_cell(one: Cohort, estimate: Curve, days: int, as_of_us: int) -> HeatCell:
    name = quarter(one.name)
    if not _is_over(one, days, as_of_us):
        words = _("{quarter}：{days}日たっていない顧客がいるので、まだわかりません（n={n}）")
        return HeatCell(None, "—", words.format(quarter=name, days=days, n=one.n))
    share = within(estimate, days).advance or 0.0
    advanced = int(estimate.advanced[estimate.time_us <= horizon_us(days)].sum())
    is_thin = one.n < FEW
    text = f"{advanced}/{one.n}" if is_thin else f"{100 * share:.0f} %"
    words = _("{quarter}：{days}日以内に進んだのは {n}社のうち{advanced}社")
    return HeatCell(share, text, words.format(quarter=name, days=days, advanced=advanced, n=one.n), is_thin)


def _head(found: tuple[tuple[Cohort, Curve], ...], stage: int, as_of_us: int) -> tuple[str, ...]:
    if not found:
        return (_("{stage}に来た顧客は、まだいません。").format(stage=stage_name(stage)),)
    known = _compared(found, as_of_us)
    if len(known) < 2:
        return (
            _("くらべるには、{few}社以上来て{days}日たった四半期がふたつ要ります。").format(few=FEW, days=_COMPARED),
        )
    (earlier, before), (last, after) = known[-2:]
    now, then = within(after, _COMPARED), within(before, _COMPARED)
    said = _("{quarter}に来た{n}社は、{days}日以内に {rate:.0f} % が進みました。").format(
        quarter=quarter(last.name), n=last.n, days=_COMPARED, rate=100 * (now.advance or 0)
    )
    if earlier.ended_us != last.began_us:  # few came in between: the one before is not the quarter before
        return (said,)
    if now.lo > then.hi:
        return (
            said,
            _("その前の四半期（{rate:.0f} %）より、はっきり高くなっています。").format(rate=100 * (then.advance or 0)),
        )
    if now.hi < then.lo:
        return (
            said,
            _("その前の四半期（{rate:.0f} %）より、はっきり低くなっています。").format(rate=100 * (then.advance or 0)),
        )
    return (
        said,
        _("その前の四半期（{rate:.0f} %）との差は、まだ区別できません。").format(rate=100 * (then.advance or 0)),
    )


def _table(
    found: tuple[tuple[Cohort, Curve], ...], rows: tuple[HeatRow, ...], heads: tuple[str, ...], title: str
) -> Table:
    lines = [
        Row(
            (row.name, f"{one.n:,}", f"{one.advanced:,}", f"{one.open:,}", f"{one.lost:,}", *(cell.text for cell in row.cells)),
            row.who,
            by_cell=tuple(
                (column, replace(row.who, outcome=outcome))
                for column, outcome, count in ((2, ADVANCED, one.advanced), (3, OPEN, one.open), (4, LOST, one.lost)) if count
            ),
        )
        for (one, _estimate), row in zip(found, rows, strict=True)
    ]  # fmt: skip
    return Table(title, (_("四半期"), _("来た"), _("進んだ"), _("途中"), _("離脱"), *heads), tuple(reversed(lines)))


def _terms(found: tuple[tuple[Cohort, Curve], ...], stage: int) -> tuple[Term, ...]:
    counts = _("{stage}では {quarters}つの四半期に、合わせて{count}社です。").format(
        stage=stage_name(stage), quarters=len(found), count=f"{sum(one.n for one, _curve in found):,}"
    )
    return (
        Term(
            _("四半期"),
            sentences((_("その工程にはじめて来た日で、3か月ごとに分けます。あとから進んでも、来た四半期に数えます。"), counts)),
        ),
        Term(
            _("次へ進んだ割合"),
            sentences((_("来た日から数えて、その日数までに次の工程へ進んだ見込みです。最後に来た人がその日数を過ぎるまでは、途中の結果が偏るので出しません（斜線）。{few}社に満たない四半期は「進んだ数/来た数」で出します。").format(few=FEW), judgement_note((stage,)))),
        ),
        Term(_("はっきり高い・低い"), _("95 % の帯が重ならないときだけ、そう言います。")),
    )  # fmt: skip
