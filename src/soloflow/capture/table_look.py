"""A first look at a table nobody knows: its first rows, and which columns are filled, without holding all of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from soloflow.capture.fields import clean
from soloflow.capture.joining import has_content
from soloflow.capture.lost_zeros import with_zeros
from soloflow.capture.mapping import IGNORE, REACHING, MappedRows, Mapping, header_key, headings_of
from soloflow.capture.suggesting import suggest
from soloflow.capture.tables import DELIMITERS, WATCH_EVERY, Grid, Row, Watch, unwatched
from soloflow.domain.candidates import Candidate, Problem
from soloflow.domain.errors import UserError
from soloflow.domain.text import mail_key

LOOKED_AT = 200
"""Rows by which a meaning is suggested for a column."""
HEADER_WITHIN = 20
LONGEST_SHOWN = 2_000
"""Characters of a cell that are kept for a look."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in a file, as far as is needed to say what its columns mean."""

    name: str
    """Of the file."""
    encoding: str
    """"xlsx" for a workbook."""
    delimiter: str
    """"" for a workbook."""
    sheet: str
    sheets: tuple[str, ...]
    top: tuple[Row, ...]
    """The first rows; long cells are cut."""
    filled: tuple[tuple[int, int], ...]
    """How many rows have something in the same columns: (a bit for each filled column, rows); broken rows are under 0."""
    suggested: Mapping

    @property
    def width(self) -> int:
        """Columns of the widest of the first rows."""
        return max((len(row.cells) for row in self.top), default=0)

    def row_at(self, line: int) -> Row | None:
        """One of the first rows by its line."""
        return next((row for row in self.top if row.line == line), None)

    def headings(self, mapping: Mapping) -> tuple[str, ...]:
        """What each column of a mapping is called."""
        row = self.row_at(mapping.header)
        return headings_of(mapping, row.cells if row else ())

    def key(self, mapping: Mapping) -> str:
        """By which this header is known again; "" where there is none."""
        row = self.row_at(mapping.header) if mapping.header else None
        return header_key(row.cells) if row else ""


class Unmapped(UserError):  # noqa: N818 - a question to the user rather than a fault
    """A table whose header is not known: it can be read once somebody says what its columns mean."""

    def __init__(self, text: str, table: Table) -> None:
        super().__init__(text)
        self.table = table


def _mask(cells: Sequence[str]) -> int:
    mask = 0
    for number, cell in enumerate(cells):
        if cell and not cell.isspace():
            mask |= 1 << number
    return mask


def look(name: str, grid: Grid, header: int | None = None, watch: Watch = unwatched) -> Table:
    """Go through a table once. `header` is the line of the header where it is known already (0: there is none)."""
    top: list[Row] = []
    filled: Counter[int] = Counter()
    for count, row in enumerate(grid.rows()):
        if count % WATCH_EVERY == 0:
            watch(count)
        filled[_mask(row.cells)] += 1
        if len(top) < LOOKED_AT:
            top.append(replace(row, cells=tuple(cell[:LONGEST_SHOWN] for cell in row.cells)))
    suggested = suggest(top, header, grid.delimiter, grid.sheet)
    return Table(
        name, grid.encoding, grid.delimiter, grid.sheet, grid.sheets, tuple(top), tuple(filled.items()), suggested
    )


def with_header(table: Table, line: int) -> Mapping:
    """The mapping suggested when the header stands in this line (0: there is none)."""
    return suggest(table.top, line, table.delimiter, table.sheet)


def is_table(top: Sequence[Row]) -> bool:
    """Whether rows have columns; a single column counts when it holds mails."""
    wide = sum(len([cell for cell in row.cells if cell.strip()]) > 1 for row in top)
    mails = sum(len(row.cells) == 1 and bool(mail_key(row.cells[0].strip())) for row in top)
    return 2 * max(wide, mails) >= len(top) > 0


def likeliest_delimiter(tops: Iterable[tuple[str, Sequence[Row]]]) -> str:
    """What separates the cells, judged by how many rows have equally many of them."""
    best, most = DELIMITERS[0], (0, 0)
    for delimiter, top in tops:
        widths = Counter(len(row.cells) for row in top if len(row.cells) > 1)
        width, rows = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        if (rows, width) > most:
            best, most = delimiter, (rows, width)
    return best


def shown_header(top: Sequence[Row]) -> str:
    """The widest of the first rows, to be shown where no header is known; "" where nothing looks like a table."""
    filled = [[clean(cell)[:20] for cell in row.cells if cell.strip()] for row in top]
    named = max(filled, key=len, default=[])
    return "、".join(named[:12]) + ("…" if len(named) > 12 else "") if named else ""


def counted(table: Table, mapping: Mapping) -> tuple[int, int]:
    """(rows that are somebody, rows that are nobody) of the whole table, read by this mapping."""
    reaching = REACHING if mapping.finds_people else frozenset()
    telling = sum(1 << number for number, one in enumerate(mapping.fields) if one in reaching)
    above = Counter(_mask(row.cells) for row in table.top if row.line <= mapping.header)
    somebody = nobody = 0
    for mask, rows in table.filled:
        left = rows - above[mask]
        if mask & telling:
            somebody += left
        else:
            nobody += left
    return somebody, nobody


def tried(table: Table, mapping: Mapping, most: int) -> tuple[list[Candidate], list[Problem]]:
    """The first people as they would be read, and what would be remarked about them; a row without anybody is left out."""
    if not mapping.finds_people:
        return [], []
    reading = MappedRows(mapping.fields, table.headings(mapping))
    problems: list[Problem] = []
    people = list(_people(table, mapping, reading, problems))

    def flaw(line: int, column: str, message: str) -> None:
        problems.append(Problem(line, column, message))

    settled = reading.settle(people, flaw)
    return settled[:most], problems


def _people(table: Table, mapping: Mapping, reading: MappedRows, problems: list[Problem]) -> Iterator[Candidate]:
    for row in table.top:
        if row.line > mapping.header and not row.broken:

            def flaw(column: str, message: str, line: int = row.line) -> None:
                problems.append(Problem(line, column, message))

            person = with_zeros(reading.read(row.line, row.cells, flaw), flaw, _unheard)
            if has_content(person):
                yield person


def _unheard(_column: str, _message: str) -> None:
    """What is put right while reading is no question here."""


def remark(one: str, cell: str) -> str:
    """What is the matter with a cell when its column is read as this field; "" where nothing is."""
    found: list[str] = []

    def flaw(_column: str, message: str) -> None:
        found.append(message)

    if cell and not cell.isspace() and one not in (IGNORE, "note"):
        reading = MappedRows((one,), ("",))
        with_zeros(reading.read(0, (cell,), flaw), flaw, flaw)
    return found[0] if found else ""
