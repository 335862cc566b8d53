"""The cards of a column as a model, on a real profile."""

from array import array
from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from soloflow.services.customers import CustomerRow
from soloflow.ui.models.board_cards import FIRST, CardsModel
from soloflow.ui.widgets.rows import ROW


class Shelf:
    """Answers for rows, and remembers how many it was asked for."""

    def __init__(self) -> None:
        self.asked = 0
        self.gone: set[int] = set()

    def __call__(self, ids: Sequence[int]) -> list[CustomerRow]:
        self.asked += len(ids)
        return [_card(one) for one in ids if one not in self.gone]


def _card(one: int) -> CustomerRow:
    return CustomerRow(one, f"会社{one}", "", "active", 2, 3, None, None, 0, None)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def model(qtbot: QtBot, shelf: Shelf) -> CardsModel:
    made = CardsModel(shelf, lambda card: card.name)
    made.set_ids(array("q", range(1, 1001)))
    return made


def test_the_model_keeps_qt_s_rules_while_it_grows_and_changes(model: CardsModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.fetchMore(model.index(-1))
    model.set_ghosts(frozenset({3}))
    model.set_ids(array("q", [5, 6]))
    model.set_ids(array("q"))
    tester.deleteLater()


def test_only_the_rows_that_are_looked_at_are_read(model: CardsModel, shelf: Shelf) -> None:
    assert model.index(3).data(ROW).name == "会社4"
    assert shelf.asked < 40


def test_a_view_is_told_of_a_long_column_bit_by_bit(model: CardsModel) -> None:
    assert (model.rowCount(), model.total) == (FIRST, 1000)
    while model.canFetchMore(model.index(-1)):
        model.fetchMore(model.index(-1))
    assert model.rowCount() == 1000


def test_a_far_row_can_be_revealed_at_once(model: CardsModel) -> None:
    model.reveal(700)
    assert model.index(700).data(ROW).id == 701


def test_the_same_ids_again_read_their_rows_anew_without_a_reset(model: CardsModel, shelf: Shelf, qtbot: QtBot) -> None:
    model.card(0)
    before = shelf.asked
    with qtbot.assertNotEmitted(model.modelReset):
        assert not model.set_ids(array("q", range(1, 1001)))
    model.card(0)
    assert shelf.asked > before


def test_a_customer_removed_meanwhile_leaves_its_place_empty(model: CardsModel, shelf: Shelf) -> None:
    shelf.gone.add(2)
    assert model.card(1) is None
    assert model.card(2) == _card(3)


@pytest.mark.parametrize("wanted", [[1000, 5, 7000], list(range(3, 400))])
def test_customers_are_found_by_their_ids(model: CardsModel, wanted: list[int]) -> None:
    assert model.rows_of(frozenset(wanted)) == [one - 1 for one in sorted(wanted) if one <= 1000]


def test_a_name_is_never_read_as_html(qtbot: QtBot) -> None:
    made = CardsModel(lambda ids: [_card(one) for one in ids], lambda card: "<b>会社</b>")
    made.set_ids(array("q", [1]))
    assert "&lt;b&gt;会社" in str(made.index(0).data(Qt.ItemDataRole.ToolTipRole))
    assert made.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "<b>会社</b>"
