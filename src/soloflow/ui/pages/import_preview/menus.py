"""The menus of the preview: of a row, and of a column in which something changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from soloflow.i18n import _
from soloflow.ui.pages.import_preview import choosing
from soloflow.ui.pages.import_preview.words import is_asked

if TYPE_CHECKING:
    from soloflow.ui.pages.import_preview.table import ImportTable

Act = Callable[[], object]


class _Call(QObject):
    """Calls an act without the `checked` that triggered() sends; lives and dies with its action."""

    def __init__(self, owner: QObject, act: Act) -> None:
        super().__init__(owner)
        self._act = act

    @Slot()
    def run(self) -> None:
        self._act()


def column_menu(table: ImportTable, column: str) -> QMenu:
    """Keep the old values of a column in all rows shown, or take the new ones."""
    menu = QMenu(table)
    title = table.head.title_of(column)
    keep = partial(table.model.decide_shown, partial(choosing.kept, cell=column, keep=True))
    take = partial(table.model.decide_shown, partial(choosing.kept, cell=column, keep=False))
    _add(menu, _("{column}は、出ている全員で元のまま").format(column=title), "", keep)
    _add(menu, _("{column}は、出ている全員で新しい値に").format(column=title), "", take)
    return menu


def row_menu(table: ImportTable, row: int) -> QMenu:
    """Everything that can be done with a row, with its keys."""
    menu = QMenu(table)
    item = table.model.item(row)
    many = table.rows.selected_count()
    tick = _("取り込まない") if item.take else _("取り込む")
    _add(menu, tick, "Space", partial(table.act, row, "take"))
    if many > 1:
        words = _("選んだ{count}人だけ取り込む").format(count=f"{many:,}")
        _add(menu, words, "", table.only_wanted.emit)
    if item.enters is not None and item.take:
        words = _("集客に入れない") if item.enters else _("集客に入れる")
        _add(menu, words, "Shift+Space", partial(table.act, row, "enters"))
    menu.addSeparator()
    if is_asked(item):
        _add(menu, _("同じ人"), "Alt+1", partial(table.answer, row, is_known=True))
        _add(menu, _("別の人"), "Alt+3", partial(table.answer, row, is_known=False))
    if item.match is not None:
        _add(menu, _("ならべて見る"), "Alt+2", partial(table.compare, row))
    _add(menu, _("書き直す"), "F2", partial(table.edit, row))
    if item.person.company:
        words = _("{company}の人だけ表示").format(company=item.person.company)
        _add(menu, words, "", partial(table.company_wanted.emit, item.person.company))
    return menu


def _add(menu: QMenu, text: str, keys: str, act: Act) -> None:
    made = menu.addAction(text)
    made.setShortcut(QKeySequence(keys))
    made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # only shown: the table takes the key itself
    made.triggered.connect(_Call(made, act).run)
