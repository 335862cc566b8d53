"""Old Western European files (cp1252) beside Japanese ones: neither is taken for the other."""

import pytest

from soloflow.capture.decoding import decodings
from soloflow.capture.reading import read


def card(encoding: str, *lines: str) -> bytes:
    return "\r\n".join(("BEGIN:VCARD", "VERSION:2.1", *lines, "END:VCARD", "")).encode(encoding)


@pytest.mark.parametrize("name", ["Günther Blümchen", "André", "Spaßlund", "Ærøskøbing Øster", "Zoë Brontë"])
def test_a_western_card_keeps_its_accents(name: str) -> None:
    reading = read("x", card("cp1252", f"FN:{name}", "ADR:;;Lämmerweg 12;Mößlitz;;98765;"))
    (person,) = reading.candidates
    assert (reading.encoding, person.name, person.address) == ("cp1252", name, "98765 Mößlitz Lämmerweg 12")
    assert reading.problems == ()


@pytest.mark.parametrize(
    "name", ["山田 太郎", "林", "林Taro", "ﾔﾏﾀﾞ", "髙﨑 能予", "Tanaka 田中", "ｱ", "Mr.林", "Café 田中", "①"]
)
def test_a_japanese_file_is_never_taken_for_a_western_one(name: str) -> None:
    text = name.replace("é", "e")
    found = next(decodings(f"FN:{text}\r\nORG:株式会社Alpha\r\n".encode("cp932")))
    assert (found.encoding, found.text.splitlines()[0]) == ("cp932", f"FN:{text}")


def test_a_single_kanji_in_a_latin_file_stays_one() -> None:
    found = next(decodings("Name,Sign\r\nHayashi,林\r\nMori,森\r\n".encode("cp932")))
    assert found.text == "Name,Sign\r\nHayashi,林\r\nMori,森\r\n"


def test_a_damaged_japanese_file_stays_japanese() -> None:
    found = next(decodings("氏名,会社\r\n山田,アクメ\r\n".encode("cp932") + b"\xff\xfe\r\n"))
    assert found.encoding == "cp932"
    assert found.damaged == (3,)
