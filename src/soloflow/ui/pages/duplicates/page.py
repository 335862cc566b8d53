"""かさなり: pairs at the left, both records beside each other at the right, one key for each answer.

``context.navigate("duplicates")`` looks through the whole contact book, ``change_set=…`` only at what an import brought,
``prospect=…`` asks with whom one customer is to be merged. What was found stays until it changes.
"""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import comparing, duplicates, merging
from soloflow.services.changes import Changes
from soloflow.services.duplicates import Pair
from soloflow.services.workspace import Progress, Workspace
from soloflow.ui.context import Context
from soloflow.ui.jobs import Job
from soloflow.ui.page import Page
from soloflow.ui.pages.duplicates.compare_pane import ComparePane
from soloflow.ui.pages.duplicates.foot import HEIGHT, PairFoot
from soloflow.ui.pages.duplicates.looking import Looking
from soloflow.ui.pages.duplicates.pair_pane import NARROW_WIDTH, WIDTH, PairPane, PartnerPane
from soloflow.ui.theme import styled
from soloflow.ui.widgets.empty import EmptyState
from soloflow.ui.widgets.labels import label

TOPICS = frozenset(
    {"*", "prospects", "contacts", "contact_points", "told_apart", "stage_transitions", "activities", "answers", "prospect_tags"}
)  # fmt: skip
WIDE = 1000
SHOW_DELAY_MS = 40
"""A pair that is only passed by is not read."""


class DuplicatesPage(Page):
    """Searching, nothing found, or the pairs."""

    key = "duplicates"
    foot_height = HEIGHT

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.pairs: tuple[Pair, ...] | None = None
        """What was found; None until the first search has ended."""
        self._told: dict[tuple[str, int, int], Pair] = {}
        self._merging: Job | None = None
        self.looking = Looking(context, self)
        self.pane = PairPane(context, self.show_everything)
        self.partners = PartnerPane(context, self.leave)
        self.compare = ComparePane(context)
        self.foot = PairFoot(self.merge_all, self.tell_apart, self.merge)
        self._left = QStackedWidget()
        self._right = QStackedWidget()
        self._stack = QStackedWidget()
        self._other: QWidget | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SHOW_DELAY_MS)
        self._later.timeout.connect(self._show_pair)
        self._build()
        self.looking.due.connect(self._begin)
        self.looking.found.connect(self._on_found)
        self.looking.changed.connect(self._show_pairs)
        self.looking.stopped.connect(self._on_stopped)

    def _build(self) -> None:
        for pane in (self.pane, self.partners):
            self._left.addWidget(pane)
            pane.moved.connect(self._later.start)
            pane.opened.connect(self.merge)
            pane.into.connect(self.compare.lines.setFocus)
        self.compare.opened.connect(self.merge)
        self._right.addWidget(self.compare)
        self._right.addWidget(_nobody())
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._left)
        across.addWidget(self._right, 1)
        both = styled(QWidget(), variant="page")
        whole = QVBoxLayout(both)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(across, 1)
        whole.addWidget(self.foot)
        self._stack.addWidget(both)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    # Page

    def refresh(self, changes: Changes | None) -> None:
        """Look again, near what changed."""
        if changes is not None and not changes.topics & TOPICS:
            return
        if changes is None or changes.many or self.pairs is None or self.looking.is_due:
            self.looking.ask()
            return
        if changes.prospects:
            self.looking.bring_up_to_date(self.pairs, changes.prospects)
        elif "told_apart" in changes.topics:  # taken back: what was told apart here may be a pair again
            self.looking.bring_up_to_date((*self.pairs, *self._told.values()), ())
        self._show_pair()

    def arrive(self, **args: object) -> None:
        """prospect: ask for its partner; change_set: what an import brought; nothing: everything."""
        prospect, change_set = args.get("prospect"), args.get("change_set")
        if isinstance(prospect, int):
            self._show_instead(None)
            self.partners.show_customer(prospect)
            self._left.setCurrentWidget(self.partners)
            self.partners.search.setFocus()
            self._show_pair()
        else:
            self._left.setCurrentWidget(self.pane)
            if change_set != self.looking.change_set:
                self.looking.change_set = change_set if isinstance(change_set, int) else None
                self.looking.ask()
            elif self.pairs is not None:
                self._show_pairs(self.pairs)

    def focus_first(self) -> None:
        """The keyboard begins in the list."""
        (self.pane.view if self._left.currentWidget() is self.pane else self.partners.search).setFocus()

    @property
    def _is_choosing(self) -> bool:
        return self._left.currentWidget() is self.partners

    # Looking

    @Slot()
    def _begin(self) -> None:
        if self._is_choosing:
            self.pairs = None  # looked for when they are wanted
            return
        if self.pairs is None:
            words = _("そのあいだも、ほかの画面はいつものように使えます。")
            self._show_instead(EmptyState(self.context.theme, "search", _("かさなりをさがしています"), words))
        self.pane.everything.setVisible(self.looking.change_set is not None)
        self.looking.begin()

    def show_everything(self) -> None:
        """Every pair of the contact book, not only what an import brought."""
        self.looking.change_set = None
        self.looking.ask()

    def leave(self) -> None:
        """From choosing a partner back to the pairs."""
        self._left.setCurrentWidget(self.pane)
        if self.pairs is None:
            self.looking.ask()
        else:
            self._show_pairs(self.pairs)
        self.pane.view.setFocus()

    @Slot(object)
    def _on_found(self, pairs: tuple[Pair, ...]) -> None:
        self._told.clear()
        self._show_pairs(pairs)

    @Slot()
    def _on_stopped(self) -> None:
        """A search that was stopped can be begun again."""
        if self.pairs is None:
            again = (_("もう一度さがす"), self.looking.ask)
            words = _("見つけた組はまだありません。")
            self._show_instead(EmptyState(self.context.theme, "search", _("さがすのをやめました"), words, again))

    @Slot(object)
    def _show_pairs(self, pairs: tuple[Pair, ...]) -> None:
        self.pairs = pairs
        waiting = sum(pair.certainty != duplicates.CERTAINTIES[-1] for pair in pairs)
        if self.looking.change_set is None:
            self.context.set_badge(self.key, waiting)
        had_focus = self.isVisible() and self._other is not None
        if pairs or self._is_choosing:
            self._show_instead(None)
            self.pane.show_pairs(pairs)
            if had_focus and not self._is_choosing:
                self.pane.view.setFocus()
        else:
            self._show_nothing()

    def _show_nothing(self) -> None:
        words = _("同じ人や同じ会社が二つあると、ここにならびます。\n見くらべて一つにまとめ、いつでも取り消せます。")
        action = (_("名刺・連絡先を取り込む"), partial(self.context.navigate, "import"))
        if self.looking.change_set is not None:
            link = (_("顧客すべてのかさなりを見る"), self.show_everything)
        else:
            link = (_("もう一度さがす"), self.looking.ask)
        self._show_instead(EmptyState(self.context.theme, "copy", _("かさなりはありません"), words, action, link))

    def _show_instead(self, widget: QWidget | None) -> None:
        old, self._other = self._other, widget
        if widget is not None:
            self._stack.addWidget(widget)
        self._stack.setCurrentIndex(0 if widget is None else self._stack.count() - 1)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    # One pair

    @Slot()
    def _show_pair(self) -> None:
        """Show what is chosen at the left."""
        self._later.stop()
        try:
            pair = self._chosen()
            found = None if pair is None else comparing.compare(self.context.workspace, pair)
        except UserError:  # gone meanwhile: the list is about to be brought up to date
            found = None
        if found is None:
            self.compare.shown = None
            self._right.setCurrentIndex(1)
        else:
            same = self.compare.shown is not None and self.compare.shown.pair.key == found.pair.key
            self.compare.show_comparison(found, self.compare.model.choices if same else None)
            self._right.setCurrentIndex(0)
        self.foot.show_state(
            0 if self._is_choosing else len(self.pane.sure),
            are_people=found is None or found.pair.kind == "contact", is_open=found is not None,
            can_tell_apart=not self._is_choosing,
        )  # fmt: skip

    def _chosen(self) -> Pair | None:
        if not self._is_choosing:
            return self.pane.pair
        both = self.partners.customers
        return None if both is None else merging.pair_for(self.context.workspace, *both)

    def _settled(self) -> Pair | None:
        """The pair that is meant by a key: the one that is seen, also right after a move."""
        if self._later.isActive():
            self._show_pair()
        return None if self.compare.shown is None else self.compare.shown.pair

    @Slot()
    def merge(self) -> None:
        """Make one of the two."""
        pair = self._settled()
        if pair is None or self._other is not None:
            return
        choices = self.compare.model.choices
        action = partial(merging.merge, self.context.workspace, pair, choices)
        if self._is_choosing:
            self.context.run(action, self._after_choosing)
        else:
            self._drop(pair)
            self.context.run(action, failed=self._on_refused)

    def _after_choosing(self, changes: Changes) -> None:
        self._left.setCurrentWidget(self.pane)
        self.context.open_prospect(changes.created[0])

    @Slot()
    def tell_apart(self) -> None:
        """Remember that the two are not the same."""
        pair = self._settled()
        if pair is None or self._is_choosing or self._other is not None:
            return
        self._told[pair.key] = pair
        self._drop(pair)
        self.context.run(partial(duplicates.tell_apart, self.context.workspace, pair), failed=self._on_refused)

    def _drop(self, pair: Pair) -> None:
        """The next pair is shown at once; what else has changed is known when the change is written."""
        assert self.pairs is not None
        self.looking.forget()
        self._show_pairs(tuple(one for one in self.pairs if one.key != pair.key))

    def _on_refused(self, error: UserError) -> None:
        self.context.notify(str(error), kind="error")
        self.looking.ask()

    @Slot()
    def merge_all(self) -> None:
        """Merge every sure pair as one change."""
        sure = self.pane.sure
        if not sure or self._is_choosing or self.pairs is None:
            return
        action = partial(_merge_all, self.context.workspace, sure)
        self.foot.setEnabled(False)
        title = _("確かな組をまとめています")
        self._merging = self.context.run_long(title, action, self._after_all, failed=self._on_refused)
        self.context.jobs_changed.connect(self._free_foot)

    def _after_all(self, _changes: Changes) -> None:
        self.focus_first()

    @Slot()
    def _free_foot(self) -> None:
        """However it ended, the page can be used again."""
        if self._merging not in self.context.jobs:
            self.context.jobs_changed.disconnect(self._free_foot)
            self.foot.setEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: J and K for the pairs, X for not the same, Esc back. Enter merges from the lists."""
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_J, Qt.Key.Key_K}:
            self.pane.step(1 if key == Qt.Key.Key_J else -1)
        elif key == Qt.Key.Key_X:
            self.tell_apart()
        elif key == Qt.Key.Key_Escape:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def _go_back(self) -> None:
        if self._is_choosing:
            self.leave()
        elif self.compare.isAncestorOf(self.focusWidget() or self):
            self.pane.view.setFocus()
        else:
            self.context.navigate("customers")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a narrow window has a narrower list."""
        super().resizeEvent(event)
        width = WIDTH if self.width() >= WIDE else NARROW_WIDTH
        for pane in (self.pane, self.partners):
            pane.setFixedWidth(width)
        self._left.setFixedWidth(width)


def _nobody() -> QWidget:
    made = styled(QWidget(), variant="page")
    words = label(_("合わせる相手を、左でさがしてえらんでください"), "small")
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column = QVBoxLayout(made)
    column.addWidget(words)
    return made


def _merge_all(ws: Workspace, pairs: tuple[Pair, ...], progress: Progress) -> Changes:
    return merging.merge_all(ws, pairs, progress)
