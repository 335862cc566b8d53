"""The right pane: the home in small, the customers' words, and the publishing."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.ui.context import Context
from soloflow.ui.pages.site.live import LivePreview
from soloflow.ui.pages.site.miniature import HEIGHT as PICTURE_HEIGHT
from soloflow.ui.pages.site.miniature import WIDTH as PICTURE_WIDTH
from soloflow.ui.pages.site.miniature import Miniature
from soloflow.ui.pages.site.publish_panel import PublishPanel
from soloflow.ui.pages.site.voice_list import VoiceList
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton, button, icon_button
from soloflow.ui.widgets.labels import label, rule

WIDTH = 455
LEAST_PICTURE = 300
BELOW_PICTURE = 380
"""Pixels that everything but the picture wants."""

ROOM_FOR_BOTH = 640
"""Height of the pane from which voices and a plan stand under each other."""


class SidePane(QFrame):
    """Layout only; its parts work by themselves."""

    def __init__(self, context: Context, live: LivePreview) -> None:
        super().__init__()
        styled(self, variant="bar")
        self.miniature = Miniature(context.theme)
        self.voices = VoiceList(context)
        self.publish = PublishPanel(context)
        self.look = button(_("ブラウザーで見る"), live.open)
        self.look.setIcon(context.icon("eye"))
        self.look.setToolTip(_("サイトをつくって開きます。書くと、開いたページも変わります"))
        self.address = LinkButton("", live.copy_address)
        self.address.setToolTip(_("アドレスを写す"))
        self.address.hide()
        live.served.connect(self._show_address)
        self.share = icon_button(context.icon("qr"), _("サイトのリンクをQRで見せる"), partial(_share, context))
        head = QHBoxLayout()
        head.addWidget(label(_("プレビュー"), "strong"), 1)
        head.addWidget(self.address)
        head.addWidget(self.share)
        head.addWidget(self.look)
        column = QVBoxLayout()
        column.setContentsMargins(20, 10, 20, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.miniature, 0, Qt.AlignmentFlag.AlignTop)
        column.addSpacing(4)
        column.addWidget(self.voices, 1)
        self._space = QWidget()
        column.addWidget(self._space, 1)
        column.addWidget(self.publish)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(rule("upright"))
        across.addLayout(column, 1)
        self._wants_voices = True
        self._has_plan = False
        self.publish.planned.connect(self._on_planned)
        self.show_voices(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: in a low window the picture stays small, so that voices and publishing have room."""
        super().resizeEvent(event)
        room = (self.height() - BELOW_PICTURE) * PICTURE_WIDTH // PICTURE_HEIGHT
        width = min(self.width() - 41, PICTURE_WIDTH * 3 // 2, max(LEAST_PICTURE, room))
        height = self.miniature.heightForWidth(width)
        self.miniature.setMaximumSize(width, height)
        self.miniature.setMinimumHeight(height)
        self.show_voices(self._wants_voices)

    @Slot(str)
    def _show_address(self, url: str) -> None:
        """While the preview runs, where."""
        self.address.setText(url.removeprefix("http://").rstrip("/"))
        self.address.setAccessibleName(_("プレビューのアドレスを写す：{url}").format(url=url))
        self.address.setVisible(bool(url))

    def show_voices(self, shown: bool) -> None:
        """Whether customers' words fit the section at all."""
        self._wants_voices = shown
        fits = shown and not (self._has_plan and self.height() < ROOM_FOR_BOTH)
        self.voices.setVisible(fits)
        self._space.setVisible(not fits)

    @Slot(bool)
    def _on_planned(self, has_plan: bool) -> None:
        """In a low window the plan takes the place of the voices."""
        self._has_plan = has_plan
        self.show_voices(self._wants_voices)


def _share(context: Context) -> None:
    from soloflow.services import sharing
    from soloflow.ui.share import open_share

    open_share(context, sharing.meetup_now(context.workspace), tab="site")
