"""Thunderbird: its address book as a table, with English or Japanese headings."""

from soloflow.capture.cells import Cells, Flaw, addresses
from soloflow.capture.fields import clean, full_name, paragraph, phones, postal_address
from soloflow.domain.candidates import Candidate

CONTACT_SIGNS = ("First Name", "Last Name", "Display Name", "Primary Email")
CONTACT_SIGNS_JA = ("名", "姓", "表示名", "メールアドレス")
_MAILS = ("Primary Email", "Secondary Email", "メールアドレス", "別のメールアドレス")
_PHONES = {
    "Work Phone": "company", "Home Phone": "other", "Fax Number": "fax", "Mobile Number": "mobile",
    "勤務先の電話番号": "company", "勤務先電話番号": "company", "自宅の電話番号": "other", "自宅電話番号": "other",
    "FAX 番号": "fax", "携帯電話の番号": "mobile", "携帯電話番号": "mobile", "携帯電話": "mobile",
}  # fmt: skip
_PAGES = ("Web Page 1", "Web Page 2", "Web ページ 1", "Web ページ 2")
_PLACES = (
    ("Work ZipCode", "Work State", "Work City", "Work Address", "Work Address 2"),
    ("勤務先の郵便番号", "勤務先の都道府県", "勤務先の市区町村", "勤務先の住所", "勤務先の住所 2"),
    ("Home ZipCode", "Home State", "Home City", "Home Address", "Home Address 2"),
    ("自宅の郵便番号", "自宅の都道府県", "自宅の市区町村", "自宅の住所", "自宅の住所 2"),
)


def thunderbird_contact(cells: Cells, flaw: Flaw) -> Candidate:
    """One row. A display name that is a mail address is no name."""
    shown = cells.first("Display Name", "表示名")
    emails = addresses(cells, _MAILS, flaw)
    name, family, given = full_name(
        cells.first("Last Name", "姓"), cells.first("First Name", "名"), "" if shown in emails else shown
    )
    places = (postal_address(*(cells[column] for column in columns)) for columns in _PLACES)
    return Candidate(
        line=cells.line,
        name=name,
        family=family,
        given=given,
        company=clean(cells.first("Organization", "組織", "組織名", "会社名")),
        department=clean(cells.first("Department", "部門", "部署")),
        title=clean(cells.first("Job Title", "役職")),
        emails=emails,
        phones=tuple(found for column, kind in _PHONES.items() for found in phones(cells[column], kind)),
        urls=tuple(dict.fromkeys(cells[column] for column in _PAGES if cells[column])),
        address=next(filter(None, places), ""),
        note=paragraph(cells.first("Notes", "メモ")),
    )
