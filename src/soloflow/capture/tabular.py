"""The table of a file → the people in it: by the shape that its header tells, or by a mapping of its columns."""

import unicodedata
from collections.abc import Callable, Generator, Iterable, Sequence
from itertools import chain, islice

from soloflow.capture.cells import Cells, Dialect, Flaw, column_key
from soloflow.capture.decoding import Decoded
from soloflow.capture.dialects import DIALECTS
from soloflow.capture.joining import has_content, joined
from soloflow.capture.lost_zeros import with_zeros
from soloflow.capture.mapping import MappedRows, Mapping, headings_of
from soloflow.capture.table_look import HEADER_WITHIN, Unmapped, is_table, likeliest_delimiter, look, shown_header
from soloflow.capture.tables import DELIMITERS, MOST_LINES, WATCH_EVERY, Grid, Row, TextGrid, Watch, lines_of, unwatched
from soloflow.domain.candidates import Candidate, Problem, Reading
from soloflow.domain.errors import UserError
from soloflow.i18n import _

MAPPED = "table"
"""The kind of a table that was read by a mapping."""
_MOST_SHARED = 20_000
"""Texts remembered so that equal ones (companies, titles, addresses) are kept once; neighbours are mostly alike."""
_OWN_MOST_LINES = 20_000
"""Lines of one cell in a table of our own, whose quotation marks are known to fit."""


def recognise(grid: Grid) -> tuple[Dialect, Row] | None:
    """The shape of a table and the row that tells it; None where no header is known."""
    for row in grid.top(HEADER_WITHIN):
        keys = [column_key(cell) for cell in row.cells]
        for dialect in DIALECTS:
            if dialect.fits(keys):
                return dialect, row
    return None


def _is_legible(decoded: Decoded) -> bool:
    start = decoded.text[:10_000]
    odd = sum(1 for character in start if character == "\ufffd" or unicodedata.category(character) in {"Cc", "Co"})
    lines = start.count("\n") + start.count("\r") + start.count("\t")
    return odd - lines <= len(start) * 0.02


def unknown_table(name: str, grid: Grid, watch: Watch = unwatched) -> Unmapped:
    """The question what the columns of a table mean."""
    text = _(
        "{name}の見出し（{header}）は、知っている形のどれとも合いません。何も取り込んでいません。"
        "どの列が名前や会社かを選ぶと読めます。"
    )
    return Unmapped(text.format(name=name, header=shown_header(grid.top(HEADER_WITHIN))), look(name, grid, watch=watch))


def _refusal(name: str, texts: Sequence[Decoded], watch: Watch) -> UserError:
    legible = [text for text in texts if _is_legible(text)]
    if not legible:
        return UserError(
            _("{name} は文字として読めません。何も取り込んでいません。CSVまたはvCard（.vcf）を選んでください。").format(
                name=name
            )
        )
    for decoded in legible:
        grid = text_grid(decoded)
        if is_table(grid.top(HEADER_WITHIN)):
            return unknown_table(name, grid, watch)
    return UserError(
        _(
            "{name}には連絡先の表が見つかりません。何も取り込んでいません。"
            "Eight、Sansan、Google コンタクト、Outlook、LinkedIn、Thunderbird、connpass、SoloFlowから書き出したCSVか、"
            "ほかのCSVやExcelの名簿、vCard（.vcf）、MECARDの文字を選んでください。"
        ).format(name=name)
    )


def text_grid(decoded: Decoded, delimiter: str = "") -> TextGrid:
    """The table of a text; without a delimiter, by the likeliest one."""
    lines = lines_of(decoded.text)
    grids = {mark: TextGrid(lines, mark, decoded.encoding, decoded.damaged) for mark in DELIMITERS}
    return grids[delimiter or likeliest_delimiter((mark, grid.top(HEADER_WITHIN)) for mark, grid in grids.items())]


def _damage(grid: Grid) -> list[Problem]:
    message = _("文字コードに合わない文字があり、「�」に置き換えました。")
    return [Problem(line, "", message) for line in grid.damaged]


def _people(
    rows: Iterable[Row], read: Callable[[Row, Flaw], Candidate], watch: Watch, *, is_own: bool = False
) -> tuple[list[Candidate], int, list[Problem]]:
    """The people of some rows, how many rows there were, and what is to be said about them."""
    people: list[Candidate] = []
    problems: list[Problem] = []
    count, line = 0, 0

    def flaw(field: str, message: str) -> None:
        problems.append(Problem(line, field, message))

    def mended(field: str, message: str) -> None:
        problems.append(Problem(line, field, message, is_mended=True))

    shared: dict[str, str] = {}
    for row in rows:
        line = row.line
        if count % WATCH_EVERY == 0:
            watch(count)
        count += 1
        if row.broken:
            flaw("", _('引用符「"」の対応が崩れていて読めません。この行だけ除きました。'))
            continue
        if len(shared) > _MOST_SHARED:
            shared.clear()
        person = read(Row(line, tuple(shared.setdefault(cell, cell) for cell in row.cells)), flaw)
        if not is_own:
            person = with_zeros(person, flaw, mended)
        if has_content(person):
            people.append(person)
        else:
            flaw("", _("名前も連絡先もない行です。"))
    return people, count, problems


def read_known(grid: Grid, dialect: Dialect, header: Row, watch: Watch = unwatched) -> Reading:
    """The people of a table whose shape is known."""
    keys = tuple(map(column_key, header.cells))
    past_header = grid.rows(header.line, len(keys), _OWN_MOST_LINES if dialect.is_own else MOST_LINES)
    next(past_header)

    def read(row: Row, flaw: Flaw) -> Candidate:
        return dialect.read(Cells(keys, row.cells, header.cells, row.line), flaw)

    people, count, problems = _people(past_header, read, watch, is_own=dialect.is_own)
    unread = count - len(people)
    found = tuple(people) if dialect.is_own else joined(people)
    return _reading(dialect.kind, grid, count, found, problems, unread)


def _reading(
    kind: str, grid: Grid, count: int, found: tuple[Candidate, ...], problems: list[Problem], unread: int
) -> Reading:  # fmt: skip
    sorted_problems = sorted(_damage(grid) + problems, key=lambda problem: problem.line)
    return Reading(kind, grid.encoding, count, found, tuple(sorted_problems), unread)


def read_mapped(name: str, grid: Grid, mapping: Mapping, watch: Watch = unwatched) -> Reading:
    """The people of any table, its columns read as a mapping says.

    :raises UserError: when no column of the mapping could name or reach anybody.
    """
    if not mapping.finds_people:
        raise UserError(
            _(
                "{name}のどの列にも、名前・会社・メール・電話のどれも割り当てられていません。何も取り込んでいません。"
                "少なくとも1つ選んでください。"
            ).format(name=name)
        )
    rows = grid.rows(mapping.header or 1, len(mapping.fields))
    first = tuple(islice(rows, 1))
    has_header = any(row.line == mapping.header for row in first)  # the line chosen may be blank in the next file
    reading = MappedRows(mapping.fields, headings_of(mapping, first[0].cells if has_header else ()))
    past_header = rows if has_header else chain(first, rows)

    def read(row: Row, flaw: Flaw) -> Candidate:
        return reading.read(row.line, row.cells, flaw)

    people, count, problems = _people(past_header, read, watch)
    unread = count - len(people)

    def flaw(line: int, column: str, message: str) -> None:
        problems.append(Problem(line, column, message))

    return _reading(MAPPED, grid, count, joined(reading.settle(people, flaw)), problems, unread)


def read_table(name: str, likeliest: Decoded, others: Generator[Decoded], watch: Watch = unwatched) -> Reading:
    """The people of a text, from the first of its decodings in which its header is known.

    :raises Unmapped: when there is a table, but no header is known; its sentence names the one that was seen.
    :raises UserError: when there is no table.
    """
    tried = []
    for decoded in chain((likeliest,), others):
        tried.append(decoded)
        lines = lines_of(decoded.text)
        for delimiter in DELIMITERS:
            grid = TextGrid(lines, delimiter, decoded.encoding, decoded.damaged)
            if recognised := recognise(grid):
                others.close()
                return read_known(grid, *recognised, watch)
    raise _refusal(name, tried, watch)
