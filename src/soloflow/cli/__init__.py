"""The commands: the same services as the window, for scripts and cron. A module of this package per subject.

Exit codes: 0 done, 1 refused or failed with a sentence, 2 wrong usage.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from soloflow import __version__, app, i18n
from soloflow.domain.errors import UserError
from soloflow.i18n import _

if TYPE_CHECKING:  # the way the window is opened every day needs no parser
    from soloflow.cli.parsing import Parser


def run(arguments: Sequence[str]) -> int:
    """Run one command and answer its exit code; a UserError becomes its sentence on standard error."""
    _speak_utf8()
    i18n.set_language("en" if app.system_language().lower().startswith("en") else "ja")
    said = [_as_utf8(argument) for argument in arguments]
    options = (
        argparse.Namespace(command=_window, profile=None, self_test=False) if not said else _parser().parse_args(said)
    )
    try:
        return int(options.command(options) or 0)
    except UserError as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:  # the reader of a pipe has had enough
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print(_("中止しました。"), file=sys.stderr)
    return 1


def _speak_utf8() -> None:
    """A C locale or a cp932 console must not stop Japanese from being printed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _as_utf8(argument: str) -> str:
    """What was typed, also where a C locale made Python keep its bytes as surrogates."""
    try:
        return argument.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeDecodeError:  # a file name in another encoding: kept as it is
        return argument


def _parser() -> "Parser":
    from soloflow.cli import data, duplicates, experiments, figures, imports, people, reports, sharing, site, windows
    from soloflow.cli.parsing import Parser, path

    parser = Parser(
        prog="soloflow", description=_("SoloFlow：集客から紹介までを、ひとりで。引数なしでウィンドウを開きます。")
    )
    parser.options.add_argument(
        "--profile", type=path, metavar="DIR", help=_("データを置くフォルダー（コマンドより前に書く）")
    )
    parser.options.add_argument("--version", action="version", version=f"SoloFlow {__version__}", help=_("版を出す"))
    parser.options.add_argument("--self-test", action="store_true", help=_("入っている部品がそろっているか確かめる"))
    parser.set_defaults(command=_window)
    commands = parser.add_subparsers(metavar=_("コマンド"), title=_("コマンド"))
    for subject in (people, imports, duplicates, sharing, figures, experiments, reports, site, data, windows):
        subject.add_to(commands)
    return parser


def _window(options: argparse.Namespace) -> int:
    if options.self_test:
        return _self_test()
    return app.show_window(options.profile)


def _self_test() -> int:
    faults = app.self_test()
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(_("この SoloFlow {version} は正しく入っています。").format(version=__version__))
    return 1 if faults else 0
