"""公開: what would change first, then the findings, then the sending; one button leads through it.

A plan holds for the words it was made from: after an edit it is taken away and made anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _, listed
from soloflow.services import publishing, settings, site, wording
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.pages.site.finding_list import MOST, FindingList
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
    planned = Signal(bool)
    """Whether a plan with files stands here now, which wants its room."""
    flush_wanted = Signal()
    """Whatever is still being typed must be kept before the site is built."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.plan: Plan | None = None
        self._is_working = False
        self._findings: tuple[Finding, ...] | None = None
        """None until the site has been looked at: before that nothing may be called sound."""
        self._when = ""
        self._about = label("", "label")
        self._rows, self._scroll = _scrolling_rows()
        self._opens: Path | None = None
        """Where the site has just been put, if that is a folder."""
        self.findings = FindingList(context)
        self.findings.wanted.connect(self.finding_wanted)
        self._overwrite = QCheckBox(_("上書きしてよい"))
        self._overwrite.clicked.connect(self._show_buttons)
        self._state = label("", "small", wrap=True)
        self._mark = QLabel()
        self._choose = LinkButton(_("公開先を決める"), self._on_choose)
        self._open = LinkButton(_("開く"), self._open_folder)
        self._open.setAccessibleName(_("公開先のフォルダーを開く"))
        self._go = button("", self._go_on, variant="primary")
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
        foot.addWidget(self._open)
        foot.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self._scroll)
        column.addWidget(self.findings)
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
        self._show_findings()
        self._show_buttons()

    def _show_findings(self) -> None:
        """Beside a plan there is room for one."""
        self.findings.show_findings(self._findings or (), MOST if self.plan is None else 1)

    def forget_plan(self) -> None:
        """The words are others now."""
        self._opens = None
        if self.plan is not None and not self._is_working:
            self._take_plan(None)

    # What is done

    def _go_on(self) -> None:
        """The next step: the plan first, then what it says."""
        if self._count():
            self.publish()
        else:
            self.make_plan()

    def make_plan(self) -> None:
        """Build, then ask the target what would change; sends nothing."""
        self.flush_wanted.emit()
        self._opens = None
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
        self._opens = publishing.folder_of(self._target())
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
        self._show_findings()
        self.planned.emit(bool(lines))
        self._scroll.setVisible(bool(lines))
        self._scroll.setFixedHeight(ROW * max(1, min(MOST_ROWS, len(lines))))
        self._show_buttons()

    def _count(self) -> int:
        """Files that the plan would send or remove."""
        return 0 if self.plan is None else len(self.plan.to_send) + len(self.plan.removed)

    def _show_buttons(self) -> None:
        count, has_target = self._count(), bool(self._target())
        foreign = self.plan.foreign if self.plan is not None else ()
        self._overwrite.setVisible(bool(foreign))
        self._overwrite.setText(_("ほかの人のファイルを上書きする（{paths}）").format(paths=listed(foreign[:2])))
        self._choose.setVisible(not has_target)
        self._open.setVisible(self._opens is not None)
        allowed = not foreign or self._overwrite.isChecked()
        self._go.setEnabled(has_target and allowed and not self._is_working)
        self._go.setText(_("{count}件を公開").format(count=count) if count else _("公開の計画を見る"))
        self._go.setToolTip("" if count else _("送るファイルを先に見ます。まだ何も送りません"))
        self._about.setText(
            _("送るファイル {count}・{last}").format(count=count, last=self._when) if count else self._when
        )
        text, good = self._state_words(has_target, allowed)
        self._state.setText(text)
        styled(self._state, role="advt" if good else "small")
        self._mark.setVisible(good)
        self._mark.setPixmap(icons.pixmap(self.context.theme, "check", "advt", 16, self.devicePixelRatioF()))

    def _state_words(self, has_target: bool, allowed: bool) -> tuple[str, bool]:
        """What the button waits for, or how things stand; and whether all is well."""
        if not has_target:
            return _("置き場所が未定です。"), False
        if self._is_working:
            return _("少しお待ちください。"), False
        if not allowed:
            return _("上書きしてよければ、しるしを付けてください。"), False
        if self._opens is not None:
            return _("公開しました。"), True
        if self.plan is not None and self.plan.is_empty:
            return _("公開先は最新です。"), not self._findings
        if self._findings is None:
            return _("サイトを確かめています…"), False
        if self._findings:
            words = _("直すところ {count}件。このままでも公開できます。")
            return words.format(count=len(self._findings)), False
        return _("社名の漏れなし・リンク切れなし"), True

    def _on_choose(self) -> None:
        self.target_wanted.emit()

    def _open_folder(self) -> None:
        if self._opens is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._opens))):
            self.context.notify(_("フォルダーを開けませんでした：{path}").format(path=self._opens), kind="error")


def _scrolling_rows() -> tuple[QVBoxLayout, QScrollArea]:
    inside = styled(QWidget(), variant="side")
    inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    rows = QVBoxLayout(inside)
    rows.setContentsMargins(0, 0, 4, 0)
    rows.setSpacing(0)
    scroll = styled(QScrollArea(), variant="side")
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

    words = ((_("変更"), plan.changed), (_("追加"), plan.added))
    made = [(word, each) for word, changes in words for each in sorted(changes, key=lambda one: not one.title)]
    made += [(_("削除"), each) for each in plan.removed]
    return [line(word, each) for word, each in sorted(made, key=lambda row: row[1].path != "index.html")]


def _name(change: "FileChange") -> str:
    """A page by its title without the site's name behind it; other files by their path."""
    if change.path in (named := {"index.html": _("ホーム"), "404.html": _("404（見つからないとき）")}):
        return named[change.path]
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
