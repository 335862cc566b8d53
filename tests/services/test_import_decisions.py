"""For any decisions about the people of a file: every row is counted once, and only what was accepted is written."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soloflow.domain.candidates import Candidate, Phone, Problem, Reading
from soloflow.services import history, importing, prospects
from soloflow.services.import_counts import entering
from soloflow.services.import_items import Item, Preview
from soloflow.services.import_words import report_rows
from soloflow.services.workspace import Workspace
from soloflow.store import recognition
from soloflow.store.database import FILE_NAME, open_store
from soloflow.store.whole import everything, faults

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
EXAMPLES = 200 if os.environ.get("SOLOFLOW_THOROUGH") else 15


@contextmanager
def a_workspace() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / FILE_NAME)
        yield Workspace(store, Path(folder), lambda: NOON, ZoneInfo("Asia/Tokyo"))
        store.close()


@pytest.fixture
def ws() -> Iterator[Workspace]:
    with a_workspace() as made:
        yield made


def person(name: str, company: str = "", **values) -> Candidate:
    family, given_name = name.split()
    return Candidate(name=name, family=family, given=given_name, company=company, **values)


KNOWN = (
    (person("山田 太郎", "アクメ", title="課長", emails=("yamada@acme.example",), met_on=(date(2026, 3, 1),)), None),
    (
        person("佐藤 花子", "アクメ", emails=("sato@acme.example",), address="東京都港区1-1", note="甘いものが好き"),
        None,
    ),
    (person("十河 健", "ベータ", emails=("sogo@beta.example",), phones=(Phone("090-1111-2222", "mobile"),)), 2),
    (person("渡会 純", "", emails=("watarai@example.net",), tags=("友人",)), 1),
    (person("月島 花", "", emails=("tsukishima@example.net",)), None),
)

rows = st.builds(
    person,
    st.sampled_from(["山田 太郎", "佐藤 花子", "十河 健", "渡会 純", "月島 花", "新顔 一", "新顔 二"]),
    st.sampled_from(["", "アクメ", "(株)アクメ", "ベータ", "ガンマ", "フリーランス"]),
    department=st.sampled_from(["", "営業部", "開発部"]),
    title=st.sampled_from(["", "課長", "部長"]),
    kana=st.sampled_from(["", "ヨミ カタ"]),
    emails=st.lists(
        st.sampled_from(["yamada@acme.example", "sato@acme.example", "sogo@beta.example", "watarai@example.net", "x@new.example"]),
        max_size=2, unique=True,
    ).map(tuple),
    phones=st.sampled_from([(), (Phone("090-1111-2222", "mobile"),), (Phone("03-1234-5678", "company"), Phone("080-9-9", "other"))]),
    urls=st.sampled_from([(), ("https://a.example",)]),
    address=st.sampled_from(["", "東京都港区2-2"]),
    note=st.sampled_from(["", "展示会で会った"]),
    tags=st.sampled_from([(), ("友人",), ("展示会", "友人")]),
    met_on=st.sampled_from([(), (date(2026, 11, 14),), (date(2025, 1, 5), date(2026, 3, 1))]),
)  # fmt: skip


def decided(data: st.DataObject, item: Item) -> Item:
    flags = st.booleans()
    known = None if item.match is None else data.draw(st.sampled_from([None, True, False]))
    chosen = importing.choose(
        item, is_known=known, enters=data.draw(flags), keep=[one for one in item.offered if data.draw(flags)],
        joins=data.draw(flags),
    )  # fmt: skip
    return importing.choose(chosen, take=data.draw(flags))


def people(ws: Workspace) -> dict[int, tuple[int, Candidate]]:
    with ws.store.read() as reader:
        return {
            contact: (customer, one) for contact, customer, one in recognition.stored_people(reader, ws.zone)
        }  # fmt: skip


def facts(ws: Workspace) -> dict:
    with ws.store.read() as reader:
        found = everything(reader)
    found.pop("stage_transitions")
    found["prospects"] = [row for row in found["prospects"] if row["deleted_us"] is None]
    return found


def fill(ws: Workspace) -> None:
    for one, stage in KNOWN:
        with ws.store.read() as reader:
            home = prospects.company_named(reader, one.company)
        if home is None:
            prospects.add(ws, one, stage=stage)
        else:
            prospects.add_contact(ws, home, one)


def told(item: Item, field: str, before: tuple[str, ...]) -> set[str]:
    return {*before, *(change.new for change in item.changes if change.field == field)}


def check_known(item: Item, before: tuple[int, Candidate], after: tuple[int, Candidate]) -> None:
    old, new = before[1], after[1]
    accepted = {change.field: change.new for change in item.changes}
    for field in ("name", "kana", "department", "title", "address", "note"):
        assert getattr(new, field) == accepted.get(field, getattr(old, field)), field
    if "name" not in accepted:
        assert (new.family, new.given) == (old.family, old.given)
    assert set(new.emails) == told(item, "emails", old.emails)
    assert {one.number for one in new.phones} == told(item, "phones", tuple(one.number for one in old.phones))
    assert set(new.urls) == told(item, "urls", old.urls)
    assert {day.isoformat() for day in new.met_on} == told(
        item, "met_on", tuple(day.isoformat() for day in old.met_on)
    )  # fmt: skip
    if "company" not in accepted and not item.joins:
        assert after[0] == before[0]
        assert new.company == old.company


@settings(max_examples=EXAMPLES)
@given(people_of_file=st.lists(rows, min_size=1, max_size=7), data=st.data())
def test_counts_add_up_and_only_what_was_accepted_is_written(people_of_file, data):
    lines = tuple(replace(one, line=number) for number, one in enumerate(people_of_file, 2))
    with a_workspace() as ws:
        fill(ws)
        start, before = facts(ws), people(ws)
        file = importing.judge(ws, "people.csv", Reading("eight", "utf-8", len(lines), lines))
        items = [decided(data, item) for item in file.items]
        _changes, report = importing.commit(ws, file, items)
        parts = (report.created, report.updated, report.same, report.joined, report.set_aside, report.wrong)
        assert sum(parts) == report.rows == len(lines)
        assert min(parts) >= 0
        movers = [one for one in items if one.take and (one.joins or any(c.field == "company" for c in one.changes))]
        if not movers:  # who changes company in the same file may take colleagues along: known only when it is written
            assert report.entered == entering(items, file.running)
        after = people(ws)
        meant = Counter(item.match.contact_id for item in items if item.take and not item.is_new and item.match)
        for item in items:
            if item.take and not item.is_new and meant[item.match.contact_id] == 1:
                check_known(item, before[item.match.contact_id], after[item.match.contact_id])
        for contact in set(before) - set(meant):
            old, new = before[contact][1], after[contact][1]
            assert (new.name, new.emails, new.phones, new.met_on) == (old.name, old.emails, old.phones, old.met_on)
        assert faults(ws.store.path) == []
        if _changes.change_set is not None:
            history.undo(ws)
        assert facts(ws) == start


def previewed(ws: Workspace, *people_of_file: Candidate, problems: tuple[Problem, ...] = ()) -> Preview:
    lines = tuple(people_of_file)
    return importing.judge(ws, "people.csv", Reading("eight", "utf-8", len(lines), lines, problems))


def test_a_declined_mail_number_tag_and_day_are_not_written(ws):
    prospects.add(ws, person("山田 太郎", "アクメ", emails=("a@acme.example",)))
    card = person(
        "山田 太郎", "アクメ", emails=("a@acme.example", "b@acme.example"), phones=(Phone("090-1111-2222", "mobile"),),
        tags=("展示会",), met_on=(date(2026, 11, 14),), title="課長", line=2,
    )  # fmt: skip
    file = previewed(ws, card)
    (item,) = file.items
    keep = [change for change in item.offered if change.field != "title"]
    assert {change.field for change in keep} == {"emails", "phones", "tags", "met_on"}
    chosen = importing.choose(item, keep=keep)
    assert [change.field for change in chosen.changes] == ["title"]
    importing.commit(ws, file, [chosen])
    ((_customer, found),) = people(ws).values()
    assert (found.emails, found.phones, found.tags, found.met_on) == (("a@acme.example",), (), (), ())
    assert found.title == "課長"


def test_somebody_of_whom_every_change_was_declined_is_set_aside(ws):
    prospects.add(ws, person("山田 太郎", "アクメ", emails=("a@acme.example",)))
    file = previewed(ws, person("山田 太郎", "アクメ", emails=("a@acme.example",), title="課長", line=2))
    chosen = [importing.choose(item, keep=item.offered) for item in file.items]
    changes, report = importing.commit(ws, file, chosen)
    assert (report.updated, report.same, report.set_aside) == (0, 0, 1)
    assert changes.change_set is None
    assert report_rows(file, chosen)[0].reason == "役職は元のまま"


def test_somebody_on_their_own_is_brought_into_their_company_when_told_so(ws):
    (company,) = prospects.add(ws, person("佐藤 花子", "アクメ")).created
    (alone,) = prospects.add(ws, person("山田 太郎", "", emails=("y@example.net",)), stage=1).created
    file = previewed(ws, person("山田 太郎", "㈱アクメ", emails=("y@example.net",), line=2))
    (item,) = file.items
    assert (item.verdict, item.could_join, item.joins) == ("same", "アクメ", False)
    before = facts(ws)
    importing.commit(ws, file)
    assert facts(ws) == before
    _changes, report = importing.commit(ws, file, [importing.choose(item, joins=True, take=True)])
    assert report.updated == 1
    assert {one.name: customer for customer, one in people(ws).values()} == {"佐藤 花子": company, "山田 太郎": company}
    with ws.store.read() as reader:
        assert reader.get("prospects", alone)["merged_into_id"] == company
    history.undo(ws)
    assert facts(ws) == before


def test_nobody_is_brought_into_one_of_two_companies_of_the_same_name(ws):
    for name in ("佐藤 花子", "鈴木 一郎"):
        prospects.add(ws, person(name, "アクメ"))
    prospects.add(ws, person("山田 太郎", "", emails=("y@example.net",)))
    (item,) = previewed(ws, person("山田 太郎", "アクメ", emails=("y@example.net",), line=2)).items
    assert (item.could_join, item.home) == ("", None)


def test_a_new_colleague_of_a_customer_in_the_funnel_has_no_tick(ws):
    (company,) = prospects.add(ws, person("佐藤 花子", "アクメ"), stage=2).created
    (item,) = previewed(ws, person("山田 太郎", "(株)アクメ", met_on=(date(2026, 11, 14),), line=2)).items
    assert (item.home, item.enters) == (company, None)


def unreadable(name: str, **values) -> tuple[Candidate, Problem]:
    family, given_name = name.split()
    found = Candidate(name=name, family=family, given=given_name, line=2, **values)
    return found, Problem(2, "氏名", "読み取れなかった文字があります。")


def guesses(ws: Workspace, card: Candidate, problem: Problem, *others: Candidate) -> list[str]:
    return [guess.shown for guess in previewed(ws, card, *others, problems=(problem,)).items[0].guesses]


def test_an_unreadable_name_comes_with_names_that_would_fit(ws):
    assert guesses(ws, *unreadable("福? 理恵")) == ["福嶋", "福﨑", "福澤"]


def test_the_kana_tells_which_name_it_was(ws):
    assert guesses(ws, *unreadable("福? 理恵", kana="フクザワ リエ")) == ["福澤"]


def test_the_mail_address_tells_which_name_it_was(ws):
    assert guesses(ws, *unreadable("福? 理恵", emails=("r.fukusaki@example.jp",))) == ["福﨑"]


def test_names_that_are_known_come_first(ws):
    prospects.add(ws, person("福留 修", "アクメ"))
    assert guesses(ws, *unreadable("福? 理恵"))[0] == "福留"


def test_a_guess_is_put_into_the_cell(ws):
    card, problem = unreadable("福? 理恵")
    (item,) = previewed(ws, card, problems=(problem,)).items
    mended = importing.amend(ws, item, item.guesses[0].field, item.guesses[0].value)
    assert (mended.person.name, mended.person.family, mended.problems, mended.guesses) == (
        "福嶋 理恵", "福嶋", (), ()
    )  # fmt: skip


@pytest.mark.parametrize(
    ("mail", "meant"),
    [("taro＠example．jp", None), ("taro@example,jp", None), ("taro@@example.jp", None), ("taro @ example.jp", "taro@example.jp"), ("taro", None)],
)  # fmt: skip
def test_an_address_with_a_slip_is_mended(ws, mail, meant):
    card = person("山田 太郎", emails=(mail,), line=2)
    found = previewed(ws, card, problems=(Problem(2, "e-mail", "メールの形ではありません。"),)).items[0].guesses
    assert all("@" in guess.value for guess in found)
    if meant:
        assert [guess.value for guess in found] == [meant]


def test_a_day_to_come_may_have_been_last_year(ws):
    (item,) = previewed(ws, person("山田 太郎", met_on=(date(2027, 2, 13),), line=2)).items
    assert [guess.value for guess in item.guesses] == ["2026-02-13"]
    assert importing.amend(ws, item, "met_on", "2026-02-13").person.met_on == (date(2026, 2, 13),)


def test_the_report_names_every_row_with_its_reason(ws):
    card = replace(person("山田 太郎", "アクメ", line=2), also=(5,))
    left = person("佐藤 花子", "ベータ", line=3)
    reading = Reading("eight", "utf-8", 4, (card, left), (Problem(4, "", "名前も連絡先もない行です。"),), 1)
    file = importing.judge(ws, "people.csv", reading)
    chosen = [file.items[0], importing.choose(file.items[1], take=False)]
    found = [(row.line, row.outcome, row.reason) for row in report_rows(file, chosen)]
    assert found == [
        (2, "新規", ""), (3, "見送り", "チェックを外しました"), (4, "読めない行", "名前も連絡先もない行です。"),
        (5, "ファイルの中の重複", "2行目と同じ人"),
    ]  # fmt: skip
