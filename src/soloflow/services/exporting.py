"""書き出し: everything the user entered, as files that other programs (and `soloflow numbers --events`) read."""

import contextlib
import csv
import json
import os
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from soloflow.domain.candidates import Candidate
from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import wording
from soloflow.services.workspace import Workspace
from soloflow.store import log as stored
from soloflow.store import recognition, whole
from soloflow.store.database import Reader

CARD_VERSIONS = ("3.0", "4.0")
"""The versions of vCard that can be written; phones and older programs read 3.0."""


def export(ws: Workspace, out: Path) -> tuple[Path, ...]:
    """Write events.csv and prospects.csv (the shapes of `numbers`), people.csv, people.vcf, and everything.json into a folder.

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
            facts = [(prospect, source or "", _blank(yen)) for prospect, source, yen, _origin in stored.facts(reader)]
            people = whole.people_table(reader, ws.zone)
            everything = whole.everything(reader)
            cards = _cards(_everybody(ws, reader, None), "3.0")
        made = (
            write_table(
                out / "events.csv", ("seq", "prospect_id", "from_stage", "to_stage", "at", "kind", "reason"), events
            ),
            write_table(out / "prospects.csv", ("prospect_id", "source", "expected_yen"), facts),
            write_table(out / "people.csv", people[0], people[1]),
            _write(out / "people.vcf", cards),
            _write(out / "everything.json", json.dumps(everything, ensure_ascii=False, indent=1) + "\n"),
        )
    except OSError as error:
        raise _unwritable(out, error) from error
    return made


def export_cards(ws: Workspace, file: Path, prospects: Collection[int] | None = None, version: str = "3.0") -> int:
    """Write the contact book, or the people of these customers, as one vCard file; how many cards it holds.

    :raises UserError: when the file cannot be written.
    """
    with ws.store.read() as reader:
        people = tuple(_everybody(ws, reader, None if prospects is None else frozenset(prospects)))
    try:
        _write(file, _cards(people, version))
    except OSError as error:
        raise _unwritable(file, error) from error
    return len(people)


def export_people(ws: Workspace, file: Path, prospects: Collection[int]) -> int:
    """Write these customers and their people as CSV, in the shape of people.csv; the number of lines below the head.

    :raises UserError: when the file cannot be written.
    """
    wanted = frozenset(prospects)
    with ws.store.read() as reader:
        head, rows = whole.people_table(reader, ws.zone)
    chosen = [row for row in rows if row[0] in wanted]
    try:
        write_table(file, head, chosen)
    except OSError as error:
        raise _unwritable(file, error) from error
    return len(chosen)


def _everybody(ws: Workspace, reader: Reader, prospects: Collection[int] | None) -> Iterator[Candidate]:
    """Every contact of these customers (all where None), then the customers of whom no person is known."""
    for _contact, prospect, person in recognition.stored_people(reader, ws.zone):
        if prospects is None or prospect in prospects:
            yield person
    for prospect, name, alone in recognition.without_contact(reader):
        if prospects is None or prospect in prospects:
            yield Candidate(name=name) if alone else Candidate(company=name)


def _cards(people: Iterable[Candidate], version: str) -> str:
    from soloflow.capture.vcard_writing import write_cards

    return write_cards(people, version)


def _unwritable(path: Path, error: OSError) -> UserError:
    words = _("{path} に書き出せません（{reason}）。空きと権限を確かめてください。")
    return UserError(words.format(path=path, reason=error.strerror))


def _blank(value: int | None) -> str:
    return "" if value is None else str(value)


def write_table(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    """Write a CSV that Excel and every reader of ours read; a file of that name is replaced in one step.

    :raises OSError: when it cannot be written; what stood there is untouched then.
    """
    # The mark lets Excel read UTF-8; every reader of ours skips it.
    with _beside(path) as temporary, temporary.open("x", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(head)
        writer.writerows(rows)
    return path


def _write(path: Path, text: str) -> Path:
    with _beside(path) as temporary, temporary.open("xb") as target:
        target.write(text.encode())  # cards have line ends of their own
    return path


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A name beside the file to write to; what is whole there takes its place, what is not is removed."""
    target = Path(os.path.realpath(path))  # of a link its file is replaced, not the link
    if target.exists() and not (target.is_file() or target.is_dir()):  # a device or a pipe must not give way to a file
        words = _("{path} はふつうのファイルではないので、書きませんでした。ほかの名前を選んでください。")
        raise UserError(words.format(path=path))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    try:
        yield temporary
        temporary.replace(target)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
