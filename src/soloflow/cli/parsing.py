"""How a command is written: the parser in the user's language, kinds of arguments, and what every command does."""

import argparse
import contextlib
import json
import math
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from soloflow import app
from soloflow.domain.errors import UserError
from soloflow.domain.stages import FIRST, LAST
from soloflow.i18n import _
from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]  # noqa: SLF001  argparse has no public name for it

_MOST_DAYS = 36_500
_PATIENCE_MS = 180_000
"""A command nobody watches (cron, a script) waits until a large import of the window is written; the window itself says so sooner."""
_MOST_ORDERS = 10_000
_MOST_MONTHS = 60
Number = TypeVar("Number", int, float)


@contextlib.contextmanager
def opened(options: argparse.Namespace) -> Iterator[Workspace]:
    """The profile that a command works on, closed again at its end."""
    ws = app.open_workspace(options.profile)
    ws.store.patience_ms = _PATIENCE_MS
    try:
        yield ws
    finally:
        ws.store.close()


@contextlib.contextmanager
def opened_to_read(options: argparse.Namespace) -> Iterator[Workspace]:
    """The same for a command that only reads: a folder named by mistake is not made into an empty profile.

    :raises UserError: when --profile names a folder that holds no data.
    """
    if options.profile is not None and not (options.profile / FILE_NAME).exists():
        raise UserError(
            _(
                "{folder} には SoloFlow のデータがありません。--profile のフォルダーを確かめてください。何もつくっていません。"
            ).format(folder=options.profile)
        )
    with opened(options) as ws:
        yield ws


def print_json(value: object) -> None:
    """A value as JSON for other programs."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def path(text: str) -> Path:
    """A file or folder; an empty name (a variable that was not set) would otherwise mean the folder one stands in."""
    if not text:
        raise argparse.ArgumentTypeError(_("名前が空です"))
    return Path(text)


def moment(text: str) -> datetime:
    """An instant in ISO form, with or without an offset."""
    with contextlib.suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if 1 < moment.year < 9999:  # the ends of the calendar have no neighbours in other zones
            return moment
    raise argparse.ArgumentTypeError(
        _("「{text}」は日時として読めません。2026-09-30T18:00:00+09:00 のように書いてください。").format(text=text)
    )


def days(text: str) -> float:
    """A number of days."""
    said = _("「{text}」は日数ではありません（0より大きく{most}まで）").format(text=text, most=_MOST_DAYS)
    return _bounded(float, text, math.ulp(0.0), _MOST_DAYS, said)


def step(text: str) -> int:
    """The number of a stage that has a next one."""
    said = _("「{text}」は工程の番号ではありません（{first}から{last}まで）")
    return _bounded(int, text, FIRST, LAST - 1, said.format(text=text, first=FIRST, last=LAST - 1))


def orders(text: str) -> int:
    """A number of orders."""
    said = _("「{text}」は件数ではありません（1から{most}まで）").format(text=text, most=_MOST_ORDERS)
    return _bounded(int, text, 1, _MOST_ORDERS, said)


def months(text: str) -> int:
    """A number of months."""
    said = _("「{text}」は月の数ではありません（1から{most}まで）").format(text=text, most=_MOST_MONTHS)
    return _bounded(int, text, 1, _MOST_MONTHS, said)


def month(text: str) -> date:
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


def _bounded(kind: Callable[[str], Number], text: str, least: Number, most: Number, said: str) -> Number:
    """A number from `least` to `most`; `said` is the answer to anything else."""
    with contextlib.suppress(ValueError):
        found = kind(text)
        if least <= found <= most:
            return found
    raise argparse.ArgumentTypeError(said)


class Parser(argparse.ArgumentParser):
    """argparse in the user's language, with the options listed as a group of their own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, allow_abbrev=False)
        self.options = self.add_argument_group(_("オプション"))
        self.options.add_argument("-h", "--help", action="help", help=_("この説明を出す"))

    def format_help(self) -> str:
        """argparse: the whole help."""
        return (
            super()
            .format_help()
            .replace("usage: ", _("使い方：") + " ", 1)
            .replace("positional arguments:", _("引数") + ":", 1)
        )

    def format_usage(self) -> str:
        """argparse: the first line of it."""
        return super().format_usage().replace("usage: ", _("使い方：") + " ", 1)

    def error(self, message: str) -> NoReturn:
        """argparse: wrong usage."""
        wrong, see = _("使い方が違います"), _("説明を見るには")
        self.exit(2, f"{self.format_usage()}{wrong}: {message.removeprefix('argument ')}\n{see}: {self.prog} --help\n")
