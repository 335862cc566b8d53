"""`soloflow report`: the month on two pages."""

import argparse
from typing import TYPE_CHECKING

from soloflow.cli.parsing import month, months, opened_to_read, orders, path
from soloflow.i18n import _, pgettext

if TYPE_CHECKING:
    from soloflow.cli.parsing import Commands


def add_to(commands: "Commands") -> None:
    """Make this command known."""
    report = commands.add_parser("report", help=_("月報（PDF か HTML の2ページ）をつくる"))
    report.add_argument("out", type=path, metavar="OUT", help=_("ファイル。名前の終わりは .pdf か .html"))
    report.options.add_argument(
        "--month", type=month, metavar="YYYY-MM", help=_("どの月か。書かなければ今月（途中まで）")
    )
    report.options.add_argument("--names", action="store_true", help=pgettext("option", "顧客の名前も載せる"))
    report.options.add_argument(
        "--target-orders", type=orders, default=3, metavar="N", help=_("目標の受注の数（書かなければ3）")
    )
    report.options.add_argument(
        "--target-months", type=months, default=6, metavar="M", help=_("月末から何か月以内に（書かなければ6）")
    )
    report.set_defaults(command=_report)


def _report(options: argparse.Namespace) -> int:
    from soloflow.services import reporting

    with opened_to_read(options) as ws:
        wanted = reporting.Wanted(
            options.month or ws.today(), options.names, options.target_orders, options.target_months
        )
        print(reporting.write(ws, wanted, options.out))
    return 0
