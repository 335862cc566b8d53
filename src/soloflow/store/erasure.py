"""Erasing a person for good: out of the tables, out of the journal, out of the free pages; the anonymous log stays."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import delete, update

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.store.database import Store, connect, explain, marks
from soloflow.store.log import family
from soloflow.store.unit_of_work import TABLES, UnitOfWork


def erase(work: UnitOfWork, prospect: int, personal_tables: Sequence[str]) -> None:
    """Remove every trace of who a prospect was; its id, its stages and their dates remain, and can no longer be undone."""
    for merged in family(work.reader, prospect):
        _erase_one(work, merged, personal_tables)


def _erase_one(work: UnitOfWork, prospect: int, personal_tables: Sequence[str]) -> None:
    owned = _owned(work, prospect, personal_tables)
    _forget_journal(work, owned)
    for table in (*personal_tables, "contact_points", "contacts"):
        for row in owned[table]:
            work.execute(delete(TABLES[table]).where(TABLES[table].c.id == row))
    people = TABLES["prospects"]
    work.execute(
        update(people)
        .where(people.c.id == prospect)
        .values(name="", kana="", website="", memo="", referrer_id=None, is_person=True, erased_us=work.now_us)
    )
    work.touch("prospects", {"id": prospect})


def scrub(store: Store) -> None:
    """Rewrite the file so that nothing of deleted rows is left in free pages, the full-text index or the WAL."""
    store.close()
    connection = connect(store.path)
    try:
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


def _owned(work: UnitOfWork, prospect: int, tables: Sequence[str]) -> dict[str, set[int]]:
    """Ids of every row about this person, also of rows that are gone but whose images the journal holds."""
    reader = work.reader
    owned: dict[str, set[int]] = defaultdict(set)
    owned["prospects"] = {prospect}
    owned["stage_transitions"] = set(reader.ids("stage_transitions", prospect_id=prospect))
    for table in (*tables, "contacts"):
        owned[table] = set(reader.ids(table, prospect_id=prospect)) | _imaged(work, (table,), "prospect_id", {prospect})
    for table in ("activities", "follow_ups"):  # with somebody who had been at another customer before (a merge)
        for contact in owned["contacts"]:
            owned[table] |= set(reader.ids(table, contact_id=contact))
    owned["contact_points"] = _imaged(work, ("contact_points",), "contact_id", owned["contacts"])
    for contact in owned["contacts"]:
        owned["contact_points"] |= set(reader.ids("contact_points", contact_id=contact))
    return owned


def _imaged(work: UnitOfWork, tables: Sequence[str], column: str, owners: set[int]) -> set[int]:
    found = work.reader.tuples(
        f"SELECT row_id, before, after FROM changes WHERE table_name IN ({marks(tables)}) AND operation <> 'update'",
        *tables,
    ).fetchall()
    return {
        row_id
        for row_id, before, after in found
        if any(json.loads(image).get(column) in owners for image in (before, after) if image)
    }


def _forget_journal(work: UnitOfWork, owned: dict[str, set[int]]) -> None:
    """Drop the journal's rows about this person; their change sets lose their sentence, and fall away when left empty."""
    journal, sets = TABLES["changes"], TABLES["change_sets"]
    touched: set[int] = set()
    for table, rows in owned.items():
        for row in rows:
            touched |= set(
                work.reader.column("SELECT change_set_id FROM changes WHERE table_name = ? AND row_id = ?", table, row)
            )
            work.execute(delete(journal).where(journal.c.table_name == table, journal.c.row_id == row))
    for change_set in touched:
        left = work.reader.value("SELECT 1 FROM changes WHERE change_set_id = ? LIMIT 1", change_set)
        values = {"label": "…"} if left else {"label": "", "state": "dropped"}
        work.execute(update(sets).where(sets.c.id == change_set).values(**values))
