"""Coverage-guided fuzzing of everything that reads what comes from outside: `python tests/fuzz/fuzz_readers.py CORPUS [libFuzzer options]`.

The first byte of an input chooses the reader. A reader may answer or refuse with a UserError; anything else (an exception, more than
ten seconds, more than a gigabyte) is a fault, and libFuzzer leaves the input that showed it in a file named crash-…, timeout-… or oom-….
"""

import contextlib
import io
import sys
import zipfile
from collections.abc import Callable
from datetime import date

import atheris

with atheris.instrument_imports(include=["soloflow.capture", "soloflow.domain"]):
    from soloflow.capture.line import replace_chip
    from soloflow.capture.pasted import parse_many, read_pasted
    from soloflow.capture.profile_links import profile_of
    from soloflow.capture.qr_people import people_of_text
    from soloflow.capture.reading import look_at, read
    from soloflow.capture.table_look import Unmapped
    from soloflow.capture.when import find_dates
    from soloflow.domain.errors import UserError
    from soloflow.domain.money import parse_yen
    from soloflow.domain.text import company_key, mail_key, name_key, phone_key, shadow, split_name

TODAY = date(2026, 11, 21)
HEADERS = (
    "会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,携帯電話,名刺交換日,'?'を含んだデータ\r\n",
    "First Name,Last Name,Phonetic Last Name,Organization Name,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Labels\r\n",
    "参加枠名,ユーザー名,表示名,コメント,参加ステータス,出欠ステータス\r\n",
    "customer,name,family,given,kana,emails,phones,phone_kinds,met_on,is_person\r\n",
)


def _people(data: bytes) -> None:
    reading = read("x", data)
    assert len(reading.candidates) + reading.unread <= reading.rows


def _table(data: bytes) -> None:
    _people(HEADERS[data[0] % len(HEADERS)].encode() + data[1:] if data else b"")


def _card(data: bytes) -> None:
    _people(b"BEGIN:VCARD\r\nVERSION:" + (b"2.1", b"3.0", b"4.0")[(data or b"\0")[0] % 3] + b"\r\n" + data[1:])


def _mecard(data: bytes) -> None:
    _people(b"MECARD:" + data)


def _line(data: bytes) -> None:
    for line in parse_many(data.decode("utf-8", "replace"), TODAY):
        for chip in line.chips:
            replace_chip(line, chip.field, "")


def _words(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    find_dates(text, TODAY)
    parse_yen(text)
    split_name(text)
    shadow(text)
    for key in (name_key, company_key, mail_key, phone_key):
        key(text)


def _pasted(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for asked in ("", "one", "many"):
        found = read_pasted(text, asked)
        assert all(0 <= part.start <= part.end <= len(text) for part in found.parts)
    profile_of(text)


def _unknown_table(data: bytes) -> None:
    try:
        read("x", data)
    except Unmapped as unmapped:
        mapping = unmapped.table.suggested
        reading = read("x", data, mapping=mapping)
        assert len(reading.candidates) + reading.unread <= reading.rows


def _look(data: bytes) -> None:
    look_at("x", data)


def _code(data: bytes) -> None:
    people_of_text(data.decode("utf-8", "replace"), data)


def _archive(data: bytes) -> None:
    """A workbook or archive whose parts are right and whose content is not."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml" if data[:1] == b"x" else "people.csv", data[1:])
    _people(file.getvalue())


READERS: tuple[Callable[[bytes], None], ...] = (
    _people, _table, _card, _mecard, _line, _words, _pasted, _unknown_table, _look, _code, _archive,
)  # fmt: skip


def one(data: bytes) -> None:
    """One input, as libFuzzer makes it."""
    if data:
        with contextlib.suppress(UserError):
            READERS[data[0] % len(READERS)](data[1:])


if __name__ == "__main__":
    atheris.Setup([*sys.argv, "-timeout=10", "-rss_limit_mb=1500"], one)
    atheris.Fuzz()
