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

    `columns` are all (heading, cell) of the row as they stand in the file, in its order.
    """

    def __init__(self, keys: Sequence[str], cells: Sequence[str], headings: Sequence[str] = ()) -> None:
        self.columns = tuple(zip(headings or keys, cells, strict=False))
        self._cells: dict[str, str] = {}
        for key, cell in zip(keys, cells, strict=False):
            if not self._cells.get(key):
                self._cells[key] = cell.strip()

    def __getitem__(self, column: str) -> str:
        return self._cells.get(column_key(column), "")

    def __contains__(self, column: object) -> bool:
        return isinstance(column, str) and column_key(column) in self._cells

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def first(self, *columns: str) -> str:
        """The first of these columns that says something."""
        return next((cell for column in columns if (cell := self[column])), "")


@lru_cache(maxsize=1024)
def column_key(column: str) -> str:
    """A column name for comparing: E-mail = e-mail, Ｆａｘ = FAX, 電子メール アドレス = 電子メールアドレス."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", column)).casefold()


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
        for mail in mails(cells[column]):
            found.append(mail)
            if not mail_key(mail):
                flaw(column, _("「{value}」はメールアドレスの形ではありません。").format(value=mail))
    return tuple(dict.fromkeys(found))


def days(cells: Cells, column: str, flaw: Flaw) -> tuple[date, ...]:
    """The day of a column; what is no date is reported."""
    met = day(cells[column])
    if cells[column] and not met:
        flaw(column, _("「{value}」は日付として読めません。").format(value=cells[column]))
    return (met,) if met else ()
