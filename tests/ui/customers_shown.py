"""The page 顧客 as a test sees it."""

from collections.abc import Iterator

from pytestqt.qtbot import QtBot

from soloflow.ui.context import Context
from soloflow.ui.pages.customers import CustomersPage


def shown(qtbot: QtBot, context: Context) -> Iterator[CustomersPage]:
    """The page with the keyboard, until everything typed in it is kept."""
    made = CustomersPage(context)
    qtbot.addWidget(made)
    made.resize(1204, 726)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.focus_first()
    yield made
    qtbot.waitUntil(lambda: not context.is_writing)
    made.detail.save_typing()


def names_on(page: CustomersPage) -> list[str]:
    """Who is listed."""
    model = page.list.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]
