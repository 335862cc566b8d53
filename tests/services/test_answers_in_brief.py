"""Every answer in a sentence, in the order in which one asks: the sentences of the tabs themselves."""

from datetime import date, timedelta

import pytest

from soloflow.services import experiments, numbers, sample
from soloflow.services.answers import back_cast, in_brief, leak, sources
from soloflow.services.experiments import Idea
from soloflow.services.workspace import Workspace

UNTIL = date(2027, 5, 21)


def test_each_question_has_the_sentence_of_its_tab(ws: Workspace) -> None:
    sample.fill(ws)
    shown = numbers.overview(ws)
    said = {row.tab: row.cells[1] for row in in_brief.answer(ws, shown, 3, UNTIL).table.rows}
    assert list(said) == [
        "whole", "leak", "reasons", "after", "sources", "experiments", "what_if", "back_cast", "returns",
    ]  # fmt: skip
    assert said["leak"] == "".join(leak.answer(shown).head)
    assert said["sources"] == "".join(sources.answer(ws, shown).head)
    assert said["back_cast"] == "".join(back_cast.answer(ws, shown, 3, UNTIL).head)


@pytest.mark.parametrize("most", [1, 3, 9])
def test_few_customers_are_answered_too(ws: Workspace, most: int) -> None:
    sample.fill(ws, most)
    rows = in_brief.answer(ws, numbers.overview(ws), 3, UNTIL).table.rows
    assert all(row.cells[1].endswith("。") for row in rows)
    assert not any("%" in row.cells[1].replace("95 %", "") for row in rows)


def test_filters_that_leave_nobody_are_said(ws: Workspace) -> None:
    sample.fill(ws, 12)
    rows = in_brief.answer(ws, numbers.overview(ws, numbers.Scope(channel=9999)), 3, UNTIL).table.rows
    assert rows[0].cells[1] == "この条件に当てはまる顧客はいません。"
    assert all(row.cells[1].endswith("。") for row in rows)


def test_a_change_that_begins_later_is_not_being_tried(ws: Workspace) -> None:
    begins = ws.today() + timedelta(days=30)
    experiments.start(ws, Idea("来月から", 1, begins, begins + timedelta(days=170)))
    rows = in_brief.answer(ws, numbers.overview(ws), 3, UNTIL).table.rows
    said = {row.tab: row.cells[1] for row in rows}["experiments"]
    assert said == "次の改善策は 12/21(月) にはじまります。"
