"""Excel workbooks (.xlsx) → rows of text, as a person sees the cells; streamed, and within bounds whatever is in the file."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from soloflow.capture.archives import ZIP_MARK, count_unpacked, damaged, open_archive
from soloflow.capture.tables import MOST_COLUMNS, MOST_LINES, Row, Watch, unwatched
from soloflow.domain.errors import UserError
from soloflow.i18n import _

OLD_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of Office before 2007, in which encrypted workbooks still come."""
MOST_CELLS = 20_000_000
"""Places gone over, empty ones too: a sheet with a mark at the end of every row would never come to its end."""
LONGEST_CELL = 1_000_000
"""Characters; Excel itself allows 32,767."""
_PLAIN_FORMAT = re.compile(r'[0\-() "\\]*0[0\-() "\\]*')
_POSTAL_FORMAT = re.compile(r"000\\?-0000(?:;@)?$")
_OTHER_OFFICE = (
    ("mimetype", "OpenDocument"), ("Index/Document.iwa", "Numbers"), ("xl/workbook.bin", ".xlsb"), ("word/document.xml", "Word"),
    ("ppt/presentation.xml", "PowerPoint"),
)  # fmt: skip
_FAULTS = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError, EOFError, OverflowError,
    RecursionError, NotImplementedError,
)  # fmt: skip
"""What openpyxl may raise on a workbook that is not as it should be (SyntaxError is ElementTree's)."""


def is_workbook(data: bytes) -> bool:
    """Whether bytes are an Excel workbook as it is today."""
    if not data.startswith(ZIP_MARK):
        return False
    try:
        return "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return b"xl/workbook.xml" in data


def refusal_of_office(name: str, data: bytes) -> UserError | None:
    """Why a file of an office program cannot be read; None where it is none, or an Excel workbook."""
    again = _("Excelなどで開き、「名前を付けて保存」で .xlsx かCSVにしてから選んでください。")
    if data.startswith(OLD_MARK):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return UserError(
                _(
                    "{name}にはパスワードがかかっています。何も取り込んでいません。パスワードを外して保存し直してください。"
                ).format(name=name)
            )
        return UserError(
            _("{name}は古い形のExcel（.xls）です。何も取り込んでいません。{again}").format(name=name, again=again)
        )
    if not data.startswith(ZIP_MARK):
        return None
    try:
        parts = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    program = next((program for part, program in _OTHER_OFFICE if part in parts), "")
    if program:
        return UserError(
            _("{name}は{program}のファイルです。何も取り込んでいません。{again}").format(
                name=name, program=program, again=again
            )
        )
    return None


@dataclass(slots=True)
class Workbook:
    """An open workbook; only one row of it is in memory at a time."""

    name: str
    _book: Any
    sheets: tuple[str, ...]

    def grid(self, sheet: str) -> "SheetGrid":
        """The table of one sheet."""
        return SheetGrid(self, sheet)

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet that are not blank, with their number in it.

        :raises UserError: when the sheet is broken or larger than any list of people.
        """
        worksheet = self._book[sheet]
        worksheet.reset_dimensions()  # what the sheet says of its size is not believed
        places = 0
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of validations, headers and dates beyond the calendar
                for line, cells in enumerate(worksheet.iter_rows(), 1):
                    places += len(cells) + 1
                    if places > MOST_CELLS:
                        raise UserError(
                            _(
                                "{name}のシート「{sheet}」は大きすぎます。何も取り込んでいません。必要な行だけをCSVで保存し直してください。"
                            ).format(name=self.name, sheet=sheet)
                        )
                    texts = _texts(cells[:MOST_COLUMNS])
                    if texts or any(cell.value is not None for cell in cells[MOST_COLUMNS:]):
                        yield Row(line, texts)
        except _FAULTS as error:
            raise damaged(self.name) from error


@dataclass(slots=True)
class SheetGrid:
    """One sheet as a table; read anew each time, for a sheet may be larger than memory should be."""

    book: Workbook
    sheet: str
    encoding: str = "xlsx"
    delimiter: str = ""
    damaged: tuple[int, ...] = ()
    _top: list[Row] = field(default_factory=list)
    _looked_for: int = 0
    """How many rows were asked for; a short sheet has fewer."""

    @property
    def sheets(self) -> tuple[str, ...]:
        """Every sheet of the workbook that has cells."""
        return self.book.sheets

    def rows(self, start: int = 1, _width: int | None = None, _most_lines: int = MOST_LINES) -> Iterator[Row]:
        """The rows from line `start` (1-based) on; blank ones are left out."""
        return (row for row in self.book.rows(self.sheet) if row.line >= start)

    def top(self, most: int) -> list[Row]:
        """The rows among which a header is looked for."""
        if self._looked_for < most:
            self._top = list(islice(self.book.rows(self.sheet), most))
            self._looked_for = most
        return self._top[:most]


def open_workbook(name: str, data: bytes, watch: Watch = unwatched) -> Workbook:
    """The workbook in these bytes, after every part of it has been counted and looked through.

    :raises UserError: when it is broken, encrypted, or unpacks to more than allowed.
    """
    import openpyxl

    archive = open_archive(name, data)
    count_unpacked(name, archive, is_xml=True, watch=watch)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except _FAULTS as error:
        raise damaged(name) from error
    sheets = tuple(one.title for one in book.worksheets)
    if not sheets:
        raise damaged(name)
    return Workbook(name, book, sheets)


def _texts(cells: Iterable[Any]) -> tuple[str, ...]:
    """The cells of a row as text, without the empty ones at its end."""
    found: list[str] = []
    filled = 0
    for cell in cells:
        value = cell.value
        text = value if isinstance(value, str) else "" if value is None else text_of(value, cell.number_format)
        found.append(text[:LONGEST_CELL])
        if text and not text.isspace():
            filled = len(found)
    return tuple(found[:filled])


def text_of(value: object, number_format: str = "General") -> str:
    """A value as a person sees it in the sheet: days as ISO, 1.0 as 1, the zeros that a format puts in front."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(value)


def _number(value: float, number_format: str) -> str:
    whole = isinstance(value, int) or value.is_integer()
    if not whole or abs(value) >= 1e16:
        return f"{value:.15g}"
    digits = str(int(value))
    shape = number_format or "General"
    if _POSTAL_FORMAT.search(shape) and len(digits) <= 7 and value >= 0:
        digits = digits.zfill(7)
        return f"{digits[:3]}-{digits[3:]}"
    if value >= 0 and _PLAIN_FORMAT.fullmatch(shape) and shape.count("0") > 1:
        return _shaped(digits, re.sub(r'[\\"]', "", shape))
    return digits


def _shaped(digits: str, shape: str) -> str:
    """Digits in a shape such as 000-0000-0000; those beyond it stand in front."""
    left = list(digits.zfill(shape.count("0")))
    made = [left.pop() if mark == "0" else mark for mark in reversed(shape)]
    return "".join(left) + "".join(reversed(made))
