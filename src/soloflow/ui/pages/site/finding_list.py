"""What the check found, most serious first: a few rows in place, all of them in a panel. Advice, never an obstacle."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.page import Page
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.labels import label
from soloflow.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from soloflow.services.site import Finding

MOST = 3
ALL_WIDTH, ALL_HEIGHT = 440, 360


class FindingList(QWidget):
    """The first findings, and 「ほかn件」 that opens the rest; each leads to its field."""

    wanted = Signal(object)
    """A Finding that the user wants to mend."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.findings: tuple[Finding, ...] = ()
        self.panel: Popover | None = None
        self._most = MOST
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.rest = LinkButton("", self.open_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._rows)
        column.addWidget(self.rest, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_findings(self, findings: Sequence["Finding"], most: int = MOST) -> None:
        """Show these instead, at most so many in place."""
        if tuple(findings) == self.findings and most == self._most:
            return
        self.findings, self._most = tuple(findings), most
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for finding in self.findings[:most]:
            self._rows.addWidget(self._row(finding))
        rest = len(self.findings) - most
        self.rest.setText(_("ほか{count}件").format(count=rest))
        self.rest.setVisible(rest > 0)
        self.setVisible(bool(self.findings))

    def open_all(self) -> None:
        """Every finding, in a panel above the link."""
        page = self.parentWidget()
        while page is not None and not isinstance(page, Page):
            page = page.parentWidget()
        self.panel = Popover(page or self.window(), self._all())
        self.panel.closed.connect(self._on_closed)
        self.panel.show_at(QRect(self.rest.mapTo(page or self.window(), QPoint()), self.rest.size()))

    def _all(self) -> QWidget:
        inside = styled(QWidget(), variant="page")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(4)
        for finding in self.findings:
            rows.addWidget(self._row(finding))
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        scroll.setAccessibleName(_("直すところ"))
        tall = rows.heightForWidth(ALL_WIDTH - 8)
        scroll.setFixedSize(ALL_WIDTH, min(ALL_HEIGHT, tall))
        if (first := inside.findChild(LinkButton)) is not None:
            scroll.setFocusProxy(first)
        return scroll

    def _row(self, finding: "Finding") -> QWidget:
        serious = finding.severity == "error"
        mark = QLabel()
        role = "lostt" if serious else "warnt"
        mark.setPixmap(icons.pixmap(self.context.theme, "warning", role, 16, self.devicePixelRatioF()))
        mark.setFixedHeight(self.context.theme.line("body"))
        mark.setAccessibleName(_("直すこと") if serious else _("気をつけること"))
        link = LinkButton(_("直す"), partial(self._want, finding))
        link.setAccessibleName(_("直す: {what}").format(what=finding.message))
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 4, 0)
        across.setSpacing(8)
        across.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(label(finding.message, "second", wrap=True), 1)
        across.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _want(self, finding: "Finding") -> None:
        if self.panel is not None:
            self.panel.close_panel()
        self.wanted.emit(finding)

    @Slot()
    def _on_closed(self) -> None:
        self.panel = None
