"""Every page of the window, in the order of the rail. Page modules are loaded when first visited."""

from importlib import import_module
from typing import NamedTuple

from soloflow.i18n import N_
from soloflow.ui.context import Context
from soloflow.ui.page import Page


class PageEntry(NamedTuple):
    """Where a page is found; the title is translated where it is shown."""

    key: str
    title: str
    icon: str
    factory: str
    in_rail: bool = True
    within: str = ""
    """The page of the rail that a page outside it belongs to."""


PAGES: tuple[PageEntry, ...] = (
    PageEntry("today", N_("今日"), "today", "soloflow.ui.pages.today:TodayPage"),
    PageEntry("customers", N_("顧客"), "customers", "soloflow.ui.pages.customers:CustomersPage"),
    PageEntry("board", N_("獲得工程"), "board", "soloflow.ui.pages.board:BoardPage"),
    PageEntry("insights", N_("分析"), "insights", "soloflow.ui.pages.insights:InsightsPage"),
    PageEntry("site", N_("サイト"), "site", "soloflow.ui.pages.site:SitePage"),
    PageEntry("settings", N_("設定"), "settings", "soloflow.ui.pages.settings:SettingsPage"),
    PageEntry(
        "import",
        N_("取り込みの確認"),
        "download",
        "soloflow.ui.pages.import_preview:ImportPage",
        in_rail=False,
        within="customers",
    ),
    PageEntry(
        "duplicates",
        N_("かさなり"),
        "copy",
        "soloflow.ui.pages.duplicates:DuplicatesPage",
        in_rail=False,
        within="customers",
    ),
)


def make_page(entry: PageEntry, context: Context) -> Page:
    """Load the page's module and build it."""
    module, name = entry.factory.split(":")
    page: Page = getattr(import_module(module), name)(context)
    page.key = entry.key
    return page
