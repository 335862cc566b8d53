"""What the columns of any table mean: column → field, and rows read by it as every known shape is read."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from soloflow.capture.cells import column_key, on
from soloflow.capture.column_words import is_note_word
from soloflow.capture.fields import clean, full_name, kana_name, mails, paragraph, phones, postal_address
from soloflow.capture.mapped_days import ORDERS, Order, needs_order, order_of, ordered_day, plain_day
from soloflow.domain.candidates import Candidate, Phone
from soloflow.domain.text import mail_key
from soloflow.i18n import _

Flaw = Callable[[str, str], None]

IGNORE = "ignore"
PHONES = {"phone": "other", "mobile": "mobile", "direct": "direct", "company_phone": "company", "fax": "fax"}
DAYS = {"met_on": None, "met_on_month_first": "mdy", "met_on_day_first": "dmy"}
FIELDS = (
    "name", "family", "given", "kana", "kana_family", "kana_given", "company", "department", "title", "mail", *PHONES,
    "url", "postal", "address", "note", "tag", *DAYS, IGNORE,
)  # fmt: skip
"""Every meaning a column can have, in the order in which they are offered."""
ONCE = frozenset({"name", "family", "given", "kana", "kana_family", "kana_given", "company", "postal"})
"""Fields of which a person has one; of two such columns the first with something in it counts."""
REACHING = frozenset({"name", "family", "given", "kana", "kana_family", "kana_given", "company", "mail", *PHONES})
"""A row is somebody when one of these says something."""
_KANA_FIELDS = frozenset({"kana", "kana_family", "kana_given"})
_TAG_SPACE = re.compile(r"\s*[,、;；\n]\s*|\s*:::\s*")


@dataclass(frozen=True, slots=True)
class Mapping:
    """A field for each column. Codes that are not in `FIELDS` (of a later version) are read as "ignore"."""

    fields: tuple[str, ...]
    header: int = 1
    """Line (1-based) of the header; 0 where the table has none."""
    delimiter: str = ""
    """What separates the cells of a text; "" lets it be found."""
    sheet: str = ""
    """The sheet of a workbook; "" lets it be found."""

    @property
    def finds_people(self) -> bool:
        """Whether any column could name or reach somebody; kana alone could be anything (リンゴ)."""
        return any(one in REACHING - _KANA_FIELDS for one in self.fields)


def as_text(mapping: Mapping) -> str:
    """The form in which a mapping is kept."""
    return json.dumps({"fields": mapping.fields}, ensure_ascii=False)


def from_text(text: str, header: int, delimiter: str = "", sheet: str = "") -> Mapping | None:
    """A kept mapping for a table whose header stands in this line; None where the text is none of ours."""
    try:
        fields = json.loads(text)["fields"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(fields, list) or not all(isinstance(one, str) for one in fields):
        return None
    known = tuple(one if one in FIELDS else IGNORE for one in fields)
    return Mapping(known, header, delimiter, sheet)


def header_key(headings: Sequence[str]) -> str:
    """A header for comparing: the same columns in the same order, whatever their width and case."""
    keys = [column_key(heading) for heading in headings]
    while keys and not keys[-1]:
        keys.pop()
    return "\n".join(keys) if any(keys) else ""


def headings_of(mapping: Mapping, header: Sequence[str]) -> tuple[str, ...]:
    """What each column is called: its heading, or its number where there is none."""
    named = [clean(heading) for heading in header] if mapping.header else []
    named += [""] * (len(mapping.fields) - len(named))
    return tuple(name or _("列{number}").format(number=number) for number, name in enumerate(named, 1))


@dataclass(slots=True)
class MappedRows:
    """Rows read by a mapping, one after the other; then `settle` for the days that only their column explains."""

    fields: Sequence[str]
    headings: Sequence[str]
    """Names of the columns, for the flaws and for notes."""
    _places: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _columns: list[tuple[str, int]] = field(default_factory=list)
    _unsettled: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    """(column, text) of days whose order is not known yet, by line."""

    def __post_init__(self) -> None:
        for number, one in enumerate(self.fields):
            if one in FIELDS and one != IGNORE:
                self._places[one] = (*self._places.get(one, ()), number)
                self._columns.append((one, number))

    def read(self, line: int, cells: Sequence[str], flaw: Flaw) -> Candidate:
        """One row; what does not look right is kept and reported."""
        count = len(cells)
        texts: dict[str, list[str]] = {}
        for one, number in self._columns:
            if number < count and (text := cells[number].strip()):
                texts.setdefault(one, []).append(text)
        if count > len(self.fields) and any(cell.strip() for cell in cells[len(self.fields) :]):
            flaw("", _("見出しより列の多い行です。値がずれていないか見てください。"))
        name, family, given = full_name(_first(texts, "family"), _first(texts, "given"), _first(texts, "name"))
        kana, stray = self._kana(texts, flaw)
        return Candidate(
            name=name,
            family=family,
            given=given,
            kana=kana,
            company=clean(_first(texts, "company")),
            department=clean(" ".join(texts.get("department", ()))),
            title=clean(" ".join(texts.get("title", ()))),
            emails=self._mails(texts, flaw),
            phones=_phones(texts),
            urls=tuple(dict.fromkeys(texts.get("url", ()))),
            address=self._address(texts, flaw),
            note="\n".join(filter(None, (self._note(cells), stray))),
            tags=_tags(texts),
            met_on=self._days(line, cells, flaw),
            line=line,
        )

    def _name_of(self, one: str) -> str:
        return self.headings[self._places[one][0]]

    def _kana(self, texts: dict[str, list[str]], flaw: Flaw) -> tuple[str, str]:
        """The kana, and what stands in its column without being any."""
        if not _KANA_FIELDS & texts.keys():
            return "", ""
        parts = (_first(texts, "kana_family"), _first(texts, "kana_given"))
        whole = " ".join(filter(None, parts)) or _first(texts, "kana")
        kana = kana_name(*parts) if any(parts) else kana_name(whole, "")
        if kana or not whole:
            return kana, ""
        name = self._name_of("kana_family" if parts[0] else "kana_given" if parts[1] else "kana")
        flaw(name, _("「{value}」はふりがなの形ではないので、メモに入れました。").format(value=clean(whole)))
        return "", _("{what}：{words}").format(what=name, words=clean(whole))

    def _mails(self, texts: dict[str, list[str]], flaw: Flaw) -> tuple[str, ...]:
        found = [mail for cell in texts.get("mail", ()) for mail in mails(cell)]
        for mail in found:
            if not mail_key(mail):
                flaw(
                    self._name_of("mail"), _("「{value}」はメールアドレスの形ではありません。").format(value=mail[:200])
                )
        return tuple(dict.fromkeys(found))

    def _address(self, texts: dict[str, list[str]], flaw: Flaw) -> str:
        code = _first(texts, "postal")
        digits = _digits_of(code) if code else ""
        if len(digits) == 6 and digits.isascii() and digits.isdigit():  # 060-0001 as a number has lost its 0
            code = "0" + digits
            flaw(
                self._name_of("postal"), _("先頭の0が落ちていた郵便番号を「{value}」に直しました。").format(value=code)
            )
        return postal_address(code, *texts.get("address", ()))

    def _note(self, cells: Sequence[str]) -> str:
        """What was said, each under the name of its column, unless that is only "note"."""
        said = []
        for number in self._places.get("note", ()):
            text = paragraph(cells[number]) if number < len(cells) else ""
            if text:
                name = self.headings[number]
                said.append(text if is_note_word(name) else _("{what}：{words}").format(what=name, words=text))
        return "\n".join(said)

    def _days(self, line: int, cells: Sequence[str], flaw: Flaw) -> tuple[date, ...]:
        found = []
        for one in DAYS:
            for number in self._places.get(one, ()):
                text = cells[number].strip() if number < len(cells) else ""
                if text and (met := self._day(line, one, self.headings[number], text, flaw)):
                    found.append(met)
        return on(found[0]) if len(found) == 1 else tuple(sorted(set(found)))

    def _day(self, line: int, one: str, column: str, text: str, flaw: Flaw) -> date | None:
        met = plain_day(text)
        for order in ORDERS:
            if met is None and order == DAYS[one]:
                met = ordered_day(text, order)
        if met is None and DAYS[one] is None and needs_order(text):
            self._unsettled.setdefault(line, []).append((column, text))
        elif met is None:
            flaw(column, _("「{value}」は日付として読めません。").format(value=text[:200]))
        return met

    def settle(self, people: Sequence[Candidate], flaw: Callable[[int, str, str], None]) -> list[Candidate]:
        """The people with every day read, in the order that fits its whole column."""
        if not self._unsettled:
            return list(people)
        columns: dict[str, set[str]] = {}
        for days in self._unsettled.values():
            for column, text in days:
                columns.setdefault(column, set()).add(text)
        orders = {column: order_of(texts) for column, texts in columns.items()}
        for column, (order, is_guess) in orders.items():
            if is_guess:
                example = min(columns[column])
                met = ordered_day(example, order)
                message = _(
                    "「{value}」のような日付を{day}と読みました。月と日が逆なら、列の割り当てで選び直してください。"
                )
                shown = f"{met.year}/{met.month}/{met.day}" if met else "—"
                flaw(min(self._unsettled), column, message.format(value=example, day=shown))
        return [self._settled(person, orders, flaw) for person in people]

    def _settled(
        self, person: Candidate, orders: dict[str, tuple[Order, bool]], flaw: Callable[[int, str, str], None]
    ) -> Candidate:
        found = set(person.met_on)
        for column, text in self._unsettled.get(person.line, ()):
            met = ordered_day(text, orders[column][0])
            if met is None:
                flaw(person.line, column, _("「{value}」は日付として読めません。").format(value=text[:200]))
            else:
                found.add(met)
        return person if found == set(person.met_on) else replace(person, met_on=tuple(sorted(found)))


@lru_cache(maxsize=4096)
def _digits_of(code: str) -> str:
    return re.sub(r"[\s\-‐−ー〒]", "", unicodedata.normalize("NFKC", code)).removesuffix(".0")


def _first(texts: dict[str, list[str]], one: str) -> str:
    found = texts.get(one)
    return found[0] if found else ""


def _phones(texts: dict[str, list[str]]) -> tuple[Phone, ...]:
    found = [number for one, kind in PHONES.items() for cell in texts.get(one, ()) for number in phones(cell, kind)]
    return tuple(dict.fromkeys(found))


def _tags(texts: dict[str, list[str]]) -> tuple[str, ...]:
    parts: Iterable[str] = (part for cell in texts.get("tag", ()) for part in _TAG_SPACE.split(cell))
    return tuple(dict.fromkeys(filter(None, (clean(part).lstrip("#＃") for part in parts))))
