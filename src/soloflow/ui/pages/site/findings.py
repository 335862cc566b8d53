"""What the check found, by field, together with what cannot be kept and what is worth adding."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from soloflow.services.site_advice import Remark, remarks
from soloflow.ui.pages.site.editors import Editor
from soloflow.ui.pages.site.form import FieldsForm, ListEditor

if TYPE_CHECKING:
    from soloflow.services.site import Finding
    from soloflow.services.voices import Voice


class Findings:
    """The result of the last check."""

    def __init__(self) -> None:
        self._by_path: dict[str, list[Finding]] = {}

    def take(self, findings: Iterable["Finding"], document: Mapping[str, Any]) -> None:
        """Keep these; a section in which nothing is written yet is left in peace."""
        self._by_path = {}
        for finding in findings:
            if _says_something(document[finding.section]):
                self._by_path.setdefault(f"{finding.section}.{finding.field}", []).append(finding)

    def forget(self, path: str) -> None:
        """The field is another one now."""
        self._by_path.pop(path, None)

    def show_in(self, form: FieldsForm, faults: Mapping[str, str], voices: Sequence["Voice"]) -> None:
        """Write the remarks under the fields of a form, and mark the items that need mending."""
        bad = [path for path, found in self._by_path.items() if any(each.severity != "hint" for each in found)]
        bad += faults
        for path, editor in form.editors():
            if isinstance(editor, ListEditor):
                editor.mark(path, bad)
            editor.remarks.show_remarks(self._remarks_at(path, editor, faults, voices))

    def _remarks_at(
        self, path: str, editor: Editor, faults: Mapping[str, str], voices: Sequence["Voice"]
    ) -> list[Remark]:
        made = [Remark("fault", faults[path])] if path in faults else []
        for place, found in self._by_path.items():
            of_item = isinstance(editor, ListEditor) and place.startswith(f"{path}[") and place.endswith("]")
            if place == path or of_item:
                made += [Remark("fault" if each.severity == "error" else "add", each.message) for each in found]
        value = editor.value()
        if isinstance(value, str):
            made += remarks(path, value, voices)
        return list(dict.fromkeys(made))


def _says_something(value: Any) -> bool:
    """Whether a section has a text of the user's; choices that are always set do not count."""
    if isinstance(value, str):
        return value not in {"", "ja", "hidden"}
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_says_something(each) for each in inside)
