"""How many customers pass a filter, and how many each further value of it would leave."""

from collections import Counter
from dataclasses import replace
from typing import NamedTuple

from soloflow.domain.process import derive
from soloflow.store import search
from soloflow.store.database import Reader
from soloflow.store.filters import Filter, Now, where
from soloflow.store.inside import Inside, Where, inside, passing
from soloflow.store.log import entries_of_many

COUNTED = 5_000
"""Of a search that finds more, the segments say no numbers."""


class Way(NamedTuple):
    """So many customers came in at one stage, got as far as another, and stand so."""

    entry_stage: int
    frontier: int
    standing: str
    customers: int


def by_way(reader: Reader) -> list[Way]:
    """Everybody who came into the funnel, by the way they took."""
    rows = reader.tuples(
        "SELECT entry_stage, frontier, standing, count(*) FROM prospect_states WHERE entry_stage IS NOT NULL"
        " GROUP BY entry_stage, frontier, standing"
    )
    ways = Counter({(entry, frontier, standing): customers for entry, frontier, standing, customers in rows})
    # Of who was erased only the log is left, and it goes on counting.
    erased = reader.column("SELECT id FROM prospects WHERE erased_us IS NOT NULL AND merged_into_id IS NULL")
    for entries in entries_of_many(reader, erased).values():
        if (position := derive(entries)) is not None:
            ways[position.entry_stage, position.frontier, position.standing.value] += 1
    return [Way(*way, customers) for way, customers in ways.items()]


def by_standing(reader: Reader, wanted: Filter, now: Now | None = None) -> tuple[dict[str, int], bool]:
    """(how many customers of each standing pass the filter, its own standing aside; whether there are more than counted)."""
    condition, capped = _of_states(reader, replace(wanted, standing=None), now)
    found = dict.fromkeys(("active", "nurture", "lost", "book"), 0)
    found.update(
        reader.tuples(
            f"SELECT s.standing, count(*) FROM prospect_states s WHERE 1{condition.also()} GROUP BY s.standing",
            *condition.parameters,
        ).fetchall()
    )
    return found, capped


def by_stage(reader: Reader, wanted: Filter, now: Now | None = None) -> dict[int, int]:
    """How many customers at each stage pass the filter, its own stages aside."""
    condition, _capped = _of_states(reader, replace(wanted, stages=()), now)
    found: dict[int, int] = {}
    for _standing, stage, count in reader.tuples(  # by both, as the index stands, so that nothing is sorted
        "SELECT s.standing, s.stage, count(*) FROM prospect_states s"
        f" WHERE s.stage IS NOT NULL{condition.also()} GROUP BY s.standing, s.stage",
        *condition.parameters,
    ):
        found[stage] = found.get(stage, 0) + count
    return found


def by_channel(reader: Reader, wanted: Filter, now: Now | None = None) -> dict[int, int]:
    """How many customers of each channel pass the filter, its own channels aside."""
    condition = _inside(reader, replace(wanted, channels=()), now)[0].on("p.id")
    return dict(
        reader.tuples(
            "SELECT p.channel_id, count(*) FROM prospects p"
            f" WHERE p.channel_id IS NOT NULL{condition.also()} GROUP BY p.channel_id",
            *condition.parameters,
        ).fetchall()
    )


def by_tag(reader: Reader, wanted: Filter, now: Now | None = None) -> dict[int, int]:
    """How many customers with each tag pass the filter with the tags it has."""
    condition = _inside(reader, wanted, now)[0].on("l.prospect_id")
    return dict(
        reader.tuples(
            f"SELECT l.tag_id, count(*) FROM prospect_tags l WHERE 1{condition.also()} GROUP BY l.tag_id",
            *condition.parameters,
        ).fetchall()
    )


def _of_states(reader: Reader, wanted: Filter, now: Now | None) -> tuple[Where, bool]:
    """The condition on `prospect_states s`, where everybody stands who counts; whether more are found than are counted."""
    if not wanted.text.strip() and not where(reader, wanted, now).sql:
        return Where(), False
    found, capped = _inside(reader, wanted, now)
    return found.on("s.prospect_id"), capped


def _inside(reader: Reader, wanted: Filter, now: Now | None) -> tuple[Inside, bool]:
    """Those who pass the filter and the search; whether more are found than are counted."""
    condition = where(reader, wanted, now)
    if not wanted.text.strip():
        return passing(reader, condition), False

    def found() -> tuple[Inside, bool]:
        hits = search.find(reader, wanted.text, COUNTED, condition)
        return inside(hits.ids), hits.capped

    return reader.kept(("found", wanted.text, condition), found)
