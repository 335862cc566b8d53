"""サイト: words kept per section, what is wrong with them, what changed since the release."""

from pathlib import Path

import pytest

from soloflow.domain.errors import UserError
from soloflow.services import history, publishing, settings, site
from soloflow.services.site_advice import remarks
from soloflow.services.voices import echoed, heard, nearest
from soloflow.services.workspace import Workspace


def say(ws: Workspace, text: str, name: str = "カワセミ食品", contact: str = "") -> int:
    with ws.store.write("", ws.now_us()) as work:
        one = work.insert("prospects", name=name, created_us=ws.now_us())
        person = work.insert("contacts", prospect_id=one, name=contact, created_us=ws.now_us()) if contact else None
        return work.insert("activities", prospect_id=one, contact_id=person, kind="voice", at_us=ws.now_us(), text=text)


def publish(ws: Workspace, target: Path) -> None:
    site.build(ws)
    publishing.publish(ws, site.default_folder(ws), str(target))


def test_a_section_is_kept_as_written(ws: Workspace) -> None:
    site.save_section(ws, "home", {"headline": "棚卸しの夜を終えます。"})
    assert site.content(ws).home.headline == "棚卸しの夜を終えます。"


def test_several_sections_are_one_change(ws: Workspace) -> None:
    site.save_sections(ws, {"home": {"headline": "一"}, "profile": {"name": "佐伯"}})
    history.undo(ws)
    assert site.content(ws).home.headline == ""
    assert site.content(ws).profile.name == ""


def test_what_says_the_same_is_no_change(ws: Workspace) -> None:
    site.save_section(ws, "home", {"headline": "一"})
    assert site.save_section(ws, "home", {"headline": " 一 "}).topics == frozenset()


def test_one_bad_field_keeps_everything_as_it_was(ws: Workspace) -> None:
    site.save_section(ws, "profile", {"name": "佐伯"})
    with pytest.raises(UserError):
        site.save_sections(ws, {"profile": {"name": "別", "mail": "not a mail"}, "home": {"headline": "新"}})
    assert site.content(ws).profile.name == "佐伯"
    assert site.content(ws).home.headline == ""


def test_every_fault_is_named_by_its_field() -> None:
    body = {"items": [{"slug": "見積", "client": {"visibility": "maybe"}}, {"start": "2026-13"}]}
    assert set(site.faults("cases", body)) == {"items[0].slug", "items[0].client.visibility", "items[1].start"}


def test_sound_words_have_no_fault() -> None:
    assert site.faults("profile", {"name": "佐伯", "mail": "saeki@example.jp"}) == {}


def test_before_the_first_release_nothing_counts_as_changed(ws: Workspace) -> None:
    assert site.overview(ws).released is None
    assert site.overview(ws).released_at is None


def test_the_overview_remembers_the_words_of_the_release(ws: Workspace, tmp_path: Path) -> None:
    site.save_sections(ws, {"home": {"headline": "一"}, "profile": {"name": "佐伯"}})
    publish(ws, tmp_path / "out")
    site.save_section(ws, "home", {"headline": "二"})
    seen = site.overview(ws)
    assert seen.released is not None
    assert seen.released["home"]["headline"] == "一"
    assert seen.document["home"]["headline"] == "二"


def test_the_age_of_the_career_is_counted_in_months(ws: Workspace) -> None:
    site.save_section(ws, "career", {"projects": [{"title": "一", "start": "2025-01", "end": "2026-03"}]})
    assert site.overview(ws).career_age == 8


def test_a_running_project_keeps_the_career_fresh(ws: Workspace) -> None:
    site.save_section(ws, "career", {"projects": [{"title": "一", "start": "2020-01"}]})
    assert site.overview(ws).career_age == 0


def test_the_folder_of_the_settings_is_where_the_site_is_built(ws: Workspace, tmp_path: Path) -> None:
    settings.change(ws.folder, site_folder=str(tmp_path / "mine"))
    assert site.default_folder(ws) == tmp_path / "mine"


def test_a_theme_that_is_gone_falls_back_to_the_first_one(ws: Workspace) -> None:
    plain = site.overview(ws).document
    gone = {"look": {"theme": "no-such", "accent": ""}}
    assert site.colours(gone) == site.colours(plain)


def test_the_chosen_accent_colours_the_preview(ws: Workspace) -> None:
    assert site.colours({"look": {"theme": "", "accent": "#8c3b4a"}})["acc"] == "#8c3b4a"


def test_voices_say_who_and_when(ws: Workspace) -> None:
    say(ws, "棚卸しの日だけは家に帰れない", contact="十河")
    voice = heard(ws)[0]
    assert voice.who == "カワセミ食品 十河さん"
    assert voice.day == ws.today()


def test_the_voice_nearest_to_the_text_stands_first(ws: Workspace) -> None:
    say(ws, "棚卸しの日だけは家に帰れない")
    say(ws, "安い所は作って終わり")
    assert nearest(heard(ws), "棚卸しの日を楽に")[0].text == "棚卸しの日だけは家に帰れない"


def test_the_same_words_of_two_customers_stand_there_once(ws: Workspace) -> None:
    say(ws, "あとが怖い")
    say(ws, "あとが怖い", "別の会社")
    assert len(nearest(heard(ws), "")) == 1


def test_words_taken_from_a_customer_are_noticed(ws: Workspace) -> None:
    say(ws, "棚卸しの日だけは家に帰れない")
    assert echoed(heard(ws), "棚卸しの日に帰れない方へ") == 1
    assert echoed(heard(ws), "見積の方へ") == 0


@pytest.mark.parametrize(
    ("path", "text", "kinds"),
    [
        ("home.for_whom", "食品メーカーの現場の方へ", ["ok"]),
        ("home.for_whom", "みなさまへ", ["add"]),
        ("home.lede", "3か月で見えるようにします", ["ok", "ok"]),
        ("home.lede", "見えるようにします", ["add"]),
        ("home.lede", "月20時間の残業がなくなります", ["ok"]),
        ("home.lede", "週に3時間、1日あたり30分です", ["ok"]),
        ("home.lede", "4月20日に始めます", ["ok"]),
        ("home.lede", "約20日でできます", ["ok", "ok"]),
        ("home.lede", "", []),
        ("home.how.sentence", "35万円から", ["ok"]),
        ("profile.name", "佐伯", []),
    ],
)
def test_advice_praises_what_holds_and_asks_for_one_thing(path: str, text: str, kinds: list[str]) -> None:
    assert [remark.kind for remark in remarks(path, text, ())] == kinds


def test_who_one_is_comes_from_the_settings_until_the_site_says_it(ws: Workspace) -> None:
    settings.save(ws.folder, settings.Settings(name="見本 花子", mail="hanako@example.jp"))
    assert site.content(ws).profile.name == "見本 花子"
    site.save_section(ws, "profile", {"name": "見本 はな"})
    assert site.content(ws).profile.name == "見本 はな"


def test_a_slip_in_the_settings_leaves_the_site_readable_without_it(ws: Workspace) -> None:
    settings.change(ws.folder, name="佐藤 健二", mail="kenji@sato-soft")
    profile = site.overview(ws).document["profile"]
    assert (profile["name"], profile["mail"]) == ("佐藤 健二", "")
    site.build(ws)
    assert (site.default_folder(ws) / "index.html").is_file()
