"""The tables that follow from the others: where each prospect stands, and under which words it is found.

`refresh` runs inside the transaction that changed the facts, so a reader never sees one without the other; `rebuild` makes
everything anew, and `differences` tells whether what is stored is what would be made.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from soloflow.domain.process import Entry, Kind, Position, derive
from soloflow.domain.text import company_key, name_key, phone_key, search_terms, shadow

CHUNK = 1_000
"""Prospects whose rows are made at once, which is also how often a long work is asked whether it shall go on."""
NOTE_LIMIT = 2_000
"""Characters of activities that are searched per prospect, newest first."""
_LATIN = "A-Za-z0-9Ａ-Ｚａ-ｚ０-９"
_SHORT_LATIN = re.compile(f"(?<![{_LATIN}])[{_LATIN}]{{2}}(?![{_LATIN}])")
"""AI, EC, DX: too short to be looked for inside other words, so they are found as words of their own."""

STATE_COLUMNS = (
    "prospect_id", "standing", "stage", "frontier", "entry_stage", "entered_us", "since_us", "standing_us", "reason",
    "next_id", "next_on", "expected_yen", "answered", "last_activity_us", "sort_key", "met_us",
)  # fmt: skip


@dataclass(slots=True)
class _Facts:
    """Everything of one prospect that its derived rows rest on."""

    name: str
    kana: str
    is_person: bool
    memo: str
    website: str
    gone: bool
    entries: list[Entry] = field(default_factory=list)
    contacts: list[tuple[str, ...]] = field(default_factory=list)
    points: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """Words of next steps, deals and answers."""
    next_plan: tuple[int, str] | None = None
    expected_yen: int | None = None
    answered: int = 0
    last_activity_us: int | None = None
    met_us: int | None = None


def refresh(connection: sqlite3.Connection, prospects: Iterable[int], step: Callable[[], None] | None = None) -> None:
    """Renew the derived rows of these prospects, and of those they were merged into; `step` is called between portions."""
    ids = sorted(_with_survivors(connection, set(prospects)))
    for chunk in _chunks(ids):
        if step is not None:
            step()
        _refresh_chunk(connection, chunk)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make every derived row anew."""
    for table in ("prospect_states", "search_terms", "search_texts"):
        connection.execute(f"DELETE FROM {table}")
    refresh(connection, [row[0] for row in connection.execute("SELECT id FROM prospects")])


def differences(connection: sqlite3.Connection) -> list[int]:
    """The prospects whose stored standing, search words or text are not what follows from the facts."""
    ids = {row[0] for row in connection.execute("SELECT id FROM prospects")}
    ids |= {
        row[0]
        for row in connection.execute("SELECT prospect_id FROM search_terms UNION SELECT rowid FROM search_texts")
    }
    wrong = []
    for chunk in _chunks(sorted(ids)):
        expected = {
            prospect: (_state_row(prospect, facts), frozenset(_terms(facts)), _search_text(facts))
            for prospect, facts in _gather(connection, chunk).items()
            if not facts.gone
        }
        stored = _stored(connection, chunk)
        wrong += [prospect for prospect in chunk if stored.get(prospect) != expected.get(prospect)]
    return wrong


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def _stored(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[object, frozenset[str], object]]:
    """(state, terms, text) as they stand in the derived tables, of everybody who has any of them."""
    inside = ",".join(map(str, ids))
    columns = ", ".join(STATE_COLUMNS)
    states = {
        row[0]: tuple(row)
        for row in connection.execute(f"SELECT {columns} FROM prospect_states WHERE prospect_id IN ({inside})")
    }
    texts = dict(connection.execute(f"SELECT rowid, text FROM search_texts WHERE rowid IN ({inside})").fetchall())
    terms: dict[int, set[str]] = defaultdict(set)
    for term, prospect in connection.execute(
        f"SELECT term, prospect_id FROM search_terms WHERE prospect_id IN ({inside})"
    ):
        terms[prospect].add(term)
    return {
        prospect: (states.get(prospect), frozenset(terms[prospect]), texts.get(prospect))
        for prospect in {*states, *texts, *terms}
    }


def _with_survivors(connection: sqlite3.Connection, ids: set[int]) -> set[int]:
    if connection.execute("SELECT 1 FROM prospects WHERE merged_into_id IS NOT NULL LIMIT 1").fetchone() is None:
        return ids
    found = set(ids)
    for prospect in ids:
        found.add(survivor(connection, prospect))
    return found


def survivor(connection: sqlite3.Connection, prospect: int) -> int:
    """The prospect that this one was merged into, or itself."""
    seen = {prospect}
    while True:
        row = connection.execute("SELECT merged_into_id FROM prospects WHERE id = ?", (prospect,)).fetchone()
        if row is None or row[0] is None or row[0] in seen:
            return prospect
        prospect = row[0]
        seen.add(prospect)


def _refresh_chunk(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    inside = ",".join(map(str, ids))
    connection.execute(f"DELETE FROM prospect_states WHERE prospect_id IN ({inside})")
    connection.execute(f"DELETE FROM search_terms WHERE prospect_id IN ({inside})")
    connection.execute(f"DELETE FROM search_texts WHERE rowid IN ({inside})")
    present = {prospect: facts for prospect, facts in _gather(connection, ids).items() if not facts.gone}
    marks = ",".join("?" * len(STATE_COLUMNS))
    connection.executemany(
        f"INSERT INTO prospect_states ({', '.join(STATE_COLUMNS)}) VALUES ({marks})",
        [_state_row(prospect, facts) for prospect, facts in present.items()],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO search_terms (term, prospect_id) VALUES (?, ?)",
        sorted((term, prospect) for prospect, facts in present.items() for term in _terms(facts)),
    )
    connection.executemany(
        "INSERT INTO search_texts (rowid, text) VALUES (?, ?)",
        ((prospect, _search_text(facts)) for prospect, facts in present.items()),
    )


def _state_row(prospect: int, facts: _Facts) -> tuple[object, ...]:
    position: Position | None = derive(facts.entries)
    where: tuple[object, ...] = ("book", None, None, None, None, None, None, None)
    if position is not None:
        where = (
            position.standing.value, position.stage, position.frontier, position.entry_stage, position.entered_us,
            position.since_us, position.standing_us, position.reason,
        )  # fmt: skip
    plan = facts.next_plan or (None, None)
    return (
        prospect, *where, *plan, facts.expected_yen, facts.answered, facts.last_activity_us, _sort_key(facts), facts.met_us
    )  # fmt: skip


def _sort_key(facts: _Facts) -> str:
    """By sound where the kana is known; a company without its form, so that not everything stands under 株."""
    if not facts.is_person:
        return name_key(facts.kana) or company_key(facts.name)
    return name_key(facts.kana or next((kana for _n, _f, _g, kana, *_ in facts.contacts if kana), "") or facts.name)


def _terms(facts: _Facts) -> Iterator[str]:
    mails = [value for kind, value in facts.points if kind == "mail"]
    phones = [value for kind, value in facts.points if kind == "phone"]
    yield from search_terms(
        name=facts.name if facts.is_person else "", company="" if facts.is_person else facts.name, kana=facts.kana,
        emails=mails, phones=phones, tags=facts.tags,
    )  # fmt: skip
    for name, family, given, kana, *_rest in facts.contacts:
        yield from search_terms(name=name, family=family, given=given, kana=kana)
    about = (word for _name, _family, _given, _kana, *words in facts.contacts for word in words)
    for words in (facts.memo, *about, *facts.said, _notes(facts)):
        yield from map(name_key, _SHORT_LATIN.findall(words))


def _notes(facts: _Facts) -> str:
    return "\n".join(facts.notes)[:NOTE_LIMIT]


def _search_text(facts: _Facts) -> str:
    """Everything that is searched, one line each; a line break also ends it, so that every two characters begin a trigram."""
    words = [facts.name, facts.kana, facts.memo, facts.website, *facts.tags]
    words += [word for contact in facts.contacts for word in contact]
    words += [phone_key(value) if kind == "phone" else value for kind, value in facts.points]
    words += [*facts.said, _notes(facts)]
    return "".join(f"{name_key(word) if len(word) < 40 else shadow(word)}\n" for word in dict.fromkeys(words) if word)


def _gather(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, _Facts]:
    inside = ",".join(map(str, ids))
    facts = {
        row[0]: _Facts(row[1], row[2], bool(row[3]), row[4], row[5], row[6] is not None or row[7] is not None)
        for row in connection.execute(
            "SELECT id, name, kana, is_person, memo, website, coalesce(deleted_us, erased_us), merged_into_id"
            f" FROM prospects WHERE id IN ({inside})"
        )
    }
    owners = {prospect: prospect for prospect in facts} | _merged(connection, inside)
    family = ",".join(map(str, owners))
    _gather_log(connection, family, owners, facts)
    _gather_people(connection, inside, facts)
    _gather_work(connection, inside, facts)
    return facts


def _merged(connection: sqlite3.Connection, inside: str) -> dict[int, int]:
    """Every prospect merged into one of `inside` (directly or through others), with that survivor."""
    return dict(
        connection.execute(
            f"WITH RECURSIVE merged(id, survivor) AS (SELECT id, merged_into_id FROM prospects WHERE merged_into_id IN ({inside})"
            " UNION SELECT p.id, m.survivor FROM prospects p JOIN merged m ON p.merged_into_id = m.id)"
            " SELECT id, survivor FROM merged"
        ).fetchall()
    )


def _gather_log(connection: sqlite3.Connection, inside: str, owners: dict[int, int], facts: dict[int, _Facts]) -> None:
    voided = {
        row[0]
        for row in connection.execute(
            "SELECT voids_id FROM stage_transitions WHERE voids_id IS NOT NULL"
            f" AND prospect_id IN ({inside}) GROUP BY voids_id"
            " HAVING sum(CASE kind WHEN 'void' THEN 1 ELSE -1 END) > 0"
        )
    }
    for entry_id, prospect, kind, from_stage, to_stage, at_us, reason in connection.execute(
        "SELECT id, prospect_id, kind, from_stage, to_stage, at_us, reason FROM stage_transitions"
        f" WHERE voids_id IS NULL AND prospect_id IN ({inside})"
    ):
        if entry_id not in voided:
            facts[owners[prospect]].entries.append(Entry(Kind(kind), from_stage, to_stage, at_us, entry_id, reason))


def _gather_people(connection: sqlite3.Connection, inside: str, facts: dict[int, _Facts]) -> None:
    for prospect, *contact in connection.execute(
        "SELECT prospect_id, name, family, given, kana, department, title, note FROM contacts"
        f" WHERE prospect_id IN ({inside}) ORDER BY position, id"
    ):
        facts[prospect].contacts.append(tuple(contact))
    for prospect, kind, value in connection.execute(
        "SELECT c.prospect_id, p.kind, p.value FROM contact_points p JOIN contacts c ON c.id = p.contact_id"
        f" WHERE c.prospect_id IN ({inside}) ORDER BY p.id"
    ):
        facts[prospect].points.append((kind, value))
    for prospect, tag in connection.execute(
        f"SELECT l.prospect_id, t.name FROM prospect_tags l JOIN tags t ON t.id = l.tag_id WHERE l.prospect_id IN ({inside})"
        " ORDER BY t.id"
    ):
        facts[prospect].tags.append(tag)


def _gather_work(connection: sqlite3.Connection, inside: str, facts: dict[int, _Facts]) -> None:
    plans: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    for prospect, plan, due_on, due_time, text in connection.execute(
        "SELECT prospect_id, id, due_on, due_time, text FROM follow_ups"
        f" WHERE done_us IS NULL AND prospect_id IN ({inside}) ORDER BY id"
    ):
        plans[prospect].append((due_on, due_time or "99", plan))
        facts[prospect].said.append(text)
    for prospect, open_plans in plans.items():
        due_on, _time, plan = min(open_plans)
        facts[prospect].next_plan = (plan, due_on)
    for prospect, expected, agreed, *words in connection.execute(
        "SELECT prospect_id, expected_yen, agreed_yen, name, note FROM deals"
        f" WHERE prospect_id IN ({inside}) ORDER BY id DESC"
    ):
        facts[prospect].expected_yen = agreed if expected is None else expected
        facts[prospect].said += words
    for prospect, text in connection.execute(
        f"SELECT prospect_id, text FROM answers WHERE text <> '' AND prospect_id IN ({inside}) ORDER BY question"
    ):
        facts[prospect].answered += 1
        facts[prospect].said.append(text)
    for prospect, at_us, kind, text, detail in connection.execute(
        f"SELECT prospect_id, at_us, kind, text, detail FROM activities WHERE prospect_id IN ({inside}) ORDER BY at_us DESC, id DESC"
    ):
        found = facts[prospect]
        found.last_activity_us = max(at_us, found.last_activity_us or at_us)
        found.notes += [words for words in (text, detail) if words]
        if kind in ("meetup", "card"):
            found.met_us = at_us
