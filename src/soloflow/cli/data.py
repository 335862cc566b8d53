"""`soloflow export`, `backup`, `restore`, `check` and `demo`: the data as a whole."""

import argparse
from typing import TYPE_CHECKING

from soloflow import app
from soloflow.cli.parsing import opened_to_read, path
from soloflow.i18n import _

if TYPE_CHECKING:
    from soloflow.cli.parsing import Commands


def add_to(commands: "Commands") -> None:
    """Make these commands known."""
    export = commands.add_parser("export", help=_("すべてをファイルに書き出す"))
    export.add_argument(
        "out", type=path, metavar="OUT", help=_("フォルダー。名前が .vcf で終われば、連絡先だけの vCard")
    )
    export.options.add_argument(
        "--vcard", choices=("3.0", "4.0"), default="3.0", help=_("vCard の版（OUT が .vcf のとき）")
    )
    export.set_defaults(command=_export)
    backup = commands.add_parser("backup", help=_("控えを取る"))
    backup.add_argument("file", type=path, nargs="?", metavar="FILE")
    backup.set_defaults(command=_backup)
    restore = commands.add_parser("restore", help=_("控えから戻す（いまのデータは取り置く）"))
    restore.add_argument("file", type=path, metavar="FILE")
    restore.set_defaults(command=_restore)
    check = commands.add_parser("check", help=_("データが壊れていないか調べる"))
    check.options.add_argument("--mend", action="store_true", help=_("つくり直せるものをつくり直す"))
    check.set_defaults(command=_check)
    demo = commands.add_parser("demo", help=_("ウィンドウを開かずに、見本でひととおり動かす"))
    demo.add_argument("folder", type=path, metavar="DIR")
    demo.set_defaults(command=_demo)


def _export(options: argparse.Namespace) -> int:
    from soloflow.services import exporting

    with opened_to_read(options) as ws:
        if options.out.suffix.lower() == ".vcf":
            count = exporting.export_cards(ws, options.out, version=options.vcard)
            print(_("{file} に{count}人を書き出しました。").format(file=options.out, count=count))
        else:
            for path in exporting.export(ws, options.out):
                print(path)
    return 0


def _backup(options: argparse.Namespace) -> int:
    from soloflow.services import backups

    with opened_to_read(options) as ws:
        print(backups.take(ws, options.file))
    return 0


def _restore(options: argparse.Namespace) -> int:
    folder = options.profile or app.default_profile()
    with app.exclusive(folder):
        kept = app.restore(folder, options.file)
    print(_("{file} から戻しました。").format(file=options.file))
    if kept is not None:
        print(_("それまでのデータは {path} に残してあります。").format(path=kept))
    return 0


def _check(options: argparse.Namespace) -> int:
    from soloflow.services import integrity

    with opened_to_read(options) as ws:
        faults = integrity.faults(ws)
        if faults and options.mend:
            integrity.mend(ws)
            faults = integrity.faults(ws)
    for fault in faults:
        print(fault)
    print(
        _("問題は見つかりませんでした。")
        if not faults
        else _("{count}件の問題があります。控えからの復元（soloflow restore）を考えてください。").format(
            count=len(faults)
        )
    )
    return 1 if faults else 0


def _demo(options: argparse.Namespace) -> int:
    app.demo(options.folder, print)
    return 0
