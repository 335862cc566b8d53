"""Participants of an event: everybody by user name, and who was there."""

from datetime import date
from pathlib import Path

import pytest

from soloflow.capture.reading import read
from soloflow.domain.candidates import Candidate, Reading

FIXTURES = Path(__file__).parents[1] / "fixtures" / "capture"
OLDER = "参加枠名,ユーザー名,表示名,コメント,参加ステータス,出欠ステータス,更新日時,受付番号"

SAMPLE = """
2|dev0|dev_00|no||
3|石井花子|dev_01|yes|2026-11-20|よろしくお願いします
4|十河太郎|dev_02|yes|2026-11-20|
5|dev3|dev_03|yes|2026-11-20|よろしくお願いします いま困っていること：テストが遅い
6|佐藤結衣|dev_04|no||
7|表翔|dev_05|no||よろしくお願いします
8|dev6||yes|2026-11-20|
9|﨑山健一|dev_07|yes|2026-11-20|よろしくお願いします
10|能登大輔|dev_08|yes|2026-11-20|
11|dev9|dev_09|no||よろしくお願いします
12|小林さくら|dev_10|no||
13|﨑山真由美|dev_11|yes|2026-11-20|よろしくお願いします
14|dev12|dev_12|yes|2026-11-20|
15|表翔|dev_13|yes|2026-11-20|よろしくお願いします
"""


def older(*rows: str, encoding: str = "cp932") -> Reading:
    return read("x.csv", "\r\n".join((OLDER, *rows, "")).encode(encoding))


def line(person: Candidate) -> str:
    was_there = {True: "yes", False: "no", None: "unknown"}[person.attended]
    days = " ".join(day.isoformat() for day in person.met_on)
    return "|".join((str(person.line), person.name, person.handle, was_there, days, person.note.replace("\n", " ")))


def test_every_row_of_the_sample_is_read_exactly() -> None:
    reading = read("x.csv", (FIXTURES / "event_345678_participants.csv").read_bytes())
    assert (reading.kind, reading.encoding, reading.rows, reading.unread) == ("connpass", "cp932", 14, 0)
    assert [line(person) for person in reading.candidates] == SAMPLE.strip().splitlines()
    assert [(problem.line, problem.field) for problem in reading.problems] == [(8, "ユーザー名")]


def test_two_participants_of_one_name_stay_apart() -> None:
    people = read("x.csv", (FIXTURES / "event_345678_participants.csv").read_bytes()).candidates
    assert [person.urls for person in people if person.name == "表翔"] == [
        ("https://connpass.com/user/dev_05/",),
        ("https://connpass.com/user/dev_13/",),
    ]


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
def test_the_older_header_is_known_in_every_encoding(encoding: str) -> None:
    reading = older("一般,dev_01,髙橋 咲,こんにちは,参加,出席,2017/05/26 19:02,12345", encoding=encoding)
    person = reading.candidates[0]
    assert (reading.kind, reading.encoding, reading.problems) == ("connpass", encoding, ())
    assert (person.name, person.family, person.handle, person.note) == ("髙橋 咲", "髙橋", "dev_01", "こんにちは")
    assert person.attended is True
    assert person.met_on == ()  # when a row was changed is not when somebody was met


@pytest.mark.parametrize(
    ("status", "mark", "attended"),
    [
        ("参加", "出席", True),
        ("参加", "", False),
        ("参加", "欠席", False),
        ("参加キャンセル", "", False),
        ("参加キャンセル", "出席", False),
        ("補欠", "", False),
        ("補欠", "出席", False),
        ("補欠キャンセル", "出席", False),
    ],
)
def test_only_who_took_part_and_was_marked_present_was_there(status: str, mark: str, attended: bool) -> None:
    assert older(f"一般,dev_01,山田,,{status},{mark},,").candidates[0].attended is attended


def test_without_a_column_for_attendance_nothing_is_claimed() -> None:
    text = "参加枠名,ユーザー名,表示名,参加ステータス\n一般,dev_01,山田,参加\n一般,dev_02,鈴木,参加キャンセル\n"
    assert [person.attended for person in read("x.csv", text.encode()).candidates] == [None, False]


@pytest.mark.parametrize("left", ["(退会ユーザー)", "（退会ユーザー）"])
def test_users_who_left_are_not_taken_for_one_another(left: str) -> None:
    reading = older(f"一般,{left},山田,,参加,出席,,", f"一般,{left},鈴木,,参加,出席,,")
    assert [(person.name, person.handle, person.urls) for person in reading.candidates] == [
        ("山田", "", ()),
        ("鈴木", "", ()),
    ]
    assert [(problem.line, problem.field) for problem in reading.problems] == [(2, "ユーザー名"), (3, "ユーザー名")]


def test_a_user_who_left_without_a_name_is_nobody_and_counted() -> None:
    reading = older("一般,（退会ユーザー）,（退会ユーザー）,,参加,出席,,", "一般,dev_01,,,参加,出席,,")
    assert (reading.rows, reading.unread) == (2, 1)
    assert [person.name for person in reading.candidates] == ["dev_01"]
    assert {problem.line for problem in reading.problems} == {2}


def test_who_cancelled_one_place_and_came_on_another_was_there() -> None:
    reading = older("一般,dev_01,山田,,参加キャンセル,,,", "LT,dev_01,山田,,参加,出席,,")
    assert [(person.handle, person.attended) for person in reading.candidates] == [("dev_01", True)]


def test_two_questions_of_one_wording_keep_both_answers() -> None:
    header = "ユーザー名,表示名,参加ステータス,出欠ステータス,出席日時,ＵＲＬは？,ＵＲＬは？"
    reading = read("x.csv", f"{header}\ndev_01,山田,参加,出席,2026/11/20 19:02,なし,https://example.com\n".encode())
    assert reading.candidates[0].note == "ＵＲＬは？：なし\nＵＲＬは？：https://example.com"
    assert reading.candidates[0].met_on == (date(2026, 11, 20),)
