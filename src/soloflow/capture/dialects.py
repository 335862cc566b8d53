"""The CSV shapes people really bring. A new one is a header to recognise and a function from cells to a person."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from soloflow.capture.fields import clean, day, full_name, kana_name, mails, paragraph, phone, phones, postal_address
from soloflow.domain.candidates import Candidate, Phone
from soloflow.domain.text import mail_key
from soloflow.i18n import _

Flaw = Callable[[str, str], None]
"""Reports a cell that needs a look: its column as the program calls it, and what is the matter."""


class Cells(Mapping[str, str]):
    """One row by column, whatever the width and case of the column names; a missing column is empty."""

    def __init__(self, keys: Sequence[str], cells: Sequence[str]) -> None:
        self._cells: dict[str, str] = {}
        for key, cell in zip(keys, cells, strict=False):
            if not self._cells.get(key):
                self._cells[key] = cell.strip()

    def __getitem__(self, column: str) -> str:
        return self._cells.get(column_key(column), "")

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)


@lru_cache(maxsize=1024)
def column_key(column: str) -> str:
    """A column name for comparing: E-mail = e-mail, Ｆａｘ = FAX, 電子メール アドレス = 電子メールアドレス."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", column)).casefold()


@dataclass(frozen=True, slots=True)
class Dialect:
    """A shape of CSV: recognised when every column of `signs` is in the header."""

    kind: str
    signs: tuple[str, ...]
    read: Callable[[Cells, Flaw], Candidate]

    def fits(self, keys: Sequence[str]) -> bool:
        return {column_key(sign) for sign in self.signs} <= set(keys)


def _addresses(cells: Cells, columns: Sequence[str], flaw: Flaw) -> tuple[str, ...]:
    found = []
    for column in columns:
        for mail in mails(cells[column]):
            found.append(mail)
            if not mail_key(mail):
                flaw(column, _("「{value}」はメールアドレスの形ではありません。").format(value=mail))
    return tuple(dict.fromkeys(found))


def _days(cells: Cells, column: str, flaw: Flaw) -> tuple[date, ...]:
    met = day(cells[column])
    if cells[column] and not met:
        flaw(column, _("「{value}」は日付として読めません。").format(value=cells[column]))
    return (met,) if met else ()


_EIGHT_PHONES = {"TEL会社": "company", "TEL部門": "company", "TEL直通": "direct", "Fax": "fax", "携帯電話": "mobile"}
_EIGHT_UNREADABLE = ("会社名", "部署名", "役職", "氏名", "姓", "名", "e-mail", "住所", *_EIGHT_PHONES)


def _eight(cells: Cells, flaw: Flaw) -> Candidate:
    unsure = [column for column in _EIGHT_UNREADABLE if any(mark in cells[column] for mark in "?？＊")]
    for column in unsure:
        flaw(column, _("「{value}」に読み取れなかった文字があります。").format(value=cells[column]))
    if cells["'?'を含んだデータ"] and not unsure:
        flaw("'?'を含んだデータ", _("読み取れなかった文字がある名刺です。"))
    if cells["再データ化中の名刺"]:
        flaw("再データ化中の名刺", _("Eightで読み取り中の名刺です。あとで内容が変わることがあります。"))
    name, family, given = full_name(cells["姓"], cells["名"], cells["氏名"])
    return Candidate(
        name=name,
        family=family,
        given=given,
        company=clean(cells["会社名"]),
        department=clean(cells["部署名"]),
        title=clean(cells["役職"]),
        emails=_addresses(cells, ("e-mail",), flaw),
        phones=tuple(found for column, kind in _EIGHT_PHONES.items() for found in phones(cells[column], kind)),
        urls=(cells["URL"],) if cells["URL"] else (),
        address=postal_address(cells["郵便番号"], cells["住所"]),
        met_on=_days(cells, "名刺交換日", flaw),
    )


_JOINED = " ::: "


def _google_values(cells: Cells, what: str) -> list[tuple[str, str]]:
    """(label, value) of every numbered column; a cell may hold several of both."""
    found = []
    for key in cells:
        number = re.fullmatch(re.escape(column_key(what)) + r"(\d+)-value", key)
        if not number:
            continue
        label = cells[f"{what} {number[1]} - Label"] or cells[f"{what} {number[1]} - Type"]
        labels = [part.strip() for part in label.split(_JOINED.strip())]
        values = [part.strip() for part in cells[key].split(_JOINED.strip())]
        labels += [labels[-1]] * (len(values) - len(labels))
        found += [(label, value) for label, value in zip(labels, values, strict=False) if value]
    return found


def _labelled_phone(label: str, number: str) -> Phone:
    label = label.casefold()
    if "fax" in label or "ファックス" in label:
        return phone(number, "fax")
    if "mobile" in label or "携帯" in label:
        return phone(number, "mobile")
    return phone(number, "company" if any(word in label for word in ("work", "main", "勤務先", "会社")) else "other")


def _labels(cell: str) -> tuple[str, ...]:
    """Labels a person has given; those beginning with * are Google's own."""
    return tuple(part for part in map(clean, cell.split(":::")) if part and not part.startswith("*"))


def _google(cells: Cells, flaw: Flaw) -> Candidate:
    given = cells["First Name"] or cells["Given Name"]
    middle = cells["Middle Name"] or cells["Additional Name"]
    family = cells["Last Name"] or cells["Family Name"]
    emails = [value for _label, value in _google_values(cells, "E-mail")]
    whole = cells["Name"] or cells["File As"]
    if not family and mail_key(given):  # Gmail puts the address where it knows no name
        emails, given = [given, *emails], ""
    whole = "" if mail_key(whole) else whole
    for mail in emails:
        if not mail_key(mail):
            flaw("E-mail", _("「{value}」はメールアドレスの形ではありません。").format(value=mail))
    name, family, given = full_name(family, f"{given} {middle}", whole)
    number = "Organization 1 - " if cells["Organization 1 - Name"] else "Organization "
    addresses = _google_values(cells, "Address") or [("", cells["Address 1 - Formatted"])]
    return Candidate(
        name=name,
        family=family,
        given=given,
        kana=kana_name(
            cells["Phonetic Last Name"] or cells["Family Name Yomi"],
            cells["Phonetic First Name"] or cells["Given Name Yomi"],
        ),
        company=clean(cells[number + "Name"]),
        department=clean(cells[number + "Department"]),
        title=clean(cells[number + "Title"]),
        emails=tuple(dict.fromkeys(emails)),
        phones=tuple(_labelled_phone(label, value) for label, value in _google_values(cells, "Phone")),
        urls=tuple(dict.fromkeys(value for _label, value in _google_values(cells, "Website"))),
        address=clean(addresses[0][1]),
        note=paragraph(cells["Notes"]),
        tags=_labels(cells["Labels"] or cells["Group Membership"]),
    )


_OUTLOOK_PHONES = {
    "携帯電話": "mobile", "会社電話": "company", "会社電話2": "company", "会社代表電話": "company", "自宅電話": "other",
    "会社FAX": "fax", "Mobile Phone": "mobile", "Business Phone": "company", "Business Phone 2": "company",
    "Company Main Phone": "company", "Home Phone": "other", "Other Phone": "other", "Business Fax": "fax",
}  # fmt: skip
_OUTLOOK_MAILS = (
    "電子メール アドレス", "電子メール 2 アドレス", "電子メール 3 アドレス",
    "E-mail Address", "E-mail 2 Address", "E-mail 3 Address",
)  # fmt: skip


def _outlook(cells: Cells, flaw: Flaw) -> Candidate:
    given = f"{cells['名'] or cells['First Name']} {cells['ミドル ネーム'] or cells['Middle Name']}"
    name, family, given = full_name(cells["姓"] or cells["Last Name"], given)
    url = cells["Web ページ"] or cells["Web Page"]
    street = [cells["Business " + part] for part in ("State", "City", "Street")]
    street += [cells[part + " (会社)"] for part in ("都道府県", "市区町村", "番地")]
    return Candidate(
        name=name,
        family=family,
        given=given,
        kana=kana_name(
            cells["Family Name Yomi"],
            cells["Given Name Yomi"],
        ),
        company=clean(cells["会社名"] or cells["Company"]),
        department=clean(cells["部署"] or cells["Department"]),
        title=clean(cells["役職"] or cells["Job Title"]),
        emails=_addresses(cells, _OUTLOOK_MAILS, flaw),
        phones=tuple(found for column, kind in _OUTLOOK_PHONES.items() for found in phones(cells[column], kind)),
        urls=(url,) if url else (),
        address=postal_address(cells["郵便番号 (会社)"] or cells["Business Postal Code"], *street),
        note=paragraph(cells["メモ"] or cells["Notes"]),
        tags=tuple(map(clean, filter(None, (cells["分類"] or cells["Categories"]).split(";")))),
    )


def _linkedin(cells: Cells, flaw: Flaw) -> Candidate:
    name, family, given = full_name(cells["Last Name"], cells["First Name"])
    return Candidate(
        name=name,
        family=family,
        given=given,
        company=clean(cells["Company"]),
        title=clean(cells["Position"]),
        emails=_addresses(cells, ("Email Address",), flaw),
        urls=(cells["URL"],) if cells["URL"] else (),
        met_on=_days(cells, "Connected On", flaw),
    )


DIALECTS = (
    Dialect("eight", ("会社名", "氏名", "TEL会社", "名刺交換日"), _eight),
    Dialect("eight", ("会社名", "姓", "名", "TEL会社", "名刺交換日"), _eight),
    Dialect("google", ("First Name", "Last Name", "Organization Name", "Labels"), _google),
    Dialect("google", ("Name", "Given Name", "Family Name", "Group Membership"), _google),
    Dialect("outlook", ("姓", "名", "電子メール アドレス"), _outlook),
    Dialect("linkedin", ("First Name", "Last Name", "Email Address", "Company", "Position", "Connected On"), _linkedin),
    Dialect("outlook", ("First Name", "Last Name", "E-mail Address"), _outlook),
)
