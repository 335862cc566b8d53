"""Before there is anything to do: the first start with its three beginnings, and the task that comes before all others."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from soloflow.i18n import _, pgettext
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.buttons import LinkButton, button
from soloflow.ui.widgets.labels import ElidedLabel, in_the_middle, label

Act = Callable[[], object]


class FirstStart(QWidget):
    """What 今日 is for, and where to begin."""

    def __init__(self, context: Context, beginnings: dict[str, Act], sample: Act) -> None:
        super().__init__()
        theme = context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        mark = QLabel()
        mark.setPixmap(icons.pixmap(theme, "tank", "acc", 40, self.devicePixelRatioF()))
        column.addWidget(mark, 0, centre)
        column.addSpacing(16)
        column.addWidget(label(_("今日することが、ここに並びます"), "title"), 0, centre)
        column.addSpacing(8)
        words = label(
            _("だれに、いつ、何をするか。それだけを毎朝お知らせします。\nまず、次のどれかから始めてください。"),
            "second",
        )
        words.setAlignment(centre)
        column.addWidget(words, 0, centre)
        column.addSpacing(24)
        self.steps = _steps(theme, beginnings)
        for step in self.steps.values():
            column.addWidget(step, 0, centre)
            column.addSpacing(8)
        column.addSpacing(8)
        column.addWidget(LinkButton(_("見本のデータを見る"), sample), 0, centre)
        column.addStretch(3)

    def show_done(self, done: Collection[str]) -> None:
        """Tick what is done; the main button is the first that is left. The keys are those of the beginnings."""
        left = next((key for key in self.steps if key not in done), "")
        for key, step in self.steps.items():
            step.show_state(is_done=key in done, is_next=key == left)


def _steps(theme: Theme, acts: dict[str, Act]) -> dict[str, "Step"]:
    return {
        "profile": Step(theme, "person", _("はじめの設定"), _("名前と屋号。サイトの下書きにも使います"), _("書く"), acts["profile"]),
        "import": Step(theme, "download", _("名刺を取り込む"), _("Eight・Google・vCard など。ここへドロップもできます"), _("選ぶ"), acts["import"]),
        "capture": Step(theme, "plus", _("ひとり記録する"), _("名前と会社を1行で（Ctrl+N）"), pgettext("button", "記録"), acts["capture"]),
    }  # fmt: skip


class Step(QFrame):
    """One beginning: what it is, whether it is done, and its button."""

    def __init__(self, theme: Theme, icon: str, title: str, words: str, verb: str, act: Act) -> None:
        super().__init__()
        styled(self, variant="card")
        self.setFixedSize(520, 64)
        self._theme, self._icon, self._title, self._verb = theme, icon, title, verb
        self._mark = QLabel()
        self.does = button(verb, act)
        self.does.setMinimumWidth(72)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(self._mark)
        row.addLayout(in_the_middle(label(title, "strong"), ElidedLabel(words, "small")), 1)
        row.addWidget(self.does)
        self.show_state(is_done=False, is_next=False)

    def show_state(self, *, is_done: bool, is_next: bool) -> None:
        """A tick in the place of the icon once it is done; then it can still be put right."""
        icon, role = ("check", "acc") if is_done else (self._icon, "ink2")
        self._mark.setPixmap(icons.pixmap(self._theme, icon, role, 20, self.devicePixelRatioF()))
        self.does.setText(_("直す") if is_done else self._verb)
        self.does.setAccessibleName(_("{what}（済み）").format(what=self._title) if is_done else self._title)
        styled(self.does, variant="primary" if is_next else None)


class FirstTask(QWidget):
    """宣伝サイトの公開 → 1件目の実績: above everything until both are done."""

    def __init__(self, theme: Theme, act: Act) -> None:
        super().__init__()
        ground = styled(QFrame(), variant="panel")
        ground.setFixedHeight(64)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 8, 8, 4)
        outer.addWidget(ground)
        mark = QLabel()
        mark.setPixmap(icons.pixmap(theme, "globe", "acc", 20, self.devicePixelRatioF()))
        self._title = label("", "strong")
        self._words = ElidedLabel(role="small")
        row = QHBoxLayout(ground)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(mark)
        row.addLayout(in_the_middle(self._title, self._words), 1)
        row.addWidget(button(_("サイトを開く"), act, variant="primary"))

    def show_state(self, *, is_published: bool, has_case: bool) -> None:
        """Say what is missing; nothing to see once nothing is."""
        self.setVisible(not (is_published and has_case))
        if is_published:
            self._title.setText(_("✓ 宣伝サイトの公開 → 1件目の実績"))
            self._words.setText(_("納品した仕事をひとつ実績に載せると、次のお客様が選びやすくなります"))
        else:
            self._title.setText(_("まず、宣伝サイトの公開 → 1件目の実績"))
            self._words.setText(_("あなたが仕事をしているあいだも、サイトが見込みのお客様を集めます"))
