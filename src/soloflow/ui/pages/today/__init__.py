"""今日: one page that says what to do."""

from soloflow.ui.pages.today.page import TodayPage

__all__ = ["TodayPage"]
