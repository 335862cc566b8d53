"""A small painted home page that repeats the form's words exactly, in the site's own colours."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from soloflow.i18n import _
from soloflow.ui.theme import Theme

WIDTH, HEIGHT = 414, 216
_MENU = (
    ("offers", "items", "サービス"),
    ("how", "steps", "進め方・料金"),
    ("cases", "items", "実績"),
    ("career", "projects", "経歴"),
)
"""Section, what it needs to be linked, and its name in the menu (the site's language, not the window's)."""
_CONTACT = "お問い合わせ"
_ANSWERS = (("who", "誰に"), ("what", "何を"), ("how", "どのように"), ("why", "なぜ"))


class Miniature(QWidget):
    """The first screen of the home, 414 × 216 and in that proportion when wider."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._document: Mapping[str, Any] = {}
        self._colours: Mapping[str, str] = {}
        self.setAccessibleName(_("ホームのプレビュー"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(WIDTH * 3 // 2)

    def show_document(self, document: Mapping[str, Any], colours: Mapping[str, str]) -> None:
        """Repeat these words."""
        self._document, self._colours = document, colours
        home = document["home"]
        action = self._action() if document["profile"]["mail"] else ""
        said = (home["for_whom"], home["headline"], home["lede"], action)
        self.setAccessibleDescription("\n".join(part for part in said if part))
        self.update()

    @property
    def words(self) -> str:
        """Everything written in the picture."""
        return self.accessibleDescription()

    def hasHeightForWidth(self) -> bool:
        """Qt: keeps its proportion."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: keeps its proportion."""
        return round(width * HEIGHT / WIDTH)

    def sizeHint(self) -> QSize:
        """Qt: as in the form beside it."""
        return QSize(WIDTH, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Qt: still readable."""
        return QSize(WIDTH * 3 // 4, HEIGHT * 3 // 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: menu, promise, proof, four answers."""
        if not self._document:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.width() / WIDTH
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(0.5, 0.5, self.width() - 1, HEIGHT * scale - 1), 6, 6)
        painter.fillPath(frame, self._colour("bg"))
        painter.save()
        painter.setClipPath(frame)
        painter.scale(scale, scale)
        self._paint_menu(painter)
        self._paint_promise(painter)
        self._paint_answers(painter)
        painter.restore()
        painter.setPen(QPen(self._theme.color("line2"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(frame)

    def _colour(self, token: str) -> QColor:
        return QColor(self._colours.get(token, "#ffffff"))

    def _font(self, size: float, *, bold: bool = False) -> QFont:
        font = QFont(list(self._theme.families))
        font.setPixelSize(1)
        font.setPointSizeF(size * 0.75)
        font.setPixelSize(max(1, round(size)))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        return font

    def _text(self, painter: QPainter, box: QRectF, text: str, size: float, token: str, *, bold: bool = False,
              lines: int = 1, height: float = 1.5) -> float:  # fmt: skip
        """Write at most `lines` lines into a box; where the text ends below."""
        font = self._font(size, bold=bold)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self._colour(token))
        y = box.top()
        shown = _broken(text, metrics, box.width(), lines)
        for line in shown:
            painter.drawText(QPointF(box.left(), y + (size * height + metrics.capHeight()) / 2), line)
            y += size * height
        return y

    def _paint_menu(self, painter: QPainter) -> None:
        profile = self._document["profile"]
        name = profile["name"] or profile["trade_name"] or _("お名前")
        self._text(painter, QRectF(15, 7, 130, 12), name, 9, "ink", bold=True, height=1.3)
        words = [word for section, need, word in _MENU if self._document[section][need]]
        font = self._font(7)
        x = WIDTH - 15.0
        if profile["mail"]:
            x = self._paint_short_button(painter, x) - 12
        painter.setFont(font)
        painter.setPen(self._colour("sub"))
        for word in reversed(words):
            x -= QFontMetricsF(font).horizontalAdvance(word)
            if x < 150:
                break
            painter.drawText(QPointF(x, 16), word)
            x -= 12
        painter.fillRect(QRectF(0, 25, WIDTH, 0.6), self._colour("line"))

    def _paint_promise(self, painter: QPainter) -> None:
        home = self._document["home"]
        proof = self._proof()
        width = 262.0 if proof else 384.0
        y = 33.0
        if home["for_whom"]:
            y = self._text(painter, QRectF(15, y, width, 12), home["for_whom"], 8, "acc", bold=True)
        y = self._text(
            painter, QRectF(15, y + 2, width, 44), home["headline"] or _("見出しを書くと、ここに出ます"), 16,
            "ink" if home["headline"] else "sub", bold=True, lines=2, height=1.4,
        )  # fmt: skip
        y = self._text(painter, QRectF(15, y + 3, width, 34), home["lede"], 8, "sub", lines=3, height=1.55)
        if self._document["profile"]["mail"]:
            self._paint_button(painter, max(y + 5, 112.0), home)
        if proof:
            self._paint_proof(painter, *proof)

    def _action(self) -> str:
        """The words of the button, as the site falls back on them."""
        return str(self._document["home"]["action"] or _CONTACT).replace("\n", "")

    def _paint_short_button(self, painter: QPainter, right: float) -> float:
        """The outlined button at the end of the menu; its left edge."""
        font = self._font(7, bold=True)
        metrics = QFontMetricsF(font)
        words = str(self._document["home"]["action_short"] or self._action())
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, 90)
        box = QRectF(right - metrics.horizontalAdvance(words) - 12, 5.5, metrics.horizontalAdvance(words) + 12, 15)
        painter.setPen(QPen(self._colour("acc"), 0.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
        return box.left()

    def _paint_button(self, painter: QPainter, y: float, home: Mapping[str, Any]) -> None:
        font = self._font(8, bold=True)
        width = QFontMetricsF(font).horizontalAdvance(self._action()) + 20
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour("acc"))
        painter.drawRoundedRect(QRectF(15, y, width, 19), 3, 3)
        painter.setFont(font)
        painter.setPen(self._colour("on"))
        painter.drawText(QRectF(15, y, width, 19), int(Qt.AlignmentFlag.AlignCenter), self._action())
        self._text(painter, QRectF(width + 23, y + 3, 150, 12), home["action_note"], 7, "sub")

    def _proof(self) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
        """The case with the number beside the promise, chosen as the site chooses it."""
        cases = [case for case in self._document["cases"]["items"] if case["published"] and case["results"]]
        wanted = self._document["home"]["proof"]
        chosen = [case for case in cases if case["slug"] == wanted] or cases
        return (chosen[0], chosen[0]["results"][0]) if chosen else None

    def _paint_proof(self, painter: QPainter, case: Mapping[str, Any], result: Mapping[str, Any]) -> None:
        box = QRectF(292, 36, 107, 98)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour("soft"))
        painter.drawRoundedRect(box, 4, 4)
        self._text(painter, QRectF(300, 41, 92, 22), result["label"], 7, "sub", lines=2, height=1.35)
        values = [value for value in case["series"]["values"] if isinstance(value, int | float)]
        if values and max(values) > 0:
            step = 91 / len(values)
            painter.setPen(Qt.PenStyle.NoPen)
            for number, value in enumerate(values):
                painter.setBrush(self._colour("acc" if number == len(values) - 1 else "pale"))
                tall = 36 * value / max(values)
                painter.drawRect(QRectF(300 + number * step, 100 - tall, max(1.0, step - 1.5), tall))
        change = f"{result['before']} → {result['after']}{result['unit']}" if result["before"] else result["after"]
        self._text(painter, QRectF(300, 107, 92, 20), change, 12, "ink", bold=True)

    def _paint_answers(self, painter: QPainter) -> None:
        home = self._document["home"]
        shown = [(words, home[key]) for key, words in _ANSWERS if home[key]["answer"]]
        if shown:
            painter.fillRect(QRectF(0, 150, WIDTH, HEIGHT - 150), self._colour("deep"))
        step = (WIDTH - 30) / max(1, len(shown))
        for number, (words, answer) in enumerate(shown):
            box = QRectF(15 + number * step, 158, step - 10, 50)
            y = self._text(painter, box, words, 7, "dsub")
            y = self._text(painter, QRectF(box.left(), y, box.width(), 14), answer["answer"], 9, "dink", bold=True)
            rest = QRectF(box.left(), y + 1, box.width(), 24)
            self._text(painter, rest, answer["sentence"], 6.5, "dsub", lines=2, height=1.45)


def _broken(text: str, metrics: QFontMetricsF, width: float, lines: int) -> list[str]:
    """The text in at most `lines` lines of a width, broken between any two characters; … where it goes on."""
    made: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for letter in paragraph:
            if metrics.horizontalAdvance(line + letter) > width and line and letter not in "、。」）":
                made.append(line)
                line = ""
            line += letter
        made.append(line)
    while made and not made[-1]:
        made.pop()
    if len(made) > lines:
        rest = made[lines - 1]
        made = [*made[: lines - 1], metrics.elidedText(rest + "……", Qt.TextElideMode.ElideRight, width)]
    return made
