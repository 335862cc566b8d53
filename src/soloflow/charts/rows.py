"""The rows that the drawing, the table behind it and the exported CSV share: one per stage, or one per step of a lens."""

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from soloflow.domain.stages import LAST, STAGES, LensStep
from soloflow.i18n import _, pgettext
from soloflow.insights.behind import Who
from soloflow.insights.estimate import Within
from soloflow.insights.leak import FEW
from soloflow.insights.lenses import LensRate
from soloflow.insights.numbers import MAIN_HORIZON, Numbers, StageNumbers


@dataclass(frozen=True, slots=True)
class StageRow:
    """What one stage, or one step of a lens, shows. The last has counts only."""

    stage: int
    """The first one of a lens step."""
    name: str
    is_judgement: bool
    at_risk: int
    advanced: int
    still_open: int
    lost: int
    within: Within | None
    benchmark: float | None
    is_marked: bool
    """Named in the verdict: most are lost here, or the rate is the likeliest lowest."""
    is_most_lost: bool
    place: int
    """1 for the row at the top."""
    last: int
    """The last stage of the step; the stage itself where there is no lens."""
    target: int | None = None
    """Through a lens: the first stage of the next step."""
    late: int = 0
    """Came in at a later stage of the step and are not counted in it."""
    benchmark_n: int | None = None
    """How many a benchmark of one's own rests on; None for one that was not counted."""
    is_lens: bool = False

    @property
    def numbers(self) -> str:
        """3, or 2–4 for the stages of a lens step."""
        return str(self.stage) if self.stage == self.last else f"{self.stage}–{self.last}"

    @property
    def title(self) -> str:
        """Numbers and name: 3 商談."""
        return f"{self.numbers} {self.name}"

    def who(self, outcome: int | None = None) -> Who:
        """The customers of the row, or those of them with this outcome."""
        if self.is_lens and self.target is None:
            return Who(self.stage, reached=True)
        return Who(self.stage, outcome, self.target)

    @property
    def is_thin(self) -> bool:
        """Too few to be read as a percentage."""
        return self.within is not None and self.within.n < FEW

    @property
    def has_rate(self) -> bool:
        """Whether there is anything to say about the rate."""
        return self.within is not None and self.within.advance is not None and self.within.n_eff > 0

    @property
    def rate_text(self) -> str:
        """58 %, or 4/6 for few prospects, or — for nothing."""
        if self.within is None or self.within.advance is None or not self.has_rate:
            return "—"
        return f"{self.advanced}/{self.at_risk}" if self.is_thin else percent(self.within.advance)

    @property
    def dot(self) -> float | None:
        """Where the rate is marked: at the percentage, or of few at the fraction that is written; None where that is not in the band."""
        if self.within is None or self.within.advance is None or not self.has_rate:
            return None
        if not self.is_thin:
            return self.within.advance
        share = self.advanced / self.at_risk
        return share if self.within.lo <= share <= self.within.hi else None

    @property
    def band_text(self) -> str:
        """[51-64], or nothing where a percentage would mislead."""
        if self.within is None or not self.has_rate or self.is_thin:
            return ""
        return f"[{100 * self.within.lo:.0f}–{100 * self.within.hi:.0f}]"

    @property
    def benchmark_text(self) -> str:
        """50 %, or nothing where there is no benchmark; a counted one in whole percent."""
        if self.benchmark is None:
            return ""
        return f"{100 * self.benchmark:g} %" if self.benchmark_n is None else percent(self.benchmark)

    @property
    def is_lower_bound(self) -> bool:
        """Whether the rate must be read as "at least"."""
        return self.within is not None and self.has_rate and self.within.lower_bound


def percent(rate: float) -> str:
    """A rate in whole percent."""
    return f"{100 * rate:.0f} %"


def whole_percents(shares: Sequence[float]) -> tuple[int, ...]:
    """Shares of one whole in whole percent that add up to 100.

    The first one is rounded as it is wherever it stands alone (`percent`), so that a rate reads the same on every page; of the
    others the largest remainders are rounded up.
    """
    first, *rough = (100 * share for share in shares)
    found = [round(first), *(math.floor(one + 1e-9) for one in rough)]
    left = round(first + sum(rough)) - sum(found)
    by_remainder = sorted(range(len(rough)), key=lambda place: (found[place + 1] - rough[place], place))
    for place in by_remainder[: max(0, left)]:
        found[place + 1] += 1
    if left < 0:  # the first was rounded up and nothing else has a remainder to give
        found[1 + max(range(len(rough)), key=lambda place: rough[place])] += left
    return tuple(found)


def stage_rows(numbers: Numbers, horizon: int = MAIN_HORIZON) -> tuple[StageRow, ...]:
    """The nine rows, with the rate within so many days."""
    ranking = numbers.leak.ranking
    marked = {ranking.most_lost_stage}
    if any(step.at_risk for step in numbers.stages[:4]):
        marked.add(ranking.verdict.candidates[0])
    rows = [
        _row(step, numbers.benchmark[step.stage - 1], horizon, step.stage in marked, ranking.most_lost_stage)
        for step in numbers.stages
    ]
    arrived = numbers.snapshot.ever_reached[-1]
    last = STAGES[-1]
    rows.append(
        StageRow(LAST, _(last.title), last.is_judgement, arrived, arrived, 0, 0, None, None, False, False, LAST, LAST)
    )
    return tuple(rows)


def lens_rows(
    lens: Sequence[LensStep], rates: Sequence[LensRate], arrived: int, horizon: int = MAIN_HORIZON
) -> tuple[StageRow, ...]:
    """A row per step of a lens, with the composite rate to the next one; `arrived` got to the last step."""
    rows = [
        StageRow(
            stage=step.first,
            name=pgettext("lens", step.name),
            is_judgement=False,
            at_risk=rate.at_risk,
            advanced=rate.advanced,
            still_open=rate.open,
            lost=rate.lost,
            within=rate.by_days[horizon],
            benchmark=None,
            is_marked=False,  # the answer names one of the nine stages, never a step
            is_most_lost=False,
            place=place,
            last=step.last,
            target=rate.target,
            late=rate.late,
            is_lens=True,
        )
        for place, (step, rate) in enumerate(zip(lens, rates, strict=False), 1)
    ]
    end = lens[-1]
    name = pgettext("lens", end.name)
    last = StageRow(
        end.first, name, False, arrived, arrived, 0, 0, None, None, False, False, len(lens), end.last, is_lens=True
    )
    return (*rows, last)


def rows_csv(rows: tuple[StageRow, ...], *, exact: bool = True, separator: str = ",") -> str:
    """The table behind the charts, with rates in full precision (or in whole percent)."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    head = (
        _("番号"),
        _("段階") if rows and rows[0].is_lens else _("工程"),
        _("来た"),
        _("進んだ"),
        _("途中"),
        _("離脱"),
        _("率"),
        _("下限"),
        _("上限"),
        _("少なくとも"),
        _("目安"),
    )
    writer.writerow((*head, "n"))
    for row in rows:
        writer.writerow(_csv_cells(row, exact))
    return out.getvalue()


def _csv_cells(row: StageRow, exact: bool) -> list[object]:
    counts = [row.numbers, row.name, row.at_risk, row.advanced, row.still_open, row.lost]
    if row.within is None or row.within.advance is None:
        return [*counts, *[""] * 6]
    rates = (row.within.advance, row.within.lo, row.within.hi)
    band = row.has_rate and not row.is_thin
    shown = list(rates) if exact else [row.rate_text, *(percent(rate) if band else "" for rate in rates[1:])]
    benchmark = row.benchmark if exact else row.benchmark_text
    return [*counts, *shown, _("はい") if row.is_lower_bound else "", benchmark, row.within.n]


def horizon_words(horizon: int) -> str:
    """A horizon in days in words: 1年以内, 90日以内."""
    return _("1年以内") if horizon == MAIN_HORIZON else _("{days}日以内").format(days=horizon)


def rate_tooltip(row: StageRow) -> str:
    """What a rate rests on, in one sentence."""
    within = row.within
    if within is None or within.advance is None or not row.has_rate:
        return _("{stage} {name}: 率はまだわかりません").format(stage=row.numbers, name=row.name)
    band = f"{100 * within.lo:.0f}–{percent(within.hi)}"
    text = _("{stage} {name}: 次へ進む率 {rate}、95 %の帯 {band}、n={n}（途中{still_open}社も数えています）")
    if row.is_thin:
        text = _(
            "{stage} {name}: 進んだのは{fraction}社。途中{still_open}社もふまえた見込みは {rate}（95 %の帯 {band}）ですが、{few}社に満たないので、まだ目安です"
        )
    said = text.format(
        stage=row.numbers, name=row.name, rate=_at_least(row) + percent(within.advance), band=band, n=f"{within.n:,}",
        still_open=f"{row.still_open:,}", fraction=row.rate_text, few=FEW,
    )  # fmt: skip
    return said + _compared(row) + _left_out(row)


def _compared(row: StageRow) -> str:
    """What the rate is compared with, as the end of the sentence."""
    if row.benchmark is None:
        few = "" if row.benchmark_n is None else _("、前の1年は n={n} で目安に足りません")
        return few.format(n=row.benchmark_n)
    if row.benchmark_n is None:
        return _("、目安 {rate}").format(rate=row.benchmark_text)
    return _("、前の1年 {rate}（n={n}）").format(rate=row.benchmark_text, n=f"{row.benchmark_n:,}")


def _left_out(row: StageRow) -> str:
    """Who is not counted in a lens step although they were in it."""
    return _("、段階の途中から入った{late}社は数えません").format(late=f"{row.late:,}") if row.late else ""


def _at_least(row: StageRow) -> str:
    return _("少なくとも") + " " if row.is_lower_bound else ""


def _row(step: StageNumbers, benchmark: float | None, horizon: int, is_marked: bool, most_lost: int | None) -> StageRow:
    stage = STAGES[step.stage - 1]
    return StageRow(
        stage=step.stage,
        name=_(stage.title),
        is_judgement=stage.is_judgement,
        at_risk=step.at_risk,
        advanced=step.advanced,
        still_open=step.open,
        lost=step.lost,
        within=step.within[horizon],
        benchmark=benchmark,
        is_marked=is_marked,
        is_most_lost=step.stage == most_lost,
        place=step.stage,
        last=step.stage,
    )
