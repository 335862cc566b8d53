"""The two mechanisms that make income steady, month by month: winning new customers, and the good circle of existing ones."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

import numpy as np

from soloflow.domain.stages import LAST, ORDER
from soloflow.insights.log import Ints, is_forward
from soloflow.insights.reduction import Reduced

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_REPEAT_ORDER: Final = 7
_RENEWAL: Final = 8


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month in the user's zone, and how many customers reached a step for the first time in it."""

    year: int
    month: int
    new_orders: int
    """First orders. Who came into the funnel beyond the order is no new customer of that month."""
    repeat_orders: int
    renewals: int
    referrals: int

    @property
    def existing(self) -> int:
        """What existing customers brought."""
        return self.repeat_orders + self.renewals + self.referrals


def monthly(reduced: Reduced, zone: tzinfo, count: int = 4) -> tuple[Month, ...]:
    """The last `count` months, oldest first; the last one is that of `as_of` and still running.

    A step counts where somebody was put at it; one that was skipped over does not, except the order itself.
    """
    starts = _month_starts(reduced.as_of_us, zone, count)
    edges = np.array([at for _year, _month, at in starts[1:]], dtype=np.int64)
    columns = [
        _per_month(reduced.first_us[arrived(reduced, k), k - 1], starts[0][2], edges)
        for k in (ORDER, _REPEAT_ORDER, _RENEWAL, LAST)
    ]
    return tuple(
        Month(year, month, *(int(column[i]) for column in columns)) for i, (year, month, _at) in enumerate(starts)
    )


def arrived(reduced: Reduced, k: int) -> Ints:
    """Rows of those who came in before stage k and were put at k itself when they first got so far.

    An order counts however it was reached, and as somebody's first step too.
    """
    if k == ORDER:
        return np.flatnonzero((reduced.entry_stage <= ORDER) & (reduced.frontier >= ORDER))
    used = reduced.used
    first = reduced.first_us[used.row, k - 1]
    here = is_forward(used.kind) & (used.to_stage == k) & (used.at_us == first) & (reduced.entry_stage[used.row] < k)
    return np.unique(used.row[here])


def _per_month(at_us: Ints, first_us: int, edges: Ints) -> Ints:
    inside = at_us[at_us >= first_us]
    return np.bincount(np.searchsorted(edges, inside, side="right"), minlength=len(edges) + 1)


def _month_starts(as_of_us: int, zone: tzinfo, count: int) -> list[tuple[int, int, int]]:
    local = (_EPOCH + timedelta(microseconds=as_of_us)).astimezone(zone)
    starts = []
    for back in range(count - 1, -1, -1):
        year, month0 = divmod(local.year * 12 + local.month - 1 - back, 12)
        start = datetime(year, month0 + 1, 1, tzinfo=zone)
        starts.append((year, month0 + 1, (start - _EPOCH) // _MICROSECOND))
    return starts
