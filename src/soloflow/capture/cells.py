"""One row of a table by the names of its columns, and what makes a shape of table known."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from soloflow.capture.fields import day, mails
from soloflow.domain.candidates import Candidate
from soloflow.domain.text import mail_key
from soloflow.i18n import _

Flaw = Callable[[str, str], None]
"""Reports a cell that needs a look: its column as the program calls it, and what is the matter."""


class Cells(Mapping[str, str]):
    """One row by column, whatever the width and case of the column names; a missing column is empty.

    `line` is its first line in the file.
    """

    def __init__(
        self, keys: tuple[str, ...], cells: Sequence[str], headings: Sequence[str] = (), line: int = 0
    ) -> None:
        self.line = line
        self.cells = cells
        self._headings = headings or keys
        self.keys_of_table = keys
        self._places = _places(keys)

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Every (heading, cell) of the row as it stands in the file, in its order."""
        return tuple(zip(self._headings, self.cells, strict=False))

    def __getitem__(self, column: str) -> str:
        places = self._places.get(column)
        if places is None:
            places = self._places.get(column_key(column), ())
        for place in places:
            if place < len(self.cells) and (cell := self.cells[place].strip()):
                return cell
        return ""

    def __contains__(self, column: object) -> bool:
        places = self._places.get(column_key(column)) if isinstance(column, str) else None
        return places is not None and places[0] < len(self.cells)

    def __iter__(self) -> Iterator[str]:
        return (key for key, places in self._places.items() if places[0] < len(self.cells))

    def __len__(self) -> int:
        return sum(1 for _key in self)

    def first(self, *columns: str) -> str:
        """The first of these columns that says something."""
        return next((cell for column in columns if (cell := self[column])), "")


@lru_cache(maxsize=1024)
def column_key(column: str) -> str:
    """A column name for comparing: E-mail = e-mail, Ｆａｘ = FAX, 電子メール アドレス = 電子メールアドレス."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", column)).casefold()


@lru_cache(maxsize=64)
def _places(keys: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Where each column stands; several of one name are asked one after the other."""
    found: dict[str, tuple[int, ...]] = {}
    for place, key in enumerate(keys):
        found[key] = (*found.get(key, ()), place)
    return found


@dataclass(frozen=True, slots=True)
class Dialect:
    """A shape of table: known when all `signs` are columns of it, and each of `patterns` fits the key of one.

    Of rows that are surely one person one is made, except in a table of our own, which is read back as it was.
    """

    kind: str
    signs: tuple[str, ...]
    read: Callable[[Cells, Flaw], Candidate]
    patterns: tuple[str, ...] = ()
    is_own: bool = False

    def fits(self, keys: Sequence[str]) -> bool:
        """Whether a header, given by its column keys, is of this shape."""
        return {column_key(sign) for sign in self.signs} <= set(keys) and all(
            any(re.fullmatch(pattern, key) for key in keys) for pattern in self.patterns
        )


def addresses(cells: Cells, columns: Sequence[str], flaw: Flaw) -> tuple[str, ...]:
    """The mails of some columns, each once; what is no address is kept and reported."""
    found = []
    for column in columns:
        cell = cells[column]
        for mail in mails(cell) if cell else ():
            found.append(mail)
            if not mail_key(mail):
                flaw(column, _("「{value}」はメールアドレスの形ではありません。").format(value=mail))
    return tuple(dict.fromkeys(found))


def days(cells: Cells, column: str, flaw: Flaw) -> tuple[date, ...]:
    """The day of a column; what is no date is reported."""
    cell = cells[column]
    met = day(cell) if cell else None
    if cell and not met:
        flaw(column, _("「{value}」は日付として読めません。").format(value=cell))
    return on(met) if met else ()


@lru_cache(maxsize=4096)
def on(met: date) -> tuple[date, ...]:
    """One day, as a candidate keeps it; many people share it."""
    return (met,)
