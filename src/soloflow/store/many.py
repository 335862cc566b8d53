"""What is asked of many customers at once, a block at a time, so that ten thousand cost tens of queries."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from soloflow.store.database import Reader

BLOCK = 500


def blocks(ids: Collection[int]) -> Iterator[list[int]]:
    """The ids, some hundred at a time."""
    rest = iter(ids)
    while block := list(islice(rest, BLOCK)):
        yield block


def _inside(ids: Sequence[int]) -> str:
    return ",".join(f"{one:d}" for one in ids)


def present(reader: Reader, ids: Sequence[int]) -> list[int]:
    """Those that are there and count, in this order."""
    found = set(
        reader.column(f"SELECT prospect_id FROM prospect_states WHERE prospect_id IN ({_inside(ids)})"),
    )
    return [one for one in ids if one in found]


def tag_links(reader: Reader, ids: Sequence[int], tags: Collection[int]) -> dict[tuple[int, int], int]:
    """The id of the link of each (prospect, tag) that there is."""
    return {
        (prospect, tag): link
        for link, prospect, tag in reader.tuples(
            f"SELECT id, prospect_id, tag_id FROM prospect_tags WHERE prospect_id IN ({_inside(ids)})"
            f" AND tag_id IN ({_inside(list(tags))})"
        )
    }


def open_plans(reader: Reader, ids: Sequence[int]) -> list[int]:
    """The follow-ups of these customers that are not done."""
    return reader.column(
        f"SELECT id FROM follow_ups WHERE done_us IS NULL AND prospect_id IN ({_inside(ids)}) ORDER BY id"
    )


def effective_entries(reader: Reader, ids: Sequence[int]) -> list[int]:
    """The entries of the log that count, of these customers and of those merged into them."""
    return reader.column(
        f"WITH RECURSIVE family(id) AS (SELECT id FROM prospects WHERE id IN ({_inside(ids)})"
        " UNION SELECT p.id FROM prospects p JOIN family f ON p.merged_into_id = f.id)"
        " SELECT t.id FROM family f CROSS JOIN effective_transitions t ON t.prospect_id = f.id"
    )


def tags_among(reader: Reader, ids: Sequence[int]) -> dict[int, int]:
    """How many of these customers have each tag."""
    return dict(
        reader.tuples(
            f"SELECT tag_id, count(*) FROM prospect_tags WHERE prospect_id IN ({_inside(ids)}) GROUP BY tag_id"
        ).fetchall()
    )
