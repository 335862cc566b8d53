"""書き出し: everything the user entered, as files that other programs (and `soloflow numbers --events`) read."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import wording
from soloflow.services.workspace import Workspace
from soloflow.store import log as stored
from soloflow.store import whole


def export(ws: Workspace, out: Path) -> tuple[Path, ...]:
    """Write events.csv and prospects.csv (the shapes of `numbers`), people.csv, and everything.json into a folder.

    Files of these names are replaced, each in one step.

    :raises UserError: when the folder cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with ws.store.read() as reader:
            events = [
                (
                    f"{seq}",
                    f"{prospect}",
                    _blank(start),
                    _blank(end),
                    wording.moment(ws, at_us).isoformat(),
                    kind,
                    reason or "",
                )
                for prospect, kind, start, end, at_us, seq, reason in stored.all_entries(reader)
            ]
            facts = [(prospect, source or "", _blank(yen)) for prospect, source, yen, _channel in stored.facts(reader)]
            people = whole.people_table(reader, ws.zone)
            everything = whole.everything(reader)
        made = (
            _table(
                out / "events.csv", ("seq", "prospect_id", "from_stage", "to_stage", "at", "kind", "reason"), events
            ),
            _table(out / "prospects.csv", ("prospect_id", "source", "expected_yen"), facts),
            _table(out / "people.csv", people[0], people[1]),
            _write(out / "everything.json", json.dumps(everything, ensure_ascii=False, indent=1) + "\n"),
        )
    except OSError as error:
        raise UserError(
            _("{path} に書き出せません（{reason}）。空きと権限を確かめてください。").format(
                path=out, reason=error.strerror
            )
        ) from error
    return made


def _blank(value: int | None) -> str:
    return "" if value is None else str(value)


def _table(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    temporary = path.with_name(path.name + ".new")
    # The mark lets Excel read UTF-8; every reader of ours skips it.
    with temporary.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(head)
        writer.writerows(rows)
    temporary.replace(path)
    return path


def _write(path: Path, text: str) -> Path:
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
    return path
