"""What a row of the preview says: which cell shows which change, what is asked, and what no cell can show."""

from datetime import date

from soloflow.i18n import N_, _, listed
from soloflow.services import importing, wording
from soloflow.services.import_items import FieldChange, Item
from soloflow.services.import_words import change_sentence, objections
from soloflow.services.workspace import Workspace
from soloflow.ui import tokens

FIELDS = ("name", "company", "post", "email", "phone", "met_on")
HEADS = (
    "", N_("判定"), N_("名前"), N_("会社"), N_("部署・役職"), N_("メール"), N_("電話"), N_("名刺交換日"), N_("集客に入れる"),
)  # fmt: skip
_OF_CELL = {
    "name": ("name",), "company": ("company",), "post": ("department", "title"), "email": ("emails",), "phone": ("phones",),
    "met_on": ("met_on",),
}  # fmt: skip
_ADDED = frozenset({"email", "phone", "met_on"})
"""Cells that show one of several values; the others are said in words."""


def changes_in(item: Item, cell: str) -> tuple[FieldChange, ...]:
    """The changes that a cell shows: department and title stand in one; of several mails the first."""
    if item.is_new or not item.offered:
        return ()
    found = tuple(change for change in item.offered if change.field in _OF_CELL[cell])
    return found[:1] if cell in _ADDED else found


def shown_changes(item: Item) -> dict[str, tuple[FieldChange, ...]]:
    """By cell, what changes in it. A day alone is no reason for a row of two lines: it is said in words."""
    if item.is_new or not item.offered:
        return {}
    found = {cell: changes for cell in FIELDS if (changes := changes_in(item, cell))}
    return {} if set(found) == {"met_on"} else found


def unseen(item: Item) -> tuple[FieldChange, ...]:
    """The changes that no cell shows: an address, a second number, and a day where it is all that is new."""
    if item.is_new or not item.offered:
        return ()
    shown = {change for changes in shown_changes(item).values() for change in changes}
    return tuple(change for change in item.offered if change not in shown)


def has_two_lines(item: Item) -> bool:
    """Whether old and new stand above each other."""
    return bool(shown_changes(item))


def has_remark(item: Item) -> bool:
    """Whether something is asked under the row, or something changes that no cell shows."""
    is_declined = bool(item.against) and not item.is_new
    return item.verdict == "ask" or bool(item.open_problems or item.could_join or is_declined or unseen(item))


ROW_HEIGHT = tokens.SIZES["row_import"]
TALL = tokens.SIZES["row_update"]
REMARK = 24


def height_of(item: Item) -> int:
    """The height of a row: 34, 48 with old and new above each other, and 24 more with a remark."""
    return (TALL if has_two_lines(item) else ROW_HEIGHT) + (REMARK if has_remark(item) else 0)


def bad_cells(item: Item) -> set[str]:
    """The cells of which a problem speaks."""
    found = {importing.problem_field(problem) for problem in item.open_problems}
    return {"post" if cell in ("department", "title") else cell for cell in found}


def is_asked(item: Item) -> bool:
    """Whether a row asks who this is."""
    return item.match is not None and item.verdict == "ask"


def cell_text(ws: Workspace, item: Item, cell: str) -> str:
    """What a cell shows."""
    person = item.person
    if cell == "post":
        return " ".join(part for part in (person.department, person.title) if part)
    if cell == "email":
        return person.emails[0] if person.emails else ""
    if cell == "phone":
        return person.phones[0].number if person.phones else ""
    if cell == "met_on":
        return wording.day(ws, max(person.met_on)) if person.met_on else ""
    return person.name if cell == "name" else person.company


def before_and_after(ws: Workspace, changes: tuple[FieldChange, ...]) -> tuple[str, str]:
    """(old, new) of the changes of one cell; old "" means that it is added."""
    old = " ".join(change.old for change in changes if change.old)
    new = " ".join(spoken(ws, change).new for change in changes)
    return old, new


def spoken(ws: Workspace, change: FieldChange) -> FieldChange:
    """A change with its days as they are written everywhere."""
    if change.field != "met_on":
        return change
    return FieldChange(change.field, change.old, wording.day(ws, date.fromisoformat(change.new)))


def news(ws: Workspace, change: FieldChange) -> str:
    """「名刺交換日 11/20(金) を追加」."""
    return change_sentence(spoken(ws, change))


def remark(item: Item) -> str:
    """What is asked about a person, in one line."""
    said = [problem.message for problem in item.open_problems[:2]]
    if item.match is not None and is_asked(item) and not (item.is_known and item.match.kind == "sure"):
        who = _("{company}の{name}さん") if item.known_at else _("{name}さん")
        known = who.format(company=item.known_at, name=item.match.name)
        sentence = _("{known}と同じ名前です。") if item.match.name == item.person.name else _("{known}かもしれません。")
        said.append(sentence.format(known=known))
    if item.could_join:
        said.append(_("{company}は、すでに顧客です。").format(company=item.could_join))
    return " ".join((*said, *objections(item)))


def all_changes(ws: Workspace, item: Item) -> str:
    """Every change on a line of its own, for the tooltip."""
    return "\n".join(listed([news(ws, change)]) for change in item.changes) if not item.is_new else ""
