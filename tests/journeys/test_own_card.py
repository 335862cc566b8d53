"""One's own card on the screen, photographed with another device, is the same person again."""

from pathlib import Path

import pytest
from person import Person
from PIL import Image

from conftest import Desk
from pictures_of_codes import as_bytes, photographed
from soloflow.services import site

pytestmark = pytest.mark.journey

ME = {"name": "佐伯 優斗", "kana": "さえき ゆうと", "trade_name": "佐伯ソフトウェア", "mail": "hello@saeki.example"}


def shows_the_card(person: Person) -> Path:
    """The code over the whole screen, and what a camera sees of it."""
    person.presses("Ctrl+K")
    person.types("自分のQR")
    person.sees("自分のQRを見せる")
    person.presses("Enter")
    person.sees_window("自分のQR")
    person.sees("佐伯 優斗", "名刺", "サイトのリンク")
    person.photographs("01-card")
    picture = person.photographs_the_screen("画面")
    person.presses("Escape")
    person.sees_window("今日")
    return picture


def test_the_own_card_photographed_from_the_screen_is_read_as_the_same_person(
    desk: Desk, person: Person, tmp_path: Path
) -> None:
    desk.starts()
    site.save_section(desk.workspace, "profile", ME)
    screen = shows_the_card(person)
    person.drops(screen)
    person.sees("画面.png・QRコード・1件（1人）", "1人を取り込む")
    person.photographs("02-preview")
    person.presses("Ctrl+Enter")
    person.sees("画面.png を取り込みました")
    desk.rests()
    with desk.workspace.store.read() as reader:
        (one,) = (reader.get("contacts", number) for number in reader.ids("contacts"))
        points = {row["value"] for row in reader.rows("SELECT value FROM contact_points")}
    assert (one["name"], one["kana"]) == ("佐伯 優斗", "サエキ ユウト")
    assert "hello@saeki.example" in points
    photo = tmp_path / "携帯の写真.png"
    photo.write_bytes(as_bytes(photographed(Image.open(screen).convert("L").resize((800, 500)))))
    person.drops(photo)
    person.sees("携帯の写真.png・QRコード・1件（1人）", "同じ 1")
    person.photographs("03-the-same")
