"""Who is whom: one pair, one verdict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.capture.blocks import CERTAINTIES
from soloflow.capture.company_pairs import Company, company_pairs, hosts_of, judge_companies
from soloflow.capture.pairs import Someone, judge_people, keys_of, people_pairs
from soloflow.domain.text import company_key, name_key


def still() -> None:
    """Nobody watches."""


def someone(
    number: int,
    name: str,
    company: str = "",
    *keys: str,
    kana: str = "",
    shared: tuple[str, ...] = (),
    customer: int = 0,
) -> Someone:
    family, _space, given = name.partition(" ")
    return Someone(
        number, customer or 100 + number, name, kana, family if given else "", given, company_key(company) if company else "",
        name_key(name), frozenset(keys), frozenset(shared),
    )  # fmt: skip


def company(number: int, name: str, *hosts: str, phones: tuple[str, ...] = ()) -> Company:
    return Company(number, name, company_key(name), frozenset(hosts), frozenset(phones))


MAIL, OTHER_MAIL, MOBILE, OFFICE = "taro@acme.example", "t2@other.example", "09011112222", "0312345678"


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        # the same mail, and names that do not contradict
        (someone(1, "山田 太郎", "", MAIL), someone(2, "山田 太郎", "アクメ", MAIL), ("sure", ("same_mail", "same_name"))),
        (someone(1, "渡邉 太郎", "", MAIL), someone(2, "渡辺 太郎", "", MAIL), ("sure", ("same_mail", "same_name"))),
        (someone(1, "山田", "", MAIL), someone(2, "山田 太郎", "", MAIL), ("sure", ("same_mail",))),
        (someone(1, "", "", MOBILE), someone(2, "山田 太郎", "", MOBILE), ("sure", ("same_mobile",))),
        (someone(1, "Taro Yamada", "", MAIL), someone(2, "山田 太郎", "", MAIL, kana="ヤマダ タロウ"), ("sure", ("same_mail",))),
        # a married name; father and son; two people of one office address
        (someone(1, "山田 花子", "", MAIL), someone(2, "佐藤 花子", "", MAIL), ("likely", ("same_mail", "other_family"))),
        (someone(1, "山田 太郎", "", MOBILE), someone(2, "山田 一郎", "", MOBILE), ("possible", ("same_mobile", "other_name"))),
        (someone(1, "山田 太郎", "", MAIL), someone(2, "鈴木 咲", "", MAIL), ("possible", ("same_mail", "other_name"))),
        # the same name in one company; in another; with another sound
        (someone(1, "山田 太郎", "アクメ"), someone(2, "山田 太郎", "(株)アクメ"), ("likely", ("same_name", "same_company"))),
        (someone(1, "山田 太郎", "アクメ"), someone(2, "山田 太郎", "月島"), ("possible", ("same_name", "other_company"))),
        (someone(1, "山田 太郎", "アクメ", MAIL), someone(2, "山田 太郎", "月島"), ("possible", ("same_name", "other_company"))),
        (someone(1, "山田 太郎", "アクメ", MAIL), someone(2, "山田 太郎", "月島", OTHER_MAIL), None),
        (
            someone(1, "山田 太郎", "アクメ", "a@acme.example"), someone(2, "山田 太郎", "アクメ", "b@acme.example"),
            ("possible", ("same_name", "same_company", "other_mail")),
        ),
        (someone(1, "山田 幸子", "アクメ", kana="ヤマダ サチコ"), someone(2, "山田 幸子", "アクメ", kana="ヤマダ ユキコ"), None),
        # a switchboard is no person
        (someone(1, "山田 太郎", "アクメ", shared=(OFFICE,)), someone(2, "鈴木 咲", "アクメ", shared=(OFFICE,)), None),
        (someone(1, "山田 太郎", "", shared=(OFFICE,)), someone(2, "山田 太郎", "", shared=(OFFICE,)), ("likely", ("same_name", "same_office"))),
        (someone(1, "山田", "", shared=(OFFICE,)), someone(2, "山田 太郎", "", shared=(OFFICE,)), ("possible", ("part_of_name", "same_office"))),
        # the same sound, a Latin spelling, a wrong letter
        (someone(1, "渡部 健", "アクメ", kana="ワタナベ ケン"), someone(2, "渡辺 健", "アクメ", kana="ワタナベ ケン"), ("likely", ("same_kana", "same_company"))),
        (someone(1, "Taro Yamada", "アクメ"), someone(2, "山田 太郎", "アクメ", kana="ヤマダ タロウ"), ("likely", ("latin_name", "same_company"))),
        (someone(1, "佐々木 健太", "アクメ"), someone(2, "佐々木 健汰", "アクメ"), ("possible", ("similar_name", "same_company"))),
        (someone(1, "山田 太郎", "アクメ", MAIL), someone(2, "山本 太郎", "アクメ", OTHER_MAIL), None),
        (someone(1, "佐々木 健太", "アクメ"), someone(2, "佐々木 健汰", "月島"), None),
        (someone(1, "", "アクメ"), someone(2, "山田 太郎", "アクメ"), None),
    ],
)  # fmt: skip
def test_two_people_are_judged(one: Someone, other: Someone, verdict: object) -> None:
    assert judge_people(one, other) == verdict
    assert judge_people(other, one) == verdict


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (company(1, "株式会社アクメ"), company(2, "アクメ(株)"), ("likely", ("company_spelling",))),
        (company(1, "アクメ", "acme.example"), company(2, "株式会社アクメ", "acme.example"), ("sure", ("company_spelling", "same_host"))),
        (company(1, "アクメ", phones=(OFFICE,)), company(2, "アクメ", phones=(OFFICE,)), ("sure", ("same_company_name", "same_office_phone"))),
        (company(1, "株式会社アクメ", "acme.example"), company(2, "有限会社アクメ", "acme.example"), ("likely", ("other_form", "same_host"))),
        (company(1, "株式会社アクメ"), company(2, "有限会社アクメ"), ("possible", ("other_form",))),
        (company(1, "アクメ", "acme.example"), company(2, "アクメ", "akume.example"), ("possible", ("same_company_name",))),
        (company(1, "アクメ", "acme.example", phones=(OFFICE,)), company(2, "ACME", "acme.example", phones=(OFFICE,)), ("likely", ("same_host", "same_office_phone"))),
        (company(1, "オリベ電機", "oribe.example"), company(2, "オリベ電機 豊橋事業所", "oribe.example"), ("likely", ("similar_company", "same_host"))),
        (company(1, "アクメ", "acme.example"), company(2, "月島", "acme.example"), ("possible", ("same_host",))),
        (company(1, "青葉物流"), company(2, "青葉物産"), None),
    ],
)  # fmt: skip
def test_two_companies_are_judged(one: Company, other: Company, verdict: object) -> None:
    assert judge_companies(one, other) == verdict
    assert judge_companies(other, one) == verdict


def test_a_key_under_which_several_people_stand_makes_nobody_sure() -> None:
    people = [someone(1, "山田", "", MAIL), someone(2, "山田 太郎", "", MAIL), someone(3, "山田 花子", "", MAIL)]
    found = {(one, other): certainty for one, other, (certainty, _reasons) in people_pairs(people, still)}
    assert found == {(1, 2): "likely", (1, 3): "likely", (2, 3): "possible"}


def test_a_common_name_alone_is_no_reason_to_ask_and_a_rare_one_is() -> None:
    common = [someone(number, "佐藤 健", f"会社{number}") for number in range(1, 7)]
    assert list(people_pairs(common, still)) == []
    assert [pair[:2] for pair in people_pairs(common[:2], still)] == [(1, 2)]


def test_a_mail_host_of_many_customers_makes_no_company_of_them() -> None:
    companies = [company(number, f"{chr(0x4E00 + 97 * number)}商店", "provider.example") for number in range(1, 10)]
    assert list(company_pairs(companies, still)) == []


def test_a_mail_host_alone_makes_no_pairs_of_a_group_and_near_names_at_it_do() -> None:
    group = [company(number, f"{chr(0x4E00 + 97 * number)}商店", "group.example") for number in range(1, 5)]
    assert list(company_pairs(group, still)) == []
    assert [pair[:2] for pair in company_pairs(group[:2], still)] == [(1, 2)]
    branches = [
        company(number, f"オリベ電機 {place}", "oribe.example")
        for number, place in enumerate("東西南北中上下", start=1)
    ]
    head = company(9, "オリベ電機", "oribe.example")
    found = {(first, second): verdict for first, second, verdict in company_pairs([*branches, head], still)}
    assert found[1, 9] == ("possible", ("similar_company", "same_host"))


def test_a_name_that_many_companies_bear_is_no_reason_to_ask_where_each_has_its_own_host() -> None:
    own = [company(number, "佐藤商店", f"sato{number}.example") for number in range(1, 7)]
    assert list(company_pairs(own, still)) == []
    assert [verdict[0] for _one, _other, verdict in company_pairs(own[:2], still)] == ["possible"]
    twice = company(7, "株式会社佐藤商店", "sato1.example")
    assert [pair[:2] for pair in company_pairs([*own, twice], still)] == [(1, 7)]
    bare = company(8, "佐藤商店")
    assert {pair[2][0] for pair in company_pairs([*own, bare], still)} == {"likely"}


def test_a_part_of_a_providers_host_is_no_company_either() -> None:
    assert hosts_of(["a@t.vodafone.ne.jp", "b@x.acme.example"], "") == {"x.acme.example"}


def test_many_entries_of_one_company_give_few_pairs() -> None:
    companies = [company(number, "アクメ") for number in range(1, 301)]
    assert len(list(company_pairs(companies, still))) == 299


def test_mails_and_numbers_are_sorted_into_those_of_a_person_and_those_of_an_office() -> None:
    points = [
        ("mail", "", "info@acme.example"), ("mail", "", MAIL), ("phone", "", MOBILE), ("phone", "direct", "0312340000"),
        ("phone", "company", OFFICE), ("phone", "fax", "0311110000"), ("phone", "", "117"), ("url", "", "https://acme.example/"),
        ("url", "", "https://connpass.com/user/taro/"),
    ]  # fmt: skip
    personal, shared = keys_of(points)
    assert personal == {MAIL, MOBILE, "0312340000", "https://connpass.com/user/taro/"}
    assert shared == {"info@acme.example", OFFICE}


def test_free_mail_is_no_company() -> None:
    assert hosts_of(["a@gmail.com", "b@acme.example"], "https://www.acme.example/about") == {"acme.example"}
    assert hosts_of([], "acme.example") == {"acme.example"}


WORDS = st.sampled_from(
    ["山田 太郎", "山田 次郎", "山本 太郎", "渡邉 健", "渡辺 健", "Taro Yamada", "山田", "", "佐藤 花子"]
)
KEYS = st.frozensets(st.sampled_from([MAIL, OTHER_MAIL, MOBILE, "https://connpass.com/user/a/"]), max_size=2)
PLACES = st.sampled_from(["", "アクメ", "月島"])
GROUPS = st.lists(st.tuples(WORDS, PLACES, KEYS, st.sampled_from(["", "ヤマダ タロウ", "ワタナベ ケン"])), max_size=9)


@given(GROUPS)
def test_every_pair_is_told_once_and_nobody_is_paired_with_themselves(people: list[tuple]) -> None:
    known = [someone(number, name, place, *keys, kana=kana) for number, (name, place, keys, kana) in enumerate(people)]
    pairs = list(people_pairs(known, still))
    assert len({(one, other) for one, other, _verdict in pairs}) == len(pairs)
    assert all(one < other for one, other, _verdict in pairs)
    assert all(certainty in CERTAINTIES and reasons for _one, _other, (certainty, reasons) in pairs)


@given(GROUPS)
def test_nobody_is_sure_by_name_alone(people: list[tuple]) -> None:
    known = {
        number: someone(number, name, place, *keys, kana=kana)
        for number, (name, place, keys, kana) in enumerate(people)
    }
    for one, other, (certainty, _reasons) in people_pairs(list(known.values()), still):
        if certainty == "sure":
            assert known[one].personal & known[other].personal
