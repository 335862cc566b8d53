"""What every service needs: the store, the clock, the user's zone and settings, in one small value."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from soloflow.domain.errors import Cancelled
from soloflow.store.database import Store

T = TypeVar("T")


class Progress(Protocol):
    """What a long service tells while it works, and asks whether to go on."""

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        """Say how far the work is; total None while unknown."""

    def check(self) -> None:
        """Return, or raise Cancelled when the user stopped the job."""


class Silent:
    """Progress that nobody watches."""

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        """Say nothing."""

    def check(self) -> None:
        """Never cancel."""


def watched(found: Iterable[T], progress: Progress, every: int = 500) -> Iterator[T]:
    """The same things, asking now and then whether to go on.

    :raises Cancelled: when the user stopped it.
    """
    for number, one in enumerate(found):
        if number % every == 0:
            progress.check()
        yield one


@dataclass(frozen=True, slots=True)
class Workspace:
    """One open profile. Service functions take it as their first argument."""

    store: Store
    folder: Path
    """The profile's folder: database, settings, backups, site releases."""
    clock: Callable[[], datetime]
    """Now, as an aware instant."""
    zone: ZoneInfo

    def now(self) -> datetime:
        """This instant in the user's zone."""
        return self.clock().astimezone(self.zone)

    def today(self) -> date:
        """The user's calendar day."""
        return self.now().date()

    def now_us(self) -> int:
        """This instant in microseconds since 1970 UTC."""
        return instant_us(self.clock())

    def start_of_day_us(self, day: date) -> int:
        """The first instant of a calendar day in the user's zone."""
        return instant_us(datetime.combine(day, time(), self.zone))


def instant_us(moment: datetime) -> int:
    """Exact microseconds since 1970 UTC of an aware instant."""
    seconds = int(moment.timestamp() // 1)
    return seconds * 1_000_000 + moment.microsecond


__all__ = ["Cancelled", "Progress", "Silent", "Workspace", "instant_us", "watched"]
