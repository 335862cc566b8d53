"""The words of 分析: what stands under the verdict and beside it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from soloflow.services.in_short import chances, few_sentence, figures, lines, percent
from soloflow.services.numbers import Overview

if TYPE_CHECKING:  # loads numpy, which is imported with the first figures
    from soloflow.services.funnel_words import StageRow, Who

__all__ = ["NOTHING", "ListLink", "benchmark", "chances", "few_sentence", "figures", "lines", "links", "percent"]

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class ListLink:
    """A way to the customers behind a count."""

    who: "Who"
    count: int


def links(shown: Overview) -> list[ListLink]:
    """Those lost at the step in question, those lost where most are, and those whose outcome would tell."""
    from soloflow.services.causes import step_in_question
    from soloflow.services.funnel_words import LOST, OPEN, Who

    steps, ranking = shown.numbers.stages, shown.numbers.leak.ranking
    asked = step_in_question(shown)
    wanted = [(asked, LOST)]
    if ranking.most_lost_stage is not None and ranking.most_lost_stage != asked:
        wanted.append((ranking.most_lost_stage, LOST))
    if ranking.verdict.stage is None:
        wanted.append((asked, OPEN))
    found = [ListLink(Who(k, how), steps[k - 1].lost if how == LOST else steps[k - 1].open) for k, how in wanted]
    return [link for link in found if link.count]


def benchmark(row: "StageRow") -> str:
    """What the rate is compared with, for the table."""
    return row.benchmark_text or NOTHING
