"""What is written on cards and over columns."""

from datetime import date, timedelta

import pytest

from soloflow import i18n
from soloflow.services import wording
from soloflow.services.customers import CustomerRow, Plan
from soloflow.services.numbers import RateLine
from soloflow.ui.pages.board import words

TODAY = date(2026, 11, 21)


def _card(**values: object) -> CustomerRow:
    usual = {
        "id": 1, "name": "カワセミ食品", "contact_name": "山田 太郎", "standing": "active", "stage": 3, "days_in_stage": 12,
        "plan": None, "expected_yen": 1_800_000, "answered": 3, "reason": None,
    }  # fmt: skip
    return CustomerRow(**{**usual, **values})


def _plan(days: int, text: str = "電話", time: str = "") -> Plan:
    return Plan(1, "call", text, TODAY + timedelta(days=days), time, False)


@pytest.mark.parametrize(
    ("plan", "text", "late"),
    [
        (_plan(-2, "返事"), "2日遅れ 返事", True),
        (_plan(0, "夜話", "18:30"), "今日 18:30 夜話", False),
        (_plan(3), "11/24 電話", False),
        (_plan(3, ""), "11/24 電話", False),
        (_plan(100), "2027/3/1 電話", False),
        (None, "次の一手なし", True),
    ],
)
def test_the_next_step_says_when_and_what(plan: Plan | None, text: str, late: bool) -> None:
    assert words.plan(_card(plan=plan), TODAY) == words.Line(text, late)


def test_a_missing_step_warns_only_where_standing_still_is_a_loss() -> None:
    assert not words.plan(_card(stage=1), TODAY).late
    assert not words.plan(_card(stage=8), TODAY).late


@pytest.mark.parametrize(("stage", "days", "text"), [(3, 30, "30日"), (3, 31, "31日 停滞"), (7, 300, "300日")])
def test_a_customer_that_stands_too_long_is_called_stuck(stage: int, days: int, text: str) -> None:
    assert words.waiting(_card(stage=stage, days_in_stage=days)).text == text


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        (None, ("", "")),
        (RateLine(0.5813, 0.511, 0.642, 254, 140, 240, False), ("58 % [51–64]", "n=254")),
        (RateLine(0.73, 0.6, 0.83, 61, 30, 41, True), ("73 % [60–83]", "n=61 少なくとも")),
        (RateLine(0.66, 0.3, 0.9, 6, 4, 5, False), ("4/6", "n=6 まだ少ない")),
        (RateLine(None, 0, 1, 0, 0, 0, False), ("—", "まだ記録なし")),
    ],
)
def test_a_rate_stands_with_its_interval_and_only_where_there_are_cases_enough(
    line: RateLine | None, texts: tuple[str, str]
) -> None:
    assert words.rate(2, line) == texts


def test_a_rate_into_the_judged_stage_is_marked() -> None:
    line = RateLine(0.54, 0.44, 0.63, 118, 61, 102, False)
    assert words.rate(3, line) == ("54 % [44–63]", "n=118・判断")
    assert words.rate(4, line) == ("54 % [44–63]", "n=118")


def test_the_last_stage_has_no_rate() -> None:
    assert words.rate(9, None) == ("—", "最後の工程")


def test_nothing_of_a_card_is_only_in_its_picture() -> None:
    sentence = words.sentence(_card(plan=_plan(3)), TODAY)
    for part in ("カワセミ食品", "山田 太郎", "11/24(火)", "12日", "¥1,800,000", "判断", "3/8"):
        assert part in sentence


def test_what_rests_on_judgement_is_marked_in_the_column_s_tip() -> None:
    assert "（判断）" in words.column_tip(4, 5, 6_300_000, None)
    assert "（事実）" in words.column_tip(3, 5, None, None)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("株式会社カワセミ食品", "カワセミ食品"),
        ("月島印刷株式会社", "月島印刷"),
        ("(有)入谷ゴム", "入谷ゴム"),
        ("株式会社", "株式会社"),
        ("山田 太郎", "山田 太郎"),
        ("Acme Inc.", "Acme"),
    ],
)
def test_a_narrow_card_leaves_the_company_form_out(name: str, short: str) -> None:
    assert wording.short_name(name) == short


def test_days_are_written_briefly_in_english_too() -> None:
    i18n.set_language("en")
    assert words.day(TODAY, TODAY) == "Nov 21"


def test_the_tip_of_a_column_says_how_to_read_its_rate() -> None:
    tip = words.column_tip(3, 8, None, RateLine(0.54, 0.44, 0.63, 118, 61, 102, False))
    for part in ("進行中 8社", "1年以内に次へ進む見込み", "進行中と育成中", "95 % の幅", "n は"):
        assert part in tip
    assert "少なくとも" not in tip
    assert "まだ1年" in words.column_tip(3, 8, None, RateLine(0.54, 0.44, 0.63, 118, 61, 102, True))
    few = words.column_tip(3, 8, None, RateLine(0.66, 0.3, 0.9, 6, 4, 5, False))
    assert "進んだ数/来た数" in few
    assert "%" not in few
