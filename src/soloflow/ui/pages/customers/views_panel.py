"""The list behind the title: the views of the program, the user's own しおり, and ways to what belongs to the list.

Signals: `chosen(View)`. Enter shows a view; F2, Delete and Alt+↑↓ rename, remove and move one's own; a right click offers
the same. What is shown now and has no name yet is kept in the field below.
"""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _, listed
from soloflow.services import views
from soloflow.services.changes import Changes
from soloflow.services.customers import Filter
from soloflow.services.views import View
from soloflow.ui.context import Context
from soloflow.ui.pages_list import PAGES
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.buttons import LinkButton, button
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.labels import label, rule
from soloflow.ui.widgets.rows import ROW, Cell, Index, RowDelegate, RowList, Run, columns

WIDTH = 320
ROW_HEIGHT = 32
MOST_ROWS = 13


class Shown(NamedTuple):
    """What the list shows now."""

    wanted: Filter
    order: str
    view: View | None
    """The view that shows just this."""
    opened: View | None
    """The own view that was opened last and may have been changed since."""


class _ViewRows(RowDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ROW_HEIGHT, hairline=False)
        self.current = ""

    def cells(self, index: Index, width: int) -> tuple[Cell, ...]:
        view: View = index.data(ROW)
        is_shown = view.key == self.current
        tick, words, mark = columns(width, 16, 0, 16)
        icon = "warning" if view.problem else ""
        return (
            Cell(*tick, icon="check" if is_shown else "", icon_role="acc"),
            Cell(*words, (Run(view.name, bold=is_shown),), tip=view.problem),
            Cell(*mark, icon=icon, icon_role="warnt", align="right", tip=view.problem),
        )


class ViewList(RowList):
    """The rows; `asked("rename" | "remove" | "up" | "down")` for the current one."""

    asked = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the keys for one's own views."""
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        keys = {int(Qt.Key.Key_F2): "rename", int(Qt.Key.Key_Delete): "remove"}
        if is_alt:
            keys = {int(Qt.Key.Key_Up): "up", int(Qt.Key.Key_Down): "down"}
        if event.key() in keys:
            self.asked.emit(keys[event.key()])
        else:
            super().keyPressEvent(event)


class ViewsPanel(QWidget):
    """The content of the popover."""

    chosen = Signal(object)
    done = Signal()
    """Something else was opened; the panel is not needed any more."""

    def __init__(self, context: Context, shown: Shown) -> None:
        super().__init__()
        self.context = context
        self._shown = shown
        self._renamed: int | None = None
        self.setFixedWidth(WIDTH)
        self._delegate = _ViewRows(context.theme)
        self.rows = ViewList(self._delegate)
        self._model = QStandardItemModel(self)
        self.rows.setModel(self._model)
        self.rows.setAccessibleName(_("しおりの一覧"))
        self.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.name = ImeLineEdit()
        self.name.setMaxLength(views.NAME_LIMIT)
        self._keep = button(_("残す"), self._on_keep)
        self._again = LinkButton("", self._on_redefine)
        self._problem = label("", "warnt", wrap=True)
        self._problem.hide()
        self._build()
        self.rows.opened.connect(self._on_opened)
        self.rows.clicked.connect(self._on_opened)
        self.rows.asked.connect(self._on_asked)
        self.rows.customContextMenuRequested.connect(self._on_menu)
        self.name.submitted.connect(self._on_entered)
        self.name.escaped.connect(self._on_escaped)
        context.changed.connect(self._on_changes)
        self.fill()
        self.setFocusProxy(self.rows)

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.name, 1)
        line.addWidget(self._keep)
        self._naming = QWidget()
        self._naming.setLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.rows)
        column.addWidget(self._naming)
        column.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._problem)
        column.addWidget(rule("hairline"))
        column.addWidget(self._ways())

    def _ways(self) -> QWidget:
        made = QFrame()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        if any(entry.key == "duplicates" for entry in PAGES):
            line.addWidget(LinkButton(_("かさなりを整理"), partial(self._go, "duplicates", change_set=None)))
        line.addWidget(LinkButton(_("取り込みの履歴"), partial(self._go, "settings", section="imports")))
        line.addStretch(1)
        return made

    def _go(self, page: str, **args: object) -> None:
        self.done.emit()
        self.context.navigate(page, **args)

    def fill(self) -> None:
        """Read the views again; the same one stays current."""
        kept = self._current()
        every = views.every(self.context.workspace)
        now = self._shown.view
        self._delegate.current = now.key if now else ""
        self._model.clear()
        for view in every:
            item = QStandardItem()
            item.setData(view, ROW)
            item.setData(listed((view.name, view.problem)), Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        wanted = kept.key if kept else self._delegate.current
        place = next((number for number, view in enumerate(every) if view.key == wanted), 0)
        self.rows.setCurrentIndex(self._model.index(place, 0))
        self.rows.setFixedHeight(ROW_HEIGHT * min(MOST_ROWS, len(every)))
        self._show_naming()

    def _current(self) -> View | None:
        index = self.rows.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def _show_naming(self) -> None:
        is_new = self._shown.view is None
        self._naming.setVisible(is_new or self._renamed is not None)
        renaming = self._renamed is not None
        words = _("しおりの名前") if renaming else _("いまの条件に名前を付けて残す")
        self.name.setPlaceholderText(words)
        self.name.setAccessibleName(words)
        self._keep.setText(_("変える") if renaming else _("残す"))
        opened = self._shown.opened
        self._again.setVisible(is_new and opened is not None and not renaming)
        if opened is not None:
            self._again.setText(_("「{name}」をいまの条件にする").format(name=_short(opened.name)))
        self.updateGeometry()
        if (frame := self.parentWidget()) is not None:
            frame.adjustSize()

    # What the user does

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        view: View = index.data(ROW)
        self.chosen.emit(view)

    @Slot(str)
    def _on_asked(self, what: str) -> None:
        view = self._current()
        if view is None or view.id is None:
            return
        ws = self.context.workspace
        if what == "rename":
            self._renamed = view.id
            self._show_naming()
            self.name.setText(view.name)
            self.name.selectAll()
            self.name.setFocus()
        elif what == "remove":
            self.context.run(partial(views.remove, ws, view.id))
        else:
            self._move(view.id, -1 if what == "up" else 1)

    def _move(self, view: int, by: int) -> None:
        own = [one.id for one in views.every(self.context.workspace) if one.id is not None]
        place = own.index(view)
        if 0 <= place + by < len(own):
            own[place], own[place + by] = own[place + by], own[place]
            self.context.run(partial(views.arrange, self.context.workspace, own))

    def menu_for(self, index: QModelIndex) -> QMenu | None:
        """What can be done with one's own view; None for those of the program."""
        view: View | None = index.data(ROW) if index.isValid() else None
        if view is None or view.id is None:
            return None
        self.rows.setCurrentIndex(index)
        menu = QMenu(self)
        for what, words in (
            ("rename", _("名前を変える\tF2")), ("up", _("上へ\tAlt+↑")), ("down", _("下へ\tAlt+↓")), ("remove", _("消す\tDelete")),
        ):  # fmt: skip
            menu.addAction(words).triggered.connect(partial(self._on_menu_chosen, what))
        return menu

    def _on_menu_chosen(self, what: str, _checked: bool = False) -> None:
        self._on_asked(what)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        menu = self.menu_for(self.rows.indexAt(place))
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.rows.viewport().mapToGlobal(place))

    @Slot(str)
    def _on_entered(self, _text: str) -> None:
        self._on_keep()

    def _on_keep(self) -> None:
        ws, text = self.context.workspace, self.name.text()
        if self._renamed is not None:
            self.context.run(partial(views.rename, ws, self._renamed, text), self._after_rename, failed=self._say)
        else:
            wanted, order = self._shown.wanted, self._shown.order
            self.context.run(partial(views.save, ws, text, wanted, order), self._after_save, failed=self._say)

    def _on_redefine(self) -> None:
        opened = self._shown.opened
        if opened is not None and opened.id is not None:
            wanted, order = self._shown.wanted, self._shown.order
            self.context.run(
                partial(views.redefine, self.context.workspace, opened.id, wanted, order), self._after_save
            )

    @Slot()
    def _on_escaped(self) -> None:
        if self._renamed is not None:
            self._end_renaming()
        else:
            self.done.emit()

    def _after_rename(self, _changes: Changes) -> None:
        self._end_renaming()

    def _end_renaming(self) -> None:
        self._renamed = None
        self.name.clear()
        self._problem.hide()
        self._show_naming()
        self.rows.setFocus()

    def _after_save(self, _changes: Changes) -> None:
        self.done.emit()

    def _say(self, error: UserError) -> None:
        self._problem.setText(str(error))
        self._problem.show()
        self._show_naming()
        self.name.setFocus()

    @Slot(object)
    def _on_changes(self, changes: Changes) -> None:
        if changes.topics & {"saved_views", "*"}:
            self.fill()


def _short(name: str) -> str:
    return name if len(name) <= 12 else f"{name[:11]}…"
