"""Keeps the names of customers who asked not to be named out of everything that is published."""

import html
import re
import unicodedata

from soloflow.site.content import SiteContent

_FORM = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|一般社団法人|一般財団法人|医療法人|学校法人|\(株\)|\(有\)|\(同\)|㈱|㈲"
)
_TAG = re.compile(r"<[^>]*>")
_LEAST = 3


def hidden_names(content: SiteContent) -> dict[str, str]:
    """Comparable form → name as written, of every client whose name must not appear.

    The name without its company form counts too when at least three characters remain (two are too often a place).
    A name that another published case may show is not hidden.
    """
    shown = {
        comparable(case.client.name)
        for case in content.cases.items
        if case.published and case.client.visibility == "name"
    }
    found: dict[str, str] = {}
    for case in content.cases.items:
        name = case.client.name
        if not name or case.client.visibility == "name" or comparable(name) in shown:
            continue
        found[comparable(name)] = name
        core = comparable(_FORM.sub("", unicodedata.normalize("NFKC", name)))
        if len(core) >= _LEAST:
            found[core] = name
    return found


def leaked(text: str, hidden: dict[str, str]) -> str:
    """The hidden name that stands in a text or in a page's markup, or ""."""
    plain = html.unescape(text)
    for form in (comparable(plain), comparable(_TAG.sub("", plain))):
        for needle, name in hidden.items():
            if needle in form:
                return name
    return ""


def comparable(text: str) -> str:
    """Width, case and spaces taken away, so that a name is found however it was typed."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
