"""JSON-LD for search engines (schema.org), written so that no value can leave its script element."""

import json
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from soloflow.site.content import SiteContent
from soloflow.site.pages import Link, Page
from soloflow.site.words import flat

_OUT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
Absolute = Callable[[str], str]


def blocks(content: SiteContent, page: Page, crumbs: tuple[Link, ...], absolute: Absolute) -> list[Markup]:
    """The JSON-LD blocks of a page. Addresses need the site's base URL; without one they are left out."""
    person = _person(content, absolute)
    found: list[dict[str, Any]] = []
    if page.key in {"home", "career"}:
        found.append({"@type": "ProfilePage", "name": page.title, "url": absolute(page.path), "mainEntity": person})
    if page.key == "services":
        found.extend(_service(item["offer"], item["slug"], person, absolute) for item in page.values["offer_items"])
    if page.key in {"case", "note"}:
        found.append(_article(page, person, absolute))
    if crumbs and content.profile.base_url:
        found.append(_breadcrumb(crumbs, absolute))
    return [_block(each) for each in found]


def _person(content: SiteContent, absolute: Absolute) -> dict[str, Any]:
    profile = content.profile
    return {
        "@type": "Person",
        "name": profile.name,
        "alternateName": profile.kana,
        "jobTitle": profile.tagline,
        "url": absolute(""),
        "worksFor": {"@type": "Organization", "name": profile.trade_name} if profile.trade_name else None,
    }


def _service(offer: Any, slug: str, person: dict[str, Any], absolute: Absolute) -> dict[str, Any]:
    address = absolute("services/")
    return {
        "@type": "Service",
        "name": offer.name,
        "description": flat(offer.text),
        "url": f"{address}#{slug}" if address else "",
        "provider": person,
    }


def _article(page: Page, person: dict[str, Any], absolute: Absolute) -> dict[str, Any]:
    note = page.values.get("note")
    return {
        "@type": "Article",
        "headline": page.title,
        "description": page.description,
        "url": absolute(page.path),
        "datePublished": note.date if note else "",
        "dateModified": (note.updated or note.date) if note else "",
        "author": person,
    }


def _breadcrumb(crumbs: tuple[Link, ...], absolute: Absolute) -> dict[str, Any]:
    steps = [
        {"@type": "ListItem", "position": place, "name": crumb.label, "item": absolute(crumb.path)}
        for place, crumb in enumerate(crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _block(value: dict[str, Any]) -> Markup:
    text = json.dumps({"@context": "https://schema.org", **_said(value)}, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_OUT))  # noqa: S704 - every sign that HTML reads is escaped


def _said(value: Any) -> Any:
    """Without the empty properties."""
    if isinstance(value, dict):
        return {key: _said(item) for key, item in value.items() if item not in ("", None)}
    if isinstance(value, list):
        return [_said(item) for item in value]
    return value
