"""Amounts are written and read as people in Japan write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.domain.money import parse_yen, yen, yen_short


@pytest.mark.parametrize(("amount", "text"), [(1200000, "¥1,200,000"), (0, "¥0"), (999, "¥999"), (-5000, "-¥5,000")])
def test_an_amount_is_written_in_full(amount: int, text: str) -> None:
    assert yen(amount) == text


@pytest.mark.parametrize(
    ("amount", "lang", "text"),
    [
        (1200000, "ja", "¥120万"),
        (9800, "ja", "¥9,800"),
        (15000, "ja", "¥1.5万"),
        (123456789, "ja", "¥1.23億"),
        (34560000, "ja", "¥3,456万"),
        (-1200000, "ja", "-¥120万"),
        (1200000, "en", "¥1.2M"),
        (300000, "en", "¥300k"),
        (950, "en", "¥950"),
    ],
)
def test_an_amount_is_shortened_where_room_is_scarce(amount: int, lang: str, text: str) -> None:
    assert yen_short(amount, lang) == text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("120万", 1200000),
        ("120万円", 1200000),
        ("１２０万", 1200000),
        ("1.5億", 150000000),
        ("1億2000万", 120000000),
        ("3千", 3000),
        ("2百万", 2000000),
        ("2千万円", 20000000),
        ("¥1,200,000", 1200000),
        ("￥１，２００，０００", 1200000),
        ("1,200,000円", 1200000),
        ("1200000", 1200000),
        ("300k", 300000),
        ("1.2M", 1200000),
        ("-5,000円", -5000),
        (" 50 万 円 ", 500000),
        ("0", 0),
    ],
)
def test_typed_amounts_are_read(text: str, amount: int) -> None:
    assert parse_yen(text) == amount


@pytest.mark.parametrize(
    "text", ["", "円", "万", "abc", "1.5円", "1万2億", "12,00", "1,2000", "3月", "120万くらい", "1.2.3"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    assert parse_yen(text) is None


@given(st.integers(-(10**15), 10**15))
def test_what_is_written_is_read_back(amount: int) -> None:
    assert parse_yen(yen(amount)) == amount


@given(st.text())
def test_reading_an_amount_never_raises(text: str) -> None:
    parse_yen(text)


def test_many_digits_that_are_no_amount_are_refused_at_once() -> None:
    assert parse_yen("5" * 5_000 + "%H12") is None
    assert parse_yen("1万" * 5_000 + "x") is None
