"""Profiles for tests: one database is made per session, every test gets a copy of it in milliseconds."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from soloflow.domain.candidates import Candidate, Phone
from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME, open_store

TOKYO = ZoneInfo("Asia/Tokyo")
NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
"""Saturday noon in Tokyo."""


@dataclass
class Clock:
    """Time that stands still until the test moves it."""

    now: datetime = field(default=NOON)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh database, closed; never written to."""
    path = tmp_path_factory.mktemp("template") / FILE_NAME
    open_store(path).close()
    return path


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Path:
    """The path of a fresh database that nobody has open."""
    return Path(shutil.copy(template, tmp_path / FILE_NAME))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ws(database: Path, clock: Clock) -> Iterator[Workspace]:
    """An open, empty profile in Tokyo at NOON."""
    opened = open_workspace(database, clock)
    yield opened
    opened.store.close()


def open_workspace(path: Path, clock: Callable[[], datetime] = lambda: NOON) -> Workspace:
    """A workspace over the database at `path`."""
    return Workspace(open_store(path), path.parent, clock, TOKYO)


def person(name: str = "山田 太郎", company: str = "", **more: object) -> Candidate:
    """Somebody with a name, and a company where one is given."""
    family, _space, given = name.partition(" ")
    return Candidate(name=name, family=family, given=given, company=company, **more)  # type: ignore[arg-type]


def reachable(name: str, company: str, number: int) -> Candidate:
    """Somebody with mail and phone of their own."""
    return person(
        name, company, emails=(f"user{number}@example.jp",), phones=(Phone(f"090-0000-{number:04}", "mobile"),)
    )
