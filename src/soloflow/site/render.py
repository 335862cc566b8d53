"""Content and theme → the text of every file of the site, with nothing read or written outside the program."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup, escape

from soloflow.site import words
from soloflow.site.content import SiteContent, to_dict
from soloflow.site.markdown import to_html
from soloflow.site.pages import LABELS, MENU, Link, Page, action, pages, shortened
from soloflow.site.shown import shown_notes
from soloflow.site.structured import blocks
from soloflow.site.theme import Theme, templates_folder

_IN_FEED = 20
"""Articles in the feed; readers keep the older ones themselves."""


@dataclass(frozen=True, slots=True)
class Dates:
    """Stands in the pages where the date of last change goes, until the builder knows it."""

    iso: str
    day: str
    years: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """One file: its path, its text with the marks of `Dates` in it, the page it shows (None: not a page)."""

    file: str
    text: str
    page: Page | None = None


def render(content: SiteContent, theme: Theme, tick: Callable[[str], None] = lambda _title: None) -> list[Rendered]:
    """Every file but the sitemap. `tick` is called with the title before each page and may raise to stop.

    :raises UserError: when two items share a slug.
    """
    site = _Site(content, theme)
    found = []
    for page in site.pages:
        tick(page.title)
        found.append(Rendered(page.file, site.page(page), page))
    found.append(Rendered(theme.stylesheet, theme.css))
    found.append(Rendered("favicon.svg", site.favicon()))
    found.append(Rendered("robots.txt", _robots(content)))
    if site.has["feed"]:
        found.append(Rendered("notes/feed.xml", site.feed()))
    return found


def marks(content: SiteContent) -> Dates:
    """Marks that cannot occur in the content, because they depend on all of it."""
    digest = hashlib.sha256(json.dumps(to_dict(content), sort_keys=True).encode()).hexdigest()[:24]
    return Dates(f"@@iso-{digest}@@", f"@@day-{digest}@@", f"@@years-{digest}@@")


def dated(text: str, mark: Dates, changed: date, since: str) -> str:
    """The text with the date of last change filled in."""
    text = text.replace(mark.iso, changed.isoformat()).replace(mark.day, words.day(changed.isoformat()))
    return text.replace(mark.years, words.copyright_years(since, changed))


def absolute(content: SiteContent, path: str) -> str:
    """The public address of a path inside the site; "" while the base URL is unknown."""
    base = content.profile.base_url
    return f"{base.rstrip('/')}/{path}" if base else ""


class _Site:
    """What all pages of one site share while they are rendered."""

    def __init__(self, content: SiteContent, theme: Theme) -> None:
        self.content, self.theme = content, theme
        self.pages = pages(content)
        paths = {page.path for page in self.pages}
        self.has: dict[str, bool] = {key.rstrip("/"): key in paths for key in LABELS}
        self.has["feed"] = self.has["notes"] and bool(content.profile.base_url)
        dates = marks(content)
        self._shared: dict[str, Any] = {
            "site": content,
            "tokens": {"light": theme.light, "dark": theme.dark},
            "stylesheet": theme.stylesheet,
            "mark": content.profile.mark or content.profile.name[-1:],
            "menu": [Link(self._label(path), path) for path in MENU if path in paths],
            "footer": [Link(self._label(path), path) for path in LABELS if path in paths],
            "has": self.has,
            "action": action(content),
            "action_short": content.home.action_short or action(content),
            "dates": dates,
        }

    def page(self, page: Page) -> str:
        """The text of one page."""
        crumbs = self._crumbs(page)
        return _environment(str(templates_folder())).get_template(page.template).render(
            {
                **self._shared,
                **page.values,
                "page": _Head(page, self._head(page), shortened(page.description)),
                "url": absolute(self.content, page.path),
                "crumbs": crumbs,
                "to": _linker(page, self.content.profile.base_url),
                "structured": blocks(self.content, page, crumbs, lambda path: absolute(self.content, path)),
            }
        )  # fmt: skip

    def favicon(self) -> str:
        """The mark as an SVG file."""
        return _environment(str(self.theme.folder)).get_template("favicon.svg").render(self._shared)

    def feed(self) -> str:
        """The Atom feed of the newest notes."""
        notes = shown_notes(self.content)[:_IN_FEED]
        newest = max(item.note.updated or item.note.date for item in notes)
        address = lambda path: absolute(self.content, path)  # noqa: E731 - a word for the template
        values = {**self._shared, "notes": notes, "newest": newest, "absolute": address}
        return _environment(str(templates_folder())).get_template("feed.xml").render(values)

    def _label(self, path: str) -> str:
        if path == "works/" and not any(page.key == "case" for page in self.pages):
            return "お客様の声"
        return LABELS[path]

    def _head(self, page: Page) -> str:
        profile = self.content.profile
        if page.key != "home":
            return f"{page.title}｜{profile.name}"
        return f"{page.title}｜{profile.trade_name or profile.name}" if page.title != profile.name else page.title

    def _crumbs(self, page: Page) -> tuple[Link, ...]:
        if page.key in {"home", "missing"}:
            return ()
        found = [Link("ホーム", "")]
        if page.section_path != page.path:
            found.append(Link(self._label(page.section_path), page.section_path))
        return (*found, Link(page.values.get("crumb", page.title), page.path))


@dataclass(frozen=True, slots=True)
class _Head:
    """A page as the frame sees it."""

    _page: Page
    head: str
    description: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)


def _linker(page: Page, base_url: str) -> Callable[[str], str]:
    """Addresses relative to the page, so that the site works in any folder; the 404 page is shown anywhere."""
    if page.key == "missing":
        root = urlsplit(base_url).path.rstrip("/") + "/"
        return lambda path: root + path
    up = "../" * page.path.count("/")
    return lambda path: (up + path) or "./"


def _robots(content: SiteContent) -> str:
    sitemap = absolute(content, "sitemap.xml")
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {sitemap}\n" if sitemap else "")


def sitemap(content: SiteContent, changed: Mapping[str, str]) -> str:
    """The sitemap of pages with the ISO date each was last changed (path → date)."""
    rows = "".join(
        f"<url><loc>{escape(absolute(content, path))}</loc><lastmod>{when}</lastmod></url>\n"
        for path, when in changed.items()
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )


@cache
def _environment(folder: str) -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(
        br=words.line_breaks,
        flat=words.flat,
        md=lambda text, top: Markup(to_html(text, top)),  # noqa: S704 - the Markdown room escapes raw HTML
        tel=words.telephone,
    )
    made.globals.update(period=words.period, day=words.day, columns=words.columns, instant=words.instant)
    return made
