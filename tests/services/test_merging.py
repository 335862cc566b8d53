"""Merging: nothing is lost, the log stays as it is, and taking it back gives the very same state."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles import Clock, open_workspace, person, reachable
from soloflow.domain.candidates import Candidate, Phone
from soloflow.domain.errors import Cancelled, UserError
from soloflow.services import comparing, customers, duplicates, history, merging, numbers, process, prospects, today
from soloflow.services.duplicates import Pair, pair_of
from soloflow.services.workspace import Workspace
from soloflow.store import agenda, whole
from soloflow.store.log import all_entries, entries_of

DAY_US = 86_400_000_000


def known(ws: Workspace, who: Candidate, stage: int | None = None, day: date | None = None) -> tuple[int, int]:
    """(customer, contact) of somebody written down, in the funnel since a day where one is given."""
    customer = prospects.add(ws, who).created[0]
    if stage is not None:
        process.move(ws, (customer,), stage, day)
    with ws.store.read() as reader:
        return customer, reader.ids("contacts", prospect_id=customer)[0]


def state(ws: Workspace) -> dict[str, list[dict[str, object]]]:
    """Every fact, with the log as it is read: what counts of it, in order."""
    with ws.store.read() as reader:
        found = whole.everything(reader)
        found["stage_transitions"] = [
            dict(row) for row in reader.rows("SELECT * FROM effective_transitions ORDER BY id")
        ]
        found["derived"] = [dict(row) for row in reader.rows("SELECT * FROM prospect_states ORDER BY prospect_id")]
        found["terms"] = [dict(row) for row in reader.rows("SELECT * FROM search_terms ORDER BY 1, 2")]
    return found


def rows(ws: Workspace, table: str, **equals: object) -> list[dict[str, object]]:
    with ws.store.read() as reader:
        return [dict(reader.get(table, one)) for one in reader.ids(table, **equals)]


def points(ws: Workspace, contact: int) -> list[str]:
    found = sorted(rows(ws, "contact_points", contact_id=contact), key=lambda row: row["position"])
    return [str(row["value"]) for row in found]


def healthy(ws: Workspace) -> None:
    assert whole.faults(ws.store.path) == []


def test_a_person_written_down_twice_becomes_one_with_everything_of_both(ws: Workspace) -> None:
    alone, first = known(ws, person("田中 太郎", emails=("taro@example.jp",), tags=("EC",)), 1, date(2026, 11, 1))
    other, second = known(
        ws, person("田中 太郎", emails=("taro@example.jp", "tanaka@acme.example"), phones=(Phone("090-1111-2222", "mobile"),), tags=("EC", "紹介"))
    )  # fmt: skip
    prospects.note(ws, other, "call", "来月に予算が決まる")
    prospects.put_deal(ws, other, name="在庫アプリ", expected_yen=300_000)
    merging.merge(ws, pair_of("contact", first, second))
    assert points(ws, first) == ["taro@example.jp", "tanaka@acme.example", "090-1111-2222"]
    found = customers.detail(ws, alone)
    assert found is not None
    assert [entry.text for entry in found.timeline] == ["来月に予算が決まる", "1 集客に入る"]
    assert [deal.name for deal in found.deals] == ["在庫アプリ"]
    assert {name for _id, name in found.tags} == {"EC", "紹介"}
    assert customers.detail(ws, other) is None
    assert list(customers.listing(ws, customers.Filter()).ids) == [alone]
    healthy(ws)


def test_a_person_alone_becomes_the_contact_of_the_company_they_belong_to(ws: Workspace) -> None:
    alone, second = known(ws, person("田中 太郎", emails=("taro@acme.example",)), 3, date(2026, 11, 1))
    company, first = known(ws, person("田中", "アクメ", phones=(Phone("03-1111-2222", "company"),)))
    place = next(line for line in comparing.compare(ws, pair_of("contact", first, second)).lines if line.key == "place")
    assert (place.first, place.second, place.result()) == ("アクメ", "", "アクメ")
    merging.merge(ws, pair_of("contact", first, second))
    found = customers.detail(ws, company)
    assert found is not None
    assert (found.row.name, found.row.stage, [contact.name for contact in found.contacts]) == (
        "アクメ",
        3,
        ["田中 太郎"],
    )
    assert rows(ws, "prospects", id=alone)[0]["merged_into_id"] == company
    assert rows(ws, "contacts", id=first)[0]["family"] == "田中"
    assert rows(ws, "contacts", id=first)[0]["given"] == "太郎"


def test_absorbing_takes_a_customer_who_is_a_person_into_a_company(ws: Workspace) -> None:
    alone, contact = known(ws, person("佐藤 花子", emails=("hanako@example.jp",)), 2)
    company, _other = known(ws, person("鈴木 一郎", "アクメ"))
    before = state(ws)
    merging.absorb(ws, alone, company)
    assert rows(ws, "contacts", id=contact)[0]["prospect_id"] == company
    found = customers.detail(ws, company)
    assert found is not None
    assert [one.name for one in found.contacts] == ["鈴木 一郎", "佐藤 花子"]
    assert found.row.stage == 2
    history.undo(ws)
    assert state(ws) == before


def test_absorbing_a_person_who_is_a_contact_there_already_makes_them_one(ws: Workspace) -> None:
    alone, _contact = known(ws, person("佐藤 花子", emails=("hanako@example.jp",)))
    company, there = known(ws, person("佐藤 花子", "アクメ"))
    merging.absorb(ws, alone, company, there)
    assert points(ws, there) == ["hanako@example.jp"]
    assert len(rows(ws, "contacts")) == 1


def test_the_chosen_value_of_each_field_remains(ws: Workspace) -> None:
    _one, first = known(ws, person("渡邉 健", "アクメ", title="課長", department="営業部", note="甘いものが好き"))
    _two, second = known(ws, person("渡辺 健", "(株)アクメ", title="部長", department="企画部", note="犬を飼っている"))
    merging.merge(
        ws, pair_of("contact", first, second), {"name": "first", "title": "second", "department": "first", "customer": "second"}
    )  # fmt: skip
    row = rows(ws, "contacts", id=first)[0]
    assert (row["name"], row["title"], row["department"]) == ("渡邉 健", "部長", "営業部")
    assert row["note"] == "甘いものが好き\n犬を飼っている"
    assert [one["name"] for one in rows(ws, "prospects", merged_into_id=None)] == ["(株)アクメ"]


def test_what_one_side_does_not_have_comes_from_the_other(ws: Workspace) -> None:
    _one, first = known(ws, person("山田 健", "アクメ"))
    _two, second = known(ws, person("山田 健", "アクメ株式会社", kana="ヤマダ ケン", address="愛知県豊橋市"))
    merging.merge(ws, pair_of("contact", first, second))
    row = rows(ws, "contacts", id=first)[0]
    assert (row["kana"], row["address"]) == ("ヤマダ ケン", "愛知県豊橋市")


def test_two_answers_to_one_question_both_remain(ws: Workspace) -> None:
    one, _first = known(ws, person("山田 健", "アクメ"), 3)
    two, _second = known(ws, person("佐藤 咲", "(株)アクメ"), 3)
    prospects.answer(ws, one, 6, "社長", is_fact=False)
    prospects.answer(ws, two, 6, "経理の木村さん", is_fact=True)
    prospects.answer(ws, two, 7, "静か", is_fact=False)
    merging.merge(ws, pair_of("prospect", one, two), {"answer.6": "second"})
    found = customers.detail(ws, one)
    assert found is not None
    assert {number: given.text for number, given in found.answers.items()} == {6: "経理の木村さん", 7: "静か"}
    assert found.answers[6].is_fact
    assert "質問6 予算を持つ人：社長" in [entry.text for entry in found.timeline]


def test_both_histories_are_one_timeline_and_every_meeting_date_is_kept(ws: Workspace, clock: Clock) -> None:
    one, first = known(ws, person("山田 健", "アクメ"), 1, date(2026, 9, 1))
    two, second = known(ws, person("山田 健", "(株)アクメ"), 1, date(2026, 10, 1))
    with ws.store.write("名刺", ws.now_us()) as work:
        for customer, contact, back in ((one, first, 40), (two, second, 20)):
            work.insert(
                "activities", prospect_id=customer, contact_id=contact, kind="card", at_us=ws.now_us() - back * DAY_US
            )
    merging.merge(ws, pair_of("contact", first, second))
    with ws.store.read() as reader:
        met = [person.met_on for _c, _p, person in whole_people(ws, reader)]
    assert [len(days) for days in met] == [2]
    found = customers.detail(ws, one)
    assert found is not None
    assert [entry.kind for entry in found.timeline] == ["card", "card", "enter", "enter"] or len(found.timeline) == 4


def whole_people(ws: Workspace, reader: object) -> list[tuple[int, int, Candidate]]:
    from soloflow.store.recognition import stored_people

    return list(stored_people(reader, ws.zone))  # type: ignore[arg-type]


def test_the_second_entry_of_somebody_further_on_does_not_throw_them_back(ws: Workspace) -> None:
    one, first = known(ws, person("山田 健", "アクメ"), 1, date(2026, 9, 1))
    process.move(ws, (one,), 4, date(2026, 10, 1))
    _two, second = known(ws, person("山田 健", "(株)アクメ"), 1, date(2026, 11, 14))
    log = rows(ws, "stage_transitions")
    merging.merge(ws, pair_of("contact", first, second))
    found = customers.detail(ws, one)
    assert found is not None
    assert (found.row.standing, found.row.stage) == ("active", 4)
    assert found.path[4] == date(2026, 10, 1)
    assert rows(ws, "stage_transitions")[: len(log)] == log, "what was written stays as it was"


def test_the_user_can_say_at_which_stage_the_customer_is(ws: Workspace, clock: Clock) -> None:
    one, _first = known(ws, person("山田 健", "アクメ"), 4, date(2026, 9, 1))
    process.lose(ws, (one,), "budget", at=date(2026, 11, 1))
    two, _second = known(ws, person("佐藤 咲", "(株)アクメ"), 2, date(2026, 10, 1))
    pair = pair_of("prospect", one, two)
    line = next(line for line in comparing.compare(ws, pair).lines if line.key == "stage")
    assert (line.first, line.second, line.chosen) == ("4 見込顧客・離脱", "2 問合せ", "first")
    before = state(ws)
    clock.forward(hours=1)
    merging.merge(ws, pair, {"stage": "second"})
    found = customers.detail(ws, one)
    assert found is not None
    assert (found.row.standing, found.row.stage) == ("active", 2)
    history.undo(ws)
    merging.merge(ws, pair)
    found = customers.detail(ws, one)
    assert found is not None
    assert (found.row.standing, found.row.stage) == ("lost", 4)
    history.undo(ws)
    assert state(ws) == before


def test_somebody_in_the_funnel_by_a_merged_record_is_not_entered_once_more(ws: Workspace) -> None:
    one, first = known(ws, person("山田 健", "アクメ", emails=("ken@example.jp",)))
    two, second = known(ws, person("山田 健", "(株)アクメ"), 3, date(2026, 11, 1))
    with ws.store.write("まとめる", ws.now_us()) as work:  # the one that stays has no entry of its own
        work.update("prospects", two, merged_into_id=one)
        work.update("contacts", second, prospect_id=one)
    from soloflow.services import capturing, who_is_meant

    entry = capturing.read_lines(ws, "山田 健 アクメ ken@example.jp")[0].entry
    entry = who_is_meant.settled(entry, who_is_meant.hints(ws, entry.person))
    assert entry.contact == first
    capturing.save(ws, (replace(entry, stage=1),))
    found = customers.detail(ws, one)
    assert found is not None
    assert found.row.stage == 3


def test_whoever_the_merged_one_introduced_was_introduced_by_the_one_that_stays(ws: Workspace) -> None:
    one, first = known(ws, person("山田 健", "アクメ"))
    two, second = known(ws, person("山田 健", "(株)アクメ"))
    third, _contact = known(ws, person("佐藤 咲", "月島"))
    prospects.edit(ws, third, referrer_id=two)
    prospects.edit(ws, one, referrer_id=two)
    merging.merge(ws, pair_of("contact", first, second))
    assert rows(ws, "prospects", id=third)[0]["referrer_id"] == one
    assert rows(ws, "prospects", id=one)[0]["referrer_id"] is None


def test_a_chain_of_merges_is_one_customer_and_comes_apart_again(ws: Workspace) -> None:
    made = [
        known(ws, person("山田 健", name), stage, date(2026, 11, stage))
        for stage, name in enumerate(("アクメ", "(株)アクメ", "アクメ㈱"), 1)
    ]
    ids = [customer for customer, _contact in made]
    states = [state(ws)]
    merging.merge(ws, pair_of("prospect", ids[1], ids[2]))
    states.append(state(ws))
    merging.merge(ws, pair_of("prospect", ids[0], ids[1]))
    with ws.store.read() as reader:
        assert {who for who, *_rest in all_entries(reader)} == {ids[0]}
        assert agenda.entries_since(reader, 0, 1) == [entries_of(reader, ids[0])[0].at_us]
    found = customers.detail(ws, ids[0])
    assert found is not None
    assert len(found.contacts) == 3
    healthy(ws)
    history.undo(ws)
    assert state(ws) == states[1]
    history.undo(ws)
    assert state(ws) == states[0]


def test_an_older_merge_is_taken_back_while_later_work_stays(ws: Workspace) -> None:
    one, first = known(ws, person("山田 健", "アクメ", title="課長"), 2)
    two, second = known(ws, person("山田 健", "(株)アクメ", title="部長", emails=("ken@example.jp",)), 1)
    prospects.note(ws, two, "note", "二つ目の記録のメモ")
    done = merging.merge(ws, pair_of("contact", first, second), {"title": "second"})
    prospects.note(ws, one, "note", "あとからのメモ")
    prospects.edit_contact(ws, first, {"title": "本部長"})
    assert done.change_set is not None
    changes = history.revert(ws, done.change_set)
    again = customers.detail(ws, two)
    assert again is not None
    assert [entry.text for entry in again.timeline if entry.source == "activity"] == ["二つ目の記録のメモ"]
    assert again.contacts[0].title == "部長"
    assert [point.value for point in again.contacts[0].points] == ["ken@example.jp"]
    kept = customers.detail(ws, one)
    assert kept is not None
    assert kept.contacts[0].title == "本部長"
    assert "あとからのメモ" in [entry.text for entry in kept.timeline]
    assert any("本部長" in line for line in changes.conflicts)
    healthy(ws)


def test_an_inner_merge_of_a_chain_is_taken_back_by_itself(ws: Workspace) -> None:
    one, _first = known(ws, person("山田 健", "アクメ"), 1)
    two, _second = known(ws, person("佐藤 咲", "(株)アクメ"), 2)
    three, _third = known(ws, person("鈴木 愛", "アクメ㈱"), 3)
    inner = merging.merge(ws, pair_of("prospect", two, three))
    merging.merge(ws, pair_of("prospect", one, two))
    assert inner.change_set is not None
    history.revert(ws, inner.change_set)
    names = {}
    for customer in (one, three):
        found = customers.detail(ws, customer)
        assert found is not None
        names[customer] = sorted(contact.name for contact in found.contacts)
    assert names == {one: ["佐藤 咲", "山田 健"], three: ["鈴木 愛"]}
    healthy(ws)


def test_erasing_a_merged_person_leaves_no_trace_of_either(ws: Workspace) -> None:
    one, first = known(ws, person("特異名 太郎", emails=("unusual@example.jp",)), 2)
    two, second = known(ws, person("特異名 太郎", emails=("unusual@example.jp", "second@example.jp")), 1)
    prospects.note(ws, two, "note", "特異名さんの秘密")
    merging.merge(ws, pair_of("contact", first, second))
    prospects.erase(ws, one)
    ws.store.close()
    content = b"".join(path.read_bytes() for path in ws.store.path.parent.glob(f"{ws.store.path.name}*"))
    for trace in ("特異名", "unusual", "second@example", "秘密"):
        assert trace.encode() not in content, trace


def test_somebody_who_changed_jobs_is_one_person_and_both_companies_stay(ws: Workspace) -> None:
    one, first = known(ws, person("特異名 太郎", "アクメ", emails=("taro@example.jp",)), 2)
    two, second = known(ws, person("特異名 太郎", "月島物産", emails=("taro@example.jp", "t@tsukishima.example")), 1)
    prospects.note(ws, one, "note", "アクメのころの話")
    with ws.store.write("名刺", ws.now_us()) as work:
        work.insert("activities", prospect_id=one, contact_id=first, kind="card", at_us=ws.now_us() - DAY_US)
        work.insert("activities", prospect_id=two, contact_id=second, kind="card", at_us=ws.now_us())
    before = state(ws)
    merging.merge(ws, pair_of("contact", first, second))
    assert [row["prospect_id"] for row in rows(ws, "contacts")] == [two]
    assert sorted(customers.listing(ws, customers.Filter()).ids) == sorted((one, two))
    with ws.store.read() as reader:
        assert [len(found.met_on) for _c, _p, found in whole_people(ws, reader)] == [2]
    history.undo(ws)
    assert state(ws) == before
    merging.merge(ws, pair_of("contact", first, second), {"company": "second"})
    assert [row["prospect_id"] for row in rows(ws, "contacts")] == [one], "the user knows better"
    prospects.erase(ws, one)
    ws.store.close()
    content = b"".join(path.read_bytes() for path in ws.store.path.parent.glob(f"{ws.store.path.name}*"))
    assert "特異名".encode() not in content


def test_companies_that_were_told_apart_stay_two_when_their_people_are_one(ws: Workspace) -> None:
    one, first = known(ws, person("山田 健", "アクメ", emails=("ken@example.jp",)))
    two, second = known(ws, person("山田 健", "有限会社アクメ", emails=("ken@example.jp",)))
    duplicates.tell_apart(ws, pair_of("prospect", one, two))
    merging.merge(ws, pair_of("contact", first, second))
    assert [row["merged_into_id"] for row in rows(ws, "prospects")] == [None, None]


def test_whatever_is_gone_is_not_merged_and_nothing_is_changed(ws: Workspace) -> None:
    one, first = known(ws, person("山田 健"))
    two, second = known(ws, person("山田 健"))
    merging.merge(ws, pair_of("contact", first, second))
    before = state(ws)
    for pair in (pair_of("contact", first, second), pair_of("prospect", one, two), Pair("prospect", "sure", one, one)):
        with pytest.raises(UserError):
            merging.merge(ws, pair)
    assert state(ws) == before


def test_everything_that_is_sure_is_merged_at_once_and_taken_back_at_once(ws: Workspace) -> None:
    for number in range(3):
        for _twice in range(3):
            known(ws, reachable("山田 健", "", number))
    before = state(ws)
    sure = [pair for pair in duplicates.scan(ws) if pair.certainty == "sure"]
    assert len(sure) == 9
    changes = merging.merge_all(ws, sure)
    assert changes.label == "確かな9組をまとめました"
    assert len(rows(ws, "contacts")) == 3
    assert len(customers.listing(ws, customers.Filter()).ids) == 3
    healthy(ws)
    history.undo(ws)
    assert state(ws) == before
    history.redo(ws)
    assert len(rows(ws, "contacts")) == 3
    healthy(ws)


def test_stopping_the_great_merge_leaves_everything_as_it_was(ws: Workspace) -> None:
    for _twice in range(3):
        known(ws, reachable("山田 健", "", 1))
    before = state(ws)

    class Stopped:
        def report(self, done: int, total: int | None = None, text: str = "") -> None: ...

        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        merging.merge_all(ws, duplicates.scan(ws), Stopped())
    assert state(ws) == before


def test_today_and_the_lists_know_only_the_one_that_stays(ws: Workspace) -> None:
    one, first = known(ws, person("山田 健", "アクメ"), 2)
    two, second = known(ws, person("山田 健", "(株)アクメ"), 2)
    from soloflow.services import follow_ups

    follow_ups.plan(ws, two, "電話する", ws.today())
    merging.merge(ws, pair_of("contact", first, second))
    day = today.today(ws)
    tasks = (*day.overdue, *day.today, *day.week)
    assert [(task.prospect, task.text) for task in tasks] == [(one, "電話する")]
    assert [row.id for row in customers.find(ws, "アクメ")] == [one]
    with ws.store.read() as reader:
        _head, table = whole.people_table(reader, ws.zone)
    assert [row[0] for row in table] == [one]


# --- whatever the profile ----------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["山田 健", "渡邉 太郎", "渡辺 太郎", "Ken Yamada", "佐藤", ""])
COMPANIES = st.sampled_from(["", "", "アクメ", "株式会社アクメ", "月島物産"])
MAILS = st.lists(st.sampled_from([f"user{number}@example.jp" for number in range(4)]), max_size=2, unique=True)
MOVES = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 30), st.sampled_from(["move", "move", "move", "lose", "recycle"])),
    max_size=4,
)
PEOPLE = st.lists(st.tuples(NAMES, COMPANIES, MAILS, MOVES, st.booleans()), min_size=2, max_size=4)


def filled(ws: Workspace, people: list[tuple[str, str, list[str], list[tuple[int, int, str]], bool]]) -> None:
    for number, (name, company, mails, moves, has_more) in enumerate(people):
        customer, contact = known(ws, person(name, company, emails=tuple(mails), note=f"メモ{number}", tags=("EC",)))
        for stage, days, what in moves:
            day = ws.today() - timedelta(days=days)
            try:
                if what == "move":
                    process.move(ws, (customer,), stage, day)
                elif what == "lose":
                    process.lose(ws, (customer,), "budget", at=day)
                else:
                    process.recycle(ws, (customer,), None, at=day)
            except UserError:
                continue
        if has_more:
            prospects.answer(ws, customer, 1 + number % 2, f"答え{number}", is_fact=True)
            with ws.store.write("名刺", ws.now_us()) as work:
                work.insert(
                    "activities", prospect_id=customer, contact_id=contact, kind="card", at_us=ws.now_us() - number
                )


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("merging")
    ws = open_workspace(folder / "soloflow.db")
    ws.store.close()
    return folder / "soloflow.db"


@settings(max_examples=40)
@given(people=PEOPLE, data=st.data())
def test_any_merges_undone_give_the_state_of_before(
    empty: Path, tmp_path_factory: pytest.TempPathFactory, people: list[tuple], data: st.DataObject
) -> None:
    path = Path(shutil.copy(empty, tmp_path_factory.mktemp("one") / "soloflow.db"))
    ws = open_workspace(path)
    try:
        filled(ws, people)
        states = [state(ws)]
        for _merge in range(data.draw(st.integers(1, 3))):
            alive = [row["id"] for row in rows(ws, "prospects", merged_into_id=None)]
            contacts = [row["id"] for row in rows(ws, "contacts")]
            kind = data.draw(st.sampled_from(["contact", "prospect"]))
            ids = contacts if kind == "contact" else alive
            if len(ids) < 2:
                break
            one, other = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
            pair = pair_of(kind, one, other)
            wanted = {
                line.key: data.draw(st.sampled_from(["first", "second"]))
                for line in comparing.compare(ws, pair).lines
                if line.is_choice
            }
            merging.merge(ws, pair, wanted)
            assert whole.faults(path) == []
            states.append(state(ws))
        while len(states) > 1:
            assert state(ws) == states.pop()
            history.undo(ws)
        assert state(ws) == states[0]
    finally:
        ws.store.close()


@settings(max_examples=40)
@given(one=MOVES, other=MOVES)
def test_rates_after_merging_are_those_of_one_log_from_the_start(
    empty: Path, tmp_path_factory: pytest.TempPathFactory, one: list[tuple], other: list[tuple]
) -> None:
    from soloflow.insights.log import Facts, log_from_rows
    from soloflow.insights.reduction import ADVANCED, LOST, OPEN, reduce_log, stage_records

    path = Path(shutil.copy(empty, tmp_path_factory.mktemp("two") / "soloflow.db"))
    ws = open_workspace(path)
    try:
        filled(ws, [("山田 健", "アクメ", [], one, False), ("山田 健", "(株)アクメ", [], other, False)])
        with ws.store.read() as reader:
            together = [(1, *row[1:]) for row in all_entries(reader)]
        merging.merge(ws, pair_of("prospect", 1, 2))

        def figures(log: object) -> list[tuple[int, ...]]:
            reduced = reduce_log(log, ws.now_us())  # type: ignore[arg-type]
            records = [stage_records(reduced, stage) for stage in range(1, 9)]
            return [tuple(found.count(outcome) for outcome in (ADVANCED, LOST, OPEN)) for found in records]

        assert figures(numbers.own_log(ws)) == figures(log_from_rows(together, {1: Facts()}))
    finally:
        ws.store.close()
