"""流入元: a source that comes in near the order is not praised for that, and of a few there is no percentage."""

from datetime import timedelta

import pytest

from few_customers import TODAY
from profiles import person
from soloflow.domain.money import yen
from soloflow.insights.reduction import reduce_log
from soloflow.insights.sources import same_stage
from soloflow.services import customers, numbers, process, prospects, sample
from soloflow.services.answers import sources
from soloflow.services.workspace import Workspace


def came(ws: Workspace, channel: str, stage: int, count: int, ordered: int) -> None:
    """So many customers of a channel who came in at a stage 500 days ago; some ordered, the others were lost."""
    key = next(key for key, name in customers.channels(ws) if name == channel)
    made = [prospects.add(ws, person(f"{channel} {n}"), channel=key).created[0] for n in range(count)]
    process.move(ws, made, stage, TODAY - timedelta(days=500))
    if ordered:
        process.move(ws, made[:ordered], 5, TODAY - timedelta(days=450))
    if made[ordered:]:
        process.lose(ws, made[ordered:], "timing", at=TODAY - timedelta(days=440))


def test_a_source_that_comes_in_further_on_is_compared_from_there(ws: Workspace) -> None:
    sample.fill(ws)
    shown = numbers.overview(ws)
    answer = sources.answer(ws, shown)
    assert "「紹介」" in answer.head[1]
    assert "3 商談から入ったので、その分高く出ます。" in answer.head[1]
    assert answer.lines[0].startswith("3 商談に来てからの率でくらべると、「紹介」は")
    assert answer.lines[0].endswith("この差は確かです。")
    assert answer.links[0].who.source == "紹介"


def test_a_source_that_begins_with_the_others_is_compared_as_it_is(ws: Workspace) -> None:
    came(ws, "紹介", 1, 30, 24)
    came(ws, "SNS", 1, 30, 2)
    answer = sources.answer(ws, numbers.overview(ws))
    assert answer.head[1] == "受注につながる率がいちばん高いのは「紹介」（30社）で、これは確かです。"
    assert not any("くらべると" in one for one in answer.lines)


def test_against_a_few_no_percentage_and_no_claim_is_made(ws: Workspace) -> None:
    came(ws, "紹介", 3, 30, 27)
    came(ws, "SNS", 1, 30, 2)
    line = sources.answer(ws, numbers.overview(ws)).lines[0]
    assert line == (
        "3 商談に来てからの率でくらべると、「紹介」は90 %（30社）、ほかの流入元は2/2（2社）です。この差は、まだ区別できません。"
    )


@pytest.mark.parametrize("by", [sources.CHANNELS, sources.ORIGINS])
def test_of_fewer_than_ten_there_is_no_percentage_in_any_column(ws: Workspace, by: str) -> None:
    sample.fill(ws, 12)
    table = sources.answer(ws, numbers.overview(ws), by).table
    assert table.rows
    for row in table.rows:
        assert int(row.cells[1]) < 10
        assert not any("%" in cell for cell in row.cells)


def test_what_nothing_costs_has_no_columns_of_costs(ws: Workspace) -> None:
    came(ws, "紹介", 1, 2, 1)
    assert len(sources.answer(ws, numbers.overview(ws)).table.heads) == 7


def test_what_meetups_cost_has_columns_of_its_own(ws: Workspace) -> None:
    sample.fill(ws)
    assert len(sources.answer(ws, numbers.overview(ws), sources.ORIGINS).table.heads) == 10


def test_a_channel_costs_what_all_its_meetups_cost(ws: Workspace) -> None:
    sample.fill(ws)
    shown = numbers.overview(ws)
    origins = sources.answer(ws, shown, sources.ORIGINS).table
    channels = sources.answer(ws, shown)
    cost = channels.table.heads.index("費用")
    row = next(one.cells for one in channels.table.rows if one.cells[0] == "勉強会")
    spent = [int(one.cells[cost].strip("¥円").replace(",", "")) for one in origins.rows if one.cells[cost] != "—"]
    assert len(spent) > 1
    assert int(row[cost].strip("¥円").replace(",", "")) == sum(spent)
    assert row[cost + 1] == yen(round(sum(spent) / int(row[1])))
    assert row[cost + 2] == yen(round(sum(spent) / int(row[2])))
    assert next(one.cells for one in channels.table.rows if one.cells[0] == "紹介")[cost:] == ("—", "—", "—")
    assert any("勉強会の費用だけ" in term.words for term in channels.terms)


def test_the_customers_of_the_comparison_are_those_of_the_log(ws: Workspace) -> None:
    came(ws, "紹介", 3, 12, 6)
    came(ws, "SNS", 1, 20, 11)
    shown = numbers.overview(ws)
    found = same_stage(shown.log, reduce_log(shown.log, shown.numbers.as_of_us), "紹介")
    assert found is not None
    assert (found.stage, found.entered, found.mine.n, found.mine_ordered) == (3, 12, 12, 6)
    assert (found.others.n, found.others_ordered) == (11, 11)
    assert same_stage(shown.log, reduce_log(shown.log, shown.numbers.as_of_us), "SNS") is None


def test_of_a_few_the_dot_stands_at_the_fraction_that_is_written(ws: Workspace) -> None:
    sample.fill(ws, 12)
    draw = sources.answer(ws, numbers.overview(ws)).draw
    rows = draw.args[1]  # type: ignore[union-attr]
    assert any(row.raw for row in rows)
    for row in rows:
        ordered, came_in = (int(part) for part in row.rate_text.split("/"))
        assert row.is_band_only or row.raw == pytest.approx(ordered / came_in)
