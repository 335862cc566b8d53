"""Everything the promo site says, as frozen values: one dataclass per section, addressed by its key.

The store keeps one JSON document per section; `section_from_dict` and `section_to_dict` are its two doors. An empty
value means "not said": the page or part made of it is neither built nor linked. Dates are "YYYY", "YYYY-MM" or
"YYYY-MM-DD" (no end = still running); numbers inside results are text, because 「半」 and 「13:00」 are results too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from soloflow.site.reading import choice, kind, read, write


@dataclass(frozen=True, slots=True)
class Profile:
    """Who is speaking, and where the site lives."""

    name: str = ""
    kana: str = ""
    trade_name: str = ""
    tagline: str = ""
    """One line under the name: for whom one does what."""
    mark: str = ""
    """One character for the seal; the last one of the name when empty."""
    mail: str = kind("mail")
    phone: str = kind("phone")
    place: str = ""
    since: str = kind("date")
    """Working for oneself since then."""
    base_url: str = kind("url")
    """Where the home page will be, such as https://example.jp/ ; canonical addresses and the sitemap need it."""
    language: str = choice("ja")


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the four answers: a few bold words and the sentence that explains them."""

    answer: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """The last call at the foot of every page."""

    headline: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """The first screen: for whom, the promise, the one action, the four answers."""

    for_whom: str = ""
    headline: str = ""
    lede: str = ""
    description: str = ""
    """For search results; the lede stands in when empty."""
    action: str = ""
    """The words of the one action, the same on the whole site."""
    action_short: str = ""
    action_note: str = ""
    proof: str = kind("slug")
    """Slug of the case whose first number stands beside the promise; the first one with a number when empty."""
    feature: str = kind("slug")
    """Slug of the case shown large; the first one when empty."""
    who: Answer = Answer()
    what: Answer = Answer()
    how: Answer = Answer()
    why: Answer = Answer()
    closing: Closing = Closing()


@dataclass(frozen=True, slots=True)
class Offer:
    """One service with its price."""

    name: str = ""
    slug: str = kind("slug")
    text: str = ""
    price: str = ""
    duration: str = ""
    for_whom: str = ""
    includes: tuple[str, ...] = ()
    detail: str = ""
    """Markdown."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What is sold."""

    lede: str = ""
    items: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way of working, with what it costs."""

    name: str = ""
    text: str = ""
    price: str = ""
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question customers ask before ordering; the answer is Markdown."""

    question: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class How:
    """How it is sold: steps, prices, terms."""

    lede: str = ""
    steps: tuple[Step, ...] = ()
    terms: str = ""
    """Markdown."""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Client:
    """Whose work it was, and how much of that may be shown."""

    name: str = ""
    visibility: str = choice("hidden", "industry", "name")
    industry: str = ""
    """Shown instead of the name, such as 「食品卸・従業員14名」; also beside a shown name."""
    permission: str = ""
    """How and when the customer agreed; kept here, never shown."""


@dataclass(frozen=True, slots=True)
class Result:
    """One measured change."""

    label: str = ""
    before: str = ""
    after: str = ""
    unit: str = ""
    how: str = ""
    """How and when it was measured."""


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers behind the bars, oldest first."""

    label: str = ""
    values: tuple[float, ...] = ()
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done: a bold opening sentence and the rest."""

    opening: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A customer's own words, without the brackets."""

    text: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One delivered piece of work that may be shown."""

    title: str = ""
    """The result with its numbers; a line break is kept."""
    short: str = ""
    slug: str = kind("slug")
    published: bool = True
    summary: str = ""
    client: Client = Client()
    start: str = kind("date")
    end: str = kind("date")
    role: str = ""
    offer: str = kind("slug")
    technology: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    series: Series = Series()
    problem: str = ""
    """Markdown."""
    done: tuple[Deed, ...] = ()
    after: str = ""
    """Markdown."""
    quote: Quote = Quote()


@dataclass(frozen=True, slots=True)
class Cases:
    """Proof."""

    lede: str = ""
    items: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Voices:
    """Customers' words that belong to no case."""

    items: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """One engagement as a freelancer. `client` is written as it may be shown."""

    title: str = ""
    start: str = kind("date")
    end: str = kind("date")
    client: str = ""
    role: str = ""
    text: str = ""
    technology: tuple[str, ...] = ()
    case: str = kind("slug")


@dataclass(frozen=True, slots=True)
class Job:
    """One employment."""

    company: str = ""
    start: str = kind("date")
    end: str = kind("date")
    role: str = ""
    text: str = ""
    technology: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skill:
    """A technology with the years of practice."""

    name: str = ""
    years: str = ""


@dataclass(frozen=True, slots=True)
class SkillGroup:
    """Skills of one category: 言語, データベース, …"""

    category: str = ""
    items: tuple[Skill, ...] = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate and the year it was earned."""

    name: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Availability:
    """How much one works, from when one is free, where."""

    hours: str = ""
    next_free: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Career:
    """The career behind the offer."""

    summary: str = ""
    reason: str = ""
    """Why you, in two sentences, for the home page; the summary stands in when empty."""
    own_work: str = ""
    """One line about the work since going freelance."""
    projects: tuple[Project, ...] = ()
    jobs: tuple[Job, ...] = ()
    skills: tuple[SkillGroup, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    availability: Availability = Availability()


@dataclass(frozen=True, slots=True)
class Note:
    """One article; `text` is Markdown."""

    title: str = ""
    slug: str = kind("slug")
    published: bool = True
    date: str = kind("date")
    updated: str = kind("date")
    summary: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """Articles, newest first whatever the order here."""

    lede: str = ""
    items: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """The page behind the one action."""

    lede: str = ""
    subject: str = ""
    """Prefilled subject of the mail; the action's words when empty."""
    to_write: tuple[str, ...] = ()
    """What is good to know beforehand; prefilled lines of the mail."""
    after: tuple[str, ...] = ()
    """What happens after sending, step by step."""
    purpose: str = ""
    """What the given address is used for."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """The privacy policy, in Markdown."""

    text: str = ""
    updated: str = kind("date")


@dataclass(frozen=True, slots=True)
class Look:
    """Theme and accent; an empty accent is the theme's own."""

    theme: str = kind("slug")
    accent: str = kind("colour")


@dataclass(frozen=True, slots=True)
class SiteContent:
    """The whole site."""

    profile: Profile = Profile()
    home: Home = Home()
    offers: Offers = Offers()
    how: How = How()
    cases: Cases = Cases()
    voices: Voices = Voices()
    career: Career = Career()
    notes: Notes = Notes()
    contact: Contact = Contact()
    privacy: Privacy = Privacy()
    look: Look = Look()


SECTIONS: tuple[str, ...] = (
    "profile",
    "home",
    "offers",
    "how",
    "cases",
    "voices",
    "career",
    "notes",
    "contact",
    "privacy",
    "look",
)
"""Keys of the sections, in the order of the forms; each is a field of `SiteContent`."""


def from_dict(document: Mapping[str, Any]) -> SiteContent:
    """The content of a whole-site document; missing keys are empty.

    :raises UserError: naming every field that cannot be read, unknown keys included.
    """
    return read(SiteContent, document)


def to_dict(content: SiteContent) -> dict[str, Any]:
    """The document that `from_dict` reads back to an equal value; JSON-ready."""
    return write(content)


def section_from_dict(key: str, document: Mapping[str, Any]) -> Any:
    """One section's value (`Profile` for "profile", …) from its document.

    :raises UserError: naming every field that cannot be read.
    :raises KeyError: when the key is not one of `SECTIONS`.
    """
    if key not in SECTIONS:
        raise KeyError(key)
    return getattr(read(SiteContent, {key: document}), key)


def section_to_dict(section: Any) -> dict[str, Any]:
    """The document of one section; JSON-ready."""
    return write(section)
