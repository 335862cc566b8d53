"""Some of the customers as one byte each, at the place of their id: what SQL asks a hundred thousand times without a join.

`substr(mask, id + 1, 1)` costs SQLite a tenth of a microsecond, a look into another table several. The masks of filters are
kept until something in the file changes, so that the next letter of a search pays nothing for the filter.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import compress

from soloflow.store.database import Reader

FEW = 2_500
"""So few are named one by one."""


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on `prospect_states s` with its parameters; empty for everybody."""

    sql: str = ""
    parameters: tuple[object, ...] = ()

    def also(self, before: str = " AND ") -> str:
        """The condition behind another one, or nothing."""
        return f"{before}{self.sql}" if self.sql else ""


@dataclass(frozen=True, slots=True)
class Inside:
    """Some customers."""

    mask: bytes
    count: int

    @property
    def share(self) -> float:
        """How many of all ids are theirs."""
        return self.count / max(1, len(self.mask))

    def ids(self) -> Iterator[int]:
        """Their ids, in order."""
        return compress(range(len(self.mask)), self.mask)

    def on(self, column: str) -> Where:
        """The condition that the id in a column is one of them."""
        if self.count <= FEW:
            return Where(f"{column} IN ({','.join(map(str, self.ids()))})")
        return self.masking(column)

    def masking(self, column: str) -> Where:
        """The same without naming them, for what walks another way and tests each id on it."""
        return Where(f"substr(?, {column} + 1, 1) = x'01'", (self.mask,))


def inside(ids: Collection[int]) -> Inside:
    """These customers; none comes twice."""
    return Inside(bytes(_mask(ids)), len(ids))


def _mask(ids: Collection[int]) -> bytearray:
    mask = bytearray(max(ids, default=0) + 1)
    for one in ids:
        mask[one] = 1
    return mask


def passing(reader: Reader, condition: Where) -> Inside:
    """Those who pass a condition; kept."""
    sql = f"SELECT s.prospect_id FROM prospect_states s WHERE 1{condition.also()}"
    return reader.kept(("inside", condition), lambda: inside(reader.column(sql, *condition.parameters)))


def note_passing(reader: Reader, condition: Where, ids: Collection[int]) -> None:
    """Keep who passes a condition, found out on the way to something else."""
    reader.kept(("inside", condition), lambda: inside(ids))


def reached(reader: Reader, kind: str) -> Where:
    """That somebody has a mail or a phone; their mask is kept, because it asks every contact."""
    assert kind in {"mail", "phone"}
    sql = (
        "SELECT c.prospect_id FROM contact_points x CROSS JOIN contacts c ON c.id = x.contact_id"
        f" WHERE x.kind = '{kind}'"
    )
    return _kept(reader, sql)


def noted_since(reader: Reader, start_us: int) -> Where:
    """That something was noted for somebody since an instant; a mask, because no order of a list knows of it."""
    return _kept(reader, f"SELECT prospect_id FROM prospect_states WHERE last_activity_us >= {start_us:d}")


def _kept(reader: Reader, sql: str) -> Where:
    mask = reader.kept(("mask", sql), lambda: bytes(_mask(reader.column(sql))))
    return Where("substr(?, s.prospect_id + 1, 1) = x'01'", (mask,))
