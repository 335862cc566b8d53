"""Months as headings write them."""

from datetime import date

import pytest

from soloflow.domain.dates import month_name


@pytest.mark.parametrize(("language", "whole", "short"), [("ja", "2026年5月", "5月"), ("en", "May 2026", "May")])
def test_a_month_in_full_and_in_short(language: str, whole: str, short: str) -> None:
    assert month_name(date(2026, 5, 31), language) == whole
    assert month_name(date(2026, 5, 1), language, short=True) == short


def test_english_says_the_whole_name_where_there_is_room() -> None:
    assert month_name(date(2026, 9, 1), "en") == "September 2026"
    assert month_name(date(2026, 9, 1), "en", short=True) == "Sep"
