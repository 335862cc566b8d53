"""How a card of the board is painted: in its column, and under the pointer while it is dragged."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from soloflow.i18n import _
from soloflow.services import wording
from soloflow.services.customers import CustomerRow
from soloflow.ui.models.board_cards import CardsModel
from soloflow.ui.pages.board import words
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.rows import ROW

GAP = 6
PAD_X = 8
PAD_Y = 7
LINE = 18
SQUARE = 6
SQUARE_GAP = 2
RADIUS = 6
QUESTIONS = 8


@dataclass(frozen=True, slots=True)
class Look:
    """What a card looks like besides its words."""

    ground: str = "bg"
    edge: str = "line2"
    edge_width: float = 1.0


LIFTED = Look("bg", "acc", 2)


class CardDelegate(QStyledItemDelegate):
    """The one delegate of the nine columns; all cards of a column are equally high."""

    def __init__(self, theme: Theme, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._today = today
        self._fonts = {
            (kind, bold): theme.font(kind, bold=bold) for kind in ("body", "label") for bold in (False, True)
        }
        self._metrics = {key: QFontMetrics(font) for key, font in self._fonts.items()}

    def card_height(self, stage: int, *, has_yen: bool) -> int:
        """Height of the cards of a column: name, person and days, next step; yen where any is known; the questions."""
        lines = 3 + has_yen + (stage >= words.QUESTIONS_FROM)
        return 2 * PAD_Y + LINE * lines

    def paint_card(self, painter: QPainter, rect: QRect, card: CustomerRow, look: Look, *, has_yen: bool) -> None:
        """Paint one card into a rectangle."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = look.edge_width / 2
        painter.setPen(QPen(self._theme.color(look.edge), look.edge_width))
        painter.setBrush(self._theme.color(look.ground))
        painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
        inner = rect.adjusted(PAD_X, PAD_Y, -PAD_X, -PAD_Y)
        today = self._today()
        fits = self._metrics["body", True].horizontalAdvance(card.name) <= inner.width()
        self._text(painter, inner, 0, card.name if fits else wording.short_name(card.name), bold=True)
        self._paint_person(painter, inner, card)
        step = words.plan(card, today)
        quiet = "ink3" if card.plan is None else "ink2"
        self._text(painter, inner, 2, step.text, "warnt" if step.late else quiet, bold=step.late)
        if has_yen:
            known = card.expected_yen is not None
            width = self._text(painter, inner, 3, wording.amount(card.expected_yen), "ink2" if known else "ink3")
            mark = _("判断")  # an expected amount is one; the tip says it where the card has no room
            if known and width + 6 + self._metrics["label", False].horizontalAdvance(mark) <= inner.width():
                self._text(painter, inner, 3, mark, "ink3", kind="label", right=True)
        if (card.stage or 0) >= words.QUESTIONS_FROM:
            self._paint_answers(painter, inner, 3 + has_yen, card.answered)

    def picture(self, size: QSize, ratio: float, card: CustomerRow, count: int, *, has_yen: bool) -> QPixmap:
        """The card as it hangs under the pointer; several of them as a small pile with their number."""
        pile = 6 if count > 1 else 0
        drawn = QPixmap(QSize(round((size.width() + pile) * ratio), round((size.height() + pile) * ratio)))
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if pile:
            painter.setPen(QPen(self._theme.color("acc"), 1))
            painter.setBrush(self._theme.color("bg"))
            painter.drawRoundedRect(
                QRectF(pile, pile, size.width(), size.height()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS
            )
        self.paint_card(painter, QRect(QPoint(), size), card, LIFTED, has_yen=has_yen)
        if pile:
            self._paint_number(painter, size, words.count(count))
        painter.end()
        return drawn

    def _paint_number(self, painter: QPainter, size: QSize, text: str) -> None:
        metrics = self._metrics["label", True]
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 12, 18)
        box.moveTopRight(QPointF(size.width(), 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("acc"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.setPen(self._theme.color("onacc"))
        painter.setFont(self._fonts["label", True])
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_person(self, painter: QPainter, inner: QRect, card: CustomerRow) -> None:
        days = words.waiting(card)
        taken = self._text(
            painter, inner, 1, days.text, "warnt" if days.late else "ink3", bold=days.late, kind="label", right=True
        )
        room = inner.adjusted(0, 0, -taken - 6 if taken else 0, 0)
        if room.width() >= self._metrics["label", False].horizontalAdvance("あい…"):
            self._text(painter, room, 1, words.person(card), "ink3", kind="label")

    def _text(
        self, painter: QPainter, inner: QRect, line: int, text: str, role: str = "ink", *, bold: bool = False,
        kind: str = "body", right: bool = False,
    ) -> int:  # fmt: skip
        if not text:
            return 0
        metrics = self._metrics[kind, bold]
        width = metrics.horizontalAdvance(text)
        if width > inner.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            width = metrics.horizontalAdvance(text)
        x = inner.right() + 1 - width if right else inner.left()
        cap = self._metrics["body", False].capHeight()
        base = inner.top() + line * LINE + round((LINE + cap) / 2)
        painter.setFont(self._fonts[kind, bold])
        painter.setPen(self._theme.color(role))
        painter.drawText(QPoint(x, base), text)
        return width

    def _paint_answers(self, painter: QPainter, inner: QRect, line: int, answered: int) -> None:
        self._text(painter, inner, line, f"{answered}/{QUESTIONS}", "ink3", kind="label", right=True)
        top = inner.top() + line * LINE + (LINE - SQUARE) // 2
        for number in range(QUESTIONS):
            left = inner.left() + number * (SQUARE + SQUARE_GAP)
            painter.fillRect(left, top, SQUARE, SQUARE, self._theme.color("acc" if number < answered else "line2"))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Qt: the card in its column, or the grey place it was taken from."""
        card = index.data(ROW)
        model = index.model()
        if card is None or not isinstance(model, CardsModel):
            return
        whole: QRect = option.rect
        rect = whole.adjusted(0, 0, 0, -GAP)
        painter.save()
        if card.id in model.ghosts:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("bg3"))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        else:
            self.paint_card(painter, rect, card, _look(option), has_yen=model.has_yen)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Qt: the same for every card of the column, so that no row is read for it."""
        model = index.model()
        return QSize(0, model.pitch if isinstance(model, CardsModel) else LINE)


def _look(option: QStyleOptionViewItem) -> Look:
    state: QStyle.StateFlag = option.state
    if state & QStyle.StateFlag.State_Selected:
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        return Look("sel", "acc", 2 if focused else 1)
    if state & QStyle.StateFlag.State_HasFocus:
        return Look("bg", "acc", 2)
    return Look(edge="ctl") if state & QStyle.StateFlag.State_MouseOver else Look()
