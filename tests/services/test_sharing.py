"""One's own card and link: what is shown is what is known and chosen, and the link knows its meetup."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pictures_of_codes import as_bytes, code
from soloflow.capture.qr import codes_of
from soloflow.capture.reading import read
from soloflow.domain.candidates import Candidate, Phone
from soloflow.domain.errors import UserError
from soloflow.services import history, meetups, settings, sharing, site
from soloflow.services.workspace import Workspace

PROFILE = {
    "name": "髙﨑 花子", "kana": "たかさき はなこ", "trade_name": "花見川ソフト工房", "mail": "hanako@example.jp", "phone": "090-1234-5678",
    "base_url": "https://example.jp/", "tagline": "町工場の在庫を、Excelから楽に",
}  # fmt: skip


@pytest.fixture
def known(ws: Workspace) -> Workspace:
    site.save_section(ws, "profile", PROFILE)
    return ws


def meetup(ws: Workspace, name: str = "夜話", day: date = date(2026, 11, 21)) -> int:
    return meetups.create(ws, name, day).created[0]


def test_before_anything_is_written_there_is_no_card(ws: Workspace) -> None:
    assert not sharing.own_card(ws).is_known
    assert sharing.site_link(ws) == ""


def test_the_settings_are_enough_for_a_card(ws: Workspace) -> None:
    settings.change(ws.folder, name="山田 太郎", trade_name="山田工房", mail="t@example.jp")
    card = sharing.own_card(ws)
    assert (card.name, card.company, card.mail, card.is_in_site) == ("山田 太郎", "山田工房", "t@example.jp", False)


def test_the_profile_of_the_site_says_more(known: Workspace) -> None:
    card = sharing.own_card(known)
    assert (card.kana, card.phone, card.site, card.is_in_site) == (
        "たかさき はなこ",
        "090-1234-5678",
        "https://example.jp/",
        True,
    )
    assert card.parts == tuple(sharing.PARTS)


def test_our_own_reader_and_any_other_find_the_same_person(known: Workspace) -> None:
    text = sharing.card_text(sharing.own_card(known))
    assert replace(read("x", text.encode()).candidates[0], line=0) == Candidate(
        name="髙﨑 花子", family="髙﨑", given="花子", kana="タカサキ ハナコ", company="花見川ソフト工房", emails=("hanako@example.jp",),
        phones=(Phone("090-1234-5678", "mobile"),), urls=("https://example.jp/",), note="町工場の在庫を、Excelから楽に",
    )  # fmt: skip


def test_the_phone_is_given_away_by_choice_only(known: Workspace) -> None:
    card = sharing.own_card(known)
    assert "TEL" not in sharing.card_text(card.only(sharing.chosen_parts(known)))
    sharing.choose_parts(known, ("phone", "mail"))
    assert sharing.chosen_parts(known) == ("mail", "phone")
    text = sharing.card_text(card.only(sharing.chosen_parts(known)))
    assert "TEL;TYPE=CELL:090-1234-5678" in text
    assert "ORG" not in text


def test_nothing_but_the_name_can_be_chosen(known: Workspace) -> None:
    sharing.choose_parts(known, ())
    assert sharing.chosen_parts(known) == ()
    text = sharing.card_text(sharing.own_card(known).only(()))
    assert text.split("\r\n")[2:-2] == ["N:髙﨑;花子;;;", "FN:髙﨑 花子"]


def test_who_has_only_a_trade_name_goes_by_it(ws: Workspace) -> None:
    settings.change(ws.folder, trade_name="山田工房")
    assert read("x", sharing.card_text(sharing.own_card(ws)).encode()).candidates[0].name == "山田工房"


def test_the_usual_card_is_small_enough_for_every_phone(known: Workspace) -> None:
    text = sharing.card_text(sharing.own_card(known).only(sharing.chosen_parts(known)))
    assert sharing.draw(text).is_easy


def test_a_meetup_gets_a_code_once_and_one_undo_takes_it_away(known: Workspace) -> None:
    one = meetup(known)
    assert sharing.site_link(known, one) == "https://example.jp/"
    changes = sharing.ensure_code(known, one)
    assert "夜話" in changes.label
    assert sharing.site_link(known, one) == "https://example.jp/?s=261121"
    assert sharing.ensure_code(known, one).change_set is None
    history.undo(known)
    assert sharing.code_of(known, one) == ""
    history.redo(known)
    assert sharing.code_of(known, one) == "261121"


def test_meetups_of_one_day_have_different_codes(known: Workspace) -> None:
    ones = [meetup(known, f"夜話{number}") for number in range(25)]
    for one in ones:
        sharing.ensure_code(known, one)
    codes = [sharing.code_of(known, one) for one in ones]
    assert len(set(codes)) == 25
    assert codes[:3] == ["261121", "261121b", "261121c"]


def test_a_meetup_without_a_source_gets_one(known: Workspace) -> None:
    one = meetup(known)
    with known.store.write("", known.now_us()) as work:
        work.delete("sources", work.reader.find("sources", meetup_id=one))
    sharing.ensure_code(known, one)
    assert sharing.code_of(known, one) == "261121"


def test_a_meetup_that_is_gone_gets_no_code(known: Workspace) -> None:
    assert sharing.ensure_code(known, 12345).change_set is None


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.jp", "https://example.jp/?s=261121"), ("https://example.jp/~me/", "https://example.jp/~me/?s=261121"),
        ("https://example.jp/~me", "https://example.jp/~me/?s=261121"),
    ],
)  # fmt: skip
def test_the_code_is_put_into_any_address(ws: Workspace, address: str, link: str) -> None:
    site.save_section(ws, "profile", {"name": "山田", "base_url": address})
    one = meetup(ws)
    sharing.ensure_code(ws, one)
    assert sharing.site_link(ws, one) == link


def test_the_card_of_a_meetup_carries_the_link_of_the_meetup(known: Workspace) -> None:
    one = meetup(known)
    sharing.ensure_code(known, one)
    assert "URL:https://example.jp/?s=261121" in sharing.card_text(sharing.own_card(known, one))


def test_the_meetup_of_now_is_the_last_chosen_until_the_day_after(ws: Workspace) -> None:
    assert sharing.meetup_now(ws) is None
    for day, expected in (
        (date(2026, 11, 21), True),
        (date(2026, 11, 20), True),
        (date(2026, 11, 19), False),
        (date(2026, 11, 22), False),
    ):
        one = meetup(ws, "夜話", day)
        settings.change(ws.folder, last_meetup=one)
        assert (sharing.meetup_now(ws) == one) is expected


@pytest.mark.parametrize("name", ["card.png", "card.PNG", "card"])
def test_a_picture_is_written_and_read(known: Workspace, tmp_path: Path, name: str) -> None:
    sharing.write(sharing.draw("https://example.jp/"), tmp_path / name)
    assert codes_of("x", (tmp_path / name).read_bytes())[0].text == "https://example.jp/"
    assert not list(tmp_path.glob("*.new"))


def test_a_picture_by_the_name_of_svg_is_one(known: Workspace, tmp_path: Path) -> None:
    sharing.write(sharing.draw("x"), tmp_path / "card.svg")
    assert (tmp_path / "card.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_a_place_where_nothing_can_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"card\.png に書けません"):
        sharing.write(sharing.draw("x"), tmp_path / "nowhere" / "card.png")


def test_a_picture_of_a_kind_that_is_not_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"card\.jpg には書けません。.*\.png"):
        sharing.write(sharing.draw("x"), tmp_path / "card.jpg")


def test_the_code_that_somebody_else_shows_is_a_reading() -> None:
    data = as_bytes(code("MECARD:N:山田,太郎;TEL:09012345678;;"))
    assert sharing.people_of_image(data).candidates[0].name == "山田 太郎"
    assert sharing.texts_of_image(data) == ("MECARD:N:山田,太郎;TEL:09012345678;;",)


def test_a_picture_without_a_name_is_called_this_picture() -> None:
    with pytest.raises(UserError, match="この画像"):
        sharing.people_of_image(b"\x89PNG nothing")


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.png を開けません"):
        sharing.texts_of_file(tmp_path / "none.png")
