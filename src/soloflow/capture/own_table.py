"""people.csv of SoloFlow's own export, read back to the letter."""

from collections import defaultdict
from datetime import date

from soloflow.capture.cells import Cells, Flaw, column_key
from soloflow.domain.candidates import Candidate, Phone
from soloflow.i18n import _

OWN_SIGNS = ("prospect_id", "customer", "standing", "stage", "name", "emails", "phones")
SEVERAL = " ::: "


def own_person(cells: Cells, flaw: Flaw) -> Candidate:
    """One contact as it was written out: nothing is tidied, so that nothing changes on the way back."""
    texts = defaultdict(str, {column_key(heading): cell for heading, cell in cells.columns})
    alone = texts["is_person"] == "1" if "is_person" in cells else texts["customer"] == texts["name"]
    nobody = not any(texts[column] for column in ("name", "kana", "emails", "phones"))
    return Candidate(
        line=cells.line,
        name=texts["customer"] if alone and nobody else texts["name"],
        family=texts["family"],
        given=texts["given"],
        kana=texts["kana"],
        company="" if alone else texts["customer"],
        department=texts["department"],
        title=texts["title"],
        emails=_values(texts["emails"]),
        phones=_phones(texts["phones"], texts["phone_kinds"]),
        urls=_values(texts["urls"]),
        address=texts["address"],
        note=texts["note"],
        tags=_values(texts["tags"]),
        met_on=_days(texts["met_on"], flaw),
    )


def _values(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(SEVERAL)) if cell else ()


def _phones(cell: str, kinds: str) -> tuple[Phone, ...]:
    """The numbers with their kinds; without kinds where somebody has taken one of the two lists apart."""
    numbers, known = _values(cell), tuple(kinds.split(SEVERAL))
    if len(numbers) != len(known):
        known = ("other",) * len(numbers)
    return tuple(Phone(number, kind) for number, kind in zip(numbers, known, strict=True))


def _days(cell: str, flaw: Flaw) -> tuple[date, ...]:
    found = []
    for text in _values(cell):
        try:
            found.append(date.fromisoformat(text))
        except ValueError:
            flaw("met_on", _("「{value}」は日付として読めません。").format(value=text))
    return tuple(found)
