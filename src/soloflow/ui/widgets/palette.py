"""The command field (Ctrl+K): people, companies, deals, pages and actions in one list that answers as one types.

A provider is ``Callable[[str], list[Hit]]``, added by ``context.providers.append(find_people)``; it gets the text as typed
(trimmed, never empty) and answers within a frame or two. ``Hit(_("人"), "十河 太郎", "カワセミ食品", "person", partial(...))``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.ui.context import Context
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.labels import label
from soloflow.ui.widgets.rows import ROW, Cell, Index, RowDelegate, RowList, Run, columns
from soloflow.ui.widgets.search_field import SearchField

MOST = 12
"""Rows shown; the field is for finding one thing, not for reading lists."""
HINT = 28
"""The quiet line under them that says which keys there are."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the answer."""

    group: str
    title: str
    detail: str
    icon: str
    act: Callable[[], object]


Provider = Callable[[str], list[Hit]]


class _HitRows(RowDelegate):
    def cells(self, index: Index, width: int) -> tuple[Cell, ...]:
        hit: Hit = index.data(ROW)
        mark, words, group = columns(width, 16, 0, 88)
        return (
            Cell(*mark, icon=hit.icon),
            Cell(*words, (Run(hit.title), Run(hit.detail, "ink3", type="label"))),
            Cell(*group, (Run(hit.group, "ink3", type="label"),), align="right"),
        )


class _Results(QFrame):
    """The drop-down below the field; a child of the window, so that the field keeps the keyboard."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        styled(self, variant="popover")
        self.hits = QStandardItemModel(self)
        self.rows = RowList(_HitRows(theme, 36, hairline=False))
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setModel(self.hits)
        self.rows.setAccessibleName(_("見つかったもの"))
        self._none = label(_("見つかりませんでした"), "second")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setFixedHeight(36)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(0)
        self._hint = label(_("↑↓ 選ぶ　Enter 開く　F1 キー操作の一覧"), "label")
        self._hint.setContentsMargins(12, 0, 12, 0)
        self._hint.setFixedHeight(HINT)
        column.addWidget(self.rows)
        column.addWidget(self._none)
        column.addWidget(self._hint)
        self.hide()

    def fill(self, hits: list[Hit]) -> None:
        self.hits.clear()
        for hit in hits[:MOST]:
            item = QStandardItem()
            item.setData(hit, ROW)
            item.setData(f"{hit.group} {hit.title} {hit.detail}", Qt.ItemDataRole.AccessibleTextRole)
            self.hits.appendRow(item)
        self.rows.setVisible(bool(hits))
        self._none.setVisible(not hits)
        self.rows.setFixedHeight(36 * min(MOST, len(hits)))
        self.setFixedHeight(8 + HINT + 36 * max(1, min(MOST, len(hits))))
        self.step(0, start=True)

    def step(self, by: int, *, start: bool = False) -> None:
        count = self.hits.rowCount()
        if count:
            row = 0 if start else (self.rows.currentIndex().row() + by) % count
            self.rows.setCurrentIndex(self.hits.index(row, 0))

    def current(self) -> Hit | None:
        index = self.rows.currentIndex()
        return index.data(ROW) if index.isValid() else None


class CommandField(SearchField):
    """520 × 32 in the top bar, with its results below."""

    acted = Signal()

    def __init__(self, context: Context, window: QWidget, providers: list[Provider]) -> None:
        super().__init__(context.theme, _("人・会社・案件・ページ・操作をさがす"))
        self._ground = window
        self._context = context
        self._own = providers
        self._results: _Results | None = None
        self._before: QWidget | None = None
        self.setToolTip("Ctrl+K")
        self.searched.connect(self._search)
        self.submitted.connect(self._act)
        self.escaped.connect(self.leave)

    @property
    def is_open(self) -> bool:
        """Whether results are shown."""
        return self._results is not None and self._results.isVisible()

    def enter(self) -> None:
        """Take the keyboard, whatever had it before."""
        before = self.window().focusWidget()
        self._before = before if before is not self else self._before
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    @Slot()
    def leave(self) -> None:
        """Empty the field and give the keyboard back."""
        self.clear()
        self._close_results()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._before = None
        else:
            self.clearFocus()

    @Slot(str)
    def _search(self, text: str) -> None:
        wanted = text.strip()
        if not wanted:
            self._close_results()
            return
        hits = [hit for provider in (*self._own, *self._context.providers) for hit in provider(wanted)]
        results = self._made_results()
        results.fill(hits)
        corner = self.mapTo(self._ground, QPoint(0, self.height() + 4))
        results.setGeometry(corner.x(), corner.y(), self.width(), results.height())
        results.show()
        results.raise_()

    def _made_results(self) -> _Results:
        """The list of results; the first search makes it."""
        if self._results is None:
            self._results = _Results(self._context.theme, self._ground)
            self._results.rows.clicked.connect(self._on_clicked)
            self._results.rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        return self._results

    def _close_results(self) -> None:
        if self._results is not None:
            self._results.hide()

    @Slot()
    def _act(self) -> None:
        hit = self._results.current() if self._results is not None and self.is_open else None
        if hit is not None:
            self.clear()
            self._close_results()
            self._before = None
            self.clearFocus()
            hit.act()
            self.acted.emit()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._made_results().rows.setCurrentIndex(index)
        self._act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: up and down walk through the results."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.is_open and not self.is_composing:
            self._made_results().step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: results go with the keyboard."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}:
            self._close_results()

    def sizeHint(self) -> QSize:
        """Qt: as in the pictures."""
        return QSize(self._context.theme.size("command_width"), 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the field, and its shortcut at the right while it is empty."""
        super().paintEvent(event)
        if not self.text() and not self.is_composing:
            painter = QPainter(self)
            painter.setFont(self._context.theme.font("label"))
            painter.setPen(self._context.theme.color("ink3"))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(0, 0, -10, 0), int(flags), "Ctrl+K")

    def changeEvent(self, event: QEvent) -> None:
        """Qt: a disabled field shows no results."""
        if event.type() == QEvent.Type.EnabledChange:
            self._close_results()
        super().changeEvent(event)
