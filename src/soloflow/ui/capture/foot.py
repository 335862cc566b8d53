"""The foot of the capture window: what was saved, the keys, and how the evening ends or goes."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from soloflow.i18n import _
from soloflow.ui import icons
from soloflow.ui.capture.evening_words import Words
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import ElidedLabel, key_hint, label

STATE_ROOM = 170
"""What the sentence keeps at least before a hint is shown."""


class Foot(QFrame):
    """52 high, 44 in the small window; hints that find no room are left out, the last ones first."""

    take_back_wanted = Signal()
    """今夜をまとめて取り消す."""

    def __init__(self, context: Context, words: Words, *, small: bool) -> None:
        super().__init__()
        styled(self, variant="footer")
        self._context = context
        self.setFixedHeight(44 if small else 52)
        self._mark = QLabel()
        self._state = ElidedLabel("", "small")
        self._problem = label("", "small", wrap=True)
        self.end = button(words.end)
        self.end.setToolTip(_("閉じます。書いたものはすべて残っています  Esc"))
        self.take_back = button(words.take_back, self.take_back_wanted.emit, variant="quiet")
        self.take_back.setToolTip(
            _("この勉強会で書いた人をまとめて取り消します。Ctrl+Z で元に戻せます  {keys}").format(keys="Ctrl+Alt+Z")
        )
        self._is_problem = False
        self.window_link = button(_("SoloFlow を開く"), context.open_window, variant="quiet")
        self.window_link.setToolTip(_("今日、顧客、獲得工程などのあるウィンドウを開きます"))
        hints = (("↑", _("前の行を直す")), ("Ctrl+Z", _("取り消す")), ("Alt+0", _("名簿のみ")))
        self._hints = [_hint(keys, said) for keys, said in hints]
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._state, 1)
        row.addWidget(self._problem, 1)
        for made in self._hints:
            row.addWidget(made)
            row.addSpacing(8)
        row.addWidget(self.take_back)
        row.addWidget(self.end)
        row.addWidget(self.window_link)
        self.end.setVisible(not small)
        self.window_link.setVisible(small)
        self._last = self.window_link if small else self.end
        self.take_back.hide()
        self.say(_("Enter を押すたびに保存します"))

    def say(self, text: str, *, is_problem: bool = False) -> None:
        """The sentence; a problem is said whole, in the place of the keys."""
        icon, role = ("warning", "warnt") if is_problem else ("check", "ink2")
        self._mark.setPixmap(icons.pixmap(self._context.theme, icon, role, 16, self.devicePixelRatioF()))
        self._state.setText("" if is_problem else text)
        self._problem.setText(text if is_problem else "")
        self._problem.setToolTip(text if is_problem else "")
        self._state.setVisible(not is_problem)
        self._problem.setVisible(is_problem)
        self._is_problem = is_problem
        self._fit()

    @property
    def said(self) -> str:
        """What stands there."""
        return self._problem.text() or self._state.text()

    def show_words(self, words: Words, *, can_take_back: bool) -> None:
        """The words of this time of day; whether there is an evening to take back."""
        self.end.setText(words.end)
        self.take_back.setText(words.take_back)
        self.take_back.setVisible(can_take_back)
        self._fit()

    def _fit(self) -> None:
        """Show as many hints as there is room for beside the sentence."""
        said = max(STATE_ROOM, self._state.sizeHint().width() + 8)
        left = self.width() - 40 - 24 - said - self._last.sizeHint().width() - 16
        if not self.take_back.isHidden():
            left -= self.take_back.sizeHint().width() + 8
        for made in self._hints:
            left -= made.sizeHint().width() + 16
            made.setVisible(left >= 0 and not self._is_problem)

    def minimumSizeHint(self) -> QSize:
        """Qt: the hints ask for no room."""
        return QSize(400, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: more or fewer hints."""
        super().resizeEvent(event)
        self._fit()


def _hint(keys: str, words: str) -> QWidget:
    made = QWidget()
    pair = QHBoxLayout(made)
    pair.setContentsMargins(0, 0, 0, 0)
    pair.setSpacing(4)
    pair.addWidget(key_hint(keys))
    pair.addWidget(label(words, "label"))
    return made
