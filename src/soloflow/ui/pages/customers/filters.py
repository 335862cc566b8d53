"""What narrows the list: a panel to choose stage, channel and tag, and the chips that show what is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from soloflow.domain.stages import STAGES
from soloflow.i18n import _
from soloflow.services import customers, wording
from soloflow.services.customers import Filter
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import Slot, button
from soloflow.ui.widgets.choices import ChoiceChips
from soloflow.ui.widgets.flow import FlowLayout
from soloflow.ui.widgets.labels import label

TAGS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One restriction as a chip: the filter's field and the words."""

    field: str
    text: str


def narrowings(context: Context, wanted: Filter, title: str) -> list[Narrowing]:
    """The restrictions that hold, other than the standing and the search text."""
    found = []
    if wanted.ids is not None:
        found.append(Narrowing("ids", title or _("選んだ顧客")))
    if wanted.no_step:
        found.append(Narrowing("no_step", _("次の一手なし")))
    if wanted.stage is not None:
        found.append(Narrowing("stage", wording.stage_name(wanted.stage)))
    if wanted.channel is not None:
        found.append(Narrowing("channel", dict(customers.channels(context.workspace)).get(wanted.channel, "")))
    if wanted.tag is not None:
        names = {one: name for one, name, _uses in customers.tags(context.workspace)}
        found.append(Narrowing("tag", f"#{names.get(wanted.tag, '')}"))
    return found


class NarrowingChips(QWidget):
    """A line of chips; a click takes the restriction away: `removed(field)`."""

    removed = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._line = FlowLayout(self, gap=6)

    def show_narrowings(self, found: Sequence[Narrowing]) -> None:
        """Show these."""
        self._line.clear()
        for one in found:
            made = styled(QPushButton(one.text), variant="chip")
            made.setIcon(self._context.icon("cross", "ink2", 12))
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            made.setAutoDefault(False)
            made.setToolTip(_("絞り込みを外す"))
            made.setAccessibleName(_("絞り込み {what} を外す").format(what=one.text))
            made.setMaximumWidth(320)
            made.clicked.connect(partial(self._on_clicked, one.field))
            self._line.addWidget(made)
            made.show()
        self.setVisible(bool(found))
        self.updateGeometry()

    def _on_clicked(self, field: str, _checked: bool = False) -> None:
        self.removed.emit(field)


class FilterPanel(QWidget):
    """The panel behind the funnel icon: three lists of chips that act at once; `changed(Filter)`."""

    changed = Signal(object)

    def __init__(self, context: Context, wanted: Filter, clear: Slot) -> None:
        super().__init__()
        self._wanted = wanted
        self.setFixedWidth(336)
        ws = context.workspace
        everything: tuple[object, str] = (None, _("すべて"))
        self.stages = ChoiceChips(
            [everything, *((one.number, wording.stage_name(one.number)) for one in STAGES)],
            name=_("工程"),
            value=wanted.stage,
        )
        self.channels = ChoiceChips([everything, *customers.channels(ws)], name=_("チャネル"), value=wanted.channel)
        tags = customers.tags(ws)[:TAGS_SHOWN]
        self.tags = ChoiceChips(
            [everything, *((one, f"#{name}") for one, name, _uses in tags)], name=_("タグ"), value=wanted.tag
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for title, chips in ((_("工程"), self.stages), (_("チャネル"), self.channels), (_("タグ"), self.tags)):
            column.addWidget(label(title, "strong"))
            column.addWidget(chips)
            column.addSpacing(6)
            chips.chosen.connect(self._on_chosen)
        column.addWidget(button(_("絞り込みをすべて外す"), clear, variant="quiet", small=True))
        self.setFocusProxy(self.stages)

    def _on_chosen(self, _key: object) -> None:
        self._wanted = replace(
            self._wanted,
            stage=_number(self.stages.value),
            channel=_number(self.channels.value),
            tag=_number(self.tags.value),
        )
        self.changed.emit(self._wanted)


def without(wanted: Filter, field: str) -> Filter:
    """The filter with one restriction less."""
    values: dict[str, Any] = {field: False if field == "no_step" else None}
    return replace(wanted, **values)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
