"""What narrows the list: a panel to choose from, and the chips that say what is chosen and take it away."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services import customers
from soloflow.services.customers import Filter
from soloflow.services.filter_words import Choice, Restriction, choices
from soloflow.ui.context import Context
from soloflow.ui.pages.customers.toggle_chips import ToggleChips
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import PushButton, button
from soloflow.ui.widgets.buttons import Slot as Act
from soloflow.ui.widgets.flow import FlowLayout
from soloflow.ui.widgets.labels import label

WIDTH = 380
HEIGHT = 520
CHIP_WIDTH = 320


class RestrictionChips(QWidget):
    """A line of chips; a click or Delete takes the restriction away: `removed(Restriction)`."""

    removed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._line = FlowLayout(self, gap=6)
        self.setAccessibleName(_("絞り込み"))

    def show_restrictions(self, found: Sequence[Restriction]) -> None:
        """Show these."""
        self._line.clear()
        for one in found:
            made = styled(_Chip(one.text.replace("&", "&&")), variant="chip")
            made.setIcon(self._context.icon("cross", "ink2", 12))
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            made.setAutoDefault(False)
            made.setToolTip(_("{what}：絞り込みを外す  Delete").format(what=one.text))
            made.setAccessibleName(_("絞り込み {what} を外す").format(what=one.text))
            made.setMaximumWidth(CHIP_WIDTH)
            made.clicked.connect(partial(self._on_clicked, one))
            self._line.addWidget(made)
            made.show()
        self.setVisible(bool(found))
        self.updateGeometry()

    def _on_clicked(self, one: Restriction, _checked: bool = False) -> None:
        self.removed.emit(one)


class _Chip(PushButton):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Delete and Backspace do what a click does."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.click()
        else:
            super().keyPressEvent(event)


class FilterPanel(QWidget):
    """The panel behind the funnel icon: lists of chips that act at once; `changed(Filter)`."""

    changed = Signal(object)

    def __init__(self, context: Context, wanted: Filter, clear: Act, room: int = HEIGHT) -> None:
        super().__init__()
        self.context = context
        self._wanted = wanted
        self.setFixedWidth(WIDTH)
        content = styled(QWidget(), variant="page")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(6)
        self._build()
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFixedHeight(min(HEIGHT, room))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(scroll)
        outer.addWidget(button(_("絞り込みをすべて外す"), clear, variant="quiet", small=True))
        self.setFocusProxy(self.stages)
        QTimer.singleShot(0, self, self._count)

    def _build(self) -> None:
        wanted = self._wanted
        found = choices(self.context.workspace, wanted)
        reach = [
            (kind, has) for kind, has in (("mail", wanted.has_mail), ("phone", wanted.has_phone)) if has is not None
        ]
        self.stages = self._part(_("工程"), found.stages, wanted.stages)
        self.steps = self._part(_("次の一手"), found.steps, (wanted.step,), single=True)
        self.quiet = self._part(_("最後の連絡"), found.quiet, (wanted.quiet_days,), single=True)
        self.tags = self._part(_("タグ（すべて付いている人）"), found.tags, wanted.tags)
        self.channels = self._part(_("チャネル"), found.channels, wanted.channels)
        self.meetups = self._part(_("会った勉強会"), found.meetups, wanted.meetups)
        self.sources = self._part(_("流入元"), found.sources, wanted.sources)
        self.reach = self._part(_("連絡手段"), found.reach, reach)
        self.imports = self._part(_("取り込み"), found.imports, (wanted.imported,), single=True)

    def _part(self, title: str, found: Sequence[Choice], on: Sequence[object], *, single: bool = False) -> ToggleChips:
        made = ToggleChips(found, name=title, on=on, single=single)
        made.changed.connect(self._on_changed)
        if found:
            self._column.addWidget(label(title, "strong"))
            self._column.addWidget(made)
            self._column.addSpacing(6)
        else:
            made.setParent(self)
            made.hide()
        return made

    @Slot()
    def _on_changed(self) -> None:
        reach = self._reach()
        values: dict[str, Any] = {
            "stages": self.stages.values, "channels": self.channels.values, "tags": self.tags.values, "meetups": self.meetups.values,
            "sources": self.sources.values, "step": next(iter(self.steps.values), None),
            "quiet_days": next(iter(self.quiet.values), None), "has_mail": reach.get("mail"), "has_phone": reach.get("phone"),
            "imported": next(iter(self.imports.values), None),
        }  # fmt: skip
        self._wanted = replace(self._wanted, **values)
        self.changed.emit(self._wanted)
        self._count()

    def _reach(self) -> dict[str, bool]:
        """Whether mail and phone must be there; the later of two answers that exclude each other holds."""
        found: dict[str, bool] = {}
        for kind, before in (("mail", self._wanted.has_mail), ("phone", self._wanted.has_phone)):
            on = [has for has in (True, False) if (kind, has) in self.reach.values]
            if len(on) > 1:
                on = [not before]
                self.reach.button((kind, before)).setChecked(False)
            if on:
                found[kind] = on[0]
        return found

    @Slot()
    def _count(self) -> None:
        found = customers.value_counts(self.context.workspace, self._wanted)
        self.stages.show_counts(dict(found.stages.items()))
        self.channels.show_counts(dict(found.channels.items()))
        self.tags.show_counts(dict(found.tags.items()))
