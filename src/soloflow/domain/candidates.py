"""A person read from something brought in, before anything is written."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as written, with what it is: mobile, direct, company, fax or other."""

    number: str
    kind: str = "other"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person of a file or of a typed line. Empty text and empty tuples mean "not given"."""

    name: str = ""
    """Family and given name with one half-width space; as written where it cannot be split."""
    family: str = ""
    given: str = ""
    kana: str = ""
    """Full-width katakana in the same form as `name`."""
    company: str = ""
    department: str = ""
    title: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()
    urls: tuple[str, ...] = ()
    address: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    met_on: tuple[date, ...] = ()
    handle: str = ""
    """What they are called where no real name is asked for: the user name on connpass."""
    attended: bool | None = None
    """Whether they were at the event of which the file is a list; None where it says nothing about that."""
    line: int = 0
    """First row (1-based) of the file, or line of BEGIN."""
    also: tuple[int, ...] = ()
    """The other rows of the file that were this person as well."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of the file that could not be read as it stands; the rest was."""

    line: int
    field: str
    message: str
    is_mended: bool = False
    """Whether it was put right while reading, so that nothing is asked."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. `rows` counts data rows or cards; sure duplicates within the file are already one candidate."""

    kind: str
    """Code of the recognised shape, such as "eight", "google", "vcard"."""
    encoding: str
    rows: int
    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...] = field(default=())
    unread: int = 0
    """Rows that gave nobody: broken, or without a name and any way to reach somebody."""
