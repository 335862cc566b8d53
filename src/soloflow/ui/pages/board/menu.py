"""The context menu of the chosen cards, and the panels that ask in place what a move needs to be told."""

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QObject, QRect, Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from soloflow.domain.stages import STAGES
from soloflow.i18n import _
from soloflow.services import wording
from soloflow.ui.context import Context
from soloflow.ui.widgets.move_panels import LosePanel, MovePanel, RecyclePanel

Act = Callable[[], object]


class _Call(QObject):
    """Calls an act without the `checked` that triggered() sends."""

    def __init__(self, owner: QObject, act: Act) -> None:
        super().__init__(owner)
        self._act = act

    @Slot()
    def run(self) -> None:
        self._act()


def card_menu(
    parent: QWidget, moves: Collection[tuple[int, Act]], *, before: Act | None, after: Mapping[str, Act]
) -> QMenu:
    """The menu: 顧客を開く (`before`, for one card), the nine stages, then date, recycle and lose (`after`).

    A stage with no act in `moves` is shown but not offered. The keys beside the words work without the menu too.
    """
    menu = QMenu(parent)
    if before is not None:
        _add(menu, _("顧客を開く"), "Enter", before)
        menu.addSeparator()
    acts = dict(moves)
    for one in STAGES:
        _add(menu, _("{stage}へ").format(stage=wording.stage_name(one.number)), str(one.number), acts.get(one.number))
    _add(menu, _("日付を決めて移す"), "D", after["date"])
    menu.addSeparator()
    _add(menu, _("育成へ"), "R", after["recycle"])
    _add(menu, _("離脱へ"), "X", after["lose"])
    return menu


def _add(menu: QMenu, text: str, keys: str, act: Act | None) -> None:
    made = menu.addAction(text)
    made.setShortcut(QKeySequence(keys))
    made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # only shown: the list takes the key itself
    made.setEnabled(act is not None)
    if act is not None:
        made.triggered.connect(_Call(made, act).run)


def open_panel(
    act: str, context: Context, ids: Collection[int], anchor: QWidget, rect: QRect, number: int | None = None
) -> None:
    """Ask beside `rect` of `anchor` what recycling ("recycle"), losing ("lose") or a move on a day ("date") needs."""
    wanted = tuple(ids)
    if not wanted:
        return
    if act == "lose":
        LosePanel(context, wanted, anchor, rect).open()
    elif act == "recycle":
        RecyclePanel(context, wanted, anchor, rect).open()
    else:
        MovePanel(context, wanted, anchor, rect, stage=number).open()
