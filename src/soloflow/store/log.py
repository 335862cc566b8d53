"""Reading the log of stage transitions: one prospect's entries, or everybody's for the numbers."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from soloflow.domain.process import Entry, Kind
from soloflow.store.database import Reader

_EVER = -(1 << 63)
_FAMILY = "WITH RECURSIVE family(id) AS (SELECT ? UNION SELECT p.id FROM prospects p JOIN family f ON p.merged_into_id = f.id)"


def entries_of(reader: Reader, prospect: int) -> list[Entry]:
    """The effective entries of a prospect and of those merged into it, in the order of (instant, id)."""
    rows = reader.tuples(
        f"{_FAMILY} SELECT kind, from_stage, to_stage, at_us, id, reason FROM effective_transitions"
        " WHERE prospect_id IN family ORDER BY at_us, id",
        prospect,
    )
    return [Entry(Kind(kind), *rest) for kind, *rest in rows]


def survivor(reader: Reader, prospect: int) -> int:
    """The prospect that this one was merged into, directly or through others, or itself."""
    found = prospect
    seen: set[int] = set()
    while found not in seen:
        seen.add(found)
        found = reader.value("SELECT coalesce(merged_into_id, id) FROM prospects WHERE id = ?", found) or found
    return found


def family(reader: Reader, prospect: int) -> list[int]:
    """A prospect and all that were merged into it."""
    return reader.column(f"{_FAMILY} SELECT id FROM family", prospect)


def has_entered(reader: Reader, prospect: int) -> bool:
    """Whether anything is in the log of a prospect or of those merged into it."""
    query = f"{_FAMILY} SELECT 1 FROM effective_transitions WHERE prospect_id IN family LIMIT 1"
    return reader.value(query, prospect) is not None


def latest_between(reader: Reader, prospect: int, start_us: int, end_us: int) -> int | None:
    """The instant of the last effective entry in [start, end), or None."""
    latest: int | None = reader.value(
        f"{_FAMILY} SELECT max(at_us) FROM effective_transitions WHERE prospect_id IN family AND at_us >= ? AND at_us < ?",
        prospect, start_us, end_us,
    )  # fmt: skip
    return latest


def all_entries(reader: Reader) -> Iterator[tuple[int, str, int | None, int | None, int, int, str | None]]:
    """(prospect, kind, from, to, at_us, seq, reason) of every effective entry; merged prospects read as the survivor."""
    into = survivors(reader)
    rows = reader.tuples(
        "SELECT t.prospect_id, t.kind, t.from_stage, t.to_stage, t.at_us, t.id, t.reason FROM stage_transitions t"
        " LEFT JOIN (SELECT voids_id, sum(CASE kind WHEN 'void' THEN 1 ELSE -1 END) AS voided FROM stage_transitions"
        " WHERE voids_id IS NOT NULL GROUP BY voids_id) v ON v.voids_id = t.id"
        " WHERE t.voids_id IS NULL AND coalesce(v.voided, 0) = 0 ORDER BY t.id"
    )
    if not into:
        return iter(rows)
    return ((into.get(row[0], row[0]), *row[1:]) for row in rows)


def survivors(reader: Reader) -> dict[int, int]:
    """The one that stays, of every prospect that was merged into another."""
    return last_of(merges(reader))


def merges(reader: Reader) -> dict[int, int]:
    """Into whom each merged prospect was merged, who may be merged themselves."""
    return dict(reader.tuples("SELECT id, merged_into_id FROM prospects WHERE merged_into_id IS NOT NULL").fetchall())


def last_of(into: Mapping[int, int]) -> dict[int, int]:
    """The end of each chain of merges; of a ring, which no merge makes, somebody in it."""
    resolved = {}
    for prospect, target in into.items():
        seen, last = {prospect}, target
        while last in into and last not in seen:
            seen.add(last)
            last = into[last]
        resolved[prospect] = last
    return resolved


def facts(reader: Reader) -> list[tuple[int, str | None, int | None, str | None]]:
    """(prospect, channel name, expected yen of its first deal, concrete source) of everybody, erased ones included."""
    return reader.tuples(
        "SELECT p.id, c.name, s.expected_yen, o.name FROM prospects p"
        " LEFT JOIN channels c ON c.id = p.channel_id LEFT JOIN sources o ON o.id = p.source_id"
        " LEFT JOIN prospect_states s ON s.prospect_id = p.id"
    ).fetchall()


def in_channel(reader: Reader, channel: int | None) -> frozenset[int]:
    """The prospects of a channel."""
    return frozenset(reader.column("SELECT id FROM prospects WHERE channel_id = ?", channel))


def tagged(reader: Reader, tag: int) -> frozenset[int]:
    """The prospects that carry a tag."""
    return frozenset(reader.column("SELECT prospect_id FROM prospect_tags WHERE tag_id = ?", tag))


def loss_reasons(reader: Reader) -> dict[int, tuple[tuple[int, str], ...]]:
    """Why each customer was lost, as `insights.log.Facts.losses`; merged ones under the one that stays."""
    into = survivors(reader)
    rows = reader.tuples(
        "SELECT prospect_id, at_us, coalesce(reason, '') FROM effective_transitions WHERE kind = 'lose' ORDER BY at_us, id"
    )
    found: dict[int, tuple[tuple[int, str], ...]] = {}
    alone: dict[str, tuple[tuple[int, str], ...]] = {}
    for prospect, at_us, reason in rows:
        customer = into.get(prospect, prospect)
        before = found.get(customer)
        if before is None:
            found[customer] = alone.setdefault(reason, ((_EVER, reason),))
        elif before[-1][1] != reason:
            found[customer] = (*before, (at_us, reason))
    return found


def meetup_costs(reader: Reader) -> dict[str, tuple[int | None, int | None]]:
    """(fees in yen, minutes spent) of the meetups by the name of their source: evenings of one name are one source.

    None where nothing is known of any of them.
    """
    rows = reader.tuples(
        "SELECT s.name, sum(m.fee_yen), sum(m.minutes) FROM meetups m"
        " JOIN (SELECT DISTINCT name, meetup_id FROM sources) s ON s.meetup_id = m.id GROUP BY s.name"
    )
    return {name: (fee, minutes) for name, fee, minutes in rows}


def meetup_costs_by_channel(reader: Reader) -> dict[str, tuple[int | None, int | None]]:
    """The same by the name of the channel: what all of its meetups took together, each counted once."""
    rows = reader.tuples(
        "SELECT c.name, sum(m.fee_yen), sum(m.minutes) FROM meetups m"
        " JOIN (SELECT DISTINCT channel_id, meetup_id FROM sources) s ON s.meetup_id = m.id"
        " JOIN channels c ON c.id = s.channel_id GROUP BY c.id"
    )
    return {name: (fee, minutes) for name, fee, minutes in rows}


def entries_of_many(reader: Reader, prospects: Collection[int]) -> dict[int, list[Entry]]:
    """`entries_of` for some hundred prospects at once; those without an entry are left out."""
    found: dict[int, list[Entry]] = defaultdict(list)
    inside = ",".join(f"{prospect:d}" for prospect in prospects)
    for top, kind, *rest in reader.tuples(
        f"WITH RECURSIVE family(id, top) AS (SELECT id, id FROM prospects WHERE id IN ({inside})"
        " UNION SELECT p.id, f.top FROM prospects p JOIN family f ON p.merged_into_id = f.id)"
        " SELECT f.top, t.kind, t.from_stage, t.to_stage, t.at_us, t.id, t.reason FROM family f"
        " CROSS JOIN effective_transitions t ON t.prospect_id = f.id ORDER BY t.at_us, t.id"
    ):
        found[top].append(Entry(Kind(kind), *rest))
    return found


def has_entries(reader: Reader) -> bool:
    """Whether anything in the log counts, whoever it is about."""
    return reader.value("SELECT 1 FROM effective_transitions LIMIT 1") is not None


def first_entry(reader: Reader) -> int | None:
    """The instant at which the first of all customers came into the funnel, erased ones included, or None."""
    first: int | None = reader.value(
        "SELECT min(at_us) FROM (SELECT min(entered_us) AS at_us FROM prospect_states UNION ALL SELECT t.at_us FROM prospects p"
        " CROSS JOIN effective_transitions t ON t.prospect_id = p.id WHERE p.erased_us IS NOT NULL)"
    )
    return first


def reasons(reader: Reader, since_us: int, until_us: int) -> dict[tuple[int, int], str | None]:
    """(customer, instant) → code of the reason, of every effective loss in [since, until); merged ones read as the survivor."""
    into = survivors(reader)
    rows = reader.tuples(
        "SELECT prospect_id, at_us, reason FROM effective_transitions WHERE kind = 'lose' AND at_us >= ? AND at_us < ? ORDER BY id",
        since_us, until_us,
    )  # fmt: skip
    return {(into.get(prospect, prospect), at_us): reason for prospect, at_us, reason in rows}
