"""`soloflow site …`: building, checking and publishing the site, and its content as JSON."""

import argparse
from typing import TYPE_CHECKING

from soloflow.cli.parsing import opened, path
from soloflow.i18n import _

if TYPE_CHECKING:
    from soloflow.cli.parsing import Commands


def add_to(commands: "Commands") -> None:
    """Make these commands known."""
    site = commands.add_parser("site", help=_("宣伝サイトをつくる・確かめる・公開する"))
    parts = site.add_subparsers(metavar=_("操作"), title=_("操作"), required=True)
    build = parts.add_parser("build", help=_("フォルダーにつくる"))
    build.add_argument("out", type=path, metavar="OUT")
    build.set_defaults(command=_build)
    check = parts.add_parser("check", help=_("公開前に直すところをさがす"))
    check.add_argument("folder", type=path, nargs="?", metavar="OUT", help=_("つくったサイトも確かめる"))
    check.set_defaults(command=_check)
    publish = parts.add_parser("publish", help=_("フォルダーか git リポジトリーへ公開する"))
    publish.add_argument("target", metavar="TARGET", help=_("フォルダー、または git のアドレス（…#ブランチ）"))
    publish.options.add_argument(
        "--from", dest="folder", type=path, metavar="DIR", help=_("つくってあるサイト（なければつくる）")
    )
    publish.options.add_argument("--dry-run", action="store_true", help=_("計画を見るだけ"))
    publish.options.add_argument(
        "--overwrite", action="store_true", help=_("同じ名前の、SoloFlow のものではないファイルも置きかえる")
    )
    publish.set_defaults(command=_publish)
    content = parts.add_parser("content", help=_("サイトの内容を JSON で出し入れする"))
    ways = content.add_subparsers(metavar=_("操作"), title=_("操作"), required=True)
    for name, command, text in (
        ("export", _export, _("ファイルに書き出す")),
        ("import", _import, _("ファイルから読み込む")),
    ):
        way = ways.add_parser(name, help=text)
        way.add_argument("file", type=path, metavar="FILE.json")
        way.set_defaults(command=command)


def _build(options: argparse.Namespace) -> int:
    from soloflow.services import site

    with opened(options) as ws:
        report = site.build(ws, options.out)
    print(
        _("{folder} に{pages}ページあります（書いたファイル {written}、変わらないファイル {unchanged}、消したファイル {removed}）。").format(
            folder=options.out, pages=len(report.pages), written=len(report.written), unchanged=len(report.unchanged), removed=len(report.removed)
        )
    )  # fmt: skip
    return 0


def _check(options: argparse.Namespace) -> int:
    from soloflow.services import site

    with opened(options) as ws:
        findings = site.check(ws, options.folder)
    for finding in findings:
        print(f"{finding.severity}: {finding.section}.{finding.field}: {finding.message}")
    if not findings:
        print(_("直すところはありません。"))
    return 1 if any(finding.severity == "error" for finding in findings) else 0


def _publish(options: argparse.Namespace) -> int:
    from soloflow.services import publishing, site

    with opened(options) as ws:
        folder = options.folder or site.default_folder(ws)
        if options.folder is None:
            site.build(ws, folder)
        plan = publishing.plan(ws, folder, options.target)
        for word, changes in ((_("追加"), plan.added), (_("変更"), plan.changed), (_("削除"), plan.removed)):
            for change in changes:
                print(f"{word}  {change.path}  {change.title}".rstrip())
        print(publishing.sentence(plan))
        if not plan.is_empty and not options.dry_run:
            done, changes_made = publishing.publish(ws, folder, options.target, replace_foreign=options.overwrite)
            print(changes_made.label, done.reference)
    return 0


def _export(options: argparse.Namespace) -> int:
    from soloflow.services import site

    with opened(options) as ws:
        site.export_content(ws, options.file)
    print(_("{path} に書き出しました。").format(path=options.file))
    return 0


def _import(options: argparse.Namespace) -> int:
    from soloflow.services import site

    with opened(options) as ws:
        print(site.import_content(ws, options.file).label)
    return 0
