"""`soloflow duplicates` and `soloflow merge`: what is there twice, and making one of two."""

import argparse
import re
from typing import TYPE_CHECKING

from soloflow.cli.parsing import opened_to_read, print_json
from soloflow.domain.errors import UserError
from soloflow.i18n import _

if TYPE_CHECKING:
    from soloflow.cli.parsing import Commands
    from soloflow.services.duplicates import Pair, PairRow

LETTERS = {"contact": "c", "prospect": "p"}
"""Before an id, so that it says what it is: c12 is a contact, p12 a customer."""
_ID = re.compile(r"([cp])([0-9]{1,15})")


def add_to(commands: "Commands") -> None:
    """Make these commands known."""
    listed = commands.add_parser("duplicates", help=_("二つある人や会社をさがす"))
    listed.options.add_argument("--json", action="store_true", help=_("JSON で出す"))
    listed.set_defaults(command=_duplicates)
    merge = commands.add_parser("merge", help=_("二つの記録を一つにまとめる（あとから取り消せます）"))
    merge.add_argument("ids", nargs=2, metavar="ID", help=_("soloflow duplicates に出る番号。例：c12 c34"))
    merge.set_defaults(command=_merge)


def _duplicates(options: argparse.Namespace) -> int:
    from soloflow.services import duplicates

    with opened_to_read(options) as ws:
        rows = duplicates.rows(ws, duplicates.scan(ws))
        if options.json:
            print_json([_as_json(row) for row in rows])
            return 0
        for row in rows:
            certainty = _(duplicates.CERTAINTY_WORDS[row.pair.certainty])
            names = _("{first}／{second}").format(first=row.first, second=row.second)
            print("  ".join((certainty, *_ids(row.pair), names, row.words)))
        if not rows:
            print(_("かさなりはありません。"))
    return 0


def _ids(pair: "Pair") -> tuple[str, str]:
    letter = LETTERS[pair.kind]
    return f"{letter}{pair.first}", f"{letter}{pair.second}"


def _as_json(row: "PairRow") -> dict[str, object]:
    first, second = _ids(row.pair)
    return {
        "certainty": row.pair.certainty, "kind": row.pair.kind, "reasons": list(row.pair.reasons),
        "first": {"id": first, "name": row.first, "company": row.first_company},
        "second": {"id": second, "name": row.second, "company": row.second_company},
    }  # fmt: skip


def _merge(options: argparse.Namespace) -> int:
    from soloflow.services import merging

    pair = _pair(*options.ids)
    with opened_to_read(options) as ws:
        print(merging.merge(ws, pair).label)
    return 0


def _pair(one: str, other: str) -> "Pair":
    from soloflow.services.duplicates import Kind, pair_of

    found = [_ID.fullmatch(text) for text in (one, other)]
    if found[0] is None or found[1] is None or found[0][1] != found[1][1]:
        raise UserError(
            _("番号は c12 c34（人）か p12 p34（顧客）のように、同じ種類を二つ書いてください。何も変えていません。")
        )
    kind: Kind = "contact" if found[0][1] == "c" else "prospect"
    return pair_of(kind, int(found[0][2]), int(found[1][2]))
