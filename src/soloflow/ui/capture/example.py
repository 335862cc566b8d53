"""What stands where tonight's list will be: a line as one would write it, and what the program makes of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services.workspace import Workspace
from soloflow.ui.capture import draft as drafts
from soloflow.ui.capture.chips import GAP, HEIGHT, ChipButton, ChipFace
from soloflow.ui.capture.draft import Draft
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.labels import label

CHIPS = 4
"""Name, company, what was said, next step; the fifth, the stage, is not of the line."""


class Example(QWidget):
    """Shown while nobody is written down; the chips are read from the line as any other, so they are always true."""

    def __init__(self, theme: Theme, ws: Workspace) -> None:
        super().__init__()
        text = _("十河　カワセミ食品　在庫が Excel で限界　→ 火 メール")
        written = Draft().typed(text)
        chips = _chips(theme, drafts.faces(written, drafts.parsed(ws, written))[:CHIPS])
        self._content = QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._content)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(20, 0, 20, 0)
        column.setSpacing(0)
        column.addSpacing(32)
        for words, role, space in ((_("たとえば、こう書くと"), "label", 4), (text, "form", 16)):
            column.addWidget(label(words, role), 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(space)
        column.addWidget(label(_("こう読み取ります"), "label"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(chips, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(24)
        last = label(_("わかることだけで大丈夫です。あとから足せます。"), "second")
        column.addWidget(last, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        pasted = label(
            _("メールの署名・宛先の一覧・名刺データ（vCard）・プロフィールのリンクは、そのまま貼り付けられます。"),
            "label",
        )
        column.addWidget(pasted, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def show_example(self, visible: bool) -> None:
        """Once something is being written the example has done its work; its place stays empty."""
        self._content.setVisible(visible)


class ShortExample(QWidget):
    """The same in the small window: one line under the empty list."""

    def __init__(self) -> None:
        super().__init__()
        text = _("十河　カワセミ食品　在庫が Excel で限界　→ 火 メール")
        self._content = label(_("たとえば：{line}").format(line=text), "label")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 20, 0)
        column.addWidget(self._content)
        column.addStretch(1)

    def show_example(self, visible: bool) -> None:
        """Once something is being written the example has done its work."""
        self._content.setVisible(visible)


def _chips(theme: Theme, faces: Sequence[ChipFace]) -> QWidget:
    """Side by side, each as wide as its words; to be looked at only."""
    holder = QWidget()
    left = 0
    for face in faces:
        chip = ChipButton(theme, holder)
        chip.show_face(face)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        chip.setGeometry(left, 0, chip.wanted_width(), HEIGHT)
        left += chip.wanted_width() + GAP
    holder.setFixedSize(max(0, left - GAP), HEIGHT)
    return holder
