"""What the user chose on 分析, taken over by the page that is built in its place in another theme or language."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QComboBox, QLayout, QScrollArea, QScrollBar, QSlider, QWidget

from soloflow.services.numbers import Scope
from soloflow.ui.pages.insights.answer_pane import AnswerPane
from soloflow.ui.pages.insights.experiments_tab import ExperimentsTab
from soloflow.ui.widgets.date_field import DateField
from soloflow.ui.widgets.figure_field import FigureField
from soloflow.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from soloflow.ui.pages.insights.page import InsightsPage

CONTROLS = (QComboBox, Segments, QSlider, FigureField, DateField)


@dataclass(frozen=True, slots=True)
class OnTab:
    """How a tab stood."""

    controls: tuple[Any, ...]
    """One for each of `CONTROLS` above its picture."""
    scrolled: int
    work: Any = None
    """What 改善策 was doing: `ExperimentsTab.work`."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How the page stood."""

    tab: str
    view: str
    scope: Scope
    lens: str
    horizon: int
    scrolled: int
    tabs: dict[str, OnTab]
    """Of those that were opened."""


def chosen(page: "InsightsPage") -> Chosen:
    """How the page stands."""
    head = page.header
    return Chosen(
        page.tabs.key,
        head.view.key,
        head.scope,
        head.lens.key,
        page.charts.horizon.currentIndex(),
        _bar(page.charts).value(),
        {key: _on_tab(pane) for key, pane in page.panes.items()},
    )


def choose(page: "InsightsPage", kept: Chosen) -> None:
    """Make a page that has not yet asked for figures stand so."""
    head = page.header
    head.panel.choose(kept.scope)
    head.filters.show_conditions()
    head.lens.choose(kept.lens)
    head.view.choose(kept.view)
    page.charts.horizon.setCurrentIndex(kept.horizon)
    page.charts.show_view(kept.view)
    _scroll_back(_bar(page.charts), kept.scrolled)
    for key, stood in kept.tabs.items():
        page.show_tab(key)
        _restore(page.panes[key], stood)
    page.show_tab(kept.tab)


def _on_tab(pane: AnswerPane) -> OnTab:
    work = pane.work if isinstance(pane, ExperimentsTab) else None
    return OnTab(tuple(_stand(one) for one in _controls(pane)), pane.area.verticalScrollBar().value(), work)


def _restore(pane: AnswerPane, stood: OnTab) -> None:
    for control, to in zip(_controls(pane), stood.controls, strict=True):
        _set(control, to)
    if isinstance(pane, ExperimentsTab):
        pane.resume(stood.work)
    _scroll_back(pane.area.verticalScrollBar(), stood.scrolled)


def _controls(pane: AnswerPane) -> list[QWidget]:
    return [one for widget in _widgets(pane.controls) for one in _with_children(widget) if isinstance(one, CONTROLS)]


def _widgets(layout: QLayout) -> list[QWidget]:
    items = (layout.itemAt(place) for place in range(layout.count()))
    return [widget for item in items if item is not None and (widget := item.widget()) is not None]


def _with_children(widget: QWidget) -> list[QWidget]:
    return [widget, *widget.findChildren(QWidget)]


def _stand(control: QWidget) -> Any:
    if isinstance(control, QComboBox):
        return control.currentIndex()
    if isinstance(control, Segments):
        return control.key
    if isinstance(control, QSlider):
        return control.minimum(), control.maximum(), control.value()  # its ends come with the figures
    if isinstance(control, FigureField):
        return control.value()
    return control.day if isinstance(control, DateField) else None


def _set(control: QWidget, to: Any) -> None:
    if isinstance(control, QComboBox):
        control.setCurrentIndex(to)
    elif isinstance(control, Segments):
        control.choose(to)
    elif isinstance(control, QSlider):
        control.setRange(to[0], to[1])
        control.setValue(to[2])
    elif isinstance(control, FigureField):
        control.setValue(to)
    elif isinstance(control, DateField):
        control.set_day(to)


def _bar(inside: QWidget) -> QScrollBar:
    """The upright bar of the area in which a widget lies."""
    found: QWidget | None = inside
    while not isinstance(found, QScrollArea):
        assert found is not None
        found = found.parentWidget()
    return found.verticalScrollBar()


def _scroll_back(bar: QScrollBar, value: int) -> None:
    if value:
        _ScrollBack(bar, value)


class _ScrollBack(QObject):
    """Keeps an area scrolled as far as it was while what it shows grows, until somebody scrolls."""

    def __init__(self, bar: QScrollBar, value: int) -> None:
        super().__init__(bar)
        self._bar, self._value = bar, value
        self._is_moving = False
        bar.rangeChanged.connect(self._on_range)
        bar.valueChanged.connect(self._on_value)

    @Slot(int, int)
    def _on_range(self, _least: int, most: int) -> None:
        if most >= self._value:
            self._is_moving = True
            self._bar.setValue(self._value)
            self._is_moving = False

    @Slot(int)
    def _on_value(self, _value: int) -> None:
        if not self._is_moving and self._bar.maximum() >= self._value:
            self._bar.rangeChanged.disconnect(self._on_range)
            self._bar.valueChanged.disconnect(self._on_value)
            self.deleteLater()
