"""A search with filters and an order finds what a plain reading of everything finds, on random small profiles."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from profiles import Clock, open_workspace, person
from soloflow.domain.candidates import Phone
from soloflow.domain.text import name_key, phone_key, search_terms, shadow
from soloflow.services import customers, follow_ups, history, meetups, process, prospects
from soloflow.services.customers import ORDERS, Filter
from soloflow.services.workspace import Workspace
from soloflow.store import hits, people, search
from soloflow.store.database import FILE_NAME
from soloflow.store.filters import where

NAMES = (("髙橋 太郎", "タカハシ タロウ"), ("渡邉 咲", "ワタナベ サキ"), ("佐藤 恵", "サトウ メグミ"), ("John Smith", ""), ("阿部 一", "アベ ハジメ"))  # fmt: skip
COMPANIES = ("", "(株)北沢製作所", "カワセミ食品株式会社", "合同会社アクメ", "ABC Co., Ltd.")
NOTES = ("在庫が合わない", "見積を待っている", "AI と ＥＣ の話", "ｻｰﾊﾞｰを替えたい", "予算は４月", "")
TAGS = ("在庫管理", "紹介", "EC")
MEETUPS = ("町工場×ソフト夜話", "Python もくもく会")
QUERIES = (
    "髙", "高橋", "たか", "takah", "takahasi", "tarou", "佐藤", "sato", "渡辺", "北沢", "製作", "かわせみ", "kawasemi", "食品", "株", "アクメ", "abc",
    "在庫", "庫が", "見積", "ai", "ec", "ＡＩ", "サーバー", "予算は4月", "0901", "234-5", "example", "@example.jp", "user3", "夜話", "@夜話", "もくもく",
    "#在庫", "勉強会", "紹介", "開発", "第2期", "電話する", "高橋 太郎", "佐藤 在庫", "株 見積", "太郎 0901", "ぬるぽ", "zz", "・", "Smith John", "部長", "ん",
)  # fmt: skip


@dataclass
class Known:
    """One customer as everything that was said of it, for a plain reading."""

    id: int
    terms: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    tags: set[int] = field(default_factory=set)
    meetups: set[int] = field(default_factory=set)
    row: Any = None
    channel: int | None = None
    has_mail: bool = False
    has_phone: bool = False


@pytest.fixture(scope="module", params=[3, 11])
def profile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    clock = Clock()
    ws = open_workspace(tmp_path_factory.mktemp("search") / FILE_NAME, clock)
    chance = random.Random(request.param)
    met = [meetups.create(ws, name, date(2026, 10, 1)).created[0] for name in MEETUPS]
    for number in range(30):
        _somebody(ws, chance, number, met)
        clock.forward(days=3)
    yield ws
    ws.store.close()


def _somebody(ws: Workspace, chance: random.Random, number: int, met: list[int]) -> None:
    name, kana = chance.choice(NAMES)
    company = chance.choice(COMPANIES)
    mails = (f"user{number}@example.jp",) if chance.random() < 0.6 else ()
    phones = (Phone(f"090-1234-{number:04}", "mobile"),) if chance.random() < 0.5 else ()
    someone = person(name, f"{company}{number}" if company else "", kana=kana, emails=mails, phones=phones, note=chance.choice(NOTES), title=chance.choice(("", "部長")))  # fmt: skip
    stage = chance.choice((None, 1, 2, 3, 5))
    made = prospects.add(ws, someone, stage=stage, channel=chance.choice((None, 1, 3))).created[0]
    if chance.random() < 0.5:
        prospects.tag(ws, (made,), chance.choice(TAGS))
    if chance.random() < 0.5:
        prospects.note(ws, made, "note", chance.choice(NOTES) or "会った")
    if chance.random() < 0.4:
        follow_ups.plan(ws, made, "電話する", ws.today() + timedelta(days=chance.randint(-40, 60)))
    if chance.random() < 0.3:
        prospects.put_deal(ws, made, name="開発 第2期", expected_yen=chance.randrange(10) * 1000)
    if chance.random() < 0.4:
        with ws.store.write("met", ws.now_us()) as work:
            work.insert("activities", prospect_id=made, kind="meetup", at_us=ws.now_us(), meetup_id=chance.choice(met))
    if stage and chance.random() < 0.3:
        process.lose(ws, (made,), "budget")
    if chance.random() < 0.05:
        prospects.remove(ws, (made,))


def read_all(ws: Workspace) -> list[Known]:
    found = []
    with ws.store.read() as reader:
        names = {table: dict(reader.tuples(f"SELECT id, name FROM {table}").fetchall()) for table in ("tags", "meetups", "channels", "sources")}  # fmt: skip
        for fact in reader.rows("SELECT * FROM prospects WHERE deleted_us IS NULL"):
            one = Known(fact["id"], texts=[fact["name"], fact["kana"], fact["memo"]], channel=fact["channel_id"])
            one.row = reader.row("SELECT * FROM prospect_states WHERE prospect_id = ?", one.id)
            contacts = people.contacts_of(reader, one.id)
            points = [point for contact in contacts for point in people.points_of(reader, contact["id"])]
            one.has_mail = any(point["kind"] == "mail" for point in points)
            one.has_phone = any(point["kind"] == "phone" for point in points)
            one.tags = {tag["id"] for tag in people.tags_of(reader, one.id)}
            activities = people.activities_of(reader, one.id)
            one.meetups = {row["meetup_id"] for row in activities} - {None}
            one.names = [names["tags"][tag] for tag in one.tags] + [names["meetups"][met] for met in one.meetups]
            one.names += [names["channels"][one.channel]] if one.channel else []
            one.texts += [contact[name] for contact in contacts for name in ("name", "kana", "title", "note")]
            one.texts += [phone_key(point["value"]) if point["kind"] == "phone" else point["value"] for point in points]
            one.texts += [row["text"] for row in (*activities, *people.plans_of(reader, one.id))]
            one.texts += [deal["name"] for deal in people.deals_of(reader, one.id)]
            one.terms = set(_terms(fact, contacts, points, [names["tags"][tag] for tag in one.tags]))
            found.append(one)
    return found


def _terms(fact: Any, contacts: list[Any], points: list[Any], tags: list[str]) -> Iterator[str]:
    who = {"name": fact["name"]} if fact["is_person"] else {"company": fact["name"]}
    mails = [point["value"] for point in points if point["kind"] == "mail"]
    phones = [point["value"] for point in points if point["kind"] == "phone"]
    yield from search_terms(**who, kana=fact["kana"], emails=mails, phones=phones, tags=tags)  # type: ignore[arg-type]
    for contact in contacts:
        yield from search_terms(
            name=contact["name"], family=contact["family"], given=contact["given"], kana=contact["kana"]
        )


def is_hit(one: Known, text: str) -> bool:
    words = [word for word in text.split() if name_key(word)]
    return bool(words) and (all(_stands(one, word) for word in words) or _stands(one, "".join(text.split())))


def _stands(one: Known, word: str) -> bool:
    key = name_key(word)
    forms = {key, phone_key(key)} - {""} if not any(letter.isalpha() for letter in key) else {key}
    if any(term.startswith(form) for term in one.terms for form in forms):
        return True
    texts = [form for text in one.texts for form in (name_key(text), shadow(text))]
    if any(len(form) >= (3 if form.isascii() else 2) and form in text for form in forms for text in texts):
        return True
    alone = {part for text in texts for part in _latin_words(text)}
    if len(key) == 2 and key.isascii() and key in alone:
        return True
    bare = key.lstrip("#@")
    names = one.names[: len(one.tags)] if key.startswith("#") else one.names
    return any(bare in name_key(name) if len(bare) > 1 else name_key(name).startswith(bare) for name in names)


def _latin_words(text: str) -> list[str]:
    spaced = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in text)
    return spaced.split()


def passes(one: Known, wanted: Filter, today: date, quiet_before_us: int) -> bool:
    row, due = one.row, one.row["next_on"]
    week = ((today + timedelta(days=7)).isoformat() > due >= today.isoformat()) if due else False
    steps = {None: True, "none": due is None, "overdue": bool(due and due < today.isoformat()), "week": week}
    return all(
        (
            wanted.standing in (None, row["standing"]),
            not wanted.stages or row["stage"] in wanted.stages,
            not wanted.channels or one.channel in wanted.channels,
            set(wanted.tags) <= one.tags,
            not wanted.meetups or set(wanted.meetups) & one.meetups,
            steps[wanted.step],
            wanted.quiet_days is None or row["last_activity_us"] is None or row["last_activity_us"] < quiet_before_us,
            wanted.has_mail in (None, one.has_mail),
            wanted.has_phone in (None, one.has_phone),
            wanted.ids is None or one.id in wanted.ids,
            not wanted.text.strip() or is_hit(one, wanted.text),
        )
    )


filters = st.builds(
    Filter,
    standing=st.sampled_from((None, None, "active", "lost", "book")),
    stages=st.sampled_from(((), (), (1,), (2, 3))),
    channels=st.sampled_from(((), (), (1,), (1, 3))),
    tags=st.sampled_from(((), (), (1,), (1, 2), (99,))),
    text=st.sampled_from(("", "", *QUERIES)),
    ids=st.sampled_from((None, None, frozenset(range(1, 12)))),
    step=st.sampled_from((None, None, "none", "overdue", "week")),
    meetups=st.sampled_from(((), (), (1,), (1, 2))),
    quiet_days=st.sampled_from((None, None, 30)),
    has_mail=st.sampled_from((None, None, True, False)),
    has_phone=st.sampled_from((None, None, True, False)),
)


@given(wanted=filters, order=st.sampled_from((None, *ORDERS)))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_filters_search_and_order_compose(profile: Workspace, wanted: Filter, order: str | None) -> None:
    ws = profile
    quiet = customers.now(ws).start_us(wanted.quiet_days or 0)
    expected = {one.id for one in read_all(ws) if passes(one, wanted, ws.today(), quiet)}
    ids = list(customers.listing(ws, wanted, order).ids)
    assert len(ids) == len(set(ids))
    assert set(ids) == expected
    if order is not None:
        assert ids == [one for one in customers.listing(ws, Filter(), order).ids if one in expected]
    elsewhere = replace(wanted, standing=None)
    by_standing = customers.counts(ws, elsewhere)
    assert sum(by_standing.values()) == len(customers.listing(ws, elsewhere).ids)


@pytest.mark.parametrize("text", QUERIES)
def test_a_search_finds_what_a_plain_reading_finds(profile: Workspace, text: str) -> None:
    expected = {one.id for one in read_all(profile) if is_hit(one, text)}
    assert set(customers.listing(profile, Filter(text=text)).ids) == expected


@pytest.mark.parametrize("text", QUERIES)
def test_looking_one_by_one_and_asking_the_index_give_the_same_order(
    profile: Workspace, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = Filter(text=text, has_mail=True)
    one_by_one = customers.listing(profile, wanted).ids
    monkeypatch.setattr(search, "FEW", 0)
    assert customers.listing(profile, wanted).ids == one_by_one


@pytest.mark.parametrize("some", [0, 4, 1_000], ids=["none known", "the rarer known", "all known"])
@pytest.mark.parametrize("portion", [2, 1_000])
@given(
    wanted=filters,
    words=st.lists(st.sampled_from(("株", "北", "ta", "在庫", "開発", "会った", "電話する", "example", "0901", "太郎", "佐藤", "夜話", "#在庫", "勉強会")), min_size=2, max_size=3),
    cap=st.sampled_from((3, None)),
)  # fmt: skip
@example(wanted=Filter(), words=["株", "在庫"], cap=None)  # 在庫 is a tag of many
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_several_common_words_are_found_as_a_plain_reading_finds_them(
    profile: Workspace, wanted: Filter, words: list[str], cap: int | None, some: int, portion: int
) -> None:
    ws = profile
    wanted = replace(wanted, text=" ".join(words))
    quiet = customers.now(ws).start_us(wanted.quiet_days or 0)
    with ws.store.read() as reader:
        condition = where(reader, wanted, customers.now(ws))
        few = search.find(reader, wanted.text, None, condition).ids
        with pytest.MonkeyPatch.context() as patch:
            for module, name, value in ((search, "FEW", 0), (search, "SEVERAL", 0), (search, "SOME", some), (hits, "PORTION", portion)):  # fmt: skip
                patch.setattr(module, name, value)
            found = search.find(reader, wanted.text, cap, condition)
    assert set(few) == {one.id for one in read_all(ws) if passes(one, wanted, ws.today(), quiet)}
    assert found.ids == few[:cap]
    assert found.capped == (cap is not None and len(few) > cap)


def test_a_kept_answer_ends_with_the_next_save(profile: Workspace) -> None:
    wanted = Filter(text="株 見積", has_mail=True, quiet_days=30)
    before = customers.listing(profile, wanted).ids, customers.counts(profile, wanted)
    new = prospects.add(profile, person("見積 太郎", "株式会社見積", emails=("mitsumori@example.jp",))).created[0]
    assert new in customers.listing(profile, wanted).ids
    prospects.note(profile, new, "note", "会った")
    assert new not in customers.listing(profile, wanted).ids
    history.undo(profile)
    assert new in customers.listing(profile, wanted).ids
    history.undo(profile)
    assert (customers.listing(profile, wanted).ids, customers.counts(profile, wanted)) == before


def test_more_hits_than_the_cap_are_said_to_be_more(profile: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with profile.store.read() as reader:
        every = search.find(reader, "user", None)
        some = search.find(reader, "user", 3)
    assert not every.capped
    assert some.capped
    assert some.ids == every.ids[:3]


def test_an_abandoned_search_holds_no_old_state(profile: Workspace) -> None:
    with profile.store.read() as reader:
        first = search.find(reader, "user", 1).ids[0]
    with profile.store.write("note", profile.now_us()) as work:
        work.insert("activities", prospect_id=first, kind="note", at_us=profile.now_us(), text="ふしぎな言葉")
    assert list(customers.listing(profile, Filter(text="ふしぎ")).ids) == [first]


@given(text=st.one_of(st.text(max_size=40), st.text("\"*()^:-+AND OR NEAR%_\\'＃#@・", max_size=20)))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_typed_breaks_a_search(profile: Workspace, text: str) -> None:
    ids = customers.listing(profile, Filter(text=text)).ids
    customers.rows(profile, ids[:5], text)
    assert len(customers.find(profile, text)) <= 8


@pytest.mark.parametrize("text", ["あ" * 5_000, "a " * 2_000, "\ud800", "a\x00b", "\u200b", "“”", "ﾞ"])
def test_long_and_odd_texts_are_searched_like_any_other(profile: Workspace, text: str) -> None:
    customers.listing(profile, Filter(text=text))
    customers.counts(profile, Filter(text=text))
