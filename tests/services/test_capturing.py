"""One line per person: what is read, what is saved, and who is never doubled."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from soloflow.domain.candidates import Candidate
from soloflow.services import capture_words, capturing, evening, history, meetups, process, prospects, who_is_meant
from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME, open_store
from soloflow.store.whole import everything, faults

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    store = open_store(tmp_path / FILE_NAME)
    yield Workspace(store, tmp_path, lambda: NOON, ZoneInfo("Asia/Tokyo"))
    store.close()


def rows(ws: Workspace, table: str) -> list[dict]:
    with ws.store.read() as reader:
        found = [dict(reader.get(table, one)) for one in reader.ids(table)]
    return [row for row in found if row.get("deleted_us") is None]


def known(ws: Workspace, name: str = "十河 太郎", company: str = "カワセミ食品", mails: tuple[str, ...] = ()) -> int:
    family, given = name.split()
    person = Candidate(name=name, family=family, given=given, company=company, emails=mails)
    return prospects.add(ws, person).created[0]


def add(ws: Workspace, text: str, **how) -> capturing.Entry:
    entries = tuple(who_is_meant.with_known(ws, entry) for entry in capturing.read(ws, text, **how))
    capturing.save(ws, entries)
    return entries[0]


def test_a_next_step_without_a_day_gets_the_next_working_day(ws):
    (entry,) = capturing.read(ws, "十河 カワセミ食品 → メール")
    assert entry.follow_up.due == date(2026, 11, 24)  # Saturday; Monday 11/23 is a holiday
    assert capturing.parse(ws, "十河 カワセミ食品 → メール").chips[-1].display == "日付なし → 11/24(火) メール"


@pytest.mark.parametrize(
    ("line", "day", "words"),
    [
        ("山田 アクメ → 2/31 訪問", "2/31", "2/31 訪問"),
        ("山田 アクメ 2/31 訪問", "2/31", "2/31 訪問"),
        ("山田 アクメ → 4/31 10時 訪問", "4/31", "4/31 10時 訪問"),
        ("山田 アクメ 4/31 10時 訪問", "4/31", "4/31 10時 訪問"),
        ("山田 アクメ → 2月30日に見積を送る", "2月30日", "2月30日に見積を送る"),
        ("山田 アクメ → 2027/2/29 電話", "2027/2/29", "2027/2/29 電話"),
        ("山田 アクメ → 24/7 の見積を送る", "", "24/7 の見積を送る"),
    ],
)
def test_a_day_that_no_calendar_has_is_told_and_its_words_are_kept(ws, line, day, words):
    parsed = capturing.parse(ws, line)
    chip = parsed.chips[-1]
    assert (chip.field, capturing.no_such_day(chip)) == ("follow_up", day)
    assert chip.display == f"日付なし → 11/24(火) {words}"
    assert (parsed.follow_up.due, parsed.follow_up.time, parsed.follow_up.text) == (date(2026, 11, 24), None, words)


def test_29_february_waits_for_its_year(ws):
    chip = capturing.parse(ws, "山田 アクメ → 2/29 訪問").chips[-1]
    assert (capturing.no_such_day(chip), chip.display) == ("", "2028/2/29 訪問")


def test_every_line_is_a_person_and_empty_lines_are_none(ws):
    assert [entry.person.name for entry in capturing.read(ws, "山田 太郎 アクメ\n\n佐藤 花子 あおば\n")] == [
        "山田 太郎",
        "佐藤 花子",
    ]


def test_a_line_that_names_nobody_is_known_as_such(ws):
    assert capturing.read(ws, "→ 火 メール")[0].is_empty
    assert not capturing.read(ws, "yamada@acme.example")[0].is_empty


def test_a_company_that_is_known_is_recognised_in_a_line(ws):
    known(ws, company="在庫の窓口")
    (entry,) = capturing.read(ws, "山口 梢 在庫の窓口")
    assert entry.person.company == "在庫の窓口"


def test_corrections_outlive_typing_and_empty_ones_take_away(ws):
    overrides = {("company", 0): "アクメ商会", ("tag", 0): ""}
    parsed = capturing.parse(ws, "山田 太郎 アクメ #展示会 #在庫", overrides)
    assert (parsed.candidate.company, parsed.candidate.tags) == ("アクメ商会", ("在庫",))


def test_two_tags_taken_away_are_both_gone(ws):
    parsed = capturing.parse(ws, "山田 #一 #二 #三", {("tag", 0): "", ("tag", 1): ""})
    assert parsed.candidate.tags == ("三",)


def test_a_saved_line_is_customer_contact_note_step_and_entry(ws):
    add(ws, "山田 太郎 (株)アクメ 課長 yamada@acme.example 090-1234-5678 #在庫 「刷新したい」 来週火曜 15時 電話")
    assert [row["name"] for row in rows(ws, "prospects")] == ["(株)アクメ"]
    (contact,) = rows(ws, "contacts")
    assert (contact["family"], contact["given"], contact["title"]) == ("山田", "太郎", "課長")
    assert {row["kind"] for row in rows(ws, "contact_points")} == {"mail", "phone"}
    (step,) = rows(ws, "follow_ups")
    assert (step["kind"], step["due_on"], step["due_time"]) == ("call", "2026-11-24", "15:00")
    (entry,) = rows(ws, "stage_transitions")
    assert (entry["kind"], entry["to_stage"]) == ("enter", 1)
    assert faults(ws.store.path) == []


def test_an_amount_becomes_the_first_deal(ws):
    add(ws, "山田 太郎 アクメ 予算120万円")
    (deal,) = rows(ws, "deals")
    assert (deal["state"], deal["expected_yen"]) == ("expected", 1_200_000)


def test_the_contact_book_only_enters_nothing(ws):
    add(ws, "山田 太郎 アクメ", stage=None)
    assert rows(ws, "stage_transitions") == []


def test_a_meetup_gives_channel_source_and_day(ws):
    (meetup,) = meetups.create(ws, "夜話", date(2026, 11, 19)).created
    add(ws, "山田 太郎 アクメ", meetup=meetup)
    (customer,), (activity,), (entry,) = rows(ws, "prospects"), rows(ws, "activities"), rows(ws, "stage_transitions")
    assert customer["channel_id"] is not None
    assert customer["source_id"] is not None
    assert (activity["kind"], activity["meetup_id"], activity["day_only"]) == ("meetup", meetup, 1)
    assert entry["at_us"] == activity["at_us"] == process.start_of_day_us(ws, date(2026, 11, 19))


def test_a_sure_match_is_that_person_and_nothing_is_overwritten(ws):
    known(ws, mails=("taro@kawasemi.example",))
    entry = add(ws, "十河 taro@kawasemi.example 部長 090-1111-2222")
    assert entry.contact is not None
    (contact,) = rows(ws, "contacts")
    assert (contact["name"], contact["title"]) == ("十河 太郎", "部長")
    assert len(rows(ws, "contact_points")) == 2


def test_the_same_name_in_the_same_company_is_that_person(ws):
    known(ws)
    (entry,) = capturing.read(ws, "十河 太郎 カワセミ食品")
    (hint,) = who_is_meant.hints(ws, entry.person)
    assert (hint.kind, hint.is_colleague) == ("likely", True)
    settled = who_is_meant.settled(entry, (hint,))
    assert (settled.contact, settled.prospect) == (hint.contact, None)
    changes = capturing.save(ws, (settled,))
    assert (len(rows(ws, "contacts")), changes.label) == (1, "十河 太郎さんに足しました")


def test_a_name_that_is_only_similar_is_somebody_else(ws):
    known(ws, "山田 太郎", "アクメ")
    add(ws, "山田 太郎 別の会社")
    assert len(rows(ws, "prospects")) == 2


def test_a_family_name_that_two_colleagues_share_is_not_taken(ws):
    prospect = known(ws)
    prospects.add_contact(ws, prospect, Candidate(name="十河 花子", family="十河", given="花子"))
    entry = add(ws, "十河 カワセミ食品")
    assert (entry.contact, entry.prospect) == (None, prospect)


def test_the_same_line_twice_in_one_text_is_one_person(ws):
    add(ws, "山田 太郎 アクメ\n山田太郎 アクメ 「また会った」")
    assert [row["name"] for row in rows(ws, "contacts")] == ["山田 太郎"]


def test_own_words_are_voices_beside_the_note(ws):
    add(ws, "山田 太郎 アクメ 懇親会で隣 「Excel が限界」 「誰も見ていない」")
    noted = [(row["kind"], row["text"]) for row in rows(ws, "activities")]
    assert noted == [("note", "懇親会で隣"), ("voice", "Excel が限界"), ("voice", "誰も見ていない")]


def test_own_words_alone_make_no_empty_note(ws):
    add(ws, "山田 太郎 アクメ 「Excel が限界」")
    assert [row["kind"] for row in rows(ws, "activities")] == ["voice"]


def test_own_words_at_a_meetup_do_not_list_the_person_twice(ws):
    (meetup,) = meetups.create(ws, "夜話", date(2026, 11, 21)).created
    add(ws, "山田 太郎 アクメ 「Excel が限界」", meetup=meetup)
    assert [one.words for one in evening.met(ws, meetup)] == ["「Excel が限界」"]


def test_no_line_of_a_text_is_lost(ws):
    lines = capturing.read_lines(ws, "山田 太郎 アクメ\n\n（メモ）懇親会で隣だった人\n佐藤 花子 あおば")
    assert [(line.number, line.text, line.entry.is_empty) for line in lines] == [
        (1, "山田 太郎 アクメ", False),
        (3, "（メモ）懇親会で隣だった人", True),
        (4, "佐藤 花子 あおば", False),
    ]


def test_a_report_says_what_was_understood_and_done(ws):
    known(ws)
    entries = tuple(
        who_is_meant.with_known(ws, entry)
        for entry in capturing.read(
            ws, "十河 太郎 カワセミ食品 → 電話\n山口 梢 カワセミ食品\n佐藤 花子 あおば印刷 → 火 15時 訪問\n中田 圭"
        )
    )
    assert capture_words.report(ws, entries, capturing.save(ws, entries)) == (
        "十河 太郎さんに足しました（登録済みの人）・会社 カワセミ食品・次の一手 11/24(火) 電話",
        "山口 梢さんを記録しました（登録済みのカワセミ食品の連絡先）・会社 カワセミ食品・次の一手なし",
        "佐藤 花子さんを記録しました（新しい顧客）・会社 あおば印刷・次の一手 11/24(火) 15:00 訪問",
        "中田 圭さんを記録しました（新しい顧客）・次の一手なし",
    )


def test_a_family_name_within_a_known_company_is_likely_too(ws):
    known(ws)
    (entry,) = capturing.read(ws, "十河 カワセミ食品 在庫")
    assert [(hint.kind, hint.name) for hint in who_is_meant.hints(ws, entry.person)] == [("likely", "十河 太郎")]


def test_a_known_company_is_offered_whatever_its_form(ws):
    prospect = known(ws, company="株式会社アクメ")
    (hint,) = who_is_meant.hints(ws, Candidate(name="佐藤 花子", family="佐藤", given="花子", company="㈱アクメ"))
    assert (hint.kind, hint.prospect) == ("company", prospect)


def test_freelancers_are_not_colleagues(ws):
    add(ws, "山田 太郎 フリーランス")
    add(ws, "佐藤 花子 フリーランス")
    assert len(rows(ws, "prospects")) == 2


def test_two_lines_of_one_new_company_are_one_customer_and_one_undo(ws):
    entries = capturing.read(ws, "山田 太郎 会社:アクメ\n佐藤 花子 会社:アクメ")
    changes = capturing.save(ws, entries)
    assert len(rows(ws, "prospects")) == 1
    assert len(changes.created) == 2
    assert len(rows(ws, "stage_transitions")) == 1
    history.undo(ws)
    assert (rows(ws, "prospects"), rows(ws, "contacts")) == ([], [])


def test_saving_again_replaces_and_one_undo_restores_the_first(ws):
    (entry,) = capturing.read(ws, "小暮 正人 小暮織物 → 水 メール")
    first = capturing.save(ws, (entry,))
    before = {
        name: found for name, found in everything_of(ws).items() if name not in ("stage_transitions", "prospects")
    }
    capturing.save_again(ws, first.change_set, (replace(entry, person=replace(entry.person, title="部長")),))
    assert [row["title"] for row in rows(ws, "contacts")] == ["部長"]
    assert len(rows(ws, "follow_ups")) == 1
    history.undo(ws)
    after = {name: found for name, found in everything_of(ws).items() if name in before}
    assert after == before
    assert faults(ws.store.path) == []


def everything_of(ws: Workspace) -> dict:
    with ws.store.read() as reader:
        return everything(reader)


def test_tonights_list_is_newest_first_and_forgets_what_was_taken_back(ws):
    (meetup,) = meetups.create(ws, "夜話", date(2026, 11, 21)).created
    add(ws, "小暮 正人 小暮織物 染料 → 水 メール", meetup=meetup)
    add(ws, "ベネット・リサ", meetup=meetup, stage=None)
    first, second = evening.met(ws, meetup)
    assert (first.name, first.standing, first.step) == ("ベネット・リサ", "book", "")
    assert (second.company, second.words, second.step) == ("小暮織物", "染料", "11/25(水) メール")
    history.undo(ws)
    assert [one.name for one in evening.met(ws, meetup)] == ["小暮 正人"]


def test_only_customers_that_come_into_the_funnel_are_counted(ws):
    process.move(ws, [known(ws)], 3, at=date(2026, 11, 1))
    (meetup,) = meetups.create(ws, "夜話", date(2026, 11, 21)).created
    add(ws, "山口 梢 カワセミ食品\n佐藤 花子 あおば印刷\n鈴木 健 あおば印刷", meetup=meetup)
    add(ws, "中田 圭", meetup=meetup, stage=None)
    people = evening.met(ws, meetup)
    assert (len(people), evening.entered(people)) == (4, 1)


def test_people_of_a_meetup_are_not_in_the_list_without_one(ws):
    (meetup,) = meetups.create(ws, "夜話", date(2026, 11, 21)).created
    add(ws, "山口 梢 カワセミ食品", meetup=meetup)
    add(ws, "佐藤 花子 あおば印刷")
    assert [one.name for one in evening.met(ws, None)] == ["佐藤 花子"]


def test_somebody_known_who_was_added_to_today_is_in_the_list(ws):
    known(ws)
    later = replace(ws, clock=lambda: NOON + timedelta(days=1))
    add(later, "十河 太郎 カワセミ食品 棚卸しの話")
    assert [(one.name, one.words) for one in evening.met(later, None)] == [("十河 太郎", "棚卸しの話")]


def test_who_was_added_by_hand_or_noted_about_is_not_in_the_list(ws):
    prospects.note(ws, known(ws), "note", "ホームページを見た")
    assert evening.met(ws, None) == []


def test_the_evening_goes_on_after_midnight_and_ends_before_the_morning(ws):
    add(replace(ws, clock=lambda: NOON + timedelta(hours=11)), "佐藤 花子 あおば印刷")  # 23:00
    night, morning = (replace(ws, clock=lambda h=h: NOON + timedelta(hours=h)) for h in (14, 18))
    assert (len(evening.met(night, None)), len(evening.met(morning, None))) == (1, 0)


def test_one_says_tonight_from_five_in_the_afternoon_on(ws):
    hours = [replace(ws, clock=lambda h=h: NOON.replace(hour=h)) for h in (7, 8)]  # 16:00 and 17:00 in Tokyo
    assert [evening.is_evening(one) for one in hours] == [False, True]


def test_without_a_meetup_the_list_is_what_was_written_today(ws):
    capturing.save(ws, capturing.read(ws, "山田 太郎 アクメ 在庫の話"))
    (one,) = evening.met(ws, None)
    assert (one.name, one.company, one.words) == ("山田 太郎", "アクメ", "在庫の話")


def test_a_time_is_kept_with_the_step(ws):
    (entry,) = capturing.read(ws, "山田 太郎 → 明日 9時 電話")
    assert entry.follow_up.time == time(9)


def hinted(ws: Workspace, text: str) -> list[tuple[str, str]]:
    (entry,) = capturing.read(ws, text)
    return [(hint.kind, hint.name or hint.company) for hint in who_is_meant.hints(ws, entry.person)]


def test_two_of_one_family_in_a_company_are_both_offered(ws):
    prospect = known(ws)
    prospects.add_contact(ws, prospect, Candidate(name="十河 花子", family="十河", given="花子"))
    assert hinted(ws, "十河 カワセミ食品") == [("similar", "十河 太郎"), ("similar", "十河 花子")]


def test_a_family_name_alone_offers_the_few_who_bear_it(ws):
    known(ws)
    known(ws, "十河 花子", "別の会社")
    assert hinted(ws, "十河") == [("similar", "十河 太郎"), ("similar", "十河 花子")]


def test_of_a_name_that_many_bear_nobody_is_offered(ws):
    for number in range(7):
        known(ws, f"佐藤 {'一二三四五六七'[number]}郎", f"会社{number}")
    assert hinted(ws, "佐藤") == []


def test_many_namesakes_do_not_hide_the_colleague(ws):
    for number in range(60):
        known(ws, f"佐藤 {chr(0x4E00 + number)}", f"会社{number}")
    known(ws, "佐藤 花子", "カワセミ食品")
    assert hinted(ws, "佐藤 カワセミ食品") == [("likely", "佐藤 花子")]


def test_namesakes_are_offered_one_after_the_other(ws):
    known(ws, "山田 太郎", "アクメ")
    known(ws, "山田 太郎", "ミライ")
    assert hinted(ws, "山田 太郎 別の会社") == [("similar", "山田 太郎"), ("similar", "山田 太郎")]


def test_a_mail_alone_says_who_it_is(ws):
    known(ws, mails=("taro@kawasemi.example",))
    assert hinted(ws, "taro@kawasemi.example") == [("sure", "十河 太郎")]


def test_a_profile_link_says_who_it_is(ws):
    add(ws, "十河 太郎 カワセミ食品 https://github.com/sogo-t")
    assert hinted(ws, "github.com/sogo-t/repository") == [("likely", "十河 太郎")]
    assert hinted(ws, "佐藤 花子 github.com/sogo-t") == [("similar", "十河 太郎")]


SIGNATURE = """--
株式会社カワセミ食品 営業部 課長
十河 太郎
〒530-0001 大阪府大阪市北区梅田1-1-1
TEL 06-1234-5678 / 携帯 090-1234-5678
taro@kawasemi.example"""


def test_a_pasted_signature_of_somebody_known_fills_what_was_empty(ws):
    known(ws, mails=("taro@kawasemi.example",))
    assert hinted(ws, SIGNATURE) == [("sure", "十河 太郎"), ("company", "カワセミ食品")][:1]
    add(ws, SIGNATURE)
    (contact,) = rows(ws, "contacts")
    assert (contact["title"], contact["address"]) == ("課長", "〒530-0001 大阪府大阪市北区梅田1-1-1")
    labels = [(row["kind"], row["label"]) for row in rows(ws, "contact_points")]
    assert labels == [("mail", ""), ("phone", "company"), ("phone", "mobile")]


def test_the_note_of_a_card_is_kept_as_what_was_said(ws):
    add(ws, "MECARD:N:山田,太郎;NOTE:夜話で会った;ADR:東京都港区芝1-2-3;;")
    assert [row["text"] for row in rows(ws, "activities")] == ["夜話で会った"]
    assert [row["address"] for row in rows(ws, "contacts")] == ["東京都港区芝1-2-3"]


def test_a_list_of_recipients_is_everybody_and_one_undo(ws):
    add(ws, "山田 太郎 <taro@acme.example>; 佐藤 花子 <hanako@aoba.example>")
    assert [row["name"] for row in rows(ws, "contacts")] == ["山田 太郎", "佐藤 花子"]
    history.undo(ws)
    assert rows(ws, "contacts") == []


def test_a_company_said_of_somebody_known_on_their_own_is_theirs_from_then_on(ws):
    add(ws, "加藤 さゆり kato@gamma.example")
    add(ws, "加藤 さゆり kato@gamma.example 株式会社加藤デザイン")
    assert [(row["name"], row["is_person"]) for row in rows(ws, "prospects")] == [("株式会社加藤デザイン", 0)]


def test_what_a_line_says_otherwise_of_somebody_known_is_noted_not_lost(ws):
    add(ws, "鈴木 一郎 アクメ株式会社 CTO suzuki@acme.example")
    add(ws, "鈴木 一郎 suzuki@acme.example 株式会社ことり 社長 転職したそう")
    (person,) = rows(ws, "contacts")
    assert person["title"] == "CTO"
    assert rows(ws, "activities")[-1]["text"] == "転職したそう、会社：株式会社ことり、役職：社長"


def test_somebody_with_two_lines_is_one_of_the_evening_and_who_has_no_name_is_called_by_mail(ws):
    add(ws, "鈴木 一郎 アクメ株式会社 在庫の話")
    add(ws, "yamada@example.co.jp")
    meetup = meetups.create(ws, "夜話", NOON.date()).created[0]
    for words in ("在庫", "棚卸し"):
        add(ws, f"鈴木 一郎 アクメ株式会社 {words}の話", meetup=meetup)
    assert [one.name for one in evening.met(ws, None)] == ["yamada@example.co.jp", "鈴木 一郎"]
    assert (len(evening.met(ws, meetup)), evening.head_count(evening.met(ws, meetup))) == (2, 1)
