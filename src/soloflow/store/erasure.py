"""Erasing a person for good: out of the tables, out of the journal, out of the free pages; the anonymous log stays."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePath
from typing import Any

import sqlalchemy as sql
from sqlalchemy import delete, func, update

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.store.database import Reader, Store, connect, explain
from soloflow.store.log import family
from soloflow.store.replay import present
from soloflow.store.statements import blocks, listed
from soloflow.store.unit_of_work import TABLES, UnitOfWork

Owned = dict[str, set[int]]
"""Ids of rows by table."""
WITH_CONTACT = ("activities", "follow_ups")
PATIENCE_MS = 15_000
"""So long readers are waited for; to read a large log takes a few seconds."""
SHORTEST, LATIN = 2, 4
"""Characters of a name from which on it is looked for in labels and file names; of one in Latin letters."""


def erase(work: UnitOfWork, prospect: int, personal_tables: Sequence[str]) -> None:
    """Remove every trace of who a prospect was; its id, its stages and their dates remain, and can no longer be undone."""
    everybody = family(work.reader, prospect)
    # Putting back would bring the person, and whoever was merged with them, half back.
    work.execute(update(TABLES["change_sets"]).where(TABLES["change_sets"].c.state == "undone").values(state="dropped"))
    owned = {one: _owned(work.reader, one, personal_tables) for one in everybody}
    names = {name for one in everybody for name in _names(work.reader, owned[one])}
    for change_set in _merges_taken_back(work.reader, everybody, owned.values()):
        _forget_set(work, change_set)
    for one in everybody:
        _erase_one(work, one, owned[one], personal_tables)
    _cut_links(work, "prospect_id", everybody)
    contacts = {contact for one in everybody for contact in owned[one]["contacts"]}
    _cut_links(work, "contact_id", contacts - present(work.reader, "contacts", sorted(contacts)))
    _forget_names(work, {key for name in names if _tells(key := _key(name))})


def _erase_one(work: UnitOfWork, prospect: int, owned: Owned, personal_tables: Sequence[str]) -> None:
    _forget_journal(work, owned)
    for table in (*personal_tables, "contact_points", "contacts"):
        for row in owned[table]:
            work.touch(table, {"id": row})  # a note about somebody who changed jobs may be another customer's
            work.execute(delete(TABLES[table]).where(TABLES[table].c.id == row))
    people = TABLES["prospects"]
    work.execute(
        update(people)
        .where(people.c.id == prospect)
        .values(name="", kana="", website="", memo="", referrer_id=None, is_person=True, erased_us=work.now_us)
    )
    work.touch("prospects", {"id": prospect})


def scrub(store: Store) -> None:
    """Rewrite the file so that nothing of deleted rows is left in free pages, the full-text index or the WAL.

    Who is reading meanwhile (分析 on its own thread) reads on to the end, and is waited for.

    :raises UserError: when the file cannot be written, or somebody reads without end.
    """
    connection = connect(store.path)
    try:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        connection.execute("INSERT INTO search_texts (search_texts) VALUES ('optimize')")
        connection.execute("VACUUM")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        raise explain(error, store.path) from error
    finally:
        connection.close()
    if busy:
        raise UserError(
            _(
                "消去しましたが、ほかの処理がファイルを使っているため、跡を書きつぶせませんでした。"
                "ほかの SoloFlow を閉じてから、もう一度消去してください。"
            )
        )


# --- whose a row is ----------------------------------------------------------------------------------------------------
def _owned(reader: Reader, prospect: int, tables: Sequence[str]) -> Owned:
    """Ids of every row about this person, also of rows that are gone but whose images the journal holds.

    What was this customer's once and lives at another one now (a merge that was taken back, a change of jobs) is not theirs.
    """
    owned: Owned = defaultdict(set)
    owned["prospects"] = {prospect}
    owned["stage_transitions"] = set(reader.ids("stage_transitions", prospect_id=prospect))
    for table in (*tables, "contacts"):
        owned[table] = set(reader.ids(table, prospect_id=prospect)) | _gone(reader, table, "prospect_id", {prospect})
    contacts = owned["contacts"]
    for table in WITH_CONTACT:  # with somebody who had been at another customer before (a merge)
        owned[table] |= _of_contacts(reader, table, contacts)
    owned["contact_points"] = _of_contacts(reader, "contact_points", contacts)
    return owned


def _of_contacts(reader: Reader, table: str, contacts: Collection[int]) -> set[int]:
    found = _gone(reader, table, "contact_id", contacts)
    for block in blocks(contacts):
        found.update(reader.column(f"SELECT id FROM {table} WHERE contact_id IN ({listed(block)})"))
    return found


def _gone(reader: Reader, table: str, column: str, owners: Collection[int]) -> set[int]:
    """Rows that are not there any more and of which the journal says that they were an owner's."""
    found: set[int] = set()
    for block in blocks(owners):
        inside = f"IN ({listed(block)})"
        found.update(
            reader.column(
                "SELECT row_id FROM changes WHERE table_name = ? AND operation <> 'update'"
                f" AND (json_extract(before, '$.{column}') {inside} OR json_extract(after, '$.{column}') {inside})",
                table,
            )
        )
    return found - present(reader, table, sorted(found))


# --- the journal -------------------------------------------------------------------------------------------------------
def _merges_taken_back(reader: Reader, everybody: Sequence[int], owned: Collection[Owned]) -> list[int]:
    """The change sets that merged this person with somebody who stays, and those that took it back.

    They cancel each other out, and what they wrote at the one who stays has values of the person.
    """
    inside = f"IN ({listed(everybody)})"
    found = set(
        reader.column(
            "SELECT change_set_id FROM changes WHERE table_name = 'prospects' AND operation = 'update'"
            f" AND CASE WHEN row_id {inside} THEN coalesce(json_extract(after, '$.merged_into_id'),"
            f" json_extract(before, '$.merged_into_id')) NOT {inside} ELSE json_extract(after, '$.merged_into_id') {inside}"
            f" OR json_extract(before, '$.merged_into_id') {inside} END"
        )
    )
    for contacts in (present(reader, "contacts", sorted(one["contacts"])) for one in owned):
        for block in blocks(contacts):  # deleted once and there again: they had been made one with somebody
            merged = reader.tuples(
                "SELECT min(change_set_id), row_id FROM changes WHERE table_name = 'contacts' AND operation = 'delete'"
                f" AND row_id IN ({listed(block)}) GROUP BY row_id"
            ).fetchall()
            for first, contact in merged:
                found.update(
                    reader.column(
                        "SELECT change_set_id FROM changes WHERE table_name = 'contacts' AND row_id = ?"
                        " AND change_set_id >= ? AND operation IN ('insert', 'delete')",
                        contact, first,
                    )
                )  # fmt: skip
    return sorted(found)


def _forget_set(work: UnitOfWork, change_set: int) -> None:
    journal, sets = TABLES["changes"], TABLES["change_sets"]
    work.execute(delete(journal).where(journal.c.change_set_id == change_set))
    work.execute(update(sets).where(sets.c.id == change_set).values(label="", state="dropped"))


def _forget_journal(work: UnitOfWork, owned: Owned) -> None:
    """Drop the journal's rows about this person; their change sets lose their sentence, and fall away when left empty."""
    sets = TABLES["change_sets"]
    touched: set[int] = set()
    for table, rows in owned.items():
        touched |= _forget_rows(work, table, rows)
    for change_set in touched:
        left = work.reader.value("SELECT 1 FROM changes WHERE change_set_id = ? LIMIT 1", change_set)
        values = {"label": "…"} if left else {"label": "", "state": "dropped"}
        work.execute(update(sets).where(sets.c.id == change_set).values(**values))


def _cut_links(work: UnitOfWork, column: str, gone: Collection[int]) -> None:
    """Of what belongs to others by now: no undo or redo gives it back to whoever is erased.

    A row that was made there has lost its beginning, so that it stays when the step that made it is undone.
    """
    for block in blocks(gone):
        inside, path = f"IN ({listed(block)})", f"'$.{column}'"
        theirs = f"(json_extract(before, {path}) {inside} OR json_extract(after, {path}) {inside})"
        made = work.reader.tuples(
            f"SELECT DISTINCT table_name, row_id FROM changes WHERE operation <> 'update' AND {theirs}"
        ).fetchall()
        for table, row in made:
            _forget_rows(work, table, {row})
        work.execute(
            sql.text(
                f"UPDATE changes SET before = json_remove(before, {path}), after = json_remove(after, {path})"
                f" WHERE operation = 'update' AND {theirs}"
            )
        )


def _forget_rows(work: UnitOfWork, table: str, rows: Collection[int]) -> set[int]:
    """Drop what the journal has of some rows; the change sets that had it."""
    journal = TABLES["changes"]
    touched: set[int] = set()
    for row in rows:
        touched |= set(
            work.reader.column("SELECT change_set_id FROM changes WHERE table_name = ? AND row_id = ?", table, row)
        )
        work.execute(delete(journal).where(journal.c.table_name == table, journal.c.row_id == row))
    return touched


# --- the name, where no row is the person's ----------------------------------------------------------------------------
def _names(reader: Reader, owned: Owned) -> Iterator[str]:
    """What the person and their customer are and were called."""
    for table in ("prospects", "contacts"):
        for block in blocks(owned[table]):
            yield from reader.column(f"SELECT name FROM {table} WHERE id IN ({listed(block)})")
            for images in reader.tuples(
                "SELECT json_extract(before, '$.name'), json_extract(after, '$.name') FROM changes"
                f" WHERE table_name = ? AND row_id IN ({listed(block)})", table,
            ):  # fmt: skip
                yield from (name for name in images if name)


def _key(text: str) -> str:
    """Text as it is compared here: a file may be called 山田_太郎 or 山田太郎."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _tells(key: str) -> bool:
    """Whether it says enough to be looked for: two letters of Latin stand in every other word."""
    return len(key) >= (LATIN if key.isascii() else SHORTEST)


def _forget_names(work: UnitOfWork, keys: Collection[str]) -> None:
    """Out of the labels of what concerned others too, out of the names of imported files, and out of kept searches."""

    def speaks(text: str) -> bool:
        said = _key(text)
        return any(key in said for key in keys)

    sets = TABLES["change_sets"]
    for change_set, label in work.reader.tuples("SELECT id, label FROM change_sets WHERE label <> ''").fetchall():
        if speaks(label):
            work.execute(update(sets).where(sets.c.id == change_set).values(label="…"))
    for row, image in _images(work.reader, "imports"):
        if speaks(image["name"]):
            _rename_import(work, row, "…" + PurePath(image["name"]).suffix)
    for row, image in _images(work.reader, "saved_views"):
        if speaks(f"{image['name']} {json.loads(image['body']).get('filter', {}).get('text', '')}"):
            _forget_rows(work, "saved_views", {row})
            work.execute(delete(TABLES["saved_views"]).where(TABLES["saved_views"].c.id == row))


def _images(reader: Reader, table: str) -> Iterator[tuple[int, Any]]:
    """Every row of a table as it stands and as the journal has it."""
    yield from [(row["id"], row) for row in reader.rows(f"SELECT * FROM {table}")]
    for row, before, after in reader.tuples(
        "SELECT row_id, before, after FROM changes WHERE table_name = ?", table
    ).fetchall():
        for image in (before, after):
            if image:
                yield row, {"name": "", "body": "{}"} | json.loads(image)


def _rename_import(work: UnitOfWork, row: int, name: str) -> None:
    there = TABLES["imports"]
    work.execute(update(there).where(there.c.id == row).values(name=name))
    journal = TABLES["changes"]
    for side in (journal.c.before, journal.c.after):
        work.execute(
            update(journal)
            .where(journal.c.table_name == "imports", journal.c.row_id == row, side.is_not(None))
            .values({side: func.json_set(side, "$.name", name)})
        )
