"""公開: what would change first, then the findings, then the sending.

A plan holds for the words it was made from: after an edit it is taken away and made anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _, listed
from soloflow.services import publishing, settings, site, wording
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import LinkButton, button
from soloflow.ui.widgets.labels import ElidedLabel, chip, label, rule

if TYPE_CHECKING:
    from soloflow.services.changes import Changes
    from soloflow.services.publishing import FileChange, Plan, Published
    from soloflow.services.site import Finding, Overview
    from soloflow.services.workspace import Progress, Workspace

ROW = 26
MOST_ROWS = 5
MOST_FINDINGS = 3


@dataclass(frozen=True, slots=True)
class _Line:
    word: str
    what: str
    size: str


class PublishPanel(QWidget):
    """The foot of the right pane."""

    finding_wanted = Signal(object)
    """A Finding that the user wants to mend."""
    target_wanted = Signal()
    flush_wanted = Signal()
    """Whatever is still being typed must be kept before the site is built."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.plan: Plan | None = None
        self._is_working = False
        self._findings: tuple[Finding, ...] = ()
        self._when = ""
        self._about = label("", "label")
        self._rows, self._scroll = _scrolling_rows()
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(0)
        self._overwrite = QCheckBox(_("上書きしてよい"))
        self._overwrite.clicked.connect(self._show_buttons)
        self._state = label("", "small", wrap=True)
        self._mark = QLabel()
        self._choose = LinkButton(_("公開先を決める"), self._on_choose)
        self._look = button(_("計画を見る"), self.make_plan)
        self._look.setToolTip(_("送るファイルを先に見ます。まだ何も送りません"))
        self._send = button(_("公開"), self.publish, variant="primary")
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("公開"), "strong"))
        head.addWidget(self._about, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._mark)
        foot.addWidget(self._state, 1)
        foot.addWidget(self._choose)
        foot.addWidget(self._look)
        foot.addWidget(self._send)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self._scroll)
        column.addLayout(self._remarks)
        column.addWidget(self._overwrite)
        column.addLayout(foot)
        self._overwrite.hide()
        self._scroll.hide()

    # What is known

    def show_overview(self, overview: "Overview", changed: int) -> None:
        """When the site was last published, and how many sections say something else since."""
        if overview.released_at is None:
            self._when = _("まだ公開していません")
        else:
            when = f"{wording.day(self.context.workspace, overview.released_at.date())} {overview.released_at:%H:%M}"
            self._when = _("前回 {when}").format(when=when)
            if changed:
                self._when = _("変わった章 {count}・{last}").format(count=changed, last=self._when)
        self._show_buttons()

    def show_findings(self, findings: Sequence["Finding"]) -> None:
        """What should be mended before publishing; hints stay at their fields."""
        self._findings = tuple(each for each in findings if each.severity != "hint")
        _clear(self._remarks)
        for finding in self._findings[:MOST_FINDINGS]:
            self._remarks.addWidget(self._finding_row(finding))
        rest = len(self._findings) - MOST_FINDINGS
        if rest > 0:
            self._remarks.addWidget(label(_("ほかに{count}件").format(count=rest), "label"))
        self._show_buttons()

    def forget_plan(self) -> None:
        """The words are others now."""
        if self.plan is not None and not self._is_working:
            self._take_plan(None)

    # What is done

    def make_plan(self) -> None:
        """Build, then ask the target what would change; sends nothing."""
        self.flush_wanted.emit()
        self._work(True)
        action = partial(_build, self.context.workspace)
        self.context.run_long(_("サイトをつくっています"), action, self._ask_target, failed=self._failed)

    def _ask_target(self, _built: object) -> None:
        action = partial(_plan, self.context.workspace, self._target())
        self.context.run_long(_("公開の計画をたてています"), action, self._planned, failed=self._failed, network=True)

    def _planned(self, plan: "Plan") -> None:
        self._is_working = False
        self._take_plan(plan)

    def publish(self) -> None:
        """Send what the plan says."""
        if self.plan is None:
            return
        self._work(True)
        action = partial(_publish, self.context.workspace, self._target(), self._overwrite.isChecked())
        self.context.run_long(_("公開しています"), action, self._published, failed=self._failed, network=True)

    def _published(self, result: "tuple[Published, Changes]") -> None:
        self._is_working = False
        self._take_plan(None)
        self.context.announce(result[1])

    def _failed(self, error: UserError) -> None:
        self._is_working = False
        self._take_plan(None)
        self.context.notify(str(error), kind="error")

    # What is shown

    def _target(self) -> str:
        return settings.load(self.context.workspace.folder).publish_target

    def _work(self, working: bool) -> None:
        self._is_working = working
        self._show_buttons()

    def _take_plan(self, plan: "Plan | None") -> None:
        self.plan = plan
        self._overwrite.setChecked(False)
        _clear(self._rows)
        lines = _lines(plan) if plan is not None else []
        for line in lines:
            self._rows.addWidget(_plan_row(line))
        self._rows.addStretch(1)
        self._scroll.setVisible(bool(lines))
        self._scroll.setFixedHeight(ROW * max(1, min(MOST_ROWS, len(lines))))
        self._show_buttons()

    def _show_buttons(self) -> None:
        plan, has_target = self.plan, bool(self._target())
        count = 0 if plan is None else len(plan.to_send) + len(plan.removed)
        foreign = plan.foreign if plan is not None else ()
        self._overwrite.setVisible(bool(foreign))
        self._overwrite.setText(_("ほかの人のファイルを上書きする（{paths}）").format(paths=listed(foreign[:2])))
        self._choose.setVisible(not has_target)
        self._look.setVisible(has_target)
        self._send.setVisible(has_target)
        self._look.setEnabled(not self._is_working)
        allowed = not foreign or self._overwrite.isChecked()
        self._send.setEnabled(bool(count) and allowed and not self._is_working)
        self._send.setText(_("{count}件を公開").format(count=count) if count else _("公開"))
        changed = 0 if plan is None else count
        self._about.setText(
            _("送るファイル {count}・{last}").format(count=changed, last=self._when) if changed else self._when
        )
        self._show_state(has_target)

    def _show_state(self, has_target: bool) -> None:
        theme = self.context.theme
        good = not self._findings
        if not has_target:
            text, good = _("置き場所を決めると公開できます。"), False
        elif self._is_working:
            text, good = _("少しお待ちください。"), False
        elif self.plan is not None and self.plan.is_empty:
            text = _("公開先は最新です。")
        elif self._findings:
            text = _("直すところ {count}件").format(count=len(self._findings))
        else:
            text = _("社名の漏れなし・リンク切れなし")
        self._state.setText(text)
        styled(self._state, role="advt" if good else "small")
        self._mark.setVisible(good)
        self._mark.setPixmap(icons.pixmap(theme, "check", "advt", 16, self.devicePixelRatioF()))

    def _finding_row(self, finding: "Finding") -> QWidget:
        serious = finding.severity == "error"
        mark = QLabel()
        role = "lostt" if serious else "warnt"
        mark.setPixmap(icons.pixmap(self.context.theme, "warning", role, 16, self.devicePixelRatioF()))
        mark.setAccessibleName(_("直すこと") if serious else _("気をつけること"))
        link = LinkButton(_("直す"))
        link.setAccessibleName(_("直す: {what}").format(what=finding.message))
        link.setProperty("finding", self._findings.index(finding))
        link.clicked.connect(self._on_finding)
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 4, 0)
        across.setSpacing(8)
        across.addWidget(mark)
        across.addWidget(ElidedLabel(finding.message, "second"), 1)
        across.addWidget(link)
        return row

    @Slot()
    def _on_finding(self) -> None:
        self.finding_wanted.emit(self._findings[self.sender().property("finding")])

    def _on_choose(self) -> None:
        self.target_wanted.emit()


def _scrolling_rows() -> tuple[QVBoxLayout, QScrollArea]:
    inside = styled(QWidget(), variant="side")
    inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    rows = QVBoxLayout(inside)
    rows.setContentsMargins(0, 0, 4, 0)
    rows.setSpacing(0)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    scroll.setAccessibleName(_("公開の計画"))
    scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return rows, scroll


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        row = item.widget()
        if row is not None:
            row.hide()
            row.deleteLater()


def _lines(plan: "Plan") -> list[_Line]:
    def line(word: str, change: "FileChange") -> _Line:
        size = publishing.size_text(change.size) if change.size else ""
        return _Line(word, _name(change), size)

    pages_first = sorted(plan.changed, key=lambda change: not change.title)
    made = [line(_("変更"), change) for change in pages_first]
    made += [line(_("追加"), change) for change in sorted(plan.added, key=lambda change: not change.title)]
    return made + [line(_("削除"), change) for change in plan.removed]


def _name(change: "FileChange") -> str:
    """A page by its title without the site's name behind it; other files by their path."""
    if change.path == "index.html":
        return _("ホーム")
    return change.title.rpartition("｜")[0] or change.title or change.path


def _plan_row(line: _Line) -> QWidget:
    row = QWidget()
    row.setFixedHeight(ROW)
    word = chip(line.word)
    if line.word == _("追加"):
        styled(word, variant="chip-on")
    across = QHBoxLayout()
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(8)
    across.addWidget(word)
    across.addWidget(ElidedLabel(line.what), 1)
    across.addWidget(label(line.size, "label"))
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(across, 1)
    column.addWidget(rule("hairline"))
    return row


def _build(ws: "Workspace", progress: "Progress") -> object:
    return site.build(ws, progress=progress)


def _plan(ws: "Workspace", target: str, progress: "Progress") -> "Plan":
    return publishing.plan(ws, site.default_folder(ws), target, progress)


def _publish(ws: "Workspace", target: str, overwrite: bool, progress: "Progress") -> "tuple[Published, Changes]":
    return publishing.publish(ws, site.default_folder(ws), target, progress, replace_foreign=overwrite)
