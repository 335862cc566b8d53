"""The meetup of the evening: chosen once, it stays; another one is chosen or made, and this one mended, in place."""

from PySide6.QtCore import QPoint, QRect, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from soloflow.i18n import _
from soloflow.services import meetup_words
from soloflow.services.meetups import Meetup
from soloflow.ui import icons
from soloflow.ui.capture.meetup_panel import MeetupChooser, MeetupEditor
from soloflow.ui.context import Context
from soloflow.ui.widgets.buttons import button, icon_button
from soloflow.ui.widgets.labels import ElidedLabel
from soloflow.ui.widgets.popover import Popover


class MeetupBar(QFrame):
    """60 high: the meetup, or that there is none, and the buttons to show one's QR, to mend it and to change it."""

    chosen = Signal(object)
    """The id of a meetup, or None for 勉強会なし."""
    panel_shown = Signal(bool)

    def __init__(self, context: Context, *, small: bool = False) -> None:
        super().__init__()
        self._context = context
        self._meetup: Meetup | None = None
        self._panel: Popover | None = None
        self.chooser: MeetupChooser | None = None
        self.editor: MeetupEditor | None = None
        mark = QLabel()
        mark.setPixmap(icons.pixmap(context.theme, "customers", "acc", 20, self.devicePixelRatioF()))
        self._name = ElidedLabel("", "head")
        self._facts = ElidedLabel("", "label")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        words.addStretch(1)
        self.edit = icon_button(context.icon("pencil"), _("この勉強会を直す"), self.open_editor, shortcut="Ctrl+E")
        self.share = self._share_button(small=small)
        self.change = button(_("勉強会を変える"), self.open_chooser)
        self.change.setToolTip(_("勉強会を選ぶ、つくる  Ctrl+M"))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(12)
        row.addWidget(mark)
        row.addLayout(words, 1)
        row.addWidget(self.edit)
        row.addWidget(self.share)
        row.addWidget(self.change)
        self.setFixedHeight(60)

    def show_meetup(self, one: Meetup | None) -> None:
        """Show the meetup of the evening."""
        self._meetup = one
        self._name.setText(one.name if one else _("勉強会なし"))
        facts = (
            meetup_words.described(self._context.workspace, one)
            if one
            else _("紹介や立ち話など、勉強会ではないところで会った人")
        )
        self._facts.setText(facts)
        self.edit.setVisible(one is not None)
        self.change.setText(_("勉強会を変える") if one else _("勉強会を選ぶ"))

    @Slot()
    def open_chooser(self) -> None:
        """Let the user choose or make one, under the button."""
        self._close_panel()
        self.chooser = MeetupChooser(self._context, self._meetup.id if self._meetup else None)
        self.chooser.chosen.connect(self._on_chosen)
        self._open(self.chooser)

    @Slot()
    def open_editor(self) -> None:
        """Let the user mend the one that is on."""
        if self._meetup is None:
            return
        self._close_panel()
        self.editor = MeetupEditor(self._context, self._meetup)
        self.editor.finished.connect(self._close_panel)
        self._open(self.editor)

    @Slot()
    def open_share(self) -> None:
        """Show one's own QR, with the meetup's code in it."""
        from soloflow.ui.share import open_share

        open_share(self._context, self._meetup.id if self._meetup else None)

    def _share_button(self, *, small: bool) -> QAbstractButton:
        """With its words where there is room for them."""
        what = _("自分の連絡先やサイトのQRを大きく見せる")
        if small:
            return icon_button(self._context.icon("qr"), what, self.open_share, shortcut="Alt+Q")
        made = button(_("QRを見せる"), self.open_share)
        icons.beside_text(made, self._context.theme, "qr")
        made.setToolTip(f"{what}  Alt+Q")
        return made

    def _open(self, content: MeetupChooser | MeetupEditor) -> None:
        content.form.day.escaped.connect(self._close_panel)
        page = self.window()
        self._panel = Popover(page, content)
        self._panel.closed.connect(self._on_closed)
        self.panel_shown.emit(True)
        self._panel.show_at(QRect(self.change.mapTo(page, QPoint(0, 0)), self.change.size()))

    @Slot()
    def _close_panel(self) -> None:
        if self._panel is not None:
            self._panel.close_panel()

    @Slot(object)
    def _on_chosen(self, meetup: int | None) -> None:
        self._close_panel()
        self.chosen.emit(meetup)

    @Slot()
    def _on_closed(self) -> None:
        self._panel = self.chooser = self.editor = None
        self.panel_shown.emit(False)
