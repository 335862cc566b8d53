"""A CSV file of a known shape → the people in it."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from soloflow.capture.cells import Cells, Dialect, column_key
from soloflow.capture.decoding import Decoded
from soloflow.capture.dialects import DIALECTS
from soloflow.capture.fields import clean
from soloflow.capture.joining import has_content, joined
from soloflow.capture.tables import DELIMITERS, MOST_LINES, Row, first_rows, lines_of, rows
from soloflow.domain.candidates import Candidate, Problem, Reading
from soloflow.domain.errors import UserError
from soloflow.i18n import _

_HEADER_WITHIN = 20
"""Rows in which a header is looked for: preambles are short, but their length is nobody's promise."""
_OWN_MOST_LINES = 20_000
"""Lines of one cell in a table of our own, whose quotation marks are known to fit."""


def _recognise(lines: Sequence[str]) -> tuple[Dialect, Row, str] | None:
    for delimiter in DELIMITERS:
        for row in first_rows(lines, delimiter, _HEADER_WITHIN):
            keys = [column_key(cell) for cell in row.cells]
            for dialect in DIALECTS:
                if dialect.fits(keys):
                    return dialect, row, delimiter
    return None


def _likeliest_header(lines: Sequence[str]) -> str:
    """The widest of the first rows, to be shown where no header is known; "" where nothing looks like a table."""
    candidates = [row.cells for mark in DELIMITERS for row in first_rows(lines, mark, _HEADER_WITHIN)]
    widest = max(candidates, key=lambda cells: sum(1 for cell in cells if cell.strip()), default=())
    named = [clean(cell)[:20] for cell in widest if cell.strip()]
    return "、".join(named[:12]) + ("…" if len(named) > 12 else "") if len(named) > 1 else ""


def _is_legible(decoded: Decoded) -> bool:
    start = decoded.text[:10_000]
    odd = sum(1 for character in start if character == "\ufffd" or unicodedata.category(character) in {"Cc", "Co"})
    lines = start.count("\n") + start.count("\r") + start.count("\t")
    return odd - lines <= len(start) * 0.02


def _refusal(name: str, texts: Iterable[Decoded]) -> UserError:
    tried = list(texts)
    if not any(map(_is_legible, tried)):
        return UserError(
            _("{name}は文字として読めません。何も取り込んでいません。CSVまたはvCard（.vcf）を選んでください。").format(
                name=name
            )
        )
    header = next((found for text in tried if (found := _likeliest_header(lines_of(text.text[:100_000])))), "")
    if header:
        return UserError(
            _(
                "{name}の見出し（{header}）は、知っている形のどれとも合いません。何も取り込んでいません。"
                "Eight、Sansan、Google コンタクト、Outlook、LinkedIn、Thunderbird、connpass、SoloFlowから書き出したCSVか、"
                "vCard（.vcf）、MECARDの文字を選んでください。"
            ).format(name=name, header=header)
        )
    return UserError(
        _(
            "{name}には連絡先の表が見つかりません。何も取り込んでいません。"
            "Eight、Sansan、Google コンタクト、Outlook、LinkedIn、Thunderbird、connpass、SoloFlowから書き出したCSVか、"
            "vCard（.vcf）、MECARDの文字を選んでください。"
        ).format(name=name)
    )


def _damage(decoded: Decoded) -> list[Problem]:
    message = _("文字コードに合わない文字があり、「�」に置き換えました。")
    return [Problem(line, "", message) for line in decoded.damaged]


def _people(
    lines: Sequence[str], dialect: Dialect, header: Row, delimiter: str
) -> tuple[list[Candidate], int, list[Problem]]:
    keys = [column_key(cell) for cell in header.cells]
    people: list[Candidate] = []
    problems: list[Problem] = []
    count, line = 0, 0

    def flaw(field: str, message: str) -> None:
        problems.append(Problem(line, field, message))

    past_header = rows(lines, delimiter, header.line - 1, len(keys), _OWN_MOST_LINES if dialect.is_own else MOST_LINES)
    next(past_header)
    for row in past_header:
        line = row.line
        count += 1
        if row.broken:
            flaw("", _('引用符「"」の対応が崩れていて読めません。この行だけ除きました。'))
            continue
        person = replace(dialect.read(Cells(keys, row.cells, header.cells), flaw), line=line)
        if has_content(person):
            people.append(person)
        else:
            flaw("", _("名前も連絡先もない行です。"))
    return people, count, problems


def read_table(name: str, texts: Iterable[Decoded]) -> Reading:
    """The people of a CSV file, from the first decoding in which its header is known.

    :raises UserError: when no header is known; the sentence names the one that was seen.
    """
    tried = []
    for decoded in texts:
        tried.append(decoded)
        lines = lines_of(decoded.text)
        if recognised := _recognise(lines):
            dialect, header, delimiter = recognised
            people, count, problems = _people(lines, dialect, header, delimiter)
            problems = sorted(_damage(decoded) + problems, key=lambda problem: problem.line)
            found = tuple(people) if dialect.is_own else joined(people)
            return Reading(dialect.kind, decoded.encoding, count, found, tuple(problems), count - len(people))
    raise _refusal(name, tried)
