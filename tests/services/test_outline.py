"""What 分析 shows before it has reckoned is what it shows afterwards."""

from collections.abc import Callable
from datetime import date

import pytest

from soloflow.domain.candidates import Candidate
from soloflow.insights.behind import Who
from soloflow.insights.numbers import StageNumbers
from soloflow.services import merging, numbers, process, prospects, sample
from soloflow.services.outline import outline
from soloflow.services.workspace import Workspace


def moved_about(ws: Workspace) -> None:
    """Somebody came in later, was lost, came back, and was moved back."""
    one, two, three = (
        prospects.add(ws, Candidate(name=name, family=name)).created[0] for name in ("青木", "井上", "上田")
    )
    process.move(ws, [one], 3, date(2026, 9, 1))
    process.move(ws, [one], 2, date(2026, 9, 2))
    process.move(ws, [two], 1, date(2026, 9, 1))
    process.move(ws, [two, three], 7, date(2026, 10, 1))
    process.lose(ws, [two], "price", at=date(2026, 10, 2))


def erased(ws: Workspace) -> None:
    """Of two customers, and of one who was merged from two, nothing is left but their log."""
    moved_about(ws)
    four, five = (prospects.add(ws, Candidate(name=name, family=name), stage=1).created[0] for name in ("江口", "小野"))
    merging.merge(ws, merging.pair_for(ws, four, five))
    for one in (2, 3, four):
        prospects.erase(ws, one)


def reckoned(step: StageNumbers) -> tuple[int, ...]:
    return step.advanced, step.open, step.lost


@pytest.mark.parametrize("fill", [sample.fill, moved_about, erased])
def test_the_counts_are_those_of_the_finished_figures(ws: Workspace, fill: Callable[[Workspace], object]) -> None:
    fill(ws)
    rough, shown = outline(ws), numbers.overview(ws)
    found = shown.numbers
    assert rough.prospects == found.prospects
    assert [one.arrived for one in rough.steps[:-1]] == [one.at_risk for one in found.stages]
    assert [one.became for one in rough.steps[:-1]] == [reckoned(one) for one in found.stages]
    behind = numbers.customers_behind(shown, Who(9))
    assert (rough.steps[-1].arrived, rough.steps[-1].became) == (len(behind), ())


def test_nobody_is_nobody(ws: Workspace) -> None:
    assert outline(ws).prospects == 0
