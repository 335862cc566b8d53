"""What every way of publishing tells while it works, and what it hands back."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from soloflow.publish.plan import Plan

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Step:
    """One sign of life: files done of all (0 of 0 while that is unknown), and a line for the user."""

    done: int
    total: int
    text: str


@dataclass(frozen=True, slots=True)
class Published:
    """What was sent. `reference` is the commit for git, the folder otherwise; empty `plan` means nothing was sent."""

    plan: Plan
    reference: str


def run(steps: Generator[Step, None, Result], on_step: Callable[[Step], None]) -> Result:
    """Drive `steps` to the end; an exception from `on_step` (Cancelled) stops the work between two files.

    What was confirmed until then stays confirmed: the next run goes on from there.
    """
    try:
        while True:
            on_step(next(steps))
    except StopIteration as end:
        result: Result = end.value
        return result
    finally:
        steps.close()
