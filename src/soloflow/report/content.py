"""What a report says, in the order in which it is read. All texts are finished: translated, rounded, with their n."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, and what it shows for those who do not see it."""

    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of figures behind a first column of names."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: int | None = None
    """The column that the section is about."""
    is_text: bool = False
    """Columns of words, which begin at the left."""
    is_narrow: bool = False
    """Few digits in each column: the names have the rest."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its unit and what it rests on."""

    title: str
    value: str
    unit: str
    rests_on: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: what, how many, and who."""

    name: str
    count: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list with its total; `none` is said where it is empty."""

    title: str
    total: str
    entries: tuple[Entry, ...]
    none: str


@dataclass(frozen=True, slots=True)
class Section:
    """One question with its answer."""

    title: str
    sentences: tuple[str, ...] = ()
    picture: Picture | None = None
    table: Table | None = None
    figures: tuple[Figure, ...] = ()
    """Beside the table."""
    listings: tuple[Listing, ...] = ()
    """Side by side."""
    notes: tuple[str, ...] = ()
    """What is to be known of it, in small print."""
    opens_page: bool = False
    """Where the whole does not fit on one page, this one begins the second."""
    is_picture_beside: bool = False
    """The picture stands at the right of the table, not below it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A definition for the small print."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """Two pages, or one where there is little to say."""

    language: str
    kind: str
    """月報."""
    title: str
    """2026年10月."""
    maker: str
    day: str
    """The last day it speaks of, as ISO text."""
    rests_on: str
    made: str
    """When it was made: what is corrected later counts as corrected."""
    answer: tuple[str, ...]
    """The sentences in large type."""
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    terms_title: str
    terms: tuple[Term, ...]
    dark: tuple[tuple[str, str], ...] = ()
    """Colours of the drawings, and what they become on a dark screen."""
