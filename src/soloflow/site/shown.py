"""What of the content may be shown, and at which address: published cases and notes, facts as far as permitted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.site.content import Case, Note, SiteContent
from soloflow.site.words import client_shown, day, months, period, unbroken


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A published case with its address and its client as permitted."""

    case: Case
    index: int
    slug: str
    path: str
    client: str
    year: str


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A published note with its address."""

    note: Note
    index: int
    path: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a facts list."""

    label: str
    text: object = ""
    note: str = ""
    path: str | None = None
    lines: tuple[object, ...] = ()


class _Slugged(Protocol):
    @property
    def slug(self) -> str: ...


def slugs(items: Sequence[_Slugged], prefix: str, what: str) -> tuple[str, ...]:
    """The typed slug of each item, or "case-1" by its place: a name in Roman letters is never guessed.

    :raises UserError: when two are the same.
    """
    found = tuple(item.slug or f"{prefix}-{number}" for number, item in enumerate(items, 1))
    twice = [slug for slug, count in Counter(found).items() if count > 1]
    if twice:
        raise UserError(
            _("{what}のアドレス「{slug}」が2つあります。どちらかを変えてください。").format(what=what, slug=twice[0])
        )
    return found


def shown_cases(content: SiteContent) -> tuple[ShownCase, ...]:
    """Published cases in their order. Raises UserError for a slug used twice."""
    items = content.cases.items
    found = []
    for index, (case, slug) in enumerate(zip(items, slugs(items, "case", _("実績")), strict=True)):
        if case.published and case.title:
            year = f"{(case.end or case.start)[:4]}年" if case.end or case.start else ""
            found.append(ShownCase(case, index, slug, f"works/{slug}/", client_shown(case.client), year))
    return tuple(found)


def shown_notes(content: SiteContent) -> tuple[ShownNote, ...]:
    """Published notes, newest first. Raises UserError for a slug used twice."""
    items = content.notes.items
    found = [
        ShownNote(note, index, f"notes/{slug}/")
        for index, (note, slug) in enumerate(zip(items, slugs(items, "note", _("お知らせ")), strict=True))
        if note.published and note.title and note.text and note.date
    ]
    return tuple(sorted(found, key=lambda item: item.note.date, reverse=True))


def case_facts(content: SiteContent, item: ShownCase) -> tuple[Fact, ...]:
    """The facts beside a case: the client as permitted, period, role, service, technology."""
    case = item.case
    facts = []
    if case.client.visibility == "name" and item.client:
        facts.append(Fact("お客様", item.client, case.client.industry if case.client.name else ""))
    elif item.client:
        facts.append(Fact("お客様", item.client, "ご希望により社名は控えています"))
    elif case.client.name:
        facts.append(Fact("お客様", "ご希望により控えています"))
    if case.start:
        count = months(case.start, case.end)
        facts.append(Fact("期間", period(case.start, case.end) + (f"（{count}か月）" if count else "")))
    if case.role:
        facts.append(Fact("担当", case.role))
    for offer, slug in zip(content.offers.items, slugs(content.offers.items, "service", ""), strict=True):
        if case.offer and slug == case.offer:
            facts.append(Fact("サービス", offer.name, path=f"services/#{slug}"))
    if case.technology:
        facts.append(Fact("使ったもの", "、".join(case.technology)))
    return tuple(facts)


def career_facts(content: SiteContent) -> tuple[Fact, ...]:
    """The facts beside the career: name, trade name, availability, place, certificates."""
    profile, career = content.profile, content.career
    free = career.availability
    since = unbroken(f"（{day(profile.since[:7])}〜）") if profile.since else ""
    trade = (profile.trade_name + since,) if profile.trade_name else ()
    certificates = tuple(f"{each.name}（{each.year}）" if each.year else each.name for each in career.certificates)
    facts = (
        Fact("氏名", note=profile.kana, lines=_said(profile.name)),
        Fact("屋号", lines=trade),
        Fact("稼働", note=free.next_free, lines=_said(free.hours)),
        Fact("場所", note=free.place, lines=_said(profile.place)),
        Fact("資格", lines=certificates),
    )
    return tuple(fact for fact in facts if fact.lines or fact.note)


def _said(text: str) -> tuple[object, ...]:
    return (text,) if text else ()
