"""集めた生の声: customers' own words beside the form; 写す puts them where the cursor is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import wording
from soloflow.services.voices import Voice
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.labels import ElidedLabel, label, rule

MOST = 20


class VoiceList(QWidget):
    """Head and rows; `copied(Voice)` when one is to be used."""

    copied = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._shown: tuple[Voice, ...] | None = None
        self._about = label("", "label")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("集めた生の声"), "strong"))
        head.addWidget(self._about, 1)
        self._inside = styled(QWidget(), variant="side")
        self._inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        scroll = styled(QScrollArea(), variant="side")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(scroll, 1)

    def show_voices(self, voices: Sequence[Voice], section: str) -> None:
        """Show these, the fitting ones first; `section` is the form's title."""
        voices = tuple(voices)
        self._about.setText(_("{section}に近い順 {count}").format(section=section, count=len(voices)) if voices else "")
        if voices[:MOST] == self._shown:
            return
        self._shown = voices[:MOST]
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for voice in self._shown:
            self._rows.addWidget(self._row(voice))
            self._rows.addWidget(rule("hairline"))
        if not voices:
            self._rows.addWidget(self._nothing())
        self._rows.addStretch(1)

    def _row(self, voice: Voice) -> QWidget:
        mark = QLabel()
        mark.setPixmap(icons.pixmap(self.context.theme, "quote", "ink3", 16, self.devicePixelRatioF()))
        day = wording.day(self.context.workspace, voice.day)
        copy = LinkButton(_("写す"))
        copy.setToolTip(_("カーソルのある欄に写します"))
        copy.setAccessibleName(_("「{text}」を写す").format(text=voice.text))
        copy.setProperty("voice", voice.id)
        copy.clicked.connect(self._on_copy)
        copy.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the field that takes the words
        row = QWidget()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(voice.text))
        words.addWidget(ElidedLabel(f"{voice.who} • {day}", "label"))
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 7, 4, 7)
        across.setSpacing(8)
        across.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        across.addWidget(copy, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _nothing(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(
            label(
                _(
                    "お客様の言葉を「生の声」として記録すると、ここに並びます。見出しは、その言葉からつくるのが近道です。"
                ),
                "second",
                wrap=True,
            )
        )
        column.addWidget(LinkButton(_("顧客を開いて書きとめる"), self._open_customers), 0, Qt.AlignmentFlag.AlignLeft)
        return page

    @Slot()
    def _on_copy(self) -> None:
        wanted = self.sender().property("voice")
        self.copied.emit(next(voice for voice in self._shown or () if voice.id == wanted))

    def _open_customers(self) -> None:
        self.context.navigate("customers")
