"""CSV text → rows that know their line, so that one broken row costs only itself."""

import csv
import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, overload

DELIMITERS = (",", ";", "\t")
MOST_LINES = 200
"""A cell with more line breaks than this is an unclosed quotation mark."""
MOST_COLUMNS = 1_000
"""Cells further right are no address book: Google has about 200, Outlook 90."""
LONGEST_RECORD = 2_000_000
"""Characters; a line of a hundred million commas would become as many cells."""
LONGEST_PLAIN = 100_000
"""Characters of a line that is taken apart without the csv module, which refuses cells beyond 131,072."""


Watch = Callable[[int], None]
"""Is told now and then how many rows are read; may raise to end the reading."""


WATCH_EVERY = 500
"""Rows between two times that the watch is told."""


def unwatched(_rows: int) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one record. `line` is its first physical line (1-based); a broken record has no cells."""

    line: int
    cells: tuple[str, ...]
    broken: bool = False


class Grid(Protocol):
    """The table of a file, whatever kind of file it is; it can be gone through more than once."""

    @property
    def encoding(self) -> str:
        """As found or chosen; "xlsx" for a workbook."""

    @property
    def delimiter(self) -> str:
        """What stands between two cells; "" in a workbook."""

    @property
    def sheet(self) -> str:
        """The sheet of a workbook; "" for text."""

    @property
    def sheets(self) -> tuple[str, ...]:
        """Every sheet that could be read instead."""

    @property
    def damaged(self) -> tuple[int, ...]:
        """Lines (1-based) with bytes that had to be replaced."""

    def rows(self, start: int = 1, width: int | None = None, most_lines: int = MOST_LINES, /) -> Iterator[Row]:
        """The rows from line `start` (1-based) on; blank ones are left out."""

    def top(self, most: int) -> list[Row]:
        """The rows among which a header is looked for."""


class _Lines:
    """The lines of one record as the csv module asks for them; remembers whether it asked for too many."""

    def __init__(self, lines: Sequence[str], start: int, most: int) -> None:
        self.lines, self.next, self.ran_out, self.left = lines, start, False, LONGEST_RECORD
        self.end = min(len(lines), start + most)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.lines[self.next] if self.next < self.end else ""
        self.left -= len(line)
        if not line or self.left < 0:
            self.ran_out = True
            raise StopIteration
        self.next += 1
        return line


def _record(
    lines: Sequence[str], start: int, delimiter: str, most: int, *, strict: bool
) -> tuple[list[str] | None, int]:
    source = _Lines(lines, start, most)
    try:
        cells = next(csv.reader(source, delimiter=delimiter, strict=strict))
    except (csv.Error, StopIteration):
        return None, source.next
    return (None if source.ran_out else cells), source.next


def _one_line(line: str, delimiter: str) -> list[str] | None:
    """The cells of a record that ends with its line, as nearly all do; None for others."""
    if '"' not in line and len(line) < LONGEST_PLAIN:
        return line.rstrip("\r\n").split(delimiter)
    if len(line) > LONGEST_RECORD:
        return None
    try:
        return next(csv.reader((line,), delimiter=delimiter, strict=True), None)
    except csv.Error:
        return None


def rows(
    lines: Sequence[str], delimiter: str, start: int = 0, width: int | None = None, most_lines: int = MOST_LINES
) -> Iterator[Row]:
    """The records from line index `start` on; blank lines are left out.

    A record whose quotation marks do not fit is given as broken, and reading goes on with the line after its first.
    """
    position, end = start, len(lines)
    while position < end:
        cells = _one_line(lines[position], delimiter)
        after = position + 1
        if cells is None:
            cells, after = _long_record(lines, position, delimiter, width, most_lines)
        if cells is None:
            yield Row(position + 1, (), broken=True)
        elif any(map(str.strip, cells)):
            yield Row(position + 1, tuple(cells[:MOST_COLUMNS]))
        position = after


def _long_record(
    lines: Sequence[str], position: int, delimiter: str, width: int | None, most_lines: int
) -> tuple[list[str] | None, int]:
    """The cells of a record of several lines, and the index of the line after it; None where its marks do not fit."""
    cells, after = _record(lines, position, delimiter, most_lines, strict=True)
    too_wide = cells is not None and width is not None and after > position + 1 and len(cells) > width
    if cells is None or too_wide:
        after = position + 1
        cells, _after = _record(lines[position:after], 0, delimiter, most_lines, strict=False)
        if cells is not None and width is not None and len(cells) != width:
            cells = None
    return cells, after


_LINE_END = re.compile(r"\r\n?|\n")


class Lines(Sequence[str]):
    r"""The physical lines of a text with their ends, cut when they are asked for; only \r, \n and \r\n end a line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = array("Q", (found.end() for found in _LINE_END.finditer(text)))
        if (self._ends[-1] if self._ends else 0) < len(text):
            self._ends.append(len(text))

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        return self._text[self._ends[index - 1] if index else 0 : self._ends[index]]


def lines_of(text: str) -> Lines:
    r"""Physical lines with their ends; only \r, \n and \r\n end a line."""
    return Lines(text)


def first_rows(lines: Sequence[str], delimiter: str, most: int) -> list[Row]:
    """The rows among which a header is looked for."""
    return list(islice((row for row in rows(lines[: most * 5], delimiter) if not row.broken), most))


@dataclass(frozen=True, slots=True)
class TextGrid:
    """The table of a text: its physical lines and what separates their cells."""

    lines: Sequence[str]
    delimiter: str
    encoding: str
    damaged: tuple[int, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def rows(self, start: int = 1, width: int | None = None, most_lines: int = MOST_LINES) -> Iterator[Row]:
        """The rows from line `start` (1-based) on; blank ones are left out."""
        return rows(self.lines, self.delimiter, start - 1, width, most_lines)

    def top(self, most: int) -> list[Row]:
        """The rows among which a header is looked for."""
        return first_rows(self.lines, self.delimiter, most)
