"""Two records beside each other: head with the reasons, every field, and below both histories."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from soloflow.i18n import _, ngettext
from soloflow.services import wording
from soloflow.services.comparing import Comparison
from soloflow.services.duplicates import CERTAINTY_WORDS, words
from soloflow.services.pair_sides import Side
from soloflow.ui.context import Context
from soloflow.ui.models.pair_lines import LineModel, PastModel
from soloflow.ui.pages.duplicates.rows import MARK, LineList, PastRows, places
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.labels import ElidedLabel, chip, label, rule
from soloflow.ui.widgets.rows import OVERHANG, RowList

MARGIN = 24
BAR = 12
HEAD = 32
NAME_AND_DAY = 320
"""Width from which the last day stands beside the name."""
SHOWN = 12
"""Lines of a history that are shown; the customer's own page has all of them."""


class ColumnHeads(QWidget):
    """The words above the columns, in line with them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = (_("残る記録"), _("合わせる記録"), _("まとめたあと"))
        self.setFixedHeight(HEAD)
        self.setAccessibleName(" ".join(self._words))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: three words, and the rule below."""
        painter = QPainter(self)
        painter.setFont(self._theme.font("label"))
        painter.setPen(self._theme.color("ink3"))
        for (left, width), text, indent in zip(places(self.width())[1:], self._words, (MARK, MARK, 0), strict=True):
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(left + indent, 0, width - indent, self.height() - 1, flags, text)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color("line2"))
        painter.end()


class Story(QWidget):
    """One side: who, where they stand, and what has happened so far."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._name = ElidedLabel("", "strong")
        self._standing = chip("")
        self._count = label("", "label")
        self._model = PastModel(self)
        self.rows = RowList(PastRows(context.theme, context.workspace))
        self.rows.setModel(self._model)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setSelectionMode(RowList.SelectionMode.NoSelection)
        self._more = label("", "label")
        head = QHBoxLayout()
        head.setContentsMargins(OVERHANG, 0, OVERHANG, 0)
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._count)
        head.addWidget(self._standing)
        line = QVBoxLayout()
        line.setContentsMargins(OVERHANG, 0, OVERHANG, 0)
        line.addWidget(rule())
        last = QVBoxLayout()
        last.setContentsMargins(OVERHANG, 0, OVERHANG, 0)
        last.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(line)
        column.addWidget(self.rows)
        column.addLayout(last)
        column.addStretch(1)

    def show_side(self, side: Side) -> None:
        """Show one of the two."""
        self._name.setText(_("{name}のこれまで").format(name=side.name))
        self._standing.setText(side.standing)
        last = wording.relative(self._context.workspace, side.history[0].day) if side.history else ""
        self._count.setText(_("最後は{when}").format(when=last) if last else "")
        self._model.show_history(side.history[:SHOWN])
        self.rows.setAccessibleName(self._name.text())
        self.rows.fit_height()
        self._fit()
        rest = side.count - min(SHOWN, len(side.history))
        if not side.count:
            self._more.setText(_("まだ何もありません"))
        else:
            self._more.setText(ngettext("ほか{count}件", "ほか{count}件", rest).format(count=rest))
        self._more.setVisible(rest > 0 or not side.count)

    def _fit(self) -> None:
        self._count.setVisible(bool(self._count.text()) and self.width() >= NAME_AND_DAY)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: where there is little room, the name comes first."""
        super().resizeEvent(event)
        self._fit()


class ComparePane(QWidget):
    """The right part of the page. Signal `opened`: Enter in a field."""

    opened = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        styled(self, variant="page")
        self.context = context
        self.shown: Comparison | None = None
        self._title = ElidedLabel("", "title")
        self._certainty = chip("", on=True)
        self._reasons = ElidedLabel("", "second")
        self.model = LineModel(self)
        self.lines = LineList(context.theme, self.model)
        self.lines.opened.connect(self._on_opened)
        self.lines.moved.connect(self._show_current)
        self.first, self.second = Story(context), Story(context)
        self._heads = ColumnHeads(context.theme)
        self._content = styled(QWidget(), variant="page")
        self._area = self._build()

    def _build(self) -> QScrollArea:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._certainty)
        head.addStretch(1)
        top = QVBoxLayout()
        top.setContentsMargins(MARGIN, 12, MARGIN, 8)
        top.setSpacing(2)
        top.addLayout(head)
        top.addWidget(self._reasons)
        names = QVBoxLayout()
        names.setContentsMargins(MARGIN, 0, MARGIN, 0)
        names.addWidget(self._heads)
        inside = QVBoxLayout(self._content)
        inside.setContentsMargins(MARGIN - OVERHANG, 0, MARGIN - OVERHANG - BAR, MARGIN)
        inside.setSpacing(MARGIN)
        inside.addWidget(self.lines)
        stories = QHBoxLayout()
        stories.setContentsMargins(0, 0, 0, 0)
        stories.setSpacing(MARGIN)
        stories.addWidget(self.first, 1)
        stories.addWidget(self.second, 1)
        inside.addLayout(stories)
        inside.addStretch(1)
        area = styled(QScrollArea(), variant="page")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(names)
        column.addWidget(area, 1)
        return area

    def show_comparison(self, found: Comparison, choices: dict[str, str] | None = None) -> None:
        """Show this pair; `choices` were made before and still hold."""
        is_other = self.shown is None or self.shown.pair.key != found.pair.key
        row = self.lines.currentIndex().row()
        self.shown = found
        names = [found.first.name, found.second.name]
        same = names[0] == names[1]
        self._title.setText(names[0] if same else _("{first} と {second}").format(first=names[0], second=names[1]))
        certainty = found.pair.certainty
        self._certainty.setText(_(CERTAINTY_WORDS[certainty]) if certainty else "")
        self._certainty.setVisible(bool(certainty))
        styled(self._certainty, variant="chip-on" if certainty == "sure" else "chip")
        said = words(found.pair.reasons, names[0], names[1])
        self._reasons.setText(said or _("えらんだ二つをならべています"))
        self.model.show_lines(found.lines, choices)
        self.lines.fit_height()
        self.lines.setCurrentIndex(self.model.index(self.model.first_open() if is_other or row < 0 else row))
        self.first.show_side(found.first)
        self.second.show_side(found.second)
        if is_other:
            self._area.verticalScrollBar().setValue(0)

    @Slot(object)
    def _on_opened(self, _index: QModelIndex) -> None:
        self.opened.emit()

    @Slot(object)
    def _show_current(self, index: QModelIndex) -> None:
        """The field in which the keyboard is can be seen."""
        rect = self.lines.visualRect(index)
        middle = self.lines.mapTo(self._content, QPoint(0, rect.center().y()))
        self._area.ensureVisible(0, middle.y(), 0, rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the content is as wide as the pane, the bar stands in the margin."""
        super().resizeEvent(event)
        self._content.setFixedWidth(max(0, self.width() - BAR))
