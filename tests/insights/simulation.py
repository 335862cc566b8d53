"""Repeats the study behind the figures: a process whose true rates are known, watched for two years, many times over.

    python tests/insights/simulation.py [RUNS]     # writes docs/simulation.md (2,000 runs unless given, a minute or two)

Everybody enters at stage 1 at a random moment of 24 months. At each step it is drawn whether they go on at all, and, apart from that,
how long the decision takes (log-normal, median 20 to 45 days); who does not go on is lost then, or (a fifth of them) never says so and
stays open. The truth is the share that goes on within 365 days of coming to the step.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.random import Generator

from soloflow.insights.change import IMPROVED, Question, change
from soloflow.insights.estimate import Within, curve, within
from soloflow.insights.leak import StageEvidence, ranked
from soloflow.insights.log import DAY_US, Log, log_from_rows
from soloflow.insights.reduction import ADVANCED, LOST, reduce_log, stage_records

SIZES = (20, 60, 200)
GOES_ON = (0.50, 0.55, 0.50, 0.45)
MEDIAN_DAYS = (20.0, 25.0, 30.0, 45.0)
SPREAD = 0.8
SILENT = 0.2
"""Of those who do not go on, so many never say so."""
MONTHS_24 = 730
HORIZON = 365
STEPS = range(1, 5)


LEAST, MOST, CALLED = 0.93, 0.97, 0.07
"""What is promised from 60 prospects on: how often intervals hold the truth, how rarely a change that changed nothing is praised."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one size gave: shares of runs, and mean errors in points."""

    size: int
    covered_by_step: tuple[float, ...]
    """The interval holds the truth, for each of the four steps to the order; runs in which anything is known of the step."""
    covered: float
    """The same over all steps."""
    error: float
    """Mean of the estimate minus the truth, in points."""
    decided_error: float
    decided_covered: float
    naive_error: float
    naive_covered: float
    improved: float
    """Changes that changed nothing and were called an improvement on their decision date."""
    named: float
    """The step with the lowest rate is named, as 確か or たぶん …"""
    named_wrongly: float
    """… and it is another one."""
    most_lost_is_worst: float
    """The step at which most are lost by count is the one with the lowest rate."""


def broken_promises(found: Coverage, *, slack: float = 0.0) -> list[str]:
    """What one size did not keep; `slack` allows for chance where there are few runs."""
    shares = (found.covered, *found.covered_by_step) if not slack else (found.covered,)
    broken = [f"{share:.1%} covered" for share in shares if not LEAST - slack <= share <= MOST + slack]
    if found.improved > CALLED + slack:
        broken.append(f"{found.improved:.1%} called an improvement")
    return broken


def one_log(random: Generator, size: int, days: float = MONTHS_24) -> Log:
    """The log of one user as of the end."""
    rows, seq = [], 0
    for prospect in range(size):
        at = random.uniform(0, days)
        rows.append((prospect, "enter", None, 1, round(at * DAY_US), seq))
        for k in STEPS:
            seq += 1
            at += random.lognormal(np.log(MEDIAN_DAYS[k - 1]), SPREAD)
            goes_on, is_silent = random.random() < GOES_ON[k - 1], random.random() < SILENT
            if at > days or (not goes_on and is_silent):
                break
            kind, to = ("advance", k + 1) if goes_on else ("lose", None)
            rows.append((prospect, kind, k, to, round(at * DAY_US), seq))
            if not goes_on:
                break
    return log_from_rows(rows)


def truth(k: int) -> float:
    """The true share that goes from step k within the horizon."""
    from statistics import NormalDist

    return GOES_ON[k - 1] * NormalDist().cdf(np.log(HORIZON / MEDIAN_DAYS[k - 1]) / SPREAD)


def study(size: int, runs: int, seed: int = 1) -> Coverage:
    """Many users of one size."""
    random = np.random.default_rng([seed, size])
    true = [truth(k) for k in STEPS]
    steps: list[list[_Step]] = [[] for _ in STEPS]
    verdicts, most = [], []
    for _run in range(runs):
        reduced = reduce_log(one_log(random, size), MONTHS_24 * DAY_US)
        evidence = []
        for k in STEPS:
            records = stage_records(reduced, k)
            found = within(curve(records), HORIZON)
            advanced, lost = records.count(ADVANCED), records.count(LOST)
            evidence.append(StageEvidence(k, found, advanced, lost))
            if found.advance is not None and found.n_eff:
                steps[k - 1].append(_step(found, advanced, lost, true[k - 1]))
        ranking = ranked(evidence)
        verdicts.append(ranking.verdict.stage)
        most.append(ranking.most_lost_stage)
    worst = 1 + int(np.argmin(true))
    every = [one for step in steps for one in step]
    decided = [one for one in every if one.decided_error is not None]
    return Coverage(
        size=size,
        covered_by_step=tuple(float(np.mean([one.covered for one in step])) for step in steps),
        covered=float(np.mean([one.covered for one in every])),
        error=100 * float(np.mean([one.error for one in every])),
        decided_error=100 * float(np.mean([one.decided_error for one in decided])),
        decided_covered=float(np.mean([one.decided_covered for one in decided])),
        naive_error=100 * float(np.mean([one.naive_error for one in every])),
        naive_covered=float(np.mean([one.naive_covered for one in every])),
        improved=_called_improved(random, size, runs),
        named=float(np.mean([stage is not None for stage in verdicts])),
        named_wrongly=float(np.mean([stage not in (None, worst) for stage in verdicts])),
        most_lost_is_worst=float(np.mean([stage == worst for stage in most])),
    )


@dataclass(frozen=True, slots=True)
class _Step:
    covered: bool
    error: float
    decided_error: float | None
    decided_covered: bool
    naive_error: float
    naive_covered: bool


def _step(found: Within, advanced: int, lost: int, true: float) -> _Step:
    assert found.advance is not None
    decided = advanced + lost
    share, plain = advanced / decided if decided else None, advanced / found.n
    return _Step(
        found.lo <= true <= found.hi, found.advance - true, None if share is None else share - true,
        share is not None and _wald_holds(share, decided, true), plain - true, _wald_holds(plain, found.n, true),
    )  # fmt: skip


def _wald_holds(share: float, n: int, true: float) -> bool:
    """Whether the interval of textbooks, share ± 1.96 standard errors, holds the truth."""
    return abs(share - true) <= 1.96 * float(np.sqrt(share * (1 - share) / n))


def _called_improved(random: Generator, size: int, runs: int) -> float:
    """A change at the middle that changes nothing, judged once at the end."""
    called = []
    for _run in range(runs):
        log = one_log(random, size)
        now = reduce_log(log, MONTHS_24 * DAY_US)
        found = change(log, now, Question(MONTHS_24 // 2 * DAY_US, 1))
        if found is not None:
            called.append(found.words(is_due=True) == IMPROVED)
    return float(np.mean(called)) if called else 0.0


def as_page(found: list[Coverage], runs: int) -> str:
    """The tables for docs/."""
    lines = [
        "# Do the intervals hold what they promise?",
        "",
        f"Made by `python tests/insights/simulation.py {runs}`: {runs:,} simulated users of each size, true rates known, the steps to the",
        "order. How the users are drawn stands at the head of that file.",
        "",
        "| prospects in 24 months | interval holds the truth | at steps 1 / 2 / 3 / 4 | the rate is off by | no change called 改善 |",
        "|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {one.size} | {100 * one.covered:.1f} % | {' / '.join(f'{100 * share:.1f}' for share in one.covered_by_step)} |"
        f" {one.error:+.1f} points | {100 * one.improved:.1f} % |"
        for one in found
    ]
    lines += [
        "",
        f"Promised are {100 * LEAST:.0f}–{100 * MOST:.0f} % from 60 prospects on, and at most {100 * CALLED:.0f} % of changes that changed nothing called an improvement. Where a",
        "handful reach a step (20 prospects, step 4) an interval that promises at least 95 % must hold more.",
        "",
        "The same users by the two usual ways, with the interval of textbooks. “Decided only” divides those who went on by those who went",
        "on or left; the plain share divides by everybody who came.",
        "",
        "| prospects in 24 months | decided only is off by | its interval holds | plain share is off by | its interval holds |",
        "|---:|---:|---:|---:|---:|",
    ]  # fmt: skip
    lines += [
        f"| {one.size} | {one.decided_error:+.1f} points | {100 * one.decided_covered:.1f} % | {one.naive_error:+.1f} points |"
        f" {100 * one.naive_covered:.1f} % |"
        for one in found
    ]
    lines += [
        "",
        f"The true rates lie close together ({', '.join(f'{100 * truth(k):.0f} %' for k in STEPS)}), so the step with the lowest one is seldom named, and rarely wrongly:",
        "",
        "| prospects in 24 months | a step is named (確か, たぶん) | a wrong one | most lost by count is the lowest rate |",
        "|---:|---:|---:|---:|",
    ]  # fmt: skip
    lines += [
        f"| {one.size} | {100 * one.named:.1f} % | {100 * one.named_wrongly:.1f} % | {100 * one.most_lost_is_worst:.1f} % |"
        for one in found
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    page = as_page([study(size, count) for size in SIZES], count)
    (Path(__file__).parents[2] / "docs" / "simulation.md").write_text(page, encoding="utf-8")
    sys.stdout.write(page)
