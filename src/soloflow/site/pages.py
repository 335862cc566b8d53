"""Which pages a site has, where they lie, and what each one shows. A page without content is not listed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.site.content import Answer, Career, Case, Note, Offer, Project, Result, SiteContent
from soloflow.site.words import Bars, bars, client_shown, flat, mailto, months, period, years

_OFFERS_AT_HOME = 3
_ROWS_AT_HOME = 4
_LINES_AT_HOME = 3
_DESCRIPTION = 120


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `path` is its address inside the site ("" is home), `section`/`spot` where its words are edited."""

    key: str
    path: str
    title: str
    section: str
    spot: str = ""
    description: str = ""
    template: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file it is written to, relative to the site's folder."""
        return self.path if self.path.endswith(".html") else f"{self.path}index.html"

    @property
    def section_path(self) -> str:
        """The address of the menu entry it belongs to."""
        return self.path.split("/")[0] + "/" if "/" in self.path else self.path

    @property
    def indexed(self) -> bool:
        """Whether search engines should list it."""
        return self.key != "missing"


@dataclass(frozen=True, slots=True)
class Link:
    """A word and the address inside the site it leads to."""

    label: str
    path: str


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
class Proof:
    """The one measured number beside the promise."""

    client: str
    result: Result
    bars: Bars | None


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


LABELS = {
    "services/": "サービス",
    "process/": "進め方・料金",
    "works/": "実績",
    "career/": "経歴",
    "notes/": "お知らせ",
    "contact/": "お問い合わせ",
    "privacy/": "プライバシーポリシー",
}
MENU = ("services/", "process/", "works/", "career/")


def pages(content: SiteContent) -> tuple[Page, ...]:
    """Every page the content makes, home first.

    :raises UserError: when two cases, notes or offers have the same slug.
    """
    cases, notes = shown_cases(content), shown_notes(content)
    found = [_home(content, cases)]
    if content.offers.items:
        found.append(_services(content, cases))
    if content.how.steps or content.how.terms or content.how.questions:
        found.append(Page("how", "process/", LABELS["process/"], "how", "", content.how.lede, "how.html"))
    if cases or content.voices.items:
        found.append(_works(content, cases))
        found.extend(_case(content, item) for item in cases)
    if has_career(content):
        found.append(_career(content, cases))
    if notes:
        found.append(Page("notes", "notes/", LABELS["notes/"], "notes", "", content.notes.lede, "notes.html",
                          {"notes": notes}))  # fmt: skip
        found.extend(_note(item) for item in notes)
    if content.profile.mail:
        found.append(_contact(content))
    if content.privacy.text:
        found.append(Page("privacy", "privacy/", LABELS["privacy/"], "privacy", "text", "", "privacy.html"))
    found.append(Page("missing", "404.html", "ページが見つかりません", "profile", "", "", "missing.html"))
    return tuple(found)


def action(content: SiteContent) -> str:
    """The words of the one action."""
    return content.home.action or LABELS["contact/"]


def has_career(content: SiteContent) -> bool:
    """Whether anything is said about the career."""
    return any(getattr(content.career, each.name) != each.default for each in fields(Career))


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


def _home(content: SiteContent, cases: tuple[ShownCase, ...]) -> Page:
    first = _first(cases, content.home.feature)
    others = tuple(item for item in cases if item is not first)
    title = flat(content.home.headline) or content.profile.name
    return Page(
        "home", "", title, "home", "headline", content.home.description or content.home.lede, "home.html",
        {
            "proof": _proof(content, cases),
            "answers": _answers(content),
            "offers": content.offers.items[:_OFFERS_AT_HOME],
            "feature": first,
            "others": others[:_ROWS_AT_HOME],
            "more_cases": len(others) > _ROWS_AT_HOME,
            "voices": content.voices.items[:2],
            "short_career": _short_career(content),
        },
    )  # fmt: skip


def _first(cases: tuple[ShownCase, ...], slug: str) -> ShownCase | None:
    named = [item for item in cases if slug and item.slug == slug]
    return next(iter(named or cases), None)


def _proof(content: SiteContent, cases: tuple[ShownCase, ...]) -> Proof | None:
    measured = tuple(item for item in cases if item.case.results)
    item = _first(measured, content.home.proof)
    if item is None:
        return None
    result = item.case.results[0]
    return Proof(item.client, result, bars(item.case.series, result))


def _answers(content: SiteContent) -> tuple[dict[str, Any], ...]:
    home = content.home
    rows: tuple[tuple[str, Answer, str, bool], ...] = (
        ("誰に", home.who, "", False),
        ("何を", home.what, "services/", bool(content.offers.items)),
        ("どのように", home.how, "process/", bool(content.how.steps or content.how.terms or content.how.questions)),
        ("経歴", home.why, "career/", has_career(content)),
    )
    return tuple(
        {"label": label, "answer": answer, "path": path if linked else None, "link": LABELS.get(path, "")}
        for label, answer, path, linked in rows
        if answer.answer or answer.sentence
    )


def _short_career(content: SiteContent) -> tuple[dict[str, str], ...]:
    lines = []
    profile, career = content.profile, content.career
    if profile.since and (profile.trade_name or career.own_work):
        name = profile.trade_name or "フリーランス"
        lines.append({"years": years(profile.since, ""), "name": name, "text": career.own_work or profile.tagline})
    lines += [
        {"years": years(job.start, job.end), "name": job.company, "text": job.role}
        for job in sorted(career.jobs, key=lambda job: job.start, reverse=True)
    ]
    return tuple(lines[:_LINES_AT_HOME])


def _services(content: SiteContent, cases: tuple[ShownCase, ...]) -> Page:
    items = content.offers.items
    offers = [
        {"offer": offer, "slug": slug, "cases": [item for item in cases if item.case.offer == slug]}
        for offer, slug in zip(items, slugs(items, "service", _("サービス")), strict=True)
    ]
    return Page("services", "services/", LABELS["services/"], "offers", "", content.offers.lede or _names(items),
                "offers.html", {"offer_items": offers})  # fmt: skip


def _names(items: Iterable[Offer]) -> str:
    return "、".join(offer.name for offer in items)


def _works(content: SiteContent, cases: tuple[ShownCase, ...]) -> Page:
    first = _first(cases, content.home.feature)
    others = tuple(item for item in cases if item is not first)
    title = LABELS["works/"] if cases else "お客様の声"
    return Page("cases", "works/", title, "cases", "", content.cases.lede, "cases.html",
                {"feature": first, "others": others, "voices": content.voices.items})  # fmt: skip


def _case(content: SiteContent, item: ShownCase) -> Page:
    case = item.case
    first = case.results[0] if case.results else None
    return Page(
        "case", item.path, flat(case.title), "cases", f"items[{item.index}]", case.summary, "case.html",
        {
            "case": case,
            "client": item.client,
            "crumb": flat(case.short or case.title),
            "figure": bars(case.series, first),
            "facts": _case_facts(content, item),
        },
    )  # fmt: skip


def _case_facts(content: SiteContent, item: ShownCase) -> tuple[Fact, ...]:
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


def _career(content: SiteContent, cases: tuple[ShownCase, ...]) -> Page:
    paths = {item.slug: item.path for item in cases}
    newest = sorted(content.career.projects, key=lambda project: project.start, reverse=True)
    return Page(
        "career", "career/", LABELS["career/"], "career", "summary", content.career.summary, "career.html",
        {"facts": _career_facts(content), "projects": [_linked(project, paths) for project in newest]},
    )  # fmt: skip


def _linked(project: Project, paths: dict[str, str]) -> dict[str, Any]:
    return {"project": project, "path": paths.get(project.case) if project.case else None}


def _career_facts(content: SiteContent) -> tuple[Fact, ...]:
    profile, career = content.profile, content.career
    free = career.availability
    since = period(profile.since, "") if profile.since else ""
    trade = (profile.trade_name + (("（" + since + "）") if since else ""),) if profile.trade_name else ()
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


def _note(item: ShownNote) -> Page:
    return Page("note", item.path, flat(item.note.title), "notes", f"items[{item.index}]", item.note.summary,
                "note.html", {"note": item.note, "crumb": flat(item.note.title)})  # fmt: skip


def _contact(content: SiteContent) -> Page:
    subject = content.contact.subject or action(content)
    link = mailto(content.profile.mail, flat(subject), content.contact.to_write)
    return Page("contact", "contact/", flat(action(content)), "contact", "", content.contact.lede, "contact.html",
                {"mailto": link, "crumb": LABELS["contact/"]})  # fmt: skip


def shortened(text: str) -> str:
    """A description of at most 120 characters, cut at a sentence where there is one."""
    plain = flat(text)
    if len(plain) <= _DESCRIPTION:
        return plain
    cut = plain[:_DESCRIPTION]
    return cut[: cut.rfind("。") + 1] or cut[:-1] + "…"
