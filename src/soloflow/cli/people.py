"""`soloflow add` and `soloflow import`: people, from a line or from files."""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from soloflow.cli.parsing import opened, path, print_json
from soloflow.domain.errors import UserError
from soloflow.i18n import _

if TYPE_CHECKING:  # what only one command needs loads when it is asked for
    from soloflow.cli.parsing import Commands
    from soloflow.services.capturing import Written


def add_to(commands: "Commands") -> None:
    """Make these commands known."""
    add = commands.add_parser("add", help=_("ひとりを1行で記録する"))
    add.add_argument(
        "line", nargs="+", metavar=_("行"),
        help=_("例：山田太郎 (株)アクメ 課長 yamada@example.co.jp #在庫管理 来週火曜 電話（- で標準入力。1行ひとり、署名や宛先の一覧も）"),
    )  # fmt: skip
    add.set_defaults(command=_add)
    bring = commands.add_parser("import", help=_("名刺や連絡先のファイルを取り込む"))
    bring.add_argument("files", nargs="+", type=path, metavar="FILE")
    bring.options.add_argument("--dry-run", action="store_true", help=_("読むだけで、何も書かない"))
    bring.options.add_argument(
        "--map", action="append", default=[], dest="choices", metavar=_("列=項目"),
        help=_("知らない表の列が何か（例：会社名=company、何度でも。書かない列は案のとおり）"),
    )  # fmt: skip
    bring.options.add_argument("--json", action="store_true", help=_("JSON で出す"))
    bring.set_defaults(command=_import)


def _add(options: argparse.Namespace) -> int:
    from soloflow.services import capture_words, capturing, who_is_meant

    text = " ".join(options.line)
    said = sys.stdin.buffer.read() if text == "-" else text.encode("utf-8", "surrogateescape")
    with opened(options) as ws:
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
    from soloflow.cli.mapped import choices_of, preview_of
    from soloflow.services import importing

    choices = choices_of(options.choices)
    with opened(options) as ws:
        if options.dry_run:
            previews = [preview_of(ws, path, choices, is_trial=True, is_quiet=options.json) for path in options.files]
            if options.json:
                objects = [importing.as_json(preview) for preview in previews]
                print_json(objects[0] if len(objects) == 1 else objects)
            else:
                for preview in previews:
                    print(importing.describe(preview))
            return 0
        for path in options.files[1:]:  # one that cannot be read stops all of them before anything is written
            preview_of(ws, path, choices, is_trial=True, is_quiet=True)
        reports = []
        for path in options.files:
            look = partial(preview_of, ws, path, choices, is_trial=False)
            preview, changes, report = importing.commit_as_proposed(ws, look)
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
            print_json(reports[0] if len(reports) == 1 else reports)
    return 0
