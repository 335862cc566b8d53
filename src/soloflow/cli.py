"""The commands: the same services as the window, for scripts and cron.

Exit codes: 0 done, 1 refused or failed with a sentence, 2 wrong usage.
"""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from zoneinfo import ZoneInfo

from soloflow import __version__, app, i18n
from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services.workspace import Workspace

if TYPE_CHECKING:  # the numbers load when they are asked for
    from soloflow.services.capturing import Written
    from soloflow.services.numbers import Asked


def run(arguments: Sequence[str]) -> int:
    """Run one command and answer its exit code; a UserError becomes its sentence on standard error."""
    _speak_utf8()
    i18n.set_language("en" if app.system_language().lower().startswith("en") else "ja")
    said = [_as_utf8(argument) for argument in arguments]
    # The way the window is opened every day needs no parser.
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


@contextlib.contextmanager
def _open(options: argparse.Namespace) -> Iterator[Workspace]:
    ws = app.open_workspace(options.profile)
    try:
        yield ws
    finally:
        ws.store.close()


# --- capture and import ------------------------------------------------------------------------------------------------
def _add(options: argparse.Namespace) -> int:
    from soloflow.services import capture_words, capturing, who_is_meant

    text = " ".join(options.line)
    said = sys.stdin.buffer.read() if text == "-" else text.encode("utf-8", "surrogateescape")
    with _open(options) as ws:
        lines = capturing.read_lines(ws, capturing.text_of(said))
        readable = [line.entry for line in lines if not line.entry.is_empty]
        if len(lines) > 1:
            _tell_unread([line for line in lines if line.entry.is_empty])
        if not readable:
            raise UserError(
                _(
                    "名前も連絡先も読み取れません。「山田太郎 (株)アクメ yamada@example.co.jp」のように書いてください。何も記録していません。"
                )
            )
        found = [who_is_meant.hints(ws, entry.person) for entry in readable]
        entries = tuple(map(who_is_meant.settled, readable, found))
        changes = capturing.save(ws, entries)
        for sentence in capture_words.report(ws, entries, changes):
            print(sentence)
        for name in dict.fromkeys(one.name for hints in found for one in hints if one.kind == "similar"):
            print(
                _("「{name}」という似た人がすでにいます。別の人として記録しました。").format(name=name), file=sys.stderr
            )
    return 0


def _tell_unread(lines: "Sequence[Written]") -> None:
    """Name every line that was not recorded, so that it can be mended and given again by itself."""
    for line in lines:
        print(
            _("{line}行目は名前も連絡先も読み取れないので、記録していません：{text}").format(
                line=line.number, text=line.text
            ),
            file=sys.stderr,
        )


def _import(options: argparse.Namespace) -> int:
    from soloflow.services import importing

    with _open(options) as ws:
        if options.dry_run:
            previews = [importing.preview(ws, path) for path in options.files]
            if options.json:
                objects = [importing.as_json(preview) for preview in previews]
                _print_json(objects[0] if len(objects) == 1 else objects)
            else:
                for preview in previews:
                    print(importing.describe(preview))
            return 0
        for path in options.files[1:]:  # one that cannot be read stops all of them before anything is written
            importing.read_file(path)
        reports = []
        for path in options.files:
            preview = importing.preview(ws, path)
            changes, report = importing.commit(ws, preview)
            reports.append({"file": str(path), **importing.report_as_json(report)})
            if not options.json:
                print(changes.label + "　" + importing.report_sentence(report))
                for problem in preview.reading.problems:
                    print(
                        _("  {line}行目 {field}：{message}").format(
                            line=problem.line, field=problem.field, message=problem.message
                        )
                    )
        if options.json:
            _print_json(reports[0] if len(reports) == 1 else reports)
    return 0


# --- numbers -----------------------------------------------------------------------------------------------------------
def _numbers(options: argparse.Namespace) -> int:
    from soloflow.services import numbers

    if options.prospects and not options.events:
        options.parser.error(_("--prospects は --events と一緒に使ってください。"))
    if (options.change_at is None) != (options.change_stage is None):
        options.parser.error(_("--change-at と --change-stage は一緒に使ってください。"))
    if (options.target_orders is None) != (options.target_days is None):
        options.parser.error(_("--target-orders と --target-days は一緒に使ってください。"))
    if options.events:
        zone = app.time_zone(options.profile)
        as_of = _in(zone, options.as_of) or app.wall_clock()
        found, dropped = numbers.of_files(options.events, options.prospects, as_of, zone, _asked(options, zone))
        for name, line, reason in dropped:
            print(
                _("{file} {line}行目を読み飛ばしました（{reason}）").format(file=name, line=line, reason=reason),
                file=sys.stderr,
            )
    else:
        with _open(options) as ws:
            zone = ws.zone
            found = numbers.compute(ws, as_of=_in(zone, options.as_of), asked=_asked(options, zone))
    if options.json:
        _print_json(numbers.as_json(found, zone))
    else:
        print(numbers.as_table(found, zone))
    return 0


def _asked(options: argparse.Namespace, zone: ZoneInfo) -> "Asked":
    from soloflow.services.numbers import Asked

    return Asked(
        change_at=_in(zone, options.change_at),
        change_stage=options.change_stage,
        change_days=options.change_days,
        target_orders=options.target_orders,
        target_days=options.target_days,
    )


def _in(zone: ZoneInfo, moment: datetime | None) -> datetime | None:
    """A moment as it was typed; without an offset it is in the user's zone."""
    return moment.replace(tzinfo=zone) if moment and not moment.tzinfo else moment


# --- the site ----------------------------------------------------------------------------------------------------------
def _site_build(options: argparse.Namespace) -> int:
    from soloflow.services import site

    with _open(options) as ws:
        report = site.build(ws, options.out)
    print(
        _("{folder} に{pages}ページあります（書いたファイル {written}、変わらないファイル {unchanged}、消したファイル {removed}）。").format(
            folder=options.out, pages=len(report.pages), written=len(report.written), unchanged=len(report.unchanged), removed=len(report.removed)
        )
    )  # fmt: skip
    return 0


def _site_check(options: argparse.Namespace) -> int:
    from soloflow.services import site

    with _open(options) as ws:
        findings = site.check(ws, options.folder)
    for finding in findings:
        print(f"{finding.severity}: {finding.section}.{finding.field}: {finding.message}")
    if not findings:
        print(_("直すところはありません。"))
    return 1 if any(finding.severity == "error" for finding in findings) else 0


def _site_publish(options: argparse.Namespace) -> int:
    from soloflow.services import publishing, site

    with _open(options) as ws:
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


def _site_export(options: argparse.Namespace) -> int:
    from soloflow.services import site

    with _open(options) as ws:
        site.export_content(ws, options.file)
    print(_("{path} に書き出しました。").format(path=options.file))
    return 0


def _site_import(options: argparse.Namespace) -> int:
    from soloflow.services import site

    with _open(options) as ws:
        print(site.import_content(ws, options.file).label)
    return 0


# --- data --------------------------------------------------------------------------------------------------------------
def _export(options: argparse.Namespace) -> int:
    from soloflow.services import exporting

    with _open(options) as ws:
        for path in exporting.export(ws, options.out):
            print(path)
    return 0


def _backup(options: argparse.Namespace) -> int:
    from soloflow.services import backups

    with _open(options) as ws:
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

    with _open(options) as ws:
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


def _self_test() -> int:
    faults = app.self_test()
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(_("この SoloFlow {version} は正しく入っています。").format(version=__version__))
    return 1 if faults else 0


def _window(options: argparse.Namespace) -> int:
    if options.self_test:
        return _self_test()
    return app.show_window(options.profile)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


# --- usage -------------------------------------------------------------------------------------------------------------
def _path(text: str) -> Path:
    """A file or folder; an empty name (a variable that was not set) would otherwise mean the folder one stands in."""
    if not text:
        raise argparse.ArgumentTypeError(_("名前が空です"))
    return Path(text)


def _moment(text: str) -> datetime:
    with contextlib.suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if 1 < moment.year < 9999:  # the ends of the calendar have no neighbours in other zones
            return moment
    raise argparse.ArgumentTypeError(
        _("「{text}」は日時として読めません。2026-09-30T18:00:00+09:00 のように書いてください。").format(text=text)
    )


def _days(text: str) -> float:
    with contextlib.suppress(ValueError):
        days = float(text)
        if 0 < days <= _MOST_DAYS:
            return days
    raise argparse.ArgumentTypeError(
        _("「{text}」は日数ではありません（0より大きく{most}まで）").format(text=text, most=_MOST_DAYS)
    )


def _orders(text: str) -> int:
    with contextlib.suppress(ValueError):
        orders = int(text)
        if 0 < orders <= _MOST_ORDERS:
            return orders
    raise argparse.ArgumentTypeError(
        _("「{text}」は件数ではありません（1から{most}まで）").format(text=text, most=_MOST_ORDERS)
    )


_MOST_DAYS = 36_500
_MOST_ORDERS = 10_000


class _Parser(argparse.ArgumentParser):
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
        self.exit(2, f"{self.format_usage()}{wrong}: {message}\n{see}: {self.prog} --help\n")


def _parser() -> _Parser:
    parser = _Parser(
        prog="soloflow", description=_("SoloFlow：集客から紹介までを、ひとりで。引数なしでウィンドウを開きます。")
    )
    parser.options.add_argument(
        "--profile", type=_path, metavar="DIR", help=_("データを置くフォルダー（コマンドより前に書く）")
    )
    parser.options.add_argument("--version", action="version", version=f"SoloFlow {__version__}", help=_("版を出す"))
    parser.options.add_argument("--self-test", action="store_true", help=_("入っている部品がそろっているか確かめる"))
    parser.set_defaults(command=_window)
    commands = parser.add_subparsers(metavar=_("コマンド"), title=_("コマンド"))
    _people_parsers(commands)
    _site_parser(commands)
    _data_parsers(commands)
    return parser


def _people_parsers(commands: "argparse._SubParsersAction[_Parser]") -> None:
    add = commands.add_parser("add", help=_("ひとりを1行で記録する"))
    add.add_argument(
        "line", nargs="+", metavar=_("行"),
        help=_("例：山田太郎 (株)アクメ 課長 yamada@example.co.jp #在庫管理 来週火曜 電話（- で標準入力、1行ひとり）"),
    )  # fmt: skip
    add.set_defaults(command=_add)
    bring = commands.add_parser("import", help=_("名刺や連絡先のファイルを取り込む"))
    bring.add_argument("files", nargs="+", type=_path, metavar="FILE")
    bring.options.add_argument("--dry-run", action="store_true", help=_("読むだけで、何も書かない"))
    bring.options.add_argument("--json", action="store_true", help=_("JSON で出す"))
    bring.set_defaults(command=_import)
    figures = commands.add_parser("numbers", help=_("引き上げ率と、どこで離れているか"))
    figures.options.add_argument(
        "--events", type=_path, metavar="F.csv", help=_("自分のデータのかわりに読む、移動の記録")
    )
    figures.options.add_argument("--prospects", type=_path, metavar="F.csv", help=_("その顧客の流入元と見込み額"))
    figures.options.add_argument(
        "--as-of", type=_moment, metavar="ISO", help=_("いつの時点で数えるか（2026-09-30T18:00:00+09:00）")
    )
    figures.options.add_argument(
        "--change-at", type=_moment, metavar="ISO", help=_("改善策を始めた日時（--change-stage と一緒に）")
    )
    figures.options.add_argument(
        "--change-stage", type=int, choices=range(1, 9), metavar="K", help=_("改善策のねらった工程（1〜8）")
    )
    figures.options.add_argument("--change-days", type=_days, metavar="H", help=_("前後を比べる日数"))
    figures.options.add_argument(
        "--target-orders", type=_orders, metavar="N", help=_("ほしい受注の数（--target-days と一緒に）")
    )
    figures.options.add_argument("--target-days", type=_days, metavar="D", help=_("何日以内に"))
    figures.options.add_argument("--json", action="store_true", help=_("JSON で出す"))
    figures.set_defaults(command=_numbers, parser=figures)


def _site_parser(commands: "argparse._SubParsersAction[_Parser]") -> None:
    site = commands.add_parser("site", help=_("宣伝サイトをつくる・確かめる・公開する"))
    parts = site.add_subparsers(metavar=_("操作"), title=_("操作"), required=True)
    build = parts.add_parser("build", help=_("フォルダーにつくる"))
    build.add_argument("out", type=_path, metavar="OUT")
    build.set_defaults(command=_site_build)
    check = parts.add_parser("check", help=_("公開前に直すところをさがす"))
    check.add_argument("folder", type=_path, nargs="?", metavar="OUT", help=_("つくったサイトも確かめる"))
    check.set_defaults(command=_site_check)
    publish = parts.add_parser("publish", help=_("フォルダーか git リポジトリーへ公開する"))
    publish.add_argument("target", metavar="TARGET", help=_("フォルダー、または git のアドレス（…#ブランチ）"))
    publish.options.add_argument(
        "--from", dest="folder", type=_path, metavar="DIR", help=_("つくってあるサイト（なければつくる）")
    )
    publish.options.add_argument("--dry-run", action="store_true", help=_("計画を見るだけ"))
    publish.options.add_argument(
        "--overwrite", action="store_true", help=_("同じ名前の、SoloFlow のものではないファイルも置きかえる")
    )
    publish.set_defaults(command=_site_publish)
    content = parts.add_parser("content", help=_("サイトの内容を JSON で出し入れする"))
    ways = content.add_subparsers(metavar=_("操作"), title=_("操作"), required=True)
    for name, command, text in (
        ("export", _site_export, _("ファイルに書き出す")),
        ("import", _site_import, _("ファイルから読み込む")),
    ):
        way = ways.add_parser(name, help=text)
        way.add_argument("file", type=_path, metavar="FILE.json")
        way.set_defaults(command=command)


def _data_parsers(commands: "argparse._SubParsersAction[_Parser]") -> None:
    export = commands.add_parser("export", help=_("すべてをファイルに書き出す"))
    export.add_argument("out", type=_path, metavar="OUT")
    export.set_defaults(command=_export)
    backup = commands.add_parser("backup", help=_("控えを取る"))
    backup.add_argument("file", type=_path, nargs="?", metavar="FILE")
    backup.set_defaults(command=_backup)
    restore = commands.add_parser("restore", help=_("控えから戻す（いまのデータは取り置く）"))
    restore.add_argument("file", type=_path, metavar="FILE")
    restore.set_defaults(command=_restore)
    check = commands.add_parser("check", help=_("データが壊れていないか調べる"))
    check.options.add_argument("--mend", action="store_true", help=_("つくり直せるものをつくり直す"))
    check.set_defaults(command=_check)
    demo = commands.add_parser("demo", help=_("ウィンドウを開かずに、見本でひととおり動かす"))
    demo.add_argument("folder", type=_path, metavar="DIR")
    demo.set_defaults(command=_demo)
