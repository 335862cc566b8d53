"""`soloflow capture` and `soloflow desktop`: the small window for writing people down, and the desktop's menu."""

import argparse
from typing import TYPE_CHECKING

from soloflow import app
from soloflow.i18n import _

if TYPE_CHECKING:
    from soloflow.cli.parsing import Commands


def add_to(commands: "Commands") -> None:
    """Make these commands known."""
    capture = commands.add_parser(
        "capture", help=_("記録の小さな画面だけを開く"),
        description=_("記録の小さな画面だけを開きます。SoloFlow が開いていれば、すぐに出ます。デスクトップの設定でキーに割り当てると、どこからでも使えます。"),
    )  # fmt: skip
    capture.set_defaults(command=_capture)
    desktop = commands.add_parser("desktop", help=_("デスクトップのメニューに SoloFlow を載せる、外す"))
    desktop.add_argument(
        "what", choices=("install", "remove"), metavar="install|remove", help=_("載せる（install）、外す（remove）")
    )
    desktop.set_defaults(command=_desktop)


def _capture(options: argparse.Namespace) -> int:
    return app.show_window(options.profile, only_capture=True)


def _desktop(options: argparse.Namespace) -> int:
    from soloflow.services import desktop

    if options.what == "install":
        for path in desktop.install(desktop.command_here()):
            print(_("置きました：{path}").format(path=path))
        print(_("メニューの SoloFlow から開けます。アイコンの右クリックに「記録する」があります。"))
    else:
        removed = desktop.remove()
        for path in removed:
            print(_("取り除きました：{path}").format(path=path))
        if not removed:
            print(_("取り除くものはありません。"))
    return 0
