"""絞り込み of 分析: a button with the number of conditions, and the panel behind it with period, channel and tag."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QToolButton, QVBoxLayout, QWidget

from soloflow.i18n import _, ngettext, pgettext, sentences
from soloflow.services import customers
from soloflow.services.numbers import Scope
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.ask_panel import open_popover
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.drop_down import DropDown
from soloflow.ui.widgets.labels import label
from soloflow.ui.widgets.popover import Popover

PERIODS = (12, 24)
WIDTH = 320
FIELD = 220


class FilterPanel(QWidget):
    """Three lists; a choice acts at once: `changed`. Outlives the popover in which it is shown."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.period = DropDown(_("すべての期間"), _("期間：はじめて工程に入った日でしぼりこむ"))
        self.period.offer([(months, _("過去{months}か月").format(months=months)) for months in PERIODS])
        self.channel = DropDown(_("すべてのチャネル"), _("チャネルでしぼりこむ"))
        self.tag = DropDown(_("すべてのタグ"), _("タグでしぼりこむ"))
        self.clear = LinkButton(_("条件を消す"), self.clear_all)
        self._count = label("", "label", wrap=True)
        self._tag_name = label(_("タグ"), "second")
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        names = (label(pgettext("filter", "期間"), "second"), label(_("チャネル"), "second"), self._tag_name)
        for row, (name, field) in enumerate(zip(names, self.fields, strict=True)):
            name.setBuddy(field)
            field.setMaximumWidth(FIELD)
            grid.addWidget(name, row, 0)
            grid.addWidget(field, row, 1)
            field.activated.connect(self._on_chosen)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("数える顧客をしぼりこむ"), "strong"))
        column.addLayout(grid)
        column.addWidget(self._count)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFixedWidth(WIDTH)
        self.setFocusProxy(self.period)
        self.setAccessibleName(_("数える顧客をしぼりこむ"))
        self.hide()

    @property
    def fields(self) -> tuple[DropDown, DropDown, DropDown]:
        """Period, channel, tag."""
        return self.period, self.channel, self.tag

    @property
    def scope(self) -> Scope:
        """Whom the three choose."""
        return Scope(self.channel.key, self.period.key, self.tag.key)

    def choose(self, scope: Scope) -> None:
        """Set the choices that still exist, without telling anybody."""
        for field, key in zip(self.fields, (scope.months, scope.channel, scope.tag), strict=True):
            field.setCurrentIndex(max(0, field.findData(key)))

    def offer(self, context: Context) -> None:
        """Renew channels and tags; who has no tags is not asked for one."""
        self.channel.offer(customers.channels(context.workspace))
        self.tag.offer([(key, f"#{name}") for key, name, uses in customers.tags(context.workspace) if uses])
        for one in (self.tag, self._tag_name):
            one.setVisible(self.tag.count() > 1)

    def show_count(self, number: int) -> None:
        """Say how many are left, and when they came."""
        said = ngettext("{count}社を数えています。", "{count}社を数えています。", number).format(count=f"{number:,}")
        self._count.setText(sentences((said, _("期間は、はじめて工程に入った日で決まります。"))))
        self.clear.setEnabled(not self.scope.is_whole)

    @Slot()
    def clear_all(self) -> None:
        """Count everybody again."""
        for field in self.fields:
            field.setCurrentIndex(0)
        self._on_chosen(0)

    @Slot(int)
    def _on_chosen(self, _row: int) -> None:
        self.clear.setEnabled(not self.scope.is_whole)
        self.changed.emit()


class FilterButton(QToolButton):
    """絞り込み 2; opens the panel."""

    def __init__(self, context: Context, panel: FilterPanel) -> None:
        super().__init__()
        self._theme = context.theme
        self._panel = panel
        self._popover: Popover | None = None
        self._just_closed = False
        self._closes = False
        """The mouse went down on the button while the panel was open: it closes, and does not open again with the release."""
        styled(self, variant="framed")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(28)
        self.clicked.connect(self.open_panel)
        self.show_conditions()

    def show_conditions(self) -> None:
        """Say how many conditions choose somebody out."""
        count = self._panel.scope.conditions
        icons.beside_text(self, self._theme, "filter", "acc" if count else "ink2")
        self.setText(_("絞り込み {count}").format(count=count) if count else _("絞り込み"))
        styled(self, chosen=bool(count))
        said = (
            ngettext("条件が{count}つあります", "条件が{count}つあります", count).format(count=count) if count else ""
        )
        name = _("絞り込み：{conditions}").format(conditions=said) if said else _("絞り込み")
        self.setAccessibleName(name)
        self.setToolTip(name + "\n" + _("期間・チャネル・タグで、数える顧客をしぼりこみます"))

    @Slot()
    def open_panel(self) -> None:
        """Show the panel below, with the keyboard in its first list."""
        if self._popover is not None or self._closes:
            return
        self._panel.show()
        self._popover = open_popover(self._panel, self)
        self._popover.closed.connect(self._take_back)

    @Slot()
    def _take_back(self) -> None:
        """The popover goes, the panel stays."""
        self._popover = None
        self._panel.hide()
        self._panel.setParent(self.parentWidget())

        self._just_closed = True
        QTimer.singleShot(0, self, self._forget)

    @Slot()
    def _forget(self) -> None:
        self._just_closed = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a press outside the panel has closed it by now, also this one."""
        self._closes = self._just_closed
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: clicked, if at all, within."""
        super().mouseReleaseEvent(event)
        self._closes = False
