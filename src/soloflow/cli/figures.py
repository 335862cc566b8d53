"""`soloflow numbers`: the rates, and where prospects are lost."""

import argparse
import sys
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from soloflow import app
from soloflow.cli.parsing import days, moment, opened_to_read, orders, path, print_json, step
from soloflow.domain.process import Kind
from soloflow.i18n import _, listed

if TYPE_CHECKING:  # the numbers load when they are asked for
    from soloflow.cli.parsing import Commands
    from soloflow.services.numbers import Asked


def add_to(commands: "Commands") -> None:
    """Make these commands known."""
    figures = commands.add_parser("numbers", help=_("引き上げ率と、どこで離れているか"))
    figures.options.add_argument(
        "--events",
        type=path,
        metavar="F.csv",
        help=_(
            "自分のデータのかわりに読む、移動の記録。列は prospect_id、to_stage（1〜9）、at（日時）、kind（{kinds}）。あれば seq、from_stage、reason も"
        ).format(kinds=listed(Kind)),
    )
    figures.options.add_argument(
        "--prospects",
        type=path,
        metavar="F.csv",
        help=_("その顧客の流入元と見込み額。列は prospect_id と、source か expected_yen"),
    )
    figures.options.add_argument(
        "--as-of", type=moment, metavar="ISO", help=_("いつの時点で数えるか（2026-09-30T18:00:00+09:00）")
    )
    figures.options.add_argument(
        "--change-at", type=moment, metavar="ISO", help=_("改善策を始めた日時（--change-stage と一緒に）")
    )
    figures.options.add_argument("--change-stage", type=step, metavar="K", help=_("改善策のねらった工程（1〜8）"))
    figures.options.add_argument("--change-days", type=days, metavar="H", help=_("前後を比べる日数"))
    figures.options.add_argument(
        "--target-orders", type=orders, metavar="N", help=_("ほしい受注の数（--target-days と一緒に）")
    )
    figures.options.add_argument("--target-days", type=days, metavar="D", help=_("何日以内に"))
    figures.options.add_argument("--json", action="store_true", help=_("JSON で出す"))
    figures.set_defaults(command=_numbers, parser=figures)


def _numbers(options: argparse.Namespace) -> int:
    from soloflow.services import numbers

    if options.prospects and not options.events:
        options.parser.error(_("--prospects は --events と一緒に使ってください。"))
    if (options.change_at is None) != (options.change_stage is None):
        options.parser.error(_("--change-at と --change-stage は一緒に使ってください。"))
    if options.change_days is not None and options.change_at is None:
        options.parser.error(_("--change-days は --change-at と --change-stage と一緒に使ってください。"))
    if (options.target_orders is None) != (options.target_days is None):
        options.parser.error(_("--target-orders と --target-days は一緒に使ってください。"))
    if options.events:
        zone = app.time_zone(options.profile)
        as_of = _in(zone, options.as_of) or app.wall_clock()
        found, dropped = numbers.of_files(options.events, options.prospects, as_of, zone, _asked(options, zone))
        for sentence in dropped:
            print(sentence, file=sys.stderr)
    else:
        with opened_to_read(options) as ws:
            zone = ws.zone
            found = numbers.compute(ws, as_of=_in(zone, options.as_of), asked=_asked(options, zone))
    if options.json:
        print_json(numbers.as_json(found, zone))
    else:
        print(numbers.as_table(found, zone))
        if options.change_stage is not None and found.change is None:
            print(_nothing_to_compare(options.change_stage))
    return 0


def _nothing_to_compare(stage: int) -> str:
    from soloflow.services.wording import stage_name

    said = _("前と後はまだくらべられません。始めた日時の前にも後にも、{stage}に来た顧客が要ります。")
    return "\n" + said.format(stage=stage_name(stage))


def _asked(options: argparse.Namespace, zone: ZoneInfo) -> "Asked":
    from soloflow.services.numbers import Asked

    return Asked(
        change_at=_in(zone, options.change_at),
        change_stage=options.change_stage,
        change_days=options.change_days,
        target_orders=options.target_orders,
        target_days=options.target_days,
    )


def _in(zone: ZoneInfo, at: datetime | None) -> datetime | None:
    """A moment as it was typed; without an offset it is in the user's zone."""
    return at.replace(tzinfo=zone) if at and not at.tzinfo else at
