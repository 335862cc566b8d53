"""Looking for duplicates in a profile: the whole of it, near what was brought in, and what the user said about them."""

import pytest

from profiles import person, reachable
from soloflow.domain.candidates import Candidate, Phone
from soloflow.domain.errors import Cancelled
from soloflow.services import duplicates, history, merging, prospects
from soloflow.services.duplicates import Pair, pair_of
from soloflow.services.workspace import Workspace


def known(ws: Workspace, *people: Candidate) -> list[int]:
    """The contacts of people written down in this order."""
    made = [prospects.add(ws, who).created[0] for who in people]
    with ws.store.read() as reader:
        return [reader.ids("contacts", prospect_id=one)[0] for one in made]


def certain(pairs: tuple[Pair, ...]) -> list[tuple[str, str, int, int]]:
    return [(pair.certainty, pair.kind, pair.first, pair.second) for pair in pairs]


def test_people_and_companies_are_found_the_surest_first(ws: Workspace) -> None:
    known(
        ws, person("山田 太郎", "アクメ"), person("山田 太郎", "(株)アクメ"), reachable("佐藤 花子", "", 1), reachable("佐藤 花子", "", 1),
        person("鈴木 咲", "アクメ"),
    )  # fmt: skip
    found = duplicates.scan(ws)
    assert certain(found)[0] == ("sure", "contact", 3, 4)
    assert ("likely", "prospect", 1, 2) in certain(found)
    assert ("likely", "contact", 1, 2) in certain(found)
    assert [pair.certainty for pair in found] == sorted(
        (pair.certainty for pair in found), key=duplicates.CERTAINTIES.index
    )


def test_of_what_is_only_possible_the_strongest_reason_comes_first(ws: Workspace) -> None:
    known(
        ws,
        person("佐々木 健太", "アクメ", emails=("k@one.example",)),
        person("小川 一", "有限会社アクメ", emails=("o@two.example",)),
        person("佐々木 健汰", "月島", emails=("t@three.example",)),
        person("田中 愛", "北沢", emails=("t@three.example",)),
    )
    found = [pair for pair in duplicates.scan(ws) if pair.certainty == "possible"]
    assert [pair.reasons for pair in found] == [
        ("same_mail", "other_name"), ("company_spelling",), ("same_host",),
    ]  # fmt: skip


def test_reasons_are_said_in_words(ws: Workspace) -> None:
    known(
        ws,
        person("佐々木 健太", "アクメ"),
        person("佐々木 健汰", "株式会社アクメ"),
        reachable("渡邉 太郎", "", 3),
        reachable("渡辺 太郎", "", 3),
    )
    lines = {row.first: row for row in duplicates.rows(ws, duplicates.scan(ws))}
    assert lines["渡邉 太郎"].words == "同じメール・同じ携帯番号・同じ名前"
    assert lines["佐々木 健太"].words == "名前が似ています（佐々木 健太／佐々木 健汰）・同じ会社"
    assert lines["アクメ"].words == "同じ会社の別の書き方"
    assert (lines["佐々木 健太"].first_company, lines["佐々木 健太"].second_company) == ("アクメ", "株式会社アクメ")


def test_what_was_told_apart_is_never_suggested_again_and_undo_forgets_it(ws: Workspace) -> None:
    contacts = known(ws, reachable("山田 健", "", 1), reachable("山田 健", "", 1))
    pair = duplicates.scan(ws)[0]
    assert duplicates.tell_apart(ws, pair).label == "山田 健さんと山田 健さんを別の人と覚えました"
    assert duplicates.scan(ws) == ()
    assert duplicates.found_for(ws, contacts) == ()
    duplicates.tell_apart(ws, pair)
    history.undo(ws)
    assert duplicates.scan(ws) == (pair,)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5, 6, 7])
def test_near_somebody_the_same_is_found_as_in_the_whole_contact_book(ws: Workspace, number: int) -> None:
    people = [
        reachable("山田 健", "アクメ", 1), reachable("山田 健", "", 1), person("山田 健", "(株)アクメ"), person("Ken Yamada", "アクメ"),
        person("佐藤 咲", "月島", kana="サトウ サキ"), person("佐藤 早紀", "月島", kana="サトウ サキ"),
        person("林 愛", "海", emails=("info@umi.example",)), person("森 恵", "うみ商店", emails=("info@umi.example",)),
    ]  # fmt: skip
    contacts = known(ws, *people)
    with ws.store.read() as reader:
        customer = reader.get("contacts", contacts[number])["prospect_id"]
    concerned = {("contact", contacts[number]), ("prospect", customer)}
    wanted = [pair for pair in duplicates.scan(ws) if {(pair.kind, pair.first), (pair.kind, pair.second)} & concerned]
    assert list(duplicates.found_for(ws, [contacts[number]])) == wanted


def test_after_an_import_only_what_it_brought_is_suggested(ws: Workspace) -> None:
    known(ws, reachable("山田 健", "", 1), reachable("山田 健", "", 1), reachable("佐藤 咲", "", 2))
    changes = prospects.add(ws, reachable("佐藤 咲", "", 2))
    assert changes.change_set is not None
    assert [(pair.first, pair.second) for pair in duplicates.found_by(ws, changes.change_set)] == [(3, 4)]


def test_after_a_merge_and_its_undo_the_list_is_brought_up_to_date(ws: Workspace) -> None:
    known(
        ws,
        *(reachable("山田 健", "", 1) for _time in range(3)),
        reachable("佐藤 咲", "", 2),
        reachable("佐藤 咲", "", 2),
    )
    before = duplicates.scan(ws)
    assert len(before) == 4
    changes = merging.merge(ws, pair_of("contact", 1, 2))
    after = duplicates.again(ws, before, changes.prospects)
    assert certain(after) == [("sure", "contact", 1, 3), ("sure", "contact", 4, 5)]
    assert after == duplicates.scan(ws)
    undone = history.undo(ws)
    assert undone is not None
    assert duplicates.again(ws, after, undone.prospects) == before


def test_deleted_and_erased_people_are_in_no_pair(ws: Workspace) -> None:
    known(ws, *(reachable("山田 健", "", 1) for _time in range(3)))
    prospects.remove(ws, (1,))
    prospects.erase(ws, 2)
    assert duplicates.scan(ws) == ()


def test_an_office_address_and_a_fax_prove_nothing(ws: Workspace) -> None:
    shared = {
        "emails": ("info@acme.example",),
        "phones": (Phone("03-1234-5678", "company"), Phone("090-1111-2222", "fax")),
    }
    known(ws, person("山田 健", "アクメ", **shared), person("佐藤 咲", "アクメ", **shared))
    assert [pair.kind for pair in duplicates.scan(ws)] == ["prospect"]


def test_the_search_can_be_stopped(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "REST_EVERY", 1)
    known(ws, reachable("山田 健", "", 1), reachable("山田 健", "", 1))

    class Stopped:
        def report(self, done: int, total: int | None = None, text: str = "") -> None:
            assert total is not None
            assert done <= total

        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        duplicates.scan(ws, Stopped())
