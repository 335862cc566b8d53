"""目安: what own rates are compared with, chosen in a menu; one's own rates are set in a panel below it."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.domain.stages import BENCHMARK, LAST, STAGES
from soloflow.i18n import _
from soloflow.services import benchmarks, settings
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.ask_panel import open_popover
from soloflow.ui.widgets.buttons import LinkButton, button
from soloflow.ui.widgets.figure_field import FigureField
from soloflow.ui.widgets.labels import ElidedLabel, label
from soloflow.ui.widgets.popover import Popover

EDIT = "edit"
FIELD = 84
NAME = 150
BETWEEN = 16


class BenchmarkButton(QToolButton):
    """目安：記事の例; its menu offers the others and the setting of one's own. Signal `chosen()` when another one holds."""

    chosen = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._key = benchmarks.EXAMPLE
        self._is_short = False
        self.panel: OwnRates | None = None
        styled(self, variant="framed")
        self.setIcon(context.icon("chevron-down"))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron stands behind the words
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(28)
        self.setMenu(self._menu())
        self.show_benchmark(self._key)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        menu.setToolTipsVisible(True)
        self._group = QActionGroup(menu)
        tips = {
            benchmarks.EXAMPLE: _("この方法を書いた記事にある例の率です"),
            benchmarks.PAST_YEAR: _(
                "いま見ている期間の前の1年に、その工程へ来た自分の顧客の率です。\n10社に足りない工程には出しません"
            ),
            benchmarks.OWN: _("自分で決めた、目標の率です"),
        }
        for key in benchmarks.KEYS:
            action = QAction(benchmarks.name(key), self._group)
            action.setData(key)
            action.setCheckable(True)
            action.setToolTip(tips[key])
            menu.addAction(action)
        menu.addSeparator()
        edit = menu.addAction(_("自分の目安を決める…"))
        edit.setData(EDIT)
        menu.triggered.connect(self._on_action)
        return menu

    def show_benchmark(self, key: str) -> None:
        """Say which one holds."""
        self._key = key
        name = benchmarks.name(key)
        for action in self._group.actions():
            action.setChecked(action.data() == key)
        said = _("目安：{name}").format(name=name)
        self.setText(_("目安") if self._is_short else said)
        self.setAccessibleName(said)
        self.setToolTip(said + "\n" + _("図の縦線と「漏れ」で、自分の率と比べる相手です"))

    def set_short(self, *, is_short: bool) -> None:
        """Only 目安, where there is little room; which one it is stands in the legend of the chart."""
        self._is_short = is_short
        self.show_benchmark(self._key)

    @Slot(QAction)
    def _on_action(self, action: QAction) -> None:
        if action.data() == EDIT:
            self.edit()
        elif action.data() == benchmarks.OWN and not benchmarks.has_own(self._context.workspace):
            self.show_benchmark(self._key)
            self.edit()  # there is nothing to compare with before they are written
        elif action.data() != self._key:
            self.show_benchmark(action.data())
            self._context.run(partial(benchmarks.use, self._context.workspace, action.data()), self._on_kept)

    def edit(self) -> None:
        """Ask for one's own rates, in a panel below."""
        self.panel = OwnRates(self._context)
        self.panel.kept.connect(self._on_own)
        self.panel.open(self)

    @Slot()
    def _on_own(self) -> None:
        self.show_benchmark(benchmarks.OWN)
        self.chosen.emit()

    def _on_kept(self, _nothing: None) -> None:
        self.chosen.emit()


class OwnRates(QWidget):
    """Eight rates in percent. Enter or 保存 keeps them and compares with them from then on."""

    kept = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._popover: Popover | None = None
        self._is_corrected = False
        self.fields: list[FigureField] = []
        self.setAccessibleName(_("自分の目安"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(2, BETWEEN)
        for place, stage in enumerate(STAGES[: LAST - 1]):
            name = ElidedLabel(f"{stage.number} {_(stage.title)}", "second")
            name.setFixedWidth(NAME)
            field = FigureField(
                _("{stage}から次へ進む率").format(stage=name.text()), 0, 100, decimals=1, suffix=" %", width=FIELD
            )
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.submitted.connect(self.keep)
            field.corrected.connect(self._on_corrected)
            name.setBuddy(field)
            self.fields.append(field)
            half, row = divmod(place, 4)
            grid.addWidget(name, row, 3 * half)
            grid.addWidget(field, row, 3 * half + 1)
        self._problem = label("", "warnt", wrap=True)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("自分の目安：1年以内に次の工程へ進む率"), "strong"))
        column.addLayout(grid)
        column.addWidget(self._problem)
        column.addLayout(self._buttons())
        self.setFocusProxy(self.fields[0])
        self._show(benchmarks.own_rates(settings.load(context.workspace.folder)))

    def _buttons(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addWidget(LinkButton(_("記事の例に戻す"), self.show_example))
        foot.addStretch(1)
        foot.addWidget(button(_("やめる"), self.close_panel, variant="quiet"))
        foot.addWidget(button(_("保存"), self.keep, variant="primary"))
        return foot

    def open(self, anchor: QWidget) -> None:
        """Show it below a button, with the keyboard in the first field."""
        self._popover = open_popover(self, anchor)

    def show_example(self) -> None:
        """Write the example's rates into the fields."""
        self._show(BENCHMARK)

    def _show(self, rates: tuple[float, ...]) -> None:
        for field, rate in zip(self.fields, rates, strict=True):
            field.setValue(100 * rate)

    @Slot()
    def keep(self) -> None:
        """Keep the rates and compare with them; what was put right just now is shown before it is kept."""
        if self._is_corrected:
            self._is_corrected = False
            return
        percents = [field.value() for field in self.fields]
        self._context.run(
            partial(benchmarks.use_own, self._context.workspace, percents), self._on_kept, failed=self._on_failed
        )

    def _on_kept(self, _nothing: None) -> None:
        self.kept.emit()
        self.close_panel()

    def _on_failed(self, error: UserError) -> None:
        self._say(str(error))

    @Slot()
    def _on_corrected(self) -> None:
        # By Enter, which has handed nothing in, the keyboard stays in the field; the press of a button is yet to come.
        self._is_corrected = not any(field.hasFocus() for field in self.fields)
        self._say(_("率は 0〜100 %で書きます。近いほうに直しました。よければ、もう一度「保存」を押してください。"))

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()
        if self._popover is not None:
            self._popover.adjustSize()

    @Slot()
    def close_panel(self) -> None:
        """Close without keeping anything more."""
        if self._popover is not None:
            popover, self._popover = self._popover, None
            popover.close_panel()
