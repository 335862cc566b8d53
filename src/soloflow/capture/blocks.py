"""Bringing together what could be a pair, without comparing everybody with everybody."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations
from typing import Literal, Protocol, TypeAlias, TypeVar

Certainty: TypeAlias = Literal["sure", "likely", "possible"]
CERTAINTIES: tuple[Certainty, ...] = ("sure", "likely", "possible")
Verdict: TypeAlias = tuple[Certainty, tuple[str, ...]]
"""How certain, and the codes of the reasons, the strongest first."""
Step: TypeAlias = Callable[[], None]
"""Called for everything that is looked at, so that long work can be watched; what it raises ends it."""

FEW = 12
"""Up to so many members, everybody of a block is compared with everybody."""


class Known(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> int: ...


T = TypeVar("T", bound=Known)
K = TypeVar("K", bound=Hashable)


def blocks_of(signed: Iterable[tuple[K, T]], step: Step) -> dict[K, list[T]]:
    """Whoever stands under one key together; those who stand alone are left out."""
    found: defaultdict[K, list[T]] = defaultdict(list)
    for key, one in signed:
        step()
        found[key].append(one)
    return {key: block for key, block in found.items() if len(block) > 1}


def meet(
    block: Sequence[T],
    met: set[tuple[int, int]],
    split: Callable[[T], Hashable | None] | None = None,
    *,
    few: int = FEW,
) -> None:
    """Everybody with everybody where they are few; else within those of one second key, or with the first of them."""
    if len(block) > few and split is not None:
        parts: defaultdict[Hashable, list[T]] = defaultdict(list)
        for one in block:
            parts[split(one)].append(one)
        parts.pop(None, None)
        for part in parts.values():
            meet(part, met)
        return
    pairs = combinations(block, 2) if len(block) <= FEW else ((block[0], other) for other in block[1:])
    met.update(ordered(one.id, other.id) for one, other in pairs if one.id != other.id)


def ordered(first: int, second: int) -> tuple[int, int]:
    return (first, second) if first < second else (second, first)
