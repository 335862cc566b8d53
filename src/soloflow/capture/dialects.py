"""The CSV shapes people really bring. A new one is a header to recognise and a function from cells to a person."""

import re
from functools import lru_cache

from soloflow.capture.cells import Cells, Dialect, Flaw, addresses, column_key, days
from soloflow.capture.connpass import PARTICIPANT_SIGNS, participant
from soloflow.capture.fields import clean, full_name, kana_name, paragraph, phone, phones, plain_mail, postal_address
from soloflow.capture.own_table import OWN_SIGNS, own_person
from soloflow.capture.sansan import CARD_PATTERNS, CARD_SIGNS, sansan_card
from soloflow.capture.thunderbird import CONTACT_SIGNS, CONTACT_SIGNS_JA, thunderbird_contact
from soloflow.domain.candidates import Candidate, Phone
from soloflow.domain.text import mail_key
from soloflow.i18n import _

_EIGHT_PHONES = {"TEL会社": "company", "TEL部門": "company", "TEL直通": "direct", "Fax": "fax", "携帯電話": "mobile"}
_UNREADABLE = re.compile("[?？＊]")
_EIGHT_UNREADABLE = ("会社名", "部署名", "役職", "氏名", "姓", "名", "e-mail", "住所", *_EIGHT_PHONES)


def _eight(cells: Cells, flaw: Flaw) -> Candidate:
    unsure: list[str] = []
    if _UNREADABLE.search("\n".join(cells.cells)):
        unsure = [column for column in _EIGHT_UNREADABLE if _UNREADABLE.search(cells[column])]
    for column in unsure:
        flaw(column, _("「{value}」に読み取れなかった文字があります。").format(value=cells[column]))
    if cells["'?'を含んだデータ"] and not unsure:
        flaw("'?'を含んだデータ", _("読み取れなかった文字がある名刺です。"))
    if cells["再データ化中の名刺"]:
        flaw("再データ化中の名刺", _("Eightで読み取り中の名刺です。あとで内容が変わることがあります。"))
    name, family, given = full_name(cells["姓"], cells["名"], cells["氏名"])
    return Candidate(
        line=cells.line,
        name=name,
        family=family,
        given=given,
        company=clean(cells["会社名"]),
        department=clean(cells["部署名"]),
        title=clean(cells["役職"]),
        emails=addresses(cells, ("e-mail",), flaw),
        phones=tuple(found for column, kind in _EIGHT_PHONES.items() for found in phones(cells[column], kind)),
        urls=(cells["URL"],) if cells["URL"] else (),
        address=postal_address(cells["郵便番号"], cells["住所"]),
        met_on=days(cells, "名刺交換日", flaw),
    )


_JOINED = " ::: "


@lru_cache(maxsize=1024)
def _number_of(what: str, key: str) -> str:
    """The number of a column such as E-mail 2 - Value, given its key; "" for other columns."""
    found = re.fullmatch(re.escape(column_key(what)) + r"(\d+)-value", key)
    return found[1] if found else ""


@lru_cache(maxsize=1024)
def _numbers_of(what: str, keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(key, number) of the numbered columns among these."""
    return tuple((key, number) for key in dict.fromkeys(keys) if (number := _number_of(what, key)))


def _google_values(cells: Cells, what: str) -> list[tuple[str, str]]:
    """(label, value) of every numbered column; a cell may hold several of both."""
    found = []
    for key, number in _numbers_of(what, cells.keys_of_table):
        if not cells[key]:
            continue
        label = cells.first(f"{what} {number} - Label", f"{what} {number} - Type")
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
    emails = [plain_mail(value) for _label, value in _google_values(cells, "E-mail")]
    whole = cells["Name"] or cells["File As"]
    if not family and mail_key(given):  # Gmail puts the address where it knows no name
        emails, given = [plain_mail(given), *emails], ""
    whole = "" if mail_key(whole) else whole
    for mail in emails:
        if not mail_key(mail):
            flaw("E-mail", _("「{value}」はメールアドレスの形ではありません。").format(value=mail))
    name, family, given = full_name(family, f"{given} {middle}", whole)
    number = "Organization 1 - " if cells["Organization 1 - Name"] else "Organization "
    places = _google_values(cells, "Address") or [("", cells["Address 1 - Formatted"])]
    return Candidate(
        line=cells.line,
        name=name,
        family=family,
        given=given,
        kana=kana_name(
            cells.first("Phonetic Last Name", "Family Name Yomi"),
            " ".join(
                (
                    cells.first("Phonetic First Name", "Given Name Yomi"),
                    cells.first("Phonetic Middle Name", "Additional Name Yomi"),
                )
            ),
        )
        or kana_name(cells["Yomi Name"], ""),
        company=clean(cells[number + "Name"]),
        department=clean(cells[number + "Department"]),
        title=clean(cells[number + "Title"]),
        emails=tuple(dict.fromkeys(emails)),
        phones=tuple(_labelled_phone(label, value) for label, value in _google_values(cells, "Phone")),
        urls=tuple(dict.fromkeys(value for _label, value in _google_values(cells, "Website"))),
        address=clean(places[0][1]),
        note=paragraph(cells["Notes"]),
        tags=_labels(cells["Labels"] or cells["Group Membership"]),
    )


_OUTLOOK_PHONES = {
    "携帯電話": "mobile", "会社電話": "company", "会社電話 2": "company", "会社代表電話": "company", "通常の電話": "other",
    "自宅電話": "other", "自宅電話 2": "other", "その他の電話": "other", "会社 FAX": "fax", "自宅 FAX": "fax", "その他の FAX": "fax",
    "Mobile Phone": "mobile", "Business Phone": "company", "Business Phone 2": "company", "Company Main Phone": "company",
    "Primary Phone": "other", "Home Phone": "other", "Home Phone 2": "other", "Car Phone": "other", "Other Phone": "other",
    "Business Fax": "fax", "Home Fax": "fax", "Other Fax": "fax",
}  # fmt: skip
_OUTLOOK_MAILS = (
    ("電子メール アドレス", "電子メール表示名"), ("電子メール 2 アドレス", "電子メール 2 表示名"),
    ("電子メール 3 アドレス", "電子メール 3 表示名"), ("E-mail Address", "E-mail Display Name"),
    ("E-mail 2 Address", "E-mail 2 Display Name"), ("E-mail 3 Address", "E-mail 3 Display Name"),
)  # fmt: skip
_WITHIN_EXCHANGE = re.compile(r"/o=.*", re.IGNORECASE | re.DOTALL)


def _outlook_mails(cells: Cells, flaw: Flaw) -> tuple[str, ...]:
    """The mails; for a colleague Exchange writes a path of its own, and the mail only in the name shown."""
    found: list[str] = []
    for column, shown in _OUTLOOK_MAILS:
        if not _WITHIN_EXCHANGE.fullmatch(cells[column]):
            found += addresses(cells, (column,), flaw)
        elif mail := re.search(r"[^\s<>()\[\]]+@[^\s<>()\[\]]+", cells[shown]):
            found.append(mail[0])
        else:
            flaw(column, _("Exchangeの中だけの宛先で、メールアドレスがありません。"))
    return tuple(dict.fromkeys(found))


def _outlook_address(cells: Cells) -> str:
    """The address of the company, else the one at home."""
    for place, japanese in (("Business", "会社"), ("Home", "自宅")):
        code = cells.first(f"郵便番号 ({japanese})", f"{place} Postal Code")
        parts = [cells.first(f"{part} ({japanese})") for part in ("都道府県", "市区町村", "番地")]
        parts += [cells[f"{place} {part}"] for part in ("State", "City", "Street", "Street 2", "Street 3")]
        if address := postal_address(code, *parts):
            return address
    return ""


def _outlook(cells: Cells, flaw: Flaw) -> Candidate:
    given = f"{cells.first('名', 'First Name')} {cells.first('ミドル ネーム', 'Middle Name')}"
    name, family, given = full_name(cells.first("姓", "Last Name"), given)
    urls = filter(None, (cells.first("Web ページ", "Web Page"), cells.first("個人 Web ページ", "Personal Web Page")))
    return Candidate(
        line=cells.line,
        name=name,
        family=family,
        given=given,
        kana=kana_name(
            cells.first("Family Name Yomi", "Surname Yomi", "姓フリガナ", "フリガナ (姓)", "姓 (フリガナ)"),
            cells.first("Given Name Yomi", "Given Yomi", "名フリガナ", "フリガナ (名)", "名 (フリガナ)"),
        ),
        company=clean(cells.first("会社名", "Company")),
        department=clean(cells.first("部署", "Department")),
        title=clean(cells.first("役職", "Job Title")),
        emails=_outlook_mails(cells, flaw),
        phones=tuple(found for column, kind in _OUTLOOK_PHONES.items() for found in phones(cells[column], kind)),
        urls=tuple(dict.fromkeys(urls)),
        address=_outlook_address(cells),
        note=paragraph(cells.first("メモ", "Notes")),
        tags=tuple(map(clean, filter(None, cells.first("分類", "Categories").split(";")))),
    )


def _linkedin(cells: Cells, flaw: Flaw) -> Candidate:
    name, family, given = full_name(cells["Last Name"], cells["First Name"])
    return Candidate(
        line=cells.line,
        name=name,
        family=family,
        given=given,
        company=clean(cells["Company"]),
        title=clean(cells["Position"]),
        emails=addresses(cells, ("Email Address",), flaw),
        urls=(cells["URL"],) if cells["URL"] else (),
        met_on=days(cells, "Connected On", flaw),
    )


DIALECTS = (
    Dialect("soloflow", OWN_SIGNS, own_person, is_own=True),
    Dialect("connpass", PARTICIPANT_SIGNS, participant),
    Dialect("eight", ("会社名", "氏名", "TEL会社", "名刺交換日"), _eight),
    Dialect("eight", ("会社名", "姓", "名", "TEL会社", "名刺交換日"), _eight),
    Dialect("sansan", CARD_SIGNS, sansan_card, CARD_PATTERNS),
    Dialect("google", ("First Name", "Last Name", "Organization Name", "Labels"), _google),
    Dialect("google", ("Name", "Given Name", "Family Name", "Group Membership"), _google),
    Dialect("outlook", ("姓", "名", "電子メール アドレス"), _outlook),
    Dialect("linkedin", ("First Name", "Last Name", "Company", "Position", "Connected On"), _linkedin),
    Dialect("outlook", ("First Name", "Last Name", "E-mail Address"), _outlook),
    Dialect("thunderbird", CONTACT_SIGNS, thunderbird_contact),
    Dialect("thunderbird", CONTACT_SIGNS_JA, thunderbird_contact),
)
