"""A process that imports, overwrites and takes back, always the same, and says what it has committed, until it is killed.

    python importing_child.py DATABASE

Lines: `ready`, `begin` (the transaction is open), `commit` (its end has begun), and `did NUMBER` after it.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, event

from soloflow.services import history, importing, imports
from soloflow.services.workspace import Workspace
from soloflow.store import whole
from soloflow.store.database import open_store

PEOPLE = 150
ROUNDS = 6
ACTS = 5
"""In each round."""
NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def cards(group: int, title: str) -> str:
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{group}班;{number}番;;;\r\nFN:{group}班 {number}番\r\nTITLE:{title}\r\n"
        f"ORG:{group}-{number // 5}製作所\r\nEMAIL:u{number}@g{group}.example.jp\r\nEND:VCARD\r\n"
        for number in range(PEOPLE)
    )


def bring(ws: Workspace, group: int, title: str) -> None:
    file = ws.folder / f"{group}-{title}.vcf"
    file.write_text(cards(group, title), encoding="utf-8")
    seen = importing.preview(ws, file)
    items = [
        importing.choose(one, take=True, is_known=one.match is not None and one.match.kind == "sure", enters=True)
        for one in seen.items
    ]
    importing.commit(ws, seen, items)


def acts(ws: Workspace) -> Iterator[int]:
    """One act after the other; the same ones leave the same file, to the last value."""
    number = 0
    for group in range(ROUNDS):
        for title in ("課長", "部長"):
            bring(ws, group, title)
            yield (number := number + 1)
        imports.take_back(ws, imports.past(ws)[0].id)
        yield (number := number + 1)
        history.undo(ws)
        yield (number := number + 1)
        history.redo(ws)
        yield (number := number + 1)


def opened(path: Path) -> Workspace:
    return Workspace(open_store(path), path.parent, lambda: NOON, ZoneInfo("Asia/Tokyo"))


def content(ws: Workspace) -> list[object]:
    """All that is stored, the journal and the derived rows too."""
    ordered = [
        f"SELECT * FROM {name} ORDER BY 1, 2" for name in ("change_sets", "changes", "prospect_states", "search_terms")
    ]
    with ws.store.read() as reader:
        rows = [
            reader.tuples(query).fetchall() for query in (*ordered, "SELECT rowid, text FROM search_texts ORDER BY 1")
        ]
        return [whole.everything(reader), *rows]


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main(path: Path) -> None:
    event.listen(Engine, "begin", lambda _connection: say("begin"))
    event.listen(Engine, "commit", lambda _connection: say("commit"))
    ws = opened(path)
    say("ready")
    for number in acts(ws):
        say("did", number)
    say("over")
    sys.stdin.read()  # until it is killed


if __name__ == "__main__":
    main(Path(sys.argv[1]))
