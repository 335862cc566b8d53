"""Which pages a site has, where they lie, and what each one shows. A page without content is not listed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from soloflow.i18n import _
from soloflow.site.content import Answer, Career, Offer, Project, Result, SiteContent
from soloflow.site.shown import ShownCase, ShownNote, career_facts, case_facts, shown_cases, shown_notes, slugs
from soloflow.site.words import Bars, bars, flat, mailto, years

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
class Proof:
    """The one measured number beside the promise."""

    client: str
    result: Result
    bars: Bars | None


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
            "quiet_call": not (content.offers.items or cases or content.voices.items or content.how.steps
                               or has_career(content)),
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
            "facts": case_facts(content, item),
        },
    )  # fmt: skip


def _career(content: SiteContent, cases: tuple[ShownCase, ...]) -> Page:
    paths = {item.slug: item.path for item in cases}
    newest = sorted(content.career.projects, key=lambda project: project.start, reverse=True)
    return Page(
        "career", "career/", LABELS["career/"], "career", "summary", content.career.summary, "career.html",
        {"facts": career_facts(content), "projects": [_linked(project, paths) for project in newest]},
    )  # fmt: skip


def _linked(project: Project, paths: dict[str, str]) -> dict[str, Any]:
    return {"project": project, "path": paths.get(project.case) if project.case else None}


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
