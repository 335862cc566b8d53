"""Why they left: the reasons of those lost at a step, counted, and how sure it is which one is the most frequent."""

from collections import Counter
from collections.abc import Sequence

from soloflow.domain.stages import FIRST, LAST
from soloflow.insights.beta import Beta, prob_lowest
from soloflow.insights.log import Log
from soloflow.insights.reduction import LOST, Reduced, stage_records


def reasons_by_step(log: Log, reduced: Reduced) -> dict[int, Counter[str]]:
    """Lost prospects by the code of their reason, for each step 1 to 8; "" where none was given."""
    found = {}
    for stage in range(FIRST, LAST):
        records = stage_records(reduced, stage)
        rows = records.row[records.outcome == LOST]
        found[stage] = Counter(log.facts[one].loss_reason(reduced.as_of_us) for one in reduced.prospect[rows])
    return found


def prob_most_frequent(counts: Sequence[int]) -> tuple[float, ...]:
    """For each, the probability that its true share is the highest: shares of Beta(1 + count, 1 + the others), as if independent."""
    total = sum(counts)
    return prob_lowest([Beta(1.0 + total - count, 1.0 + count) for count in counts])
