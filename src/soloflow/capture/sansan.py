"""Sansan: business cards whose columns bear numbers in brackets, TEL-1(1) being the first number of the first address."""

import re
from collections.abc import Iterator

from soloflow.capture.cells import Cells, Flaw, addresses, days
from soloflow.capture.fields import clean, full_name, kana_name, paragraph, phones, postal_address
from soloflow.domain.candidates import Candidate, Phone

CARD_SIGNS = ("会社名",)
CARD_PATTERNS = (
    r"氏名.*|姓",
    r"(?:tel|fax|e-?mail|url|郵便番号|住所|携帯電話|直通電話?)(?:-?\d+)?\(\d+\).*",
)
_NUMBER = r"(?:-?\d+)?(?:\(\d+\))?"
_MAIL = re.compile(rf"(?:e-?mail|(?:電子)?メール(?:アドレス)?){_NUMBER}")
_URL = re.compile(rf"(?:url|webサイト|ホームページ){_NUMBER}")
_PHONES = (
    (re.compile(rf"(?:fax|ファックス)(?:番号)?{_NUMBER}"), "fax"),
    (re.compile(rf"(?:tel)?(?:携帯|mobile)(?:電話|tel)?(?:番号)?{_NUMBER}"), "mobile"),
    (re.compile(rf"(?:tel)?直通(?:電話|tel)?(?:番号)?{_NUMBER}"), "direct"),
    (re.compile(rf"(?:tel|(?:会社|代表)?電話|代表)(?:番号)?{_NUMBER}"), "company"),
)
_ADDRESS = re.compile(r"住所((?:\(\d+\))?)(?:\[(.+)\])?")
_KANA = "カナ|かな|フリガナ|ふりがな|ヨミ|よみ"
_NAME = re.compile(rf"(?:氏名)?(?:{_KANA})?(姓|名|セイ|メイ)?(?:{_KANA})?")


def sansan_card(cells: Cells, flaw: Flaw) -> Candidate:
    """One row."""
    parts = _name_parts(cells)
    name, family, given = full_name(parts.get("姓", ""), parts.get("名", ""), parts.get("氏名", ""))
    return Candidate(
        line=cells.line,
        name=name,
        family=family,
        given=given,
        kana=kana_name(parts.get("セイ", ""), parts.get("メイ", "")) or kana_name(parts.get("カナ", ""), ""),
        company=clean(cells["会社名"]),
        department=clean(cells.first("部署名", "部署")),
        title=clean(cells["役職"]),
        emails=addresses(cells, [key for key in cells if _MAIL.fullmatch(key)], flaw),
        phones=tuple(dict.fromkeys(_numbers(cells))),
        urls=tuple(dict.fromkeys(cells[key] for key in cells if _URL.fullmatch(key) and cells[key])),
        address=_address(cells),
        note=paragraph(cells.first("メモ", "備考")),
        tags=tuple(dict.fromkeys(filter(None, map(clean, re.split(r"[;；、,\n]", cells["タグ"]))))),
        met_on=days(cells, "名刺交換日", flaw),
    )


def _name_parts(cells: Cells) -> dict[str, str]:
    """The name by 氏名, 姓, 名, カナ, セイ and メイ, whichever way the columns write it: 氏名[姓], 氏名カナ(名), 姓フリガナ …"""
    found: dict[str, str] = {}
    for key in cells:
        bare = re.sub(r"[\[\]()・_/-]", "", key)
        column = _NAME.fullmatch(bare) if bare else None
        if column is None:
            continue
        is_kana = re.search(f"{_KANA}|セイ|メイ", bare) is not None
        part = {"姓": "セイ", "名": "メイ", None: "カナ"}.get(column[1], column[1]) if is_kana else column[1] or "氏名"
        found[part] = found.get(part) or cells[key]
    return found


def _numbers(cells: Cells) -> Iterator[Phone]:
    for key in cells:
        kind = next((kind for column, kind in _PHONES if column.fullmatch(key)), "")
        if kind:
            yield from phones(cells[key], kind)


def _address(cells: Cells) -> str:
    """The first address that says something: whole where there is a whole, else put together from its parts."""
    whole: dict[str, str] = {}
    parts: dict[str, list[str]] = {}
    for key in cells:
        if column := _ADDRESS.fullmatch(key):
            number, part = column[1], column[2] or "全て"
            parts.setdefault(number, [])
            if part == "全て":
                whole[number] = whole.get(number) or cells[key]
            else:
                parts[number].append(cells[key])
    made = (
        postal_address(cells[f"郵便番号{number}"], *([whole[number]] if whole.get(number) else parts[number]))
        for number in parts
    )
    return next(filter(None, made), "")
