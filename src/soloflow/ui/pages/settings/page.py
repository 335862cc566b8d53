"""設定: one tab per question, everything saved at once."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from soloflow.i18n import _
from soloflow.services.changes import Changes
from soloflow.ui.context import Context
from soloflow.ui.page import Page
from soloflow.ui.pages.settings.data import DataSection
from soloflow.ui.pages.settings.lists import ListsSection
from soloflow.ui.pages.settings.past import BackupSection, HistorySection
from soloflow.ui.pages.settings.past_imports import ImportsSection
from soloflow.ui.pages.settings.personal import DisplaySection, ProfileSection
from soloflow.ui.pages.settings.section import Section
from soloflow.ui.widgets.labels import label, rule
from soloflow.ui.widgets.segments import Tabs

SECTIONS: dict[str, type[Section]] = {
    "profile": ProfileSection,
    "display": DisplaySection,
    "data": DataSection,
    "lists": ListsSection,
    "backups": BackupSection,
    "history": HistorySection,
    "imports": ImportsSection,
}
LAST = "settings_section"
"""Kept with the window over the rebuilding that a switch of language or appearance brings."""


class SettingsPage(Page):
    """The sections under their tabs; each is built when first seen."""

    key = "settings"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.sections: dict[str, Section] = {}
        titles = {
            "profile": _("プロフィール"), "display": _("表示"), "data": _("データ"), "lists": _("言葉"), "backups": _("控え"), "history": _("履歴"), "imports": _("取り込み"),
        }  # fmt: skip
        self.tabs = Tabs(context.theme, list(titles.items()))
        self.tabs.chosen.connect(self.show_section)
        self._stack = QStackedWidget()
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 8)
        head.setSpacing(16)
        head.addWidget(label(_("設定"), "title"))
        head.addWidget(label(_("変更はすぐに保存されます"), "label"))
        head.addStretch(1)
        bar = QVBoxLayout()
        bar.setContentsMargins(22, 0, 24, 0)  # a tab is 2 px wider than its word on both sides
        bar.setSpacing(0)
        bar.addWidget(self.tabs)
        under = QHBoxLayout()
        under.setContentsMargins(2, 0, 0, 0)
        under.addWidget(rule("hairline"))
        bar.addLayout(under)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(bar)
        column.addSpacing(8)
        column.addWidget(self._stack, 1)
        self.show_section(context.property(LAST) or "profile")

    @Slot(str)
    def show_section(self, name: str) -> None:
        """Bring one section up, with what is true now."""
        self.context.setProperty(LAST, name)
        if name not in self.sections:
            self.sections[name] = SECTIONS[name](self.context)
            self._stack.addWidget(self.sections[name])
        self.tabs.choose(name)
        self._stack.setCurrentWidget(self.sections[name])
        self.sections[name].refresh()

    def refresh(self, _changes: Changes | None) -> None:
        """Every change is a new step of the history, and another count."""
        self.sections[self.tabs.key].refresh()

    def arrive(self, **args: object) -> None:
        """`section`: which tab."""
        section = args.get("section")
        if isinstance(section, str) and section in SECTIONS:
            self.show_section(section)

    def focus_first(self) -> None:
        """Keyboard: the first control of the section."""
        self.sections[self.tabs.key].setFocus()
