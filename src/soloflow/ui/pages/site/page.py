"""サイト: sections, form, preview; see the modules beside this one for each."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import site, voices, wording
from soloflow.services.changes import Changes
from soloflow.ui.context import Context
from soloflow.ui.page import Page
from soloflow.ui.pages.site.description import Section, value_at
from soloflow.ui.pages.site.draft import Draft
from soloflow.ui.pages.site.editors import Editor, InputEditor
from soloflow.ui.pages.site.findings import Findings
from soloflow.ui.pages.site.form import FieldsForm, ListEditor
from soloflow.ui.pages.site.guide import Guide
from soloflow.ui.pages.site.live import LivePreview
from soloflow.ui.pages.site.section_list import Line, SectionPane
from soloflow.ui.pages.site.sections import PROFILE, SECTIONS, TARGET
from soloflow.ui.pages.site.side_pane import WIDTH as SIDE_WIDTH
from soloflow.ui.pages.site.side_pane import SidePane
from soloflow.ui.pages.site.target_form import TargetForm
from soloflow.ui.theme import styled
from soloflow.ui.widgets.labels import ElidedLabel, label
from soloflow.ui.widgets.segments import Tabs

if TYPE_CHECKING:
    from soloflow.services.site import Finding
    from soloflow.services.voices import Voice

TWO_PANES = 1180 - 76
"""Page width from which form and preview stand beside each other."""
FORM_WIDTH = 640
FOOT = 56
"""The line of the publishing at the foot of the right pane: notices stay above it."""
CHECK_AFTER_MS = 300
REVEAL_AFTER_MS = 120
"""An item that has just been opened must have its place before it can be scrolled to."""
OLD = 6
"""A career without anything new for more months than this is called old."""
WITHOUT_VOICES = {"profile", "privacy", "look", "target"}


class SitePage(Page):
    """The page."""

    key = "site"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.draft = Draft(context, self)
        self.live = LivePreview(context, self)
        self.section: Section = SECTIONS[0]
        self._overview: site.Overview | None = None
        self._findings = Findings()
        self._voices: tuple[Voice, ...] = ()
        self._last: Editor | None = None
        self._is_closing = False
        self._check_later = QTimer(self)
        self._check_later.setSingleShot(True)
        self._check_later.setInterval(CHECK_AFTER_MS)
        self._scrolls: dict[str, QScrollArea] = {}
        self._build()
        self._connect()

    # Frame

    def _build(self) -> None:
        context = self.context
        self.sections = SectionPane(context)
        self.tabs = Tabs(context.theme, [("form", _("書く")), ("side", _("プレビューと公開"))])
        self._tab_row = QWidget()
        tab_layout = QHBoxLayout(self._tab_row)
        tab_layout.setContentsMargins(24, 6, 24, 0)
        tab_layout.addWidget(self.tabs)
        self.guide = Guide(context)
        self.target = TargetForm(context)
        self.side = SidePane(context, self.live)
        self._problem = label("", "lostt", wrap=True)
        self._problem.setContentsMargins(25, 0, 24, 10)
        self._problem.hide()
        self._title, self._hint, self._saved = label("", "head"), ElidedLabel("", "label"), label("", "label")
        self._stack = QStackedWidget()
        self._form_pane = QWidget()
        column = QVBoxLayout(self._form_pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(25, 12, 24, 8)
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self._hint, 1)
        head.addWidget(self._saved)
        column.addLayout(head)
        column.addWidget(self._problem)
        guide = QVBoxLayout()
        guide.setContentsMargins(25, 0, 24, 10)
        guide.addWidget(self.guide)
        column.addLayout(guide)
        column.addWidget(self._stack, 1)
        self._panes = QHBoxLayout()
        self._panes.setSpacing(0)
        self._panes.addWidget(self._form_pane, 548)
        self._panes.addWidget(self.side, SIDE_WIDTH)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._tab_row)
        right.addLayout(self._panes, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.sections)
        across.addLayout(right, 1)
        self._arrange()

    def _connect(self) -> None:
        self.sections.chosen.connect(self._on_section)
        self.tabs.chosen.connect(self._on_tab)
        self.guide.wanted.connect(self._go_to_path)
        self.target.changed.connect(self._on_target)
        self.side.voices.copied.connect(self._copy_voice)
        self.side.publish.finding_wanted.connect(self._go_to_finding)
        self.side.publish.target_wanted.connect(self._go_to_target)
        self.side.publish.flush_wanted.connect(self.draft.flush)
        self.draft.saved.connect(self._on_saved)
        self.draft.refused.connect(self._on_refused)
        self.draft.faults_changed.connect(self._show_remarks)
        self._check_later.timeout.connect(self._check)
        self.context.closing.connect(self._on_closing)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.live.open)
        self.side.look.setToolTip(f"{self.side.look.toolTip()}  Ctrl+Enter")

    def _scroll_of(self, section: Section) -> QScrollArea:
        """The section's form in its scroll area, made when first visited."""
        if section.key not in self._scrolls:
            inside: QWidget = self.target if section is TARGET else self._make_form(section)
            inside.setMaximumWidth(FORM_WIDTH)
            page = styled(QWidget(), variant="page")
            column = QVBoxLayout(page)
            column.setContentsMargins(25, 4, 12, 32)  # the scroll bar takes the other 12
            column.addWidget(inside)
            column.addStretch(1)
            scroll = styled(QScrollArea(), variant="page")
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QScrollArea.Shape.NoFrame)
            scroll.setWidget(page)
            self._scrolls[section.key] = scroll
            self._stack.addWidget(scroll)
        return self._scrolls[section.key]

    def _make_form(self, section: Section) -> FieldsForm:
        form = FieldsForm(self.context, section.fields, self._choices)
        form.edited.connect(self._on_edited)
        form.left.connect(self.draft.flush)
        form.entered.connect(self._on_entered)
        form.wanted.connect(self._go_to_section)
        form.removed.connect(self.draft.flush)
        self.draft.add_form(section.key, form)
        return form

    def _choices(self, source: str) -> list[tuple[str, str]]:
        if source == "themes":
            return [("", _("おまかせ")), *site.themes()]
        name = "title" if source == "cases" else "name"
        items = self.draft.document[source]["items"]
        return [("", _("選ばない")), *((item["slug"], item[name].replace("\n", "")) for item in items if item["slug"])]

    # What is shown

    def refresh(self, changes: Changes | None) -> None:
        """Read the words, the voices, or both again."""
        if self._is_closing:
            return
        topics = frozenset("*") if changes is None or self._problem.text() else changes.topics
        try:
            self._refresh(topics)
        except UserError as error:
            self._show_problem(str(error))
        else:
            self._show_problem("")

    def _show_problem(self, sentence: str) -> None:
        """Why the words cannot be read; nothing can be written over them until they can."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        for part in (self.sections, self.guide, self._stack, self.side):
            part.setEnabled(not sentence)

    def _refresh(self, topics: frozenset[str]) -> None:
        if topics & {"*", "site_content", "releases"}:
            self._read_words()
        if topics & {"*", "activities", "prospects", "contacts"}:
            self._voices = voices.heard(self.context.workspace)
            self._show_voices()
            self._show_remarks()

    def _read_words(self) -> None:
        before = self._overview.document if self._overview is not None else {}
        self._overview = site.overview(self.context.workspace)
        self.draft.take(self._overview.document)
        if before != self._overview.document:
            self.side.publish.forget_plan()
            self.live.refresh()
        if self._stack.count() == 0:
            self._show_section(self.section)
        self._show_lines()
        self._show_preview()
        self.target.refresh()
        self.guide.show_document(self._overview.document)
        self.guide.setVisible(self._overview.released_at is None)
        if self._overview.released_at is not None:
            at = self._overview.released_at
            when = f"{wording.day(self.context.workspace, at.date())} {at:%H:%M}"
            self.context.set_foot("publish", _("公開 {when}").format(when=when))
        self._check_later.start()

    def _show_lines(self) -> None:
        assert self._overview is not None
        lines = [self._line(section) for section in SECTIONS]
        self.sections.model.set_lines(lines)
        self.side.publish.show_overview(self._overview, sum(line.changed for line in lines))

    def _line(self, section: Section) -> Line:
        assert self._overview is not None
        now, then = self._overview.document, self._overview.released
        paths = [each.path for each in section.fields if each.kind != "heading"]
        changed = then is not None and any(value_at(now, path) != value_at(then, path) for path in paths)
        count = len(value_at(now, section.counted)) if section.counted else None
        age = self._overview.career_age if section.key == "career" else None
        return Line(section.key, _(section.title), count, changed, age if age is not None and age > OLD else None)

    def _show_preview(self) -> None:
        document = self.draft.current()
        self.side.miniature.show_document(document, site.colours(document))

    def _show_voices(self) -> None:
        shown = self.section.key not in WITHOUT_VOICES
        self.side.show_voices(shown)
        if shown:
            near = voices.nearest(self._voices, self._words_of_section())
            self.side.voices.show_voices(near, _(self.section.title))

    def _words_of_section(self) -> str:
        form = self.draft.forms.get(self.section.key)
        values = [editor.value() for _path, editor in form.editors()] if form is not None else []
        return "\n".join(value for value in values if isinstance(value, str))

    @Slot()
    def _show_remarks(self) -> None:
        form = self.draft.forms.get(self.section.key)
        if form is not None:
            self._findings.show_in(form, self.draft.faults, self._voices)

    @Slot()
    def _check(self) -> None:
        if self.isVisible() and not self._is_closing:
            self.context.run(partial(site.check, self.context.workspace), self._show_findings)

    def _show_findings(self, findings: "tuple[Finding, ...]") -> None:
        self._findings.take(findings, self.draft.document)
        self.side.publish.show_findings(findings)
        self._show_remarks()

    # What the user does

    @Slot(str)
    def _on_section(self, key: str) -> None:
        self.draft.flush()
        self._show_section(next(section for section in SECTIONS if section.key == key))

    def _show_section(self, section: Section) -> None:
        self.section = section
        self._last = None
        self.sections.choose(section.key)
        self._title.setText(_(section.title))
        self._hint.setText(_(section.hint))
        self._stack.setCurrentWidget(self._scroll_of(section))
        self._show_voices()
        self._show_remarks()
        if not self._is_wide() and self.tabs.key != "form":
            self.tabs.choose("form")
            self._arrange()

    @Slot()
    def _on_edited(self) -> None:
        self.draft.touch(self.section.key)
        self._saved.setText(_("書いています…"))
        editor = self._last
        for path, each in self.draft.forms[self.section.key].editors():
            if each is editor:
                self._findings.forget(path)
        self._show_preview()
        self._show_remarks()

    @Slot(object)
    def _on_entered(self, editor: Editor) -> None:
        self._last = editor

    @Slot()
    def _on_saved(self) -> None:
        if not self.draft.is_waiting:
            if self.draft.faults:
                self._saved.setText(_("直すところのほかは保存ずみ"))
            else:
                self._saved.setText(_("保存ずみ {time}").format(time=f"{self.context.workspace.now():%H:%M}"))

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self._saved.setText(_("まだ保存できていません"))
        self.context.notify(str(error), kind="error")

    @Slot(object)
    def _copy_voice(self, voice: "Voice") -> None:
        form = self.draft.forms.get(self.section.key)
        if form is None:
            return
        editors = [editor for _path, editor in form.editors()]
        if self.section.key == "voices":
            lists = (editor for editor in editors if isinstance(editor, ListEditor))
            next(lists).add({"text": voice.text, "who": voice.who})
            return
        target = self._last if self._last in editors else form.first_text()
        if isinstance(target, InputEditor) and not target.add_text(voice.text):
            self.context.notify(_("文章の欄にカーソルを置いてから、写してください。"))

    @Slot()
    def _on_target(self) -> None:
        self.side.publish.forget_plan()
        self._show_lines()

    @Slot(object)
    def _go_to_finding(self, finding: "Finding") -> None:
        self._go_to_path(f"{finding.section}.{finding.field}".rstrip("."))

    @Slot()
    def _go_to_target(self) -> None:
        self._go_to_path("target")

    @Slot(str)
    def _go_to_section(self, name: str) -> None:
        self._go_to_path(name)

    @Slot(str)
    def _go_to_path(self, path: str) -> None:
        """Show the section that holds a path, and put the keyboard into its field."""
        section = next((each for each in SECTIONS if _holds(each, path)), None)
        if section is None:
            name = path.partition(".")[0]
            close = [each for each in SECTIONS if each.key == name or any(_starts(f.path, name) for f in each.fields)]
            section = close[0] if close else PROFILE
        self.draft.flush()
        self._show_section(section)
        form = self.draft.forms.get(section.key)
        found = form.reveal(path) if form is not None else self.target
        if found is None and form is not None:
            found = form.first_text()
        if found is not None:
            found.setFocus()
            QTimer.singleShot(
                REVEAL_AFTER_MS, found, partial(self._scroll_of(section).ensureWidgetVisible, found, 0, 90)
            )

    def arrive(self, **args: object) -> None:
        """``section`` is a section's key, ``path`` a field such as "profile.mail"; ``browser`` shows the site there."""
        if args.get("browser"):
            self.live.open()
        if self._overview is None:
            return  # unreadable: the sentence stands where the form would be
        if "path" in args:
            self._go_to_path(str(args["path"]))
        elif "section" in args:
            self._on_section(str(args["section"]))

    def focus_first(self) -> None:
        """The list of sections."""
        self.sections.view.setFocus()

    # Two panes or one

    def _is_wide(self) -> bool:
        return self.width() >= TWO_PANES

    @Slot(str)
    def _on_tab(self, _key: str) -> None:
        self.draft.flush()
        self._arrange()

    def _arrange(self) -> None:
        wide = self._is_wide()
        self._tab_row.setVisible(not wide)
        self._form_pane.setVisible(wide or self.tabs.key == "form")
        self.side.setVisible(wide or self.tabs.key == "side")
        self.foot_height = FOOT if wide or self.tabs.key == "side" else 0

    @Slot()
    def _on_closing(self) -> None:
        self.draft.flush()
        self._is_closing = True
        self._check_later.stop()
        self.live.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: beside each other, or in turn."""
        super().resizeEvent(event)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: leaving keeps what was typed."""
        super().hideEvent(event)
        if not self._is_closing:
            self.draft.flush()
        if self._problem.text():
            self.needs_refresh = True  # the next look may find it mended, as in the settings


def _holds(section: Section, path: str) -> bool:
    if section.key == path:
        return True
    return any(each.path and _starts(path, each.path) for each in section.fields)


def _starts(path: str, with_path: str) -> bool:
    return path == with_path or path.startswith((f"{with_path}.", f"{with_path}["))
