"""How somebody is reached, in one line of a signature: mails, numbers with their kind, links, the address, labelled words."""

import re
from collections.abc import Iterator
from dataclasses import replace

from soloflow.capture.fields import postal_address
from soloflow.capture.line_marks import DASHES, Piece, find_mails, find_urls, phone_kind
from soloflow.capture.profile_links import SITE_LABEL, labelled_link

_D = r"[-‐‑‒–—―−ー]"
_NUMBER = re.compile(
    rf"(?<![\w@./+-])(?:\+\d{{1,3}}(?:[\s.]?{_D}?[\s.]?\(?\d{{1,5}}\)?){{2,6}}"
    rf"|\(?0\d{{1,4}}\)?\s?[{_D[1:-1]}.]?\s?\(?\d{{1,4}}\)?\s?[{_D[1:-1]}.]?\s?\d{{3,4}})(?![\d@])"
)
_EXTENSION = re.compile(r"\s*\(?(?:内線|ext\.?|x)\s*[:.]?\s*(\d{1,6})\)?", re.IGNORECASE)
_SAID_AFTER = re.compile(
    r"\s*\(((?:部門|部|課)?代表?|大代表|(?:部門|部|課)直通|直通?|ダイヤルイン|携帯|FAX|会社|自宅|本社|mobile|direct)\)",
    re.IGNORECASE,
)
_KINDS = (
    ("fax", r"FAX|ファックス|ファクス|ファクシミリ|F|📠"),
    ("mobile", r"携帯電話|携帯|ケータイ|Mobile|Cellular|Cell|Mob|M|📱"),
    ("direct", r"直通|直|ダイヤルイン|Direct|D"),
    ("company", r"大代表|代表電話|代表|代|会社|本社|Office|O"),
    ("other", r"TEL|電話番号|電話|Telephone|Phone|Ph|T|P|連絡先|自宅|☎|☏|📞|✆"),
)  # fmt: skip
_LABELS = "|".join(shape for _kind, shape in _KINDS)
_PHONE_LABEL = re.compile(
    rf"(?:(?<![A-Za-z0-9])(?:{_LABELS})(?![A-Za-z])[.\ufe0f]?\s*[/&・(]?\s*){{1,3}}[\])】>》]?\s*[:.|]?\s*$",
    re.IGNORECASE,
)
_LABEL_EDGE = r"(?:^|(?<=[\s/|,(\[【<《]))"
_REACHED_LABEL = re.compile(
    rf"{_LABEL_EDGE}(?:e-?mails?|e-?mail address|mails?|メールアドレス|メール|アドレス|addr|E|✉\ufe0f?|📧|URL|HP|Web\s?site|Web|Homepage|Home\s?page|ホームページ"
    r"|ウェブサイト|サイト|ブログ|Blog|Site|U|W|H|🌐|🔗|GitHub|LinkedIn|Twitter|X|Facebook|FB|Qiita|Zenn|note|connpass|Instagram|Wantedly|YOUTRUST|Eight"
    r"|ポートフォリオ|Portfolio|SNS|会社サイト|会社HP|公式サイト|採用サイト)\s*[\])】>》]?\s*[:|]?\s*<?$",
    re.IGNORECASE,
)
_LABELLED_URL = re.compile(
    r"(?:(?<![A-Za-z])(?:URL|HP|Web\s?site|Web|Homepage|Site|Blog)|ホームページ|ウェブサイト|サイト|ブログ|🌐|🔗)\s*[\])】]?\s*[:|]?\s*"
    r"(?P<url>(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}(?:/[^\s<>|]*)?)(?![A-Za-z0-9@.])",
    re.IGNORECASE,
)
_OPENING = re.compile(r"[\[【<《(]\s*$")
_WRITTEN_OUT = re.compile(r"\s*[\[(<{]\s*(?:at|アット|アットマーク|@)\s*[\])>}]\s*", re.IGNORECASE)
_PREFECTURE = r"(?:北海道|東京都|(?:大阪|京都)府|(?:神奈川|和歌山|鹿児島|[一-龥]{2})県)"
_OFFICE = r"(?:住所|所在地|[一-龥ァ-ヶー]{0,8}(?:本社|本店|支店|支社|営業所|事務所|オフィス|工場)|Address|Addr|Add)"
_CODE = r"〒?\s*(?P<code>\d{3}\s?[-‐‑–−ー]?\s?\d{4})(?![\d-])"
_ADDRESS = re.compile(
    rf"(?:{_OFFICE}\s*[\])】]?\s*[:.]?\s*)?(?:〒\s*(?P<marked>\d{{3}}\s?[-‐‑–−ー]?\s?\d{{4}})(?!\d)"
    rf"|(?<![\d-]){_CODE}(?=\s*{_PREFECTURE}|\s*[一-龥]{{1,5}}[市区郡]))",
    re.IGNORECASE,
)
_PLACE = re.compile(
    rf"^(?:{_OFFICE}\s*[\])】]?\s*[:.]?\s*)?(?={_PREFECTURE}[^、。]{{0,12}}?[市区町村郡]|[一-龥ヶ々]{{1,5}}[市区][一-龥ぁ-んァ-ヶ々]{{1,10}}\s?\d)"
)
_ADDRESS_LABEL = re.compile(r"^(?:住所|所在地|Address|Addr|Add)\s*[\])】]?\s*[:.]\s*(?=\S)", re.IGNORECASE)
_LATIN_PLACE = re.compile(
    r"(?=.*\d)(?=.*(?:,|-(?:ku|shi|cho|machi)\b))(?:.*\b(?:Japan|Tokyo|Osaka|Kyoto|Nagoya|Yokohama|Fukuoka|Sapporo|Kobe|USA|UK|Singapore)\b"
    r"|.*-(?:ku|shi|cho|machi|gun)\b|.*\b(?:Street|St\.|Avenue|Ave\.?|Road|Rd\.|Blvd|Drive|Suite|Floor|Bldg\.?|Building)(?!\w))",
    re.IGNORECASE,
)
_BUILDING = re.compile(
    r"(?:ビル(?:ヂング|ディング)?|タワー|マンション|ハイツ|コーポ|プラザ|ヒルズ|スクエア|センター|レジデンス|会館|号館|号室|棟)(?:\s?[\dA-Z地上下東西南北本新別]*\s?(?:F|階|号室?|館)?)?(?:\s?[\d-]+(?:F|号室?|階)?)?$|\d+\s?(?:F|階|号室)$"
    r"|\b(?:Bldg\.?|Building|Tower|Floor)\b",
    re.IGNORECASE,
)
_STREET = re.compile(r"\d\s*[-‐–−ー]\s*\d|丁目|番地|\d番")
_WORD_LABEL = re.compile(
    r"(?:^|(?<=[\s/|]))[\[【(]?(?P<label>会社名|会社|社名|勤務先|法人名|屋号|所属|Company|部署名|部署|部門|Department|Dept|役職|肩書き?|職種|Title|Position|氏名|お名前|名前|担当者|担当|Name"
    r"|フリガナ|ふりがな|ヨミガナ|よみがな|カナ|Kana)(?:[\])】]\s*[:：]?|\s*[:：])\s*(?P<value>[^/|]*[^\s/|])",
    re.IGNORECASE,
)
_FIELDS = {
    "company": "会社名 会社 社名 勤務先 法人名 屋号 所属 company",
    "department": "部署名 部署 部門 department dept",
    "title": "役職 肩書 肩書き 職種 title position",
    "name": "氏名 お名前 名前 担当者 担当 name",
    "kana": "フリガナ ふりがな ヨミガナ よみがな カナ kana",
}
_FIELD_OF = {label: field for field, labels in _FIELDS.items() for label in labels.split()}
_TAG = re.compile(r"(?<!\S)#([^\s#、,。「」()→<>]+)")


def marks_of(line: str) -> list[Piece]:
    """Everything in a width-folded line by which somebody is reached, labels included, none over another; places in the line."""
    taken: list[Piece] = []
    for find in (_mails, find_urls, _labelled_urls, _site_labels, _tags, _phones, _addresses, _labelled):
        for piece in find(_free(line, taken)):
            if all(piece.end <= one.start or one.end <= piece.start for one in taken):
                taken.append(_with_label(line, piece))
    return sorted(taken, key=lambda piece: piece.start)


def _free(line: str, taken: list[Piece]) -> str:
    for piece in taken:
        line = line[: piece.start] + " " * (piece.end - piece.start) + line[piece.end :]
    return line


def _with_label(line: str, piece: Piece) -> Piece:
    """Begin at the 「E-mail:」 before it."""
    if piece.field not in ("email", "url"):
        return piece
    label = _REACHED_LABEL.search(line[: piece.start])
    start = label.start() if label else piece.start
    opening = _OPENING.search(line[:start]) if label else None
    return replace(piece, start=opening.start() if opening else start)


def _mails(line: str) -> Iterator[Piece]:
    found = list(find_mails(line))
    yield from found
    written = _WRITTEN_OUT.search(line) if not found else None
    if written:
        for piece in find_mails(line[: written.start()] + "@" + line[written.end() :]):
            longer = written.end() - written.start() - 1
            yield replace(piece, end=piece.end + longer)


def _labelled_urls(line: str) -> Iterator[Piece]:
    """URL: acme.works, where the label says what an ending of our list does not."""
    for found in _LABELLED_URL.finditer(line):
        yield Piece("url", found.start(), found.end(), found["url"].rstrip(".,;"))


def _site_labels(line: str) -> Iterator[Piece]:
    for found in SITE_LABEL.finditer(line):
        yield Piece("url", found.start(), found.end(), labelled_link(found["site"], found["id"]))


def _tags(line: str) -> Iterator[Piece]:
    for found in _TAG.finditer(line):
        if not found[1].isdigit():
            yield Piece("tag", found.start(), found.end(), found[1])


def _phones(line: str) -> Iterator[Piece]:
    before = 0
    for found in _NUMBER.finditer(line):
        digits = sum(character.isdigit() for character in found[0])
        if not (10 <= digits <= 15 if found[0].startswith("+") else digits in (10, 11)):
            continue
        label = _PHONE_LABEL.search(line[max(before, found.start() - 40) : found.start()])
        start = found.start() - len(label[0]) if label else found.start()
        opening = _OPENING.search(line[:start])
        end, number = found.end(), found[0].translate(DASHES).strip()
        if extension := _EXTENSION.match(line, end):
            end, number = extension.end(), f"{number} 内線{extension[1]}"
        after = _SAID_AFTER.match(line, end)
        kind = _kind(label[0] if label else "", after[1] if after else "", number)
        before = after.end() if after else end
        yield Piece("phone", opening.start() if opening else start, before, number, kind)


def _kind(label: str, after: str, number: str) -> str:
    said = {
        kind for kind, shape in _KINDS for words in (label, after)
        if re.search(rf"(?<![A-Za-z])(?:{shape})(?![A-Za-z])", words, re.IGNORECASE)
    }  # fmt: skip
    for kind in ("mobile", "direct", "company"):
        if kind in said:
            return kind
    if "fax" in said and "other" not in said:
        return "fax"
    return phone_kind(number)


def _addresses(line: str) -> Iterator[Piece]:
    found = _ADDRESS.search(line)
    if found:
        start, code, begin = found.start(), found["marked"] or found["code"], found.end()
    elif place := _PLACE.search(line) or _ADDRESS_LABEL.search(line):
        start, code, begin = place.start(), "", place.end()
    elif _LATIN_PLACE.match(line):
        start, code, begin = 0, "", 0
    else:
        return
    gap = re.search(r"\s{3,}|\s[/|]\s", line[begin:])  # what was claimed is blank
    end = begin + gap.start() if gap and line[begin : begin + gap.start()].strip() else len(line.rstrip())
    words = line[begin:end].strip(" /|,:・")
    if words or code:
        yield Piece("address", start, end, postal_address(code, words))


def goes_on_address(line: str) -> bool:
    """Whether a line can be the rest of the address above it: a building, a street with its number."""
    return len(line) <= 60 and (_BUILDING.search(line) is not None or _STREET.search(line) is not None)


def _labelled(line: str) -> Iterator[Piece]:
    for found in _WORD_LABEL.finditer(line):
        field = _FIELD_OF[found["label"].lower()]
        yield Piece(field, found.start(), found.end(), " ".join(found["value"].split()))
