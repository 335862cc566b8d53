"""What is being written: kept 600 ms after the last key, when a field is left, and before anything is built.

What cannot be kept (a date that is none) stays in its field with the reason below it; everything else is saved.
"""

from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from soloflow.domain.errors import UserError
from soloflow.services import site
from soloflow.ui.context import Context
from soloflow.ui.pages.site.description import put, value_at
from soloflow.ui.pages.site.editors import InputEditor, same
from soloflow.ui.pages.site.form import FieldsForm

if TYPE_CHECKING:
    from soloflow.services.changes import Changes
    from soloflow.services.workspace import Workspace

SAVE_AFTER_MS = 600
REFUSED = "site_refused"
"""Texts that cannot be kept, by path: held with the window while the page is built anew."""


class Draft(QObject):
    """The open forms and the words last kept."""

    saved = Signal()
    refused = Signal(object)
    """A UserError: nothing was written, everything stands in the form."""
    faults_changed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self.document: dict[str, Any] = {}
        """Every section as it was last kept."""
        self.forms: dict[str, FieldsForm] = {}
        self.faults: dict[str, str] = {}
        """Why a text cannot be kept, by whole path."""
        self._touched: set[str] = set()
        self._saving = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SAVE_AFTER_MS)
        self._later.timeout.connect(self.flush)

    @property
    def is_waiting(self) -> bool:
        """Whether something typed is not in the store yet."""
        return bool(self._touched or self._saving)

    def take(self, document: dict[str, Any]) -> None:
        """Show what is kept; forms in which somebody writes right now stay as they are."""
        self.document = document
        if self._saving:
            return
        for key, form in self.forms.items():
            if key not in self._touched:
                form.fill(document)

    def add_form(self, key: str, form: FieldsForm) -> None:
        """A form that is seen first: with what is kept, and with what an earlier page could not keep."""
        self.forms[key] = form
        document = deepcopy(self.document)
        refused = [path for path in self._refused() if path.partition(".")[0] in self._sections_of(form)]
        for path in refused:
            with suppress(LookupError):
                put(document, path, self._refused()[path])
        form.fill(document)
        if refused:
            self.touch(key)

    def _refused(self) -> dict[str, Any]:
        return dict(self.context.property(REFUSED) or {})

    @staticmethod
    def _sections_of(form: FieldsForm) -> set[str]:
        return {path.partition(".")[0] for path, _editor in form.editors()}

    def touch(self, key: str) -> None:
        """Something was typed into a form."""
        self._touched.add(key)
        self._later.start()

    def current(self) -> dict[str, Any]:
        """The words with everything typed."""
        document = deepcopy(self.document)
        for key in self._touched:
            self.forms[key].collect(document)
        return document

    @Slot()
    def flush(self, label: str = "") -> None:
        """Keep what was typed; with a label the user is told, and offered to take it back."""
        self._later.stop()
        if not self._touched:
            return
        document = self.current()
        self._find_faults(document)
        self._touched.clear()
        bodies = {key: body for key, body in document.items() if not same(body, self.document[key])}
        if not bodies:
            self.saved.emit()
            return
        self.document = document
        self._saving += 1
        if label:
            self.context.run(
                partial(_save_loud, self.context.workspace, bodies, label), self._saved, failed=self._failed
            )
        else:
            self.context.run(partial(_save, self.context.workspace, bodies), self._saved, failed=self._failed)

    def _find_faults(self, document: dict[str, Any]) -> None:
        """Note what cannot be kept, and put what is kept in its place."""
        before = self.faults
        self.faults = {
            f"{section}.{path}": sentence
            for section, body in document.items()
            for path, sentence in site.faults(section, body).items()
        }
        for form in self.forms.values():
            for path, editor in form.editors():
                if isinstance(editor, InputEditor):
                    editor.set_fault(self.faults.get(path, ""))
        self._hold_refused(document)
        for path in self.faults:
            put(document, path, _kept(self.document, path))
        if self.faults != before:
            self.faults_changed.emit()

    def _hold_refused(self, document: Mapping[str, Any]) -> None:
        seen = {section for form in self.forms.values() for section in self._sections_of(form)}
        held = {path: text for path, text in self._refused().items() if path.partition(".")[0] not in seen}
        self.context.setProperty(REFUSED, held | {path: value_at(document, path) for path in self.faults})

    def _saved(self, result: object) -> None:
        self._saving -= 1
        if isinstance(result, _Quiet):
            self.context.announce(result.changes, quietly=True)
        elif not self._saving:
            self.take(self.document)
        self.saved.emit()

    def _failed(self, error: UserError) -> None:
        self._saving -= 1
        self._touched |= self.forms.keys()
        self.refused.emit(error)


class _Quiet:
    """Changes that need no notice: 保存ずみ beside the form says enough."""

    __slots__ = ("changes",)

    def __init__(self, changes: "Changes") -> None:
        self.changes = changes


def _kept(document: Mapping[str, Any], path: str) -> Any:
    try:
        return value_at(document, path)
    except LookupError:
        return ""


def _save(ws: "Workspace", bodies: Mapping[str, Mapping[str, Any]]) -> _Quiet:
    return _Quiet(site.save_sections(ws, bodies))


def _save_loud(ws: "Workspace", bodies: Mapping[str, Mapping[str, Any]], label: str) -> "Changes":
    return site.save_sections(ws, bodies, label)
