"""`soloflow imports`: what was brought in, and taking one of them back."""

import argparse
from typing import TYPE_CHECKING

from soloflow.cli.parsing import opened_to_read, print_json
from soloflow.i18n import _

if TYPE_CHECKING:
    from soloflow.cli.parsing import Commands
    from soloflow.services.imports import PastImport


def add_to(commands: "Commands") -> None:
    """Make these commands known."""
    listed = commands.add_parser("imports", help=_("取り込みの履歴を出す。undo で、ひとつを取り消す"))
    listed.add_argument(
        "action", nargs="?", choices=("undo",), metavar="undo", help=_("取り消す（あとから直したところは残る）")
    )
    listed.add_argument("id", nargs="?", type=int, metavar="ID", help=_("取り消す取り込みの番号"))
    listed.options.add_argument("--json", action="store_true", help=_("JSON で出す"))
    listed.set_defaults(command=_imports)


def _imports(options: argparse.Namespace) -> int:
    if options.action == "undo":
        return _undo(options)
    from soloflow.services import imports, wording

    with opened_to_read(options) as ws:
        past = imports.past(ws)
        if options.json:
            print_json([_as_json(one) for one in past])
            return 0
        for one in past:
            when = f"{wording.day(ws, one.at.date())} {one.at:%H:%M}"
            parts = (str(one.id), when, one.name, imports.counts_sentence(one.report), imports.fate_sentence(ws, one))
            print("  ".join(filter(None, parts)))
        if not past:
            print(_("まだ何も取り込んでいません。"))
    return 0


def _as_json(one: "PastImport") -> dict[str, object]:
    from soloflow.services.import_words import report_as_json

    return {
        "id": one.id, "at": one.at.isoformat(), "name": one.name, "encoding": one.encoding, "fate": one.fate,
        "report": report_as_json(one.report),
    }  # fmt: skip


def _undo(options: argparse.Namespace) -> int:
    from soloflow.domain.errors import UserError
    from soloflow.services import imports

    if options.id is None:
        raise UserError(_("どの取り込みを取り消すか、番号を書いてください（soloflow imports で見られます）。"))
    with opened_to_read(options) as ws:
        changes = imports.take_back(ws, options.id)
    print(changes.label)
    for sentence in changes.conflicts:
        print("  " + sentence)
    return 0
