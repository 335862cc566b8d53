"""`soloflow report`: the month on two pages."""

import argparse
import contextlib
from datetime import date
from typing import TYPE_CHECKING

from soloflow.cli.parsing import opened, orders, path
from soloflow.i18n import _

if TYPE_CHECKING:
    from soloflow.cli.parsing import Commands

_MOST_MONTHS = 60


def add_to(commands: "Commands") -> None:
    """Make this command known."""
    report = commands.add_parser("report", help=_("月報（PDF か HTML の2ページ）をつくる"))
    report.add_argument("out", type=path, metavar="OUT", help=_("ファイル。名前の終わりは .pdf か .html"))
    report.options.add_argument(
        "--month", type=_month, metavar="YYYY-MM", help=_("どの月か。書かなければ今月（途中まで）")
    )
    report.options.add_argument("--names", action="store_true", help=_("顧客の名前も載せる"))
    report.options.add_argument(
        "--target-orders", type=orders, default=3, metavar="N", help=_("目標の受注の数（書かなければ3）")
    )
    report.options.add_argument(
        "--target-months", type=_count, default=6, metavar="M", help=_("月末から何か月以内に（書かなければ6）")
    )
    report.set_defaults(command=_report)


def _report(options: argparse.Namespace) -> int:
    from soloflow.services import reporting

    with opened(options) as ws:
        month = options.month or ws.today()
        wanted = reporting.Wanted(month, options.names, options.target_orders, options.target_months)
        print(reporting.write(ws, wanted, options.out))
    return 0


def _month(text: str) -> date:
    """A month; the first day of it."""
    year, _dash, month = text.partition("-")
    if len(year) == 4 and len(month) == 2 and (year + month).isascii() and (year + month).isdecimal():
        with contextlib.suppress(ValueError):
            found = date(int(year), int(month), 1)
            if 1 < found.year < 9999:  # the ends of the calendar have no neighbours in other zones
                return found
    raise argparse.ArgumentTypeError(
        _("「{text}」は月として読めません。2026-10 のように書いてください。").format(text=text)
    )


def _count(text: str) -> int:
    """A number of months."""
    with contextlib.suppress(ValueError):
        count = int(text)
        if 0 < count <= _MOST_MONTHS:
            return count
    raise argparse.ArgumentTypeError(
        _("「{text}」は月の数ではありません（1から{most}まで）").format(text=text, most=_MOST_MONTHS)
    )
