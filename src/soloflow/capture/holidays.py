"""Public holidays in Japan. Apart from the date words, so that showing a date does not load their patterns."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def is_holiday(day: date) -> bool:
    """Say whether a day is a public holiday in Japan. The table of holidays is loaded at the first question."""
    import jpholiday

    return bool(jpholiday.is_holiday(day))
