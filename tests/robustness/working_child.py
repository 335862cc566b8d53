"""A process that imports and moves without end and says what it has committed, until it is killed.

    python working_child.py DATABASE NAME

Lines: `ready`, `begin` (the transaction is open), `commit` (its end has begun), and `did KIND CHANGE_SET …` after it.
"""

import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, event

from soloflow.services import importing, process
from soloflow.services.workspace import Workspace
from soloflow.store.database import open_store

PEOPLE = 40


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def cards(group: str) -> str:
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{group};{number}番;;;\r\nFN:{group} {number}番\r\n"
        f"EMAIL:u{number}@{group}.example.jp\r\nEND:VCARD\r\n"
        for number in range(PEOPLE)
    )


def main(path: Path, name: str) -> None:
    event.listen(Engine, "begin", lambda _connection: say("begin"))
    event.listen(Engine, "commit", lambda _connection: say("commit"))
    ws = Workspace(open_store(path), path.parent, lambda: datetime.now(UTC), ZoneInfo("Asia/Tokyo"))
    say("ready")
    for number in count():
        group = f"{name}-{number}"
        file = path.with_name(f"{group}.vcf")
        file.write_text(cards(group), encoding="utf-8")
        seen = importing.preview(ws, file)
        items = [importing.choose(item, take=True, enters=True) for item in seen.items]
        changes, _report = importing.commit(ws, seen, items)
        say("did", "import", changes.change_set, group)
        for stage in (2, 3):
            moved = process.move(ws, changes.created, stage)
            say("did", "move", moved.change_set, group, stage)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
