"""The whole evening is one undo: taken back, put back, taken back again, exactly."""

import os
import random
from datetime import date, timedelta

import pytest

from profiles import person
from soloflow import i18n
from soloflow.services import capturing, evening, history, meetups, process, prospects, undo_words, who_is_meant
from soloflow.store import whole
from states import state

LINES = (
    "十河 カワセミ食品 在庫が Excel で限界 → 火 メール",
    "梶 真由 豊橋テクノ 社内で相談してから 見込み 50万円",
    "宇佐美 純 うさみ紙器 型番の検索が遅い 「毎日2時間かかる」 #検索",
    "宇佐美 花 うさみ紙器",
    "柴崎 浩 柴崎プレス工業 hiroshi@shibasaki.example 090-1234-5678",
)


def add(ws, meetup, line, **more):
    entry = capturing.read(ws, line, meetup=meetup, **more)[0]
    settled = who_is_meant.settled(entry, who_is_meant.hints(ws, entry.person))
    return capturing.save(ws, (settled,))


@pytest.fixture
def meetup(ws):
    return meetups.create(ws, "夜話", date(2026, 11, 21)).created[0]


@pytest.fixture
def known(ws):
    """Somebody of the contact book and somebody at step 3."""
    old = prospects.add(ws, person("野田 あずさ", "野田スクリーン", emails=("noda@example.jp",)), stage=None).created[0]
    other = prospects.add(ws, person("小暮 正人", "小暮織物", emails=("kogure@example.jp",)), stage=3).created[0]
    return old, other


def spend_the_evening(ws, meetup):
    for line in LINES:
        add(ws, meetup, line)
    add(ws, meetup, "野田 あずさ noda@example.jp 見積の転記が毎日 → 来週火曜 資料")
    add(ws, meetup, "小暮 正人 kogure@example.jp 080-1111-2222 染料の在庫も")


def test_everything_of_the_evening_goes_and_comes_and_goes_exactly(ws, meetup, known):
    before = state(ws)
    spend_the_evening(ws, meetup)
    after = state(ws)
    changes = evening.take_back(ws, meetup)
    assert changes.label == "今日の7人をまとめて取り消しました"
    assert changes.conflicts == ()
    assert state(ws) == before
    history.undo(ws)
    assert state(ws) == after
    history.redo(ws)
    assert state(ws) == before
    history.undo(ws)
    assert state(ws) == after


def test_who_was_known_only_loses_the_evening(ws, meetup, known):
    spend_the_evening(ws, meetup)
    evening.take_back(ws, meetup)
    with ws.store.read() as reader:
        names = sorted(reader.get("contacts", one)["name"] for one in reader.ids("contacts"))
        stages = {row["prospect_id"]: row["stage"] for row in reader.rows("SELECT * FROM prospect_states")}
    assert names == ["小暮 正人", "野田 あずさ"]
    assert stages[known[1]] == 3
    assert stages[known[0]] is None


def test_corrected_lines_and_pasted_lists_belong_to_the_evening(ws, meetup, known):
    before = state(ws)
    first = add(ws, meetup, "十川 カワセミ食品")
    second = capturing.save_again(
        ws, first.change_set, capturing.read(ws, "十河 カワセミ食品 在庫 → 火 電話", meetup=meetup)
    )
    capturing.save_again(ws, second.change_set, capturing.read(ws, "十河 太郎 カワセミ食品", meetup=meetup))
    capturing.save(ws, capturing.read(ws, "梶 真由 豊橋テクノ\n柴崎 浩 豊橋テクノ", meetup=meetup))
    after = state(ws)
    assert evening.take_back(ws, meetup).label == "今日の3人をまとめて取り消しました"
    assert state(ws) == before
    history.undo(ws)
    assert state(ws) == after


def test_lines_logged_before_the_language_was_changed_belong_to_the_evening(ws, meetup):
    before = state(ws)
    add(ws, meetup, LINES[0])
    i18n.set_language("en")
    add(ws, meetup, LINES[1])
    assert len(evening.met(ws, meetup)) == 2
    evening.take_back(ws, meetup)
    assert state(ws) == before
    i18n.set_language("ja")
    history.undo(ws)
    assert evening.has_lines(ws, meetup)


def test_one_change_set_holds_it_all(ws, meetup):
    spend_the_evening(ws, meetup)
    count = len(history.steps(ws))
    changes = evening.take_back(ws, meetup)
    assert len(history.steps(ws)) == count + 1
    assert history.steps(ws)[0].id == changes.change_set


def test_what_was_undone_before_stays_undone(ws, meetup):
    add(ws, meetup, LINES[0])
    before_last = state(ws)
    add(ws, meetup, LINES[1])
    history.undo(ws)
    evening.take_back(ws, meetup)
    history.undo(ws)
    assert state(ws) == before_last


def test_a_second_evening_at_the_same_meetup_is_taken_back_by_itself(ws, meetup, known):
    before = state(ws)
    first = add(ws, meetup, "十川 カワセミ食品")
    capturing.save_again(ws, first.change_set, capturing.read(ws, "十河 カワセミ食品", meetup=meetup))
    add(ws, meetup, "小暮 正人 kogure@example.jp 080-1111-2222 染料の在庫も")
    evening.take_back(ws, meetup)
    add(ws, meetup, LINES[4])
    changes = evening.take_back(ws, meetup)
    assert changes.label == "今日の1人をまとめて取り消しました"
    assert changes.conflicts == ()
    assert state(ws) == before


def test_nobody_there_writes_nothing(ws, meetup):
    assert not evening.has_lines(ws, meetup)
    count = len(history.steps(ws))
    changes = evening.take_back(ws, meetup)
    assert (changes.change_set, changes.label) == (None, "")
    assert len(history.steps(ws)) == count


def test_what_was_edited_elsewhere_since_stays_and_is_listed(ws, meetup):
    add(ws, meetup, LINES[0])
    made = add(ws, meetup, LINES[1])
    add(ws, meetup, LINES[4])
    with ws.store.read() as reader:
        prospect = reader.get("contacts", made.created[0])["prospect_id"]
    process.move(ws, [prospect], 2)
    changes = evening.take_back(ws, meetup)
    assert changes.label == "今日の2人をまとめて取り消しました"
    assert changes.conflicts == ("豊橋テクノ：あとから使われているので、そのまま残しました",)
    assert [one.name for one in evening.met(ws, meetup)] == ["梶 真由"]


def test_other_meetups_imports_and_other_days_are_left_alone(ws, meetup, clock):
    other = meetups.create(ws, "朝会", date(2026, 11, 21)).created[0]
    add(ws, other, LINES[0])
    add(ws, None, LINES[1])
    before = state(ws)
    add(ws, meetup, LINES[2])
    evening.take_back(ws, meetup)
    assert state(ws) == before


def test_an_evening_without_a_meetup_can_be_taken_back_too(ws, meetup):
    add(ws, meetup, LINES[0])
    before = state(ws)
    add(ws, None, LINES[1])
    add(ws, None, "中田 圭")
    evening.take_back(ws, None)
    assert state(ws) == before


def test_the_morning_after_the_evening_can_still_be_taken_back(ws, meetup, clock):
    add(ws, meetup, LINES[0])
    clock.forward(hours=20)
    assert evening.has_lines(ws, meetup)
    evening.take_back(ws, meetup)
    assert evening.met(ws, meetup) == []


def test_a_meetup_of_long_ago_loses_only_the_lines_of_now(ws, meetup, clock):
    add(ws, meetup, LINES[0])
    clock.now += timedelta(days=40)
    assert not evening.has_lines(ws, meetup)
    add(ws, meetup, LINES[1])
    evening.take_back(ws, meetup)
    assert [one.name for one in evening.met(ws, meetup)] == ["十河"]


def test_an_evening_over_midnight_is_one(ws, clock):
    clock.forward(hours=11, minutes=30)
    meetup = meetups.create(ws, "夜話", ws.today()).created[0]
    before = state(ws)
    add(ws, meetup, LINES[0])
    clock.forward(hours=1)
    add(ws, meetup, LINES[1])
    assert evening.take_back(ws, meetup).label == "今日の2人をまとめて取り消しました"
    assert state(ws) == before


def test_a_line_corrected_twice_is_one_person(ws, meetup):
    done = add(ws, meetup, "十川 カワセミ食品 → 火 電話")
    for line in ("十河 カワセミ食品", "十河 太郎 カワセミ食品 在庫", "十河 太郎 カワセミ食品 → 水 メール"):
        done = capturing.save_again(ws, done.change_set, capturing.read(ws, line, meetup=meetup))
    assert [(one.name, one.step) for one in evening.met(ws, meetup)] == [("十河 太郎", "11/25(水) メール")]
    history.undo(ws)
    assert [(one.name, one.words) for one in evening.met(ws, meetup)] == [("十河 太郎", "在庫")]


def test_a_colleague_corrected_twice_does_not_take_the_company_along(ws, meetup):
    add(ws, meetup, "宇佐美 純 うさみ紙器 型番の検索が遅い")
    done = add(ws, meetup, "宇佐美 華 うさみ紙器")
    for line in ("宇佐美 花 うさみ紙器", "宇佐美 花子 うさみ紙器"):
        entry = capturing.read(ws, line, meetup=meetup)[0]
        settled = who_is_meant.settled(entry, who_is_meant.hints(ws, entry.person))
        done = capturing.save_again(ws, done.change_set, (settled,))
    assert [one.name for one in evening.met(ws, meetup)] == ["宇佐美 花子", "宇佐美 純"]
    assert len({one.prospect for one in evening.met(ws, meetup)}) == 1


def test_a_line_is_corrected_after_its_company_got_a_colleague(ws, meetup):
    before = state(ws)
    first = add(ws, meetup, "宇佐美 準 うさみ紙器 型番 → 火 電話")
    add(ws, meetup, "宇佐美 花 うさみ紙器")
    capturing.save_again(ws, first.change_set, (settled(ws, "宇佐美 純 うさみ紙器 型番 → 水 電話", meetup, 1),))
    people = evening.met(ws, meetup)
    assert [(one.name, one.step) for one in people] == [("宇佐美 純", "11/25(水) 電話"), ("宇佐美 花", "")]
    assert len({one.prospect for one in people}) == 1
    after = state(ws)
    history.undo(ws)
    assert {one.name for one in evening.met(ws, meetup)} == {"宇佐美 準", "宇佐美 花"}
    history.redo(ws)
    assert state(ws) == after
    evening.take_back(ws, meetup)
    assert state(ws) == before


def test_a_corrected_line_does_not_go_to_the_customer_it_had_made_itself(ws, meetup):
    first = add(ws, meetup, "十川 カワセミ食品")
    entry = settled(ws, "十河 カワセミ食品", meetup, 1)
    assert entry.prospect is not None, "the line's own company is known by now"
    capturing.save_again(ws, first.change_set, (entry,))
    assert [(one.name, one.company) for one in evening.met(ws, meetup)] == [("十河", "カワセミ食品")]


def test_somebody_edited_elsewhere_outlives_the_correction(ws, meetup):
    first = add(ws, meetup, "宇佐美 準 うさみ紙器")
    add(ws, meetup, "宇佐美 花 うさみ紙器")
    with ws.store.write("直しました", ws.now_us()) as work:
        work.update("contacts", first.created[0], note="製造部の人")
    capturing.save_again(ws, first.change_set, (settled(ws, "宇佐美 純 うさみ紙器", meetup, 1),))
    assert {one.name for one in evening.met(ws, meetup)} == {"宇佐美 準", "宇佐美 純", "宇佐美 花"}


def test_a_line_whose_evening_was_taken_back_is_saved_anew(ws, meetup):
    first = add(ws, meetup, "十川 カワセミ食品")
    second = capturing.save_again(ws, first.change_set, capturing.read(ws, "十河 カワセミ食品", meetup=meetup))
    evening.take_back(ws, meetup)
    empty = state(ws)
    third = capturing.save_again(ws, second.change_set, capturing.read(ws, "十河 太郎 カワセミ食品", meetup=meetup))
    assert third.label == "十河 太郎さんを記録しました"
    assert [(one.name, one.company) for one in evening.met(ws, meetup)] == [("十河 太郎", "カワセミ食品")]
    assert len(state(ws)["prospects"]) == 1
    history.undo(ws)
    assert state(ws) == empty


def test_a_memo_written_elsewhere_since_is_kept(ws, meetup):
    made = add(ws, meetup, LINES[0])
    with ws.store.read() as reader:
        prospect = reader.get("contacts", made.created[0])["prospect_id"]
    with ws.store.write("メモを書きました", ws.now_us()) as work:
        work.update("prospects", prospect, memo="Excel の見本をもらう")
    changes = evening.take_back(ws, meetup)
    assert len(changes.conflicts) == 1
    assert [one.name for one in evening.met(ws, meetup)] == ["十河"]


def test_a_next_step_that_was_done_elsewhere_since_is_kept(ws, meetup):
    add(ws, meetup, LINES[0])
    with ws.store.read() as reader:
        plan = reader.ids("follow_ups")[0]
    with ws.store.write("済みにしました", ws.now_us()) as work:
        work.update("follow_ups", plan, done_us=ws.now_us())
    changes = evening.take_back(ws, meetup)
    assert len(changes.conflicts) == 1
    assert [one.name for one in evening.met(ws, meetup)] == ["十河"]


FAMILIES, COMPANIES = ("十河", "梶", "宇佐美", "柴崎"), ("カワセミ食品", "豊橋テクノ", "")
ENDS = ("", " → 火 メール", " 「手が足りない」", " 予算 30万円", " a@one.example", " 090-1234-5678", " #在庫")


def random_line(chance):
    name = chance.choice(FAMILIES) + chance.choice(("", " 純", " 花"))
    return f"{name} {chance.choice(COMPANIES)} {chance.choice(('', '在庫の話'))}{chance.choice(ENDS)}"


def settled(ws, line, meetup, stage):
    entry = capturing.read(ws, line, meetup=meetup, stage=stage)[0]
    return who_is_meant.settled(entry, who_is_meant.hints(ws, entry.person))


def random_evening(ws, meetup, chance):
    """Lines, lists, corrections of corrections, undo and redo, in any order."""
    written = []
    for _step in range(chance.randint(3, 14)):
        what = chance.choice(("add", "add", "add", "again", "again", "list", "undo", "redo"))
        if what == "add":
            entry = settled(ws, random_line(chance), meetup, chance.choice((1, 1, None)))
            written.append(capturing.save(ws, (entry,)).change_set)
        elif what == "list":
            lines = "\n".join(random_line(chance) for _line in range(chance.randint(2, 4)))
            written.append(capturing.save(ws, capturing.read(ws, lines, meetup=meetup)).change_set)
        elif what == "again" and written:
            place = chance.randrange(len(written))
            if written[place] in {step.id for step in history.steps(ws, 500)}:
                entry = settled(ws, random_line(chance), meetup, 1)
                written[place] = capturing.save_again(ws, written[place], (entry,)).change_set
        elif what == "undo" and history.peek(ws)[0] and history.steps(ws)[0].id in written:
            history.undo(ws)
            if chance.random() < 0.5:
                history.redo(ws)


@pytest.mark.parametrize("seed", range(400 if os.environ.get("SOLOFLOW_THOROUGH") else 25))
def test_any_evening_goes_and_comes_exactly(ws, meetup, known, seed):
    before = state(ws)
    random_evening(ws, meetup, random.Random(seed))
    after = state(ws)
    changes = evening.take_back(ws, meetup)
    assert changes.conflicts == ()
    assert state(ws) == before
    assert not evening.has_lines(ws, meetup)
    if changes.change_set is not None:
        history.undo(ws)
        assert state(ws) == after
        history.redo(ws)
        assert state(ws) == before
    with ws.store.read():
        assert whole.faults(ws.store.path) == []


def test_putting_the_evening_back_is_said_as_such():
    said = "今夜の12人をまとめて取り消しました"
    assert undo_words.undone(said) == "今夜の12人を元に戻しました"
    assert undo_words.redone(said) == said


def test_an_evening_taken_back_in_english_is_known_in_japanese():
    assert undo_words.undone("Took back all 12 of today") == "今日の12人を元に戻しました"
