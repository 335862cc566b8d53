"""The page 分析: counts in the background, keeps the old picture until the new one is ready, and opens the lists behind it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import funnel_loading, numbers, outline, wording
from soloflow.services.changes import Changes
from soloflow.services.numbers import Overview
from soloflow.services.outline import Outline
from soloflow.ui.context import Context, Notice
from soloflow.ui.jobs import Job
from soloflow.ui.page import Page
from soloflow.ui.pages.insights import foot
from soloflow.ui.pages.insights.answer_pane import AnswerPane
from soloflow.ui.pages.insights.charts import ChartPane
from soloflow.ui.pages.insights.header import MARGIN, InsightsHeader
from soloflow.ui.pages.insights.tabs import TABS
from soloflow.ui.pages.insights.verdict import INSET, Verdict
from soloflow.ui.pages.insights.waiting import Waiting
from soloflow.ui.theme import styled
from soloflow.ui.widgets.canvas import figure_image
from soloflow.ui.widgets.empty import EmptyState
from soloflow.ui.widgets.labels import rule
from soloflow.ui.widgets.segments import Tabs

if TYPE_CHECKING:  # loads numpy, which is imported with the first figures
    from soloflow.services.answers import Answer
    from soloflow.services.funnel_words import Who

TOPICS = frozenset({"*", "prospects", "stage_transitions", "channels"})
"""Changes that can alter a figure."""
LISTS = frozenset({"*", "channels", "tags", "prospect_tags"})
"""Changes that can alter what the filters offer."""
WAITING, FIGURES, EMPTY = range(3)
WHOLE = "whole"
"""The first tab: the verdict with charts 1 and 2."""
PATIENCE_MS = 300
"""Where counting takes longer, what is known without it is shown."""
OVERVIEW, DRAWING, LIST = "overview", "drawing", "list"
"""What the page has reckoned; of each only the newest wish counts."""
SHARP = 2.0
TIGHT = 720
"""A page less high has the verdict in smaller letters, so that all rows stand above the foot: under the band of the sample."""
LOW = 680
"""A page less high gives the drawing the room of the foot, which then scrolls with it."""
ROOMY = 760
"""A page as high as this has room above the verdict."""
ON_FOOT = 6
"""A notice is higher than the line of hints: it reaches into the empty edge of the foot by so much."""


class InsightsPage(Page):
    """Header, verdict, the one drawing or its table, and four figures at the foot."""

    key = "insights"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown: Overview | None = None
        self.header = InsightsHeader(context)
        self.verdict = Verdict(context)
        self.charts = ChartPane(context)
        self.foot = foot.Foot(context)
        self.tabs = Tabs(context.theme, [(WHOLE, _("全体")), *((one.key, _(one.title)) for one in TABS)])
        self.panes: dict[str, AnswerPane] = {}
        """The tabs that were opened, by key."""
        self._stack = QStackedWidget()
        self._waiting = Waiting(context.theme)
        self._waiting.again_wanted.connect(self._count)
        self._job: Job | None = None
        self._loading: Job | None = None
        self._outline: Outline | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._show_outline)
        self._lay_out()
        self.header.allow(figures=False)
        self.header.filtered.connect(self._count)
        self.header.benchmark_chosen.connect(self._count)
        self.header.lens_chosen.connect(self._on_lens)
        self.header.view_chosen.connect(self.charts.show_view)
        self.header.wanted.connect(self._on_wanted)
        context.bug_found.connect(self._on_bug)
        self.tabs.chosen.connect(self._on_tab)
        self.header.view_chosen.connect(self._on_view)
        self.verdict.wider_wanted.connect(self.header.clear_filter)
        self.verdict.list_wanted.connect(self._open_list)
        self.foot.list_wanted.connect(self._open_list)
        self.charts.list_wanted.connect(self._open_list)
        self.charts.canvas.copy_wanted.connect(self._on_copy)

    def _lay_out(self) -> None:
        inside = styled(QWidget(), variant="page")
        self._upper = upper = QVBoxLayout()
        upper.setContentsMargins(MARGIN - INSET, 0, MARGIN - INSET, 4)
        upper.setSpacing(8)
        upper.addWidget(self.verdict)
        upper.addWidget(self.charts)
        upper.addStretch(1)
        self._scrolling = QVBoxLayout(inside)
        self._scrolling.setContentsMargins(0, 0, 0, 0)
        self._scrolling.setSpacing(0)
        self._scrolling.addLayout(upper, 1)
        scroll = styled(QScrollArea(), variant="page")
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        whole = QWidget()
        self._body = QVBoxLayout(whole)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._body.addWidget(scroll, 1)
        self._body.addWidget(self.foot)
        self._answers = QStackedWidget()
        self._answers.addWidget(whole)
        figures = QWidget()
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        beside = QHBoxLayout()
        beside.setContentsMargins(MARGIN, 0, MARGIN, 0)
        beside.addWidget(self.tabs)
        column.addLayout(beside)
        column.addWidget(rule())
        column.addWidget(self._answers, 1)
        empty = EmptyState(
            self.context.theme, "insights", _("まだ数えるものがありません"),
            _("出会った人が工程を進むと、どこで離れることが多いか、\nどの工程の率が低いか、それがどこまで確かかがわかります。"),
            (_("人を記録する"), self.context.open_capture), (_("見本で試す"), self.context.open_sample),
        )  # fmt: skip
        for page in (self._waiting, figures, empty):
            self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(self._stack, 1)

    # What is shown

    def refresh(self, changes: Changes | None) -> None:
        """Count again; what is on the screen stays until the new figures are there."""
        if changes is None or changes.topics & LISTS:
            self.header.offer(self.context)
        has_lost_choice = self.shown is not None and self.shown.scope != self.header.scope
        if changes is None or changes.topics & self._topics or has_lost_choice:
            self._count()

    @property
    def _topics(self) -> frozenset[str]:
        return TOPICS if self.header.scope.tag is None else TOPICS | LISTS

    def arrive(self, **args: object) -> None:
        """Open one of the tabs: `tab="leak"`; the other arguments are the tab's own."""
        if "tab" in args:
            self.show_tab(str(args["tab"]))
            if self.pane is not None:
                self.pane.arrive(**args)

    def kept(self) -> object:
        """Tab, filters, lens, view, the controls of every tab that was opened, and how far it was scrolled."""
        from soloflow.ui.pages.insights import choices

        return choices.chosen(self)

    def take_over(self, kept: object) -> None:
        """Stand as the page stood that was here."""
        from soloflow.ui.pages.insights import choices

        if isinstance(kept, choices.Chosen):
            choices.choose(self, kept)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: about to be seen; on another day than the figures are of, they are counted again."""
        super().showEvent(event)
        ws = self.context.workspace
        if self.shown is not None and self.shown.as_of.astimezone(ws.zone).date() != ws.today():
            self._count()

    def focus_first(self) -> None:
        """The drawing or the table."""
        target: QWidget = self.charts.table if self.header.view.key == "table" else self.charts.canvas
        if self.pane is not None:
            target = self.pane.first
        # As by mouse: the mark at the keyboard's place waits for the first arrow key.
        (target if self._stack.currentIndex() == FIGURES else self).setFocus(Qt.FocusReason.MouseFocusReason)

    @property
    def _is_counting(self) -> bool:
        return self.context.awaits(self._job)

    @Slot()
    def _count(self) -> None:
        """Have the figures counted; what is asked meanwhile is counted once, afterwards."""
        if self._stack.currentIndex() == WAITING:
            self._waiting.show_counting()
            self._count_roughly()
        wanted = partial(numbers.overview, self.context.workspace, self.header.scope, self.header.lens.key)
        self._job = self.context.reckon(wanted, self._take, failed=self._give_up, asker=OVERVIEW)

    def _count_roughly(self) -> None:
        """The first time nothing is in sight: what needs no estimate is there before the rest, where that takes a while."""
        self._outline = None
        if self.header.scope.is_whole:
            self._patience.start()
            rough = partial(outline.outline, self.context.workspace)
            self.context.run(
                rough, self._take_outline, failed=self._without_outline
            )  # short, and not behind the figures

    def _take_outline(self, found: Outline) -> None:
        self._outline = found
        if not self._patience.isActive():
            self._show_outline()

    def _without_outline(self, _problem: UserError) -> None:
        """Whoever counts the whole will say it."""

    @Slot()
    def _show_outline(self) -> None:
        if self._outline is not None and self._outline.prospects and self._is_counting:
            self._waiting.show_outline(self._outline)

    @Slot(str)
    def _on_lens(self, key: str) -> None:
        """The same figures through another lens; while counting, those to come are asked for with it."""
        if self._is_counting or self.shown is None:
            self._count()
        else:
            seen = partial(numbers.through, self.shown, key)
            self.context.reckon(seen, self._take_lens, failed=self._give_up, asker=OVERVIEW)

    def _take_lens(self, seen: Overview) -> None:
        if self._is_wanted(seen) and self.shown is not None and seen.log is self.shown.log:
            self._show(seen)

    def _is_wanted(self, shown: Overview) -> bool:
        """Whether these are the figures that the controls of the header name."""
        return shown.scope == self.header.scope and (shown.lens.key if shown.lens else "") == self.header.lens.key

    def _take(self, shown: Overview) -> None:
        if self._is_wanted(shown):
            self._show(shown)
        elif not self._is_counting:
            self._count()

    def _give_up(self, problem: UserError) -> None:
        """Say it and offer to try again: in place of figures that are not there, or beside those of before."""
        if self._is_counting:
            return
        if self.shown is None or not self._is_wanted(self.shown):
            self._waiting.show_problem(str(problem))
            self._stack.setCurrentIndex(WAITING)
        else:
            self.context.noticed.emit(Notice(str(problem), "error", _("もう一度"), act=self._count))

    @Slot(str)
    def _on_bug(self, _report: str) -> None:
        """It may be what kept the figures from being asked for or shown: then nobody would ask again."""
        if self._stack.currentIndex() == WAITING and not self._is_counting:
            self._waiting.show_problem(_("うまく数えられませんでした。記録は無事です。"))

    def _show(self, shown: Overview) -> None:
        from soloflow.services import funnel_words

        had_focus = self.hasFocus()
        self.shown = shown
        self._patience.stop()
        self.header.allow(figures=not shown.is_empty)
        self.header.show_caption("" if shown.is_empty else funnel_words.caption(self.context.workspace, shown))
        self.header.show_controls(visible=not shown.is_empty)
        self.header.show_shown(shown)
        self._stack.setCurrentIndex(EMPTY if shown.is_empty else FIGURES)
        if shown.is_empty:
            return
        self.verdict.show_overview(shown)
        self.foot.show_overview(shown)
        self._stand_clear()
        self.charts.show_overview(shown, self._hint(shown))
        if self.pane is not None:
            self.pane.show_overview(shown)
        if not self.charts.can_draw:
            QTimer.singleShot(0, self, self._load_drawing)  # once the drawing has its size
        if had_focus:
            self.focus_first()

    @Slot()
    def _load_drawing(self) -> None:
        if self.shown is not None and not self.charts.can_draw and not self.context.awaits(self._loading):
            wanted = partial(load_drawing, self.charts.rehearsal(self.shown))
            self._loading = self.context.reckon(wanted, self._on_loaded, failed=self._on_undrawn, asker=DRAWING)

    def _on_undrawn(self, _problem: UserError) -> None:
        problem = _("図を描けませんでした。数は「表」で見られます。")
        self.context.noticed.emit(Notice(problem, "error", _("もう一度"), act=self._load_drawing))

    def _on_loaded(self, _nothing: None) -> None:
        self.charts.allow_drawing()
        for pane in self.panes.values():
            pane.allow_drawing()

    # The other tabs

    @property
    def pane(self) -> AnswerPane | None:
        """The tab in sight; None for 全体."""
        return self.panes.get(self.tabs.key)

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        self.tabs.choose(key)
        self._on_tab(key)

    @Slot(str)
    def _on_tab(self, key: str) -> None:
        if key != WHOLE and key not in self.panes:
            entry = next(one for one in TABS if one.key == key)
            made = self.panes[key] = entry.make(self.context)
            made.list_wanted.connect(self._open_list)
            made.canvas.copy_wanted.connect(self._on_copy)
            made.show_view(self.header.view.key)
            if self.charts.can_draw:
                made.allow_drawing()
            self._answers.addWidget(made)
        pane = self.pane
        self.header.show_tab(key)
        if pane is not None and self.shown is not None and pane.shown is not self.shown:
            pane.show_overview(self.shown)
        self._answers.setCurrentIndex(0 if pane is None else self._answers.indexOf(pane))

    @Slot(str)
    def _on_view(self, view: str) -> None:
        for pane in self.panes.values():
            pane.show_view(view)

    def _hint(self, shown: Overview) -> str:
        if shown.since is not None:
            day = wording.day(self.context.workspace, shown.since)
            return _(
                "はじめて工程に入った日が {day} 以降の顧客だけを数えています（今月の件数は、入った日によりません）"
            ).format(day=day)
        return _("図や数を選ぶと、その顧客を開きます。矢印キーで動き、Enter で開きます")

    # The customers behind a mark

    @Slot(object)
    def _open_list(self, who: "Who") -> None:
        if self.shown is not None:
            shown, pane = self.shown, self.pane
            people = partial(numbers.customers_behind, shown, who) if pane is None else pane.behind(shown, who)
            self.context.reckon(people, partial(self._show_list, shown, who), asker=LIST)

    def _show_list(self, shown: Overview, who: "Who", ids: tuple[int, ...]) -> None:
        from soloflow.services.funnel_words import whole_title

        scope = shown.scope if self.pane is None else self.pane.scope_of(shown)
        title = whole_title(self.context.workspace, shown, scope, who, len(ids))
        self.context.navigate("customers", ids=list(ids), title=title)

    # Ways out

    @Slot()
    def _on_copy(self) -> None:
        self._on_wanted("copy-image")

    @Slot(str)
    def _on_wanted(self, what: str) -> None:
        if self.shown is None or self.shown.is_empty:
            return
        if what == "report":
            from soloflow.ui.pages.insights import report_panel

            report_panel.offer(self, self.context, self.header.export)
            return
        answer = None if self.pane is None else self.pane.answer
        if answer is not None:
            self._keep_answer(answer, what)
        elif what == "copy-image":
            self._copy_image(self.shown)
        elif what == "copy-table":
            self._copy_table(self.shown)
        else:
            self._save(self.shown, what)

    def _keep_answer(self, answer: "Answer", what: str) -> None:
        from soloflow.services import answers
        from soloflow.services.answers import keeping

        if what == "copy-table":
            QGuiApplication.clipboard().setText(answers.table_text(answer.table))
            self.context.notify(_("表をコピーしました"))
        elif what != "copy-image":
            self._choose_file(what, partial(keeping.save, answer))
        elif (made := keeping.drawing(answer, dark=self.context.theme.is_dark)) is not None:
            QGuiApplication.clipboard().setImage(figure_image(made.figure, SHARP))
            self.context.notify(_("図をコピーしました"))
        else:
            self.context.notify(_("ここにはまだ図がありません"))

    def _copy_image(self, shown: Overview) -> None:
        from soloflow.services import funnel_chart

        sheet = funnel_chart.sheet(self.context.workspace, shown, self.charts.days, dark=self.context.theme.is_dark)
        QGuiApplication.clipboard().setImage(figure_image(sheet.figure, SHARP))
        self.context.notify(_("図をコピーしました"))

    def _copy_table(self, shown: Overview) -> None:
        from soloflow.services import funnel_words

        QGuiApplication.clipboard().setText(funnel_words.table_text(self.context.workspace, shown, self.charts.days))
        self.context.notify(_("表をコピーしました"))

    def _save(self, shown: Overview, ending: str) -> None:
        from soloflow.services import funnel_chart

        self._choose_file(ending, partial(funnel_chart.save, self.context.workspace, shown, self.charts.days))

    def _choose_file(self, ending: str, save: Callable[[Path], Path]) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        tab = "" if self.pane is None else f"-{self.tabs.key}"
        suggested = Path(folder) / f"soloflow{tab}-{self.context.workspace.today():%Y-%m-%d}.{ending}"
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("図と表を書き出す"), str(suggested), f"{ending.upper()} (*.{ending})"
        )
        if chosen:
            path = Path(chosen) if Path(chosen).suffix.lower() == f".{ending}" else Path(f"{chosen}.{ending}")
            self.context.reckon(partial(save, path), self._on_saved)

    def _on_saved(self, path: Path) -> None:
        self.context.notify(_("{name} に保存しました").format(name=path.name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a narrow foot needs a line more; in a low window it stands below the drawing and scrolls."""
        super().resizeEvent(event)
        self.foot.fit(self.width())
        is_low = self.height() < LOW
        self._stand_clear()
        is_tight = self.height() < TIGHT
        self.verdict.set_low(is_low=is_tight)
        self._upper.setSpacing(0 if is_tight else 8)
        self._upper.setContentsMargins(
            MARGIN - INSET, 8 if self.height() >= ROOMY else 0, MARGIN - INSET, 0 if is_tight else 4
        )
        place = self._scrolling if is_low else self._body
        if place.indexOf(self.foot) < 0:
            (self._body if is_low else self._scrolling).removeWidget(self.foot)
            place.addWidget(self.foot)

    def _stand_clear(self) -> None:
        """A notice stands on the line of hints: neither on the figures of the foot nor on the drawing's last row."""
        below = self.foot.height() - ON_FOOT - self.context.theme.size("m")
        self.foot_height = 0 if self.height() < LOW else max(0, below)


def load_drawing(rehearse: Callable[[], None]) -> None:
    """Load what draws and draw once, on the worker's thread, so that the window hardly waits for it."""
    funnel_loading.load_drawing()
    rehearse()
