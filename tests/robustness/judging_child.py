"""A process that judges a file, waits for a line, and imports what it proposes, judging again where it has to.

    python judging_child.py DATABASE FILE

Lines: `judged NEW`, and after the go-ahead `did CREATED SAME LOOKS`.
"""

import sys
from pathlib import Path

from importing_child import opened, say

from soloflow.services import importing
from soloflow.services.import_items import Preview


def main(database: Path, file: Path) -> None:
    ws = opened(database)
    looks = [importing.preview(ws, file)]
    say("judged", sum(item.is_new for item in looks[0].items))
    sys.stdin.readline()
    waiting = list(looks)

    def look() -> Preview:
        if waiting:
            return waiting.pop()
        looks.append(importing.preview(ws, file))
        return looks[-1]

    _preview, _changes, report = importing.commit_as_proposed(ws, look)
    say("did", report.created, report.same, len(looks))
    ws.store.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
