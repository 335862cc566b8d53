"""What real programs write that no standard allows: each a card of its own shape, invented, with the person it must give.

`docs/vcard-quirks.md` lists them; a test here holds the list to the tests that exist.
"""

import re
from pathlib import Path

import pytest

from soloflow.capture.reading import read
from soloflow.domain.candidates import Candidate, Phone

TESTS = Path(__file__).parent
LIST = TESTS.parents[1] / "docs" / "vcard-quirks.md"
BASE64 = "R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs="
QUIRKS: dict[str, tuple[bytes, tuple[Candidate, ...]]] = {
    "blank line and spaces around BEGIN and after it": (
        b"\r\n BEGIN:VCARD \r\n\r\nVERSION:3.0\r\nFN:Dirk Stone\r\nN:Stone;Dirk\r\nEND:VCARD\r\n\r\n",
        (Candidate("Dirk Stone", "Stone", "Dirk"),),
    ),
    "lower-case names of properties, parameters and values": (
        b"begin:vcard\nversion:3.0\nfn:Mika Sand\nn:Sand;Mika;;;\ntel;type=cell:090-1111-2222\nend:vcard\n",
        (Candidate("Mika Sand", "Sand", "Mika", phones=(Phone("090-1111-2222", "mobile"),)),),
    ),
    "an N that is cut short, with a full name beside it": (
        "BEGIN:VCARD\nVERSION:3.0\nFN:砂田 美佳\nN:砂田\nEMAIL:mika@example.jp\nEND:VCARD\n".encode(),
        (Candidate("砂田 美佳", "砂田", "美佳", emails=("mika@example.jp",)),),
    ),
    "a company name that holds a comma and is no list": (
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Jo Hill\nN:Hill;Jo;;;\nORG:Company, The;Sales\nEND:VCARD\n",
        (Candidate("Jo Hill", "Hill", "Jo", company="Company, The", department="Sales"),),
    ),
    "a link with an escaped colon": (
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Jo Hill\nN:Hill;Jo;;;\nitem1.URL:http\\://jo.example/a\nitem1.X-ABLabel:_$!<HomePage>!$_\nEND:VCARD\n",
        (Candidate("Jo Hill", "Hill", "Jo", urls=("http://jo.example/a",)),),
    ),
    "an encoding that nobody knows": (
        "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=KLINGON:砂田 美佳\nN;CHARSET=KLINGON:砂田;美佳\nEND:VCARD\n".encode(),
        (Candidate("砂田 美佳", "砂田", "美佳"),),
    ),
    "quoted-printable broken within a character, in Shift_JIS": (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8D=\r\n=BB=93c;=94=FC=89=C0\r\nEND:VCARD\r\n",
        (Candidate("砂田 美佳", "砂田", "美佳"),),
    ),
    "a quoted-printable address of several lines": (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN:砂田;美佳\r\nADR;WORK;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;1-2-3=0D=0A=\r\n=E3=82=A2=E3=83=91=E3=83=BC=E3=83=88;港区;東京都;105-0001;\r\nEND:VCARD\r\n".encode(),
        (Candidate("砂田 美佳", "砂田", "美佳", address="〒105-0001 東京都港区 1-2-3 アパート"),),
    ),
    "a photo whose lines are not indented and end at a blank line": (
        f"BEGIN:VCARD\r\nVERSION:2.1\r\nN:Hill;Jo\r\nPHOTO;GIF;ENCODING=BASE64:\r\n{BASE64}\r\n{BASE64}\r\n\r\nTEL;CELL:090-1111-2222\r\nEND:VCARD\r\n".encode(),
        (Candidate("Jo Hill", "Hill", "Jo", phones=(Phone("090-1111-2222", "mobile"),)),),
    ),
    "numbers written as links, with an extension": (
        b"BEGIN:VCARD\nVERSION:4.0\nFN:Jo Hill\nN:Hill;Jo;;;\nTEL;VALUE=uri;TYPE=\"work,voice\":tel:+81-3-1111-2222;ext=12\nEND:VCARD\n",
        (Candidate("Jo Hill", "Hill", "Jo", phones=(Phone("+81-3-1111-2222 内線12", "company"),)),),
    ),
    "UTF-8 folded within a character": (
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:\xe7\xa0\x82\xe7\r\n \x94\xb0;\xe7\xbe\x8e\xe4\xbd\xb3;;;\r\nEND:VCARD\r\n",
        (Candidate("砂田 美佳", "砂田", "美佳"),),
    ),
    "two cards on each other's heels, the first without an end": (
        "BEGIN:VCARD\nVERSION:3.0\nFN:砂田 美佳\nBEGIN:VCARD\nVERSION:3.0\nFN:岡 純\nEND:VCARD\n".encode(),
        (Candidate("砂田 美佳", "砂田", "美佳"), Candidate("岡 純", "岡", "純")),
    ),
    "a file that was cut off in the middle of a value": (
        "BEGIN:VCARD\nVERSION:3.0\nFN:砂田 美佳\nORG:アクメ\nNOTE:途中で".encode(),
        (Candidate("砂田 美佳", "砂田", "美佳", company="アクメ", note="途中で"),),
    ),
    "only carriage returns": (
        "BEGIN:VCARD\rVERSION:3.0\rFN:砂田 美佳\rEND:VCARD\r".encode(),
        (Candidate("砂田 美佳", "砂田", "美佳"),),
    ),
    "several mails, the preferred one not first": (
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Jo Hill\nN:Hill;Jo;;;\nEMAIL;TYPE=HOME:jo@home.example\nEMAIL;TYPE=WORK,PREF:jo@work.example\nEND:VCARD\n",
        (Candidate("Jo Hill", "Hill", "Jo", emails=("jo@work.example", "jo@home.example")),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("quirk", QUIRKS)
def test_the_person_behind_a_quirk_is_read(quirk: str) -> None:
    data, people = QUIRKS[quirk]
    reading = read("x", data)
    assert [{**fields(person), "line": 0} for person in reading.candidates] == [fields(person) for person in people]
    assert reading.rows == len(people)


def fields(person: Candidate) -> dict[str, object]:
    return {field: getattr(person, field) for field in Candidate.__dataclass_fields__}


def test_the_list_of_quirks_names_every_quirk_and_only_tests_that_exist() -> None:
    text = LIST.read_text(encoding="utf-8")
    assert [quirk for quirk in QUIRKS if quirk not in text] == []
    sources = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.glob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", text)
    assert named
    assert [name for name in named if f"def {name}(" not in sources] == []
