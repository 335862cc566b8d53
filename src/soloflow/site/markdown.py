"""The user's Markdown as HTML: raw HTML is shown as text, links go only where a reader can follow safely."""

import re
from functools import cache
from typing import Any

import mistune
from mistune.util import escape

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ALLOWED = ("http:", "https:", "mailto:", "tel:")
_HEADING = re.compile(r"<h([1-6])>")
_BLANK = re.compile(r"[\x00-\x20\x7f]")


def to_html(text: str, top: int = 2) -> str:
    """HTML of a Markdown text; its highest heading becomes `<h{top}>`. The result is safe to put into a page.

    Pictures are shown as their description: they would be fetched from another host.
    """
    html = str(_renderer()(text)).strip()
    shift = top - min((int(level) for level in _HEADING.findall(html)), default=top)
    return re.sub(r"<(/?)h([1-6])>", lambda found: f"<{found[1]}h{min(6, int(found[2]) + shift)}>", html)


def is_safe_url(url: str) -> bool:
    """Whether a link may point there: http, https, mailto, tel, or inside the site."""
    bare = _BLANK.sub("", url).lower()
    if bare.startswith(("//", "\\", "/\\")):
        return False
    return bare.startswith(_ALLOWED) or not _SCHEME.match(bare)


class _Pages(mistune.HTMLRenderer):
    def __init__(self) -> None:
        super().__init__(escape=True)

    def heading(self, text: str, level: int, **_attributes: Any) -> str:
        return f"<h{level}>{text}</h{level}>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if not is_safe_url(url):
            return text
        hint = f' title="{escape(title)}"' if title else ""
        return f'<a href="{escape(url)}"{hint}>{text}</a>'

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002 - mistune's signature
        return text

    def thematic_break(self) -> str:
        return "<hr>\n"

    def linebreak(self) -> str:
        return "<br>\n"


@cache
def _renderer() -> mistune.Markdown:
    return mistune.create_markdown(renderer=_Pages(), plugins=["table", "strikethrough"], hard_wrap=False)
