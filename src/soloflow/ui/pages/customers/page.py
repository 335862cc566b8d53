"""The page: list and detail side by side, and what both need of each other.

``arrive(prospect=12)`` shows one customer, ``arrive(ids=[…], title="…")`` those behind a mark of a chart,
``arrive(view="quiet")`` a view by its key, and ``arrive(standing=, stages=, channels=, tags=, text=, …, order=)`` a filtered
list (the fields of `Filter`).
"""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QStackedWidget, QWidget

from soloflow.i18n import _
from soloflow.services import bulk, customers, process, prospects, views
from soloflow.services.changes import Changes
from soloflow.services.customers import Filter
from soloflow.ui.context import Context
from soloflow.ui.many import run_many
from soloflow.ui.page import Page
from soloflow.ui.pages.customers.bulk import Bulk
from soloflow.ui.pages.customers.detail import Detail
from soloflow.ui.pages.customers.erase_dialog import EraseDialog
from soloflow.ui.pages.customers.list_pane import ListPane
from soloflow.ui.pages.customers.nobody import nobody_chosen, nobody_known
from soloflow.ui.widgets.move_panels import LosePanel, MovePanel, RecyclePanel

SHOW_DELAY_MS = 30
"""Walking through the list with a held key shows only where it rests."""
TOPICS = frozenset(
    {
        "*", "prospects", "contacts", "contact_points", "stage_transitions", "activities", "follow_ups", "deals", "answers",
        "prospect_tags", "tags", "criteria_met", "channels", "sources", "playbook_entries", "lost_reasons", "saved_views",
        "meetups", "imports",
    }
)  # fmt: skip


class CustomersPage(Page):
    """顧客."""

    key = "customers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.list = ListPane(context)
        self.detail = Detail(context)
        self.bulk = Bulk(context)
        self._beside = QStackedWidget()
        self._nobody = nobody_chosen(context)
        for part in (self.detail, self.bulk, self._nobody):
            self._beside.addWidget(part)
        both = QWidget()
        across = QHBoxLayout(both)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.list)
        across.addWidget(self._beside, 1)
        self._whole = QStackedWidget(self)
        self._whole.addWidget(both)
        self._whole.addWidget(nobody_known(context))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)
        self._show_later = QTimer(self)
        self._show_later.setSingleShot(True)
        self._show_later.setInterval(SHOW_DELAY_MS)
        self._show_later.timeout.connect(self._show_chosen)
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.turned.connect(self._choose_first)
        self.list.opened.connect(self._on_opened)
        self.list.stage_wanted.connect(self._on_stage_by_key)
        self.list.leave_wanted.connect(self._on_leave_by_key)
        self.detail.asked.connect(self._on_asked)
        self.detail.stage_wanted.connect(self._on_stage)
        self.detail.move_wanted.connect(self._on_move)
        self.bulk.asked.connect(self._on_bulk)
        self.bulk.left.connect(self._on_bulk_left)

    # Page

    def refresh(self, changes: Changes | None) -> None:
        """Read again what changed."""
        if changes is not None and not changes.topics & TOPICS:
            return
        self.list.refresh(changes)
        self._show_emptiness()
        if self._beside.currentWidget() is self.bulk:
            self._show_chosen()
        shown = self.detail.prospect
        is_concerned = changes is None or changes.many or not changes.prospects or shown in changes.prospects
        if shown is None or (is_concerned and not self.detail.show_prospect(shown)):
            self._choose_first()

    def arrive(self, **args: object) -> None:
        """Show what the caller came for; see the module."""
        prospect, ids = args.pop("prospect", None), args.pop("ids", None)
        title, order = str(args.pop("title", "")), args.pop("order", None)
        if isinstance(order, str):
            self.list.order = order
        view = args.pop("view", None)
        if isinstance(prospect, int):
            self._open(prospect)
        elif isinstance(view, str):
            self._show_view(view)
        elif isinstance(ids, Iterable):
            self.list.show_filter(Filter(ids=frozenset(ids)), title)
            self._choose_first()
        elif args:
            self.list.show_filter(Filter(**args))  # type: ignore[arg-type]
            self._choose_first()

    def _show_view(self, key: str) -> None:
        found = next((one for one in views.every(self.context.workspace) if one.key == key), None)
        if found is not None:
            self.list.show_view(found)
            self._choose_first()

    def focus_first(self) -> None:
        """The keyboard begins in the list."""
        self.list.view.setFocus()

    def _open(self, prospect: int) -> None:
        if self.list.show_prospect(prospect):
            self._show_chosen()
        else:
            self.context.notify(_("この顧客はもうありません。取り消すと戻る場合があります。"))

    @Slot()
    def _choose_first(self) -> None:
        """What is beside the list is of the list: its first row, or nobody."""
        first = self.list.model.id_at(0)
        if first is None:
            self.detail.save_typing()
            self.detail.prospect = None
            self._show_chosen()
        elif not self.list.chosen_ids():
            self.list.show_prospect(first)
            self._show_chosen()

    def _show_emptiness(self) -> None:
        if self.list.model.rowCount() or self.list.wanted != Filter(standing="active"):
            self._whole.setCurrentIndex(0)
            return
        counts = customers.counts(self.context.workspace, Filter())
        self._whole.setCurrentIndex(0 if any(counts.values()) else 1)
        if counts["book"] and not counts["active"] and not self.detail.prospect:
            others = max(counts, key=counts.__getitem__)
            self.list.show_filter(Filter(standing=others))

    # What is beside the list

    @Slot(object)
    def _on_chosen(self, _ids: tuple[int, ...]) -> None:
        self._show_later.start()

    @Slot()
    def _show_chosen(self) -> None:
        self._show_later.stop()
        ids = self.list.chosen_ids()
        if len(ids) > 1:
            self.detail.save_typing()
            self.bulk.show_ids(ids)
            self._beside.setCurrentWidget(self.bulk)
            return
        shown = ids[0] if ids else self.detail.prospect
        if shown is not None and self.detail.show_prospect(shown):
            self._beside.setCurrentWidget(self.detail)
        else:
            self._beside.setCurrentWidget(self._nobody)

    @Slot(int)
    def _on_opened(self, _prospect: int) -> None:
        self._show_chosen()
        self.detail.focus_first()

    # Moving

    @Slot(int)
    def _on_stage_by_key(self, stage: int) -> None:
        """One customer moves at once; several, which a key pressed by mistake would move too, only after Enter."""
        ids = self.list.chosen_ids()
        if len(ids) == 1:
            self._move(ids[0], stage)
            return
        viewport, index = self.list.row_place()
        MovePanel(self.context, ids, viewport, self.list.view.visualRect(index), stage=stage).open()

    @Slot(int)
    def _on_stage(self, stage: int) -> None:
        if self.detail.prospect is not None:
            self._move(self.detail.prospect, stage)

    def _move(self, prospect: int, stage: int) -> None:
        self.context.run(partial(process.move, self.context.workspace, (prospect,), stage))

    @Slot()
    def _on_move(self) -> None:
        if self.detail.prospect is not None:
            MovePanel(self.context, (self.detail.prospect,), *self.detail.next_step.move_rect()).open()

    @Slot(str)
    def _on_leave_by_key(self, what: str) -> None:
        viewport, index = self.list.row_place()
        self._leave(what, self.list.chosen_ids(), viewport, self.list.view.visualRect(index))

    @Slot(str)
    def _on_asked(self, what: str) -> None:
        if self.detail.prospect is None:
            return
        if what == "erase":
            self._ask_erase(self.detail.prospect)
        elif what == "merge":
            self.context.navigate("duplicates", prospect=self.detail.prospect)
        else:
            more = self.detail.header.more
            self._leave(what, (self.detail.prospect,), more, more.rect())

    @Slot(str)
    def _on_bulk(self, what: str) -> None:
        self._leave(what, self.list.chosen_ids(), *self.bulk.anchor(what))

    def _leave(self, what: str, ids: tuple[int, ...], anchor: QWidget, rect: QRect) -> None:
        ws = self.context.workspace
        if what == "remove" and len(ids) == 1:
            self.context.run(partial(prospects.remove, ws, ids))
        elif what == "remove":
            run_many(self.context, len(ids), _("削除しています"), partial(bulk.remove, ws, ids))
        else:
            panel = {"lose": LosePanel, "recycle": RecyclePanel, "move": MovePanel}[what]
            panel(self.context, ids, anchor, rect).open()

    @Slot()
    def _on_bulk_left(self) -> None:
        index = self.list.view.currentIndex()
        self.list.view.setCurrentIndex(index)
        self.list.view.setFocus()

    # Erasing

    def _ask_erase(self, prospect: int) -> None:
        rows = customers.rows(self.context.workspace, (prospect,))
        name = rows[0].name if rows else ""
        if rows and rows[0].contact_name == name:  # somebody on their own
            name = _("{name}さん").format(name=name)
        dialog = EraseDialog(name, self.window())
        dialog.finished.connect(partial(self._on_erase_answer, prospect))
        dialog.open()

    def _on_erase_answer(self, prospect: int, answer: int) -> None:
        if answer == QDialog.DialogCode.Accepted:
            self.context.run(partial(prospects.erase, self.context.workspace, prospect))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc goes from the detail back to the list, and from several customers back to one."""
        field = QApplication.focusWidget()
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif len(self.list.chosen_ids()) > 1:
            self._on_bulk_left()
        elif field is not None and self._beside.isAncestorOf(field):
            self.list.view.setFocus()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: object) -> None:
        """Qt: another page comes; what is being typed is saved."""
        self.detail.save_typing()
        super().hideEvent(event)  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a narrow window has a narrower list."""
        super().resizeEvent(event)
        self.list.fit(self.width())
