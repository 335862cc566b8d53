"""戻りと受注: the tab, the monthly report, `soloflow numbers` and a plain reading of the log say the same."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from statistics import median

import pytest

from soloflow.services import numbers, reporting, sample
from soloflow.services.answers import returns
from soloflow.services.reporting import Wanted
from soloflow.services.workspace import Workspace

NOVEMBER = date(2026, 11, 1)
Step = tuple[str, int | None, int]
"""(kind, to, at_us)."""


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    sample.fill(ws)
    return ws


def walks(ws: Workspace) -> dict[int, list[Step]]:
    """Every customer's steps in time, read from the table and nothing else."""
    found = defaultdict(list)
    with ws.store.read() as reader:
        rows = reader.tuples(
            "SELECT prospect_id, kind, to_stage, at_us FROM effective_transitions WHERE at_us <= ? ORDER BY at_us, id",
            ws.now_us(),
        )
        for prospect, kind, to_stage, at_us in rows:
            found[prospect].append((kind, to_stage, at_us))
    return found


def month_of(ws: Workspace, at_us: int) -> tuple[int, int]:
    local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at_us)).astimezone(ws.zone)
    return local.year, local.month


def by_hand(ws: Workspace) -> dict[str, Counter[tuple[int, int]]]:
    """By month: first orders, and who was put at 7, 8 and 9 for the first time."""
    found: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    for steps in walks(ws).values():
        frontier = entry = 0
        for kind, to_stage, at_us in steps:
            if kind in {"lose", "recycle"} or to_stage is None:
                continue
            entry = entry or to_stage
            if frontier < 5 <= to_stage and entry <= 5:
                found["new"][month_of(ws, at_us)] += 1
            if to_stage > frontier and to_stage in {7, 8, 9} and entry < to_stage:
                found[str(to_stage)][month_of(ws, at_us)] += 1
            frontier = max(frontier, to_stage)
    return found


def returns_by_hand(ws: Workspace) -> tuple[int, int, int, int, float | None]:
    parked = returned = advanced = ordered = 0
    days: list[float] = []
    for steps in walks(ws).values():
        frontier, since, back_at = 0, None, None
        ever = False
        for kind, to_stage, at_us in steps:
            if kind in {"lose", "recycle"}:
                ever = ever or bool(frontier)
                since = since if since is not None or not frontier else at_us
                continue
            assert to_stage is not None
            if since is not None:
                days.append((at_us - since) / 86_400_000_000)
                back_at, since = frontier if back_at is None else back_at, None
            frontier = max(frontier, to_stage)
        parked += ever
        returned += back_at is not None
        advanced += back_at is not None and frontier > back_at
        ordered += back_at is not None and back_at < 5 <= frontier
    return parked, returned, advanced, ordered, median(days) if days else None


def test_the_tab_counts_each_month_as_a_plain_reading_does(filled: Workspace) -> None:
    found = returns.answer(numbers.overview(filled), filled.zone)
    hand = by_hand(filled)
    assert sum(hand["new"].values()) > 20
    for row in found.table.rows:
        year, month = map(int, row.cells[0].split("/"))
        expected = [hand[name][year, month] for name in ("new", "7", "8", "9")]
        assert [int(cell) for cell in row.cells[1:]] == [*expected, sum(expected[1:])]


def test_the_report_draws_and_writes_the_months_of_the_tab(filled: Workspace) -> None:
    shown = numbers.overview(filled)
    rows = {row.cells[0]: row.cells for row in returns.answer(shown, filled.zone).table.rows}
    section = next(
        one for one in reporting.made(filled, Wanted(NOVEMBER)).sections if one.title == "この月と、前の3か月"
    )
    assert section.table is not None
    assert section.picture is not None
    written = {row[0]: row[1:] for row in section.table.rows}
    last_four = [rows[f"2026/{month}"] for month in (8, 9, 10, 11)]
    assert written["新しいお客様の受注"] == tuple(cells[1] for cells in last_four)
    assert written["既存のお客様から"] == tuple(cells[5] for cells in last_four)
    for name, cells in rows.items():
        year, month = name.split("/")
        assert (
            f"{year}年{month}月：新しいお客様の受注{cells[1]}件、既存のお客様から{cells[5]}件" in section.picture.words
        )


def test_returns_are_those_of_a_plain_reading_everywhere(filled: Workspace) -> None:
    hand = returns_by_hand(filled)
    shown = numbers.overview(filled)
    back = shown.numbers.recycling
    assert (
        back.parked, back.returned, back.advanced_after_return, back.ordered_after_return, back.median_days_parked
    ) == pytest.approx(hand)  # fmt: skip
    parked, returned, advanced, ordered, days = hand
    said = returns.answer(shown, filled.zone)
    assert said.head[0] == f"離脱・育成にした{parked}社のうち{returned}社が戻り、{ordered}社が受注しました。"
    assert (
        said.lines[0] == f"戻るまでの日数は、半分が {days:.0f}日以内。戻ってから先の工程へ進んだのは{advanced}社です。"
    )
    section = next(
        one for one in reporting.made(filled, Wanted(NOVEMBER)).sections if one.title == "この月と、前の3か月"
    )
    (figure,) = section.figures
    assert (figure.value, figure.rests_on) == (
        f"{returned}/{parked}", f"うち受注 {ordered}社・離れていた日数の中央値 {days:.0f}日",
    )  # fmt: skip
    written = numbers.as_json(numbers.compute(filled), filled.zone)["recycle"]
    assert tuple(written.values()) == pytest.approx(hand)
