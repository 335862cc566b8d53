"""How an entry of これまで looks, and the field in which its words are edited."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from soloflow.i18n import _
from soloflow.services import wording
from soloflow.services.customers import TimelineEntry
from soloflow.services.workspace import Workspace
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.ime import ImeLineEdit
from soloflow.ui.widgets.rows import ROW, Cell, Index, RowDelegate, Run

ICONS = {
    "meetup": "meeting", "card": "person", "mail": "mail", "call": "call", "meeting": "meeting", "document": "document",
    "note": "pencil", "sign": "star", "voice": "quote", "done": "check", "lose": "cross", "recycle": "recycle",
    "reactivate": "redo",
}  # fmt: skip
RECENT_DAYS = 30
LINE = 20


class TimelineRows(RowDelegate):
    """Rows of 44: icon, words, day; below them the detail. Without a detail one line of 36."""

    def __init__(self, theme: Theme, workspace: Workspace) -> None:
        super().__init__(theme, theme.size("row_timeline"), lines=2)
        self._workspace = workspace

    def cells(self, index: Index, width: int) -> Sequence[Cell]:
        """Qt's row as cells."""
        entry: TimelineEntry = index.data(ROW)
        day = self._day(entry)
        day_width = self._metrics["label", False].horizontalAdvance(day) + 1
        menu = 20
        right = width - menu - 8
        second = self._second(entry)
        return (
            Cell(0, 16, icon=ICONS.get(entry.kind, "chevron-right"), tip=self._kind(entry)),
            Cell(26, max(0, right - day_width - 38), (Run(self._words(entry)),)),
            Cell(right - day_width, day_width, (Run(day, "ink3", type="label"),), align="right"),
            Cell(26, max(0, right - 26), (Run(second, "ink2", type="label"),), line=1),
            Cell(width - 16, 16, icon="more", icon_role="ink3", key="menu", tip=_("直す、日付、消す")),
        )

    def row_height(self, index: Index) -> int:
        """What has nothing to add is one line."""
        entry: TimelineEntry = index.data(ROW)
        return self.height if self._second(entry) else self.theme.size("row_task")

    def baseline(self, rect: QRect, line: int) -> float:
        """A single line stands in the middle of its row."""
        shift = 0 if rect.height() >= self.height else LINE / 2
        return super().baseline(rect, line) + shift

    def _second(self, entry: TimelineEntry) -> str:
        """The detail; a pencil says メモ and an arrow says that it was a move, so that these need no words."""
        is_plain = entry.source == "transition" or entry.kind == "note"
        return entry.detail or ("" if is_plain else self._kind(entry))

    def _words(self, entry: TimelineEntry) -> str:
        if entry.source == "transition":
            return entry.text
        prefix = {"sign": _("変化の兆し"), "voice": _("生の声")}.get(entry.kind)
        if prefix is None or entry.text.startswith(prefix):
            return entry.text
        return _("{kind}：{text}").format(kind=prefix, text=entry.text)

    def _kind(self, entry: TimelineEntry) -> str:
        if entry.source == "transition":
            return _("工程の移動")
        return _(wording.ACTIVITY_KINDS.get(entry.kind, wording.ACTIVITY_KINDS["note"]))

    def _day(self, entry: TimelineEntry) -> str:
        day = wording.day(self._workspace, entry.day)
        if (self._workspace.today() - entry.day).days <= RECENT_DAYS:
            return f"{day} {wording.relative(self._workspace, entry.day)}"
        return day

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """Qt: a field that is safe with an input method."""
        field = ImeLineEdit(parent=parent)
        field.setAccessibleName(_("文を直す"))
        field.submitted.connect(self._on_submitted)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt: the words as they are."""
        assert isinstance(editor, ImeLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Qt: the words as they were left."""
        assert isinstance(editor, ImeLineEdit)
        model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Qt: over the words of the row."""
        inner = self._inner(option.rect)
        edge = max(0, (inner.height() - 34) // 2)
        editor.setGeometry(inner.adjusted(16, edge, -26, -edge - 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Enter is the field's own affair, which knows whether the input method is at work."""
        if isinstance(watched, ImeLineEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if is_enter or watched.is_composing:
                return False
        return super().eventFilter(watched, event)

    def _on_submitted(self, _text: str) -> None:
        editor = self.sender()
        assert isinstance(editor, ImeLineEdit)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
