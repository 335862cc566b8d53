"""CSV text → rows that know their line, so that one broken row costs only itself."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

DELIMITERS = (",", ";", "\t")
MOST_LINES = 200
"""A cell with more line breaks than this is an unclosed quotation mark."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one record. `line` is its first physical line (1-based); a broken record has no cells."""

    line: int
    cells: tuple[str, ...]
    broken: bool = False


class _Lines:
    """The lines of one record as the csv module asks for them; remembers whether it asked for too many."""

    def __init__(self, lines: Sequence[str], start: int, most: int) -> None:
        self.lines, self.next, self.ran_out = lines, start, False
        self.end = min(len(lines), start + most)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.next >= self.end:
            self.ran_out = True
            raise StopIteration
        self.next += 1
        return self.lines[self.next - 1]


def _record(
    lines: Sequence[str], start: int, delimiter: str, most: int, *, strict: bool
) -> tuple[list[str] | None, int]:
    source = _Lines(lines, start, most)
    try:
        cells = next(csv.reader(source, delimiter=delimiter, strict=strict))
    except (csv.Error, StopIteration):
        return None, source.next
    return (None if source.ran_out else cells), source.next


def rows(
    lines: Sequence[str], delimiter: str, start: int = 0, width: int | None = None, most_lines: int = MOST_LINES
) -> Iterator[Row]:
    """The records from line index `start` on; blank lines are left out.

    A record whose quotation marks do not fit is given as broken, and reading goes on with the line after its first.
    """
    position = start
    while position < len(lines):
        cells, after = _record(lines, position, delimiter, most_lines, strict=True)
        too_wide = cells is not None and width is not None and after > position + 1 and len(cells) > width
        if cells is None or too_wide:
            after = position + 1
            cells, _after = _record(lines[position:after], 0, delimiter, most_lines, strict=False)
            if cells is not None and width is not None and len(cells) != width:
                cells = None
        if cells is None:
            yield Row(position + 1, (), broken=True)
        elif any(cell.strip() for cell in cells):
            yield Row(position + 1, tuple(cells))
        position = after


def lines_of(text: str) -> list[str]:
    r"""Physical lines with their ends; only \r, \n and \r\n end a line."""
    return list(io.StringIO(text, newline=""))


def first_rows(lines: Sequence[str], delimiter: str, most: int) -> list[Row]:
    """The rows among which a header is looked for."""
    return list(islice((row for row in rows(lines[: most * 5], delimiter) if not row.broken), most))
