"""What stands under one's own code: what the card shows, and taking the code or the link along."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from soloflow.i18n import _
from soloflow.services.sharing import PARTS
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import ElidedLabel, key_hint, label

HEIGHT = 52


class ShareFoot(QFrame):
    """52 high: chips for the parts of the card at the left, what is said in the middle, the actions at the right."""

    parts_chosen = Signal(object)
    """The codes of the parts that the card shows now."""

    def __init__(self, theme: Theme, copy: Callable[[], object], save: Callable[[], object]) -> None:
        super().__init__()
        styled(self, variant="footer")
        self.setFixedHeight(HEIGHT)
        self._margin, self._gap = theme.size("l"), theme.size("s")
        self._parts = QWidget()
        line = QHBoxLayout(self._parts)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.size("xs") + 2)
        self._title = label(_("載せるもの"), "label")
        line.addWidget(self._title)
        self.chips: dict[str, QPushButton] = {}
        for part, words in PARTS.items():
            made = styled(QPushButton(_(words)), variant="chip")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setAccessibleName(_("{part}を載せる").format(part=_(words)))
            made.clicked.connect(self._on_clicked)
            self.chips[part] = made
            line.addWidget(made)
        self._words = ElidedLabel("", "label")
        self.copy = button(_("リンクをコピー"), copy)
        self.copy.setToolTip(_("リンクをコピー") + "  Ctrl+C")
        self.save = button(_("画像で保存…"), save)
        self.save.setToolTip(_("PNG か SVG で保存") + "  Ctrl+S")
        self._keys = QWidget()
        hints = QHBoxLayout(self._keys)
        hints.setContentsMargins(0, 0, theme.size("s"), 0)
        hints.setSpacing(theme.size("s"))
        for keys, text in (("← →", _("切り替える")), ("Esc", _("閉じる"))):
            hints.addWidget(key_hint(keys))
            hints.addWidget(label(text, "label"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.size("l"), 0, theme.size("l"), 0)
        row.setSpacing(theme.size("s"))
        row.addWidget(self._parts)
        row.addWidget(self._words, 1)
        row.addWidget(self._keys)
        row.addWidget(self.copy)
        row.addWidget(self.save)

    def show_parts(self, known: Sequence[str], chosen: Sequence[str]) -> None:
        """Offer the parts that are known; none takes the chips away."""
        for part, chip in self.chips.items():
            chip.setVisible(part in known)
            chip.setChecked(part in chosen)
        self._parts.setVisible(bool(known))
        self._fit()

    def say(self, text: str) -> None:
        """What happened, or what is worth knowing of the code; it takes the place of the keys."""
        self._words.setText(text)
        self._fit()

    def _fit(self) -> None:
        """The keys are left out before anything else is squeezed, then the title of the parts."""
        self._title.show()
        room = self.width() - self._taken()
        self._title.setVisible(room >= 0)
        has_room = room >= self._keys.sizeHint().width() + self._gap
        self._keys.setVisible(has_room and not self._words.text())

    def _taken(self) -> int:
        shown = (self._parts, self.copy, self.save)
        widths = [made.sizeHint().width() for made in shown if not made.isHidden()]
        widths.append(self._words.minimumSizeHint().width())
        return sum(width + self._gap for width in widths) + 2 * self._margin

    def minimumSizeHint(self) -> QSize:
        """Qt: the keys ask for no room."""
        return QSize(0, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: there is more or less room."""
        super().resizeEvent(event)
        self._fit()

    @property
    def said(self) -> str:
        """What stands in the middle."""
        return self._words.text()

    @Slot()
    def _on_clicked(self) -> None:
        self.parts_chosen.emit(tuple(part for part, chip in self.chips.items() if chip.isChecked()))
