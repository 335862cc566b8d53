"""Erasing a person for good: out of the tables, out of the journal; the anonymous log stays."""

import json
from collections.abc import Sequence

from soloflow.store.unit_of_work import TABLES, UnitOfWork


def erase(work: UnitOfWork, prospect: int, personal_tables: Sequence[str]) -> None:
    """Remove every trace of who a prospect was; only its id, its stages and their dates remain."""
    from sqlalchemy import delete, update

    reader = work.reader
    contacts = set(reader.ids("contacts", prospect_id=prospect))
    owned: dict[str, set[int]] = {"prospects": {prospect}, "contacts": contacts}
    owned["contact_points"] = {row for contact in contacts for row in reader.ids("contact_points", contact_id=contact)}
    for table in personal_tables:
        owned[table] = set(reader.ids(table, prospect_id=prospect))
    _collect_from_journal(work, prospect, owned, personal_tables)
    for table, rows in owned.items():
        for row in rows:
            journal = TABLES["changes"]
            work.execute(
                update(journal)
                .where(journal.c.table_name == table, journal.c.row_id == row)
                .values(before=None, after=None)
            )
    for table in (*personal_tables, "contact_points", "contacts"):
        for row in owned[table]:
            work.execute(delete(TABLES[table]).where(TABLES[table].c.id == row))
    people = TABLES["prospects"]
    work.execute(
        update(people)
        .where(people.c.id == prospect)
        .values(
            name="", kana="", website="", memo="", channel_id=people.c.channel_id, referrer_id=None, erased_us=work.now_us,
            is_person=True,
        )
    )  # fmt: skip
    _forget_labels(work, owned)
    work.touch("prospects", {"id": prospect})


def _collect_from_journal(work: UnitOfWork, prospect: int, owned: dict[str, set[int]], tables: Sequence[str]) -> None:
    """Rows that are gone from their table, but whose images the journal still holds."""
    names = (*tables, "contacts")
    for table, row_id, before, after in work.reader.tuples(
        f"SELECT table_name, row_id, before, after FROM changes WHERE table_name IN ({','.join('?' * len(names))})",
        *names,
    ).fetchall():
        if any(json.loads(image).get("prospect_id") == prospect for image in (before, after) if image):
            owned[table].add(row_id)
    for row_id, before, after in work.reader.tuples(
        "SELECT row_id, before, after FROM changes WHERE table_name = 'contact_points'"
    ).fetchall():
        if any(json.loads(image).get("contact_id") in owned["contacts"] for image in (before, after) if image):
            owned["contact_points"].add(row_id)


def _forget_labels(work: UnitOfWork, owned: dict[str, set[int]]) -> None:
    """The sentences of the undo list name people; those of this person's change sets are emptied."""
    from sqlalchemy import update

    sets = TABLES["change_sets"]
    for table, rows in owned.items():
        for row in rows:
            for change_set in work.reader.column(
                "SELECT DISTINCT change_set_id FROM changes WHERE table_name = ? AND row_id = ?", table, row
            ):
                work.execute(update(sets).where(sets.c.id == change_set).values(label=""))
    for change_set in work.reader.column(
        "SELECT DISTINCT c.change_set_id FROM changes c JOIN stage_transitions t ON t.id = c.row_id"
        " WHERE c.table_name = 'stage_transitions' AND t.prospect_id IN"
        f" ({','.join(map(str, owned['prospects']))})"
    ):
        work.execute(update(sets).where(sets.c.id == change_set).values(label=""))
