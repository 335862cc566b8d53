"""Who a candidate may be among everybody known."""

import json
from datetime import date

import pytest

from soloflow.capture.as_json import reading_as_json
from soloflow.capture.matching import FieldChange, Known, Match, People, differences, known_from, match_all
from soloflow.domain.candidates import Candidate, Phone, Problem, Reading

YAMADA = Candidate(
    name="山田 太郎",
    kana="ヤマダ タロウ",
    company="株式会社アクメ",
    emails=("yamada@example.com", "info@example.com"),
    phones=(Phone("03-1111-2222", "company"), Phone("090-1111-2222", "mobile"), Phone("03-1111-9999", "direct")),
)
PEOPLE = People([known_from(1, 10, YAMADA), Known(2, 20, "渡辺 花子", company="合同会社ことり")])


def kind(candidate: Candidate) -> str | None:
    match = PEOPLE.match(candidate)
    return match.kind if match else None


@pytest.mark.parametrize(
    "candidate",
    [
        Candidate(name="山田太郎", emails=("Yamada@example.com",)),
        Candidate(name="山田 太郎", phones=(Phone("+81 90-1111-2222", "mobile"),)),
        Candidate(phones=(Phone("03-1111-9999", "direct"),)),
        Candidate(name="山田", emails=("yamada@example.com",)),
    ],
)
def test_a_personal_key_and_no_contradiction_is_sure(candidate: Candidate) -> None:
    assert PEOPLE.match(candidate) == Match("sure", 1, 10, "山田 太郎")


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        (Candidate(name="渡邉花子", company="ことり(同)"), "likely"),
        (Candidate(name="山田 太郎", company="㈱アクメ"), "likely"),
        (Candidate(name="山田 太郎", company="別の会社"), "similar"),
        (Candidate(name="山田 太郎"), "similar"),
        (Candidate(name="鈴木 一郎", emails=("yamada@example.com",)), "similar"),
        (Candidate(name="山本 太郎", company="アクメ"), "similar"),
        (Candidate(phones=(Phone("03-1111-2222", "company"),)), "similar"),
        (Candidate(name="ヤマダ タロウ", kana="ヤマダ タロウ"), "similar"),
        (Candidate(name="山本 太郎", company="別の会社"), None),
        (Candidate(name="鈴木 一郎", phones=(Phone("03-1111-2222", "company"),), company="アクメ"), None),
        (Candidate(name="鈴木 一郎", emails=("info@example.com",)), None),
        (Candidate(), None),
    ],
)
def test_what_is_not_sure_is_asked_or_new(candidate: Candidate, expected: str | None) -> None:
    assert kind(candidate) == expected


def test_a_key_that_two_known_people_share_is_asked() -> None:
    twice = People([known_from(1, 1, YAMADA), known_from(2, 2, YAMADA)])
    match = twice.match(Candidate(name="山田 太郎", emails=("yamada@example.com",)))
    assert match is not None
    assert match.kind == "similar"


def test_everybody_is_matched_in_order() -> None:
    found = match_all([Candidate(name="新しい 人"), YAMADA], PEOPLE)
    assert [match.kind if match else None for match in found] == [None, "sure"]


def test_differences_show_old_and_new_field_by_field() -> None:
    update = Candidate(
        name="山田",
        company="合同会社ことり",
        title="部長",
        emails=("YAMADA@example.com", "new@example.com"),
        phones=(Phone("+81 90-1111-2222"), Phone("03-5555-6666")),
        note="また話す",
        met_on=(date(2026, 11, 20),),
    )
    assert differences(YAMADA, update) == (
        FieldChange("company", "株式会社アクメ", "合同会社ことり"),
        FieldChange("title", "", "部長"),
        FieldChange("note", "", "また話す"),
        FieldChange("emails", "", "new@example.com"),
        FieldChange("phones", "", "03-5555-6666"),
        FieldChange("met_on", "", "2026-11-20"),
    )


def test_the_same_record_again_changes_nothing() -> None:
    assert differences(YAMADA, YAMADA) == ()


def test_the_json_of_a_reading_has_exactly_the_promised_fields() -> None:
    reading = Reading("eight", "cp932", 1, (YAMADA,), (Problem(3, "氏名", "読めません。"),))
    shown = reading_as_json("a.csv", reading, (Match("sure", 1, 10, "山田 太郎"),))
    assert list(shown) == ["file", "kind", "encoding", "rows", "candidates", "problems"]
    assert list(shown["candidates"][0]) == [
        "name", "family", "given", "kana", "company", "department", "title",
        "emails", "phones", "urls", "note", "met_on", "line", "match",
    ]  # fmt: skip
    assert shown["candidates"][0]["match"] == {"kind": "sure", "name": "山田 太郎"}
    assert shown["candidates"][0]["phones"] == ["03-1111-2222", "090-1111-2222", "03-1111-9999"]
    assert shown["problems"] == [{"line": 3, "field": "氏名", "message": "読めません。"}]
    assert reading_as_json("a.csv", reading)["candidates"][0]["match"] is None
    json.dumps(shown)
