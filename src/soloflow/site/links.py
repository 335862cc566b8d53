"""Finds links inside the site that lead nowhere."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from soloflow.site.pages import Page
from soloflow.site.render import Rendered

_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_HERE = "http://this.invalid"


def broken_links(rendered: list[Rendered], base_url: str) -> Iterator[tuple[Page, str]]:
    """Page and address of every link that stays inside the site and finds no file or no anchor there."""
    root = urlsplit(base_url).path.rstrip("/") + "/"
    anchors = {each.file: set(_ID.findall(each.text)) for each in rendered} | {"sitemap.xml": set()}
    for each in rendered:
        for raw in _ADDRESS.findall(each.text) if each.page else ():
            address = unescape(raw)
            target = _target(address, each.file, root)
            if (
                each.page
                and target
                and (target[0] not in anchors or (target[1] and target[1] not in anchors[target[0]]))
            ):
                yield each.page, address


def _target(address: str, file: str, root: str) -> tuple[str, str] | None:
    """File and anchor an address means inside the site; None when it leads outside."""
    try:
        parts = urlsplit(urljoin(f"{_HERE}{root}{file}", address))
    except ValueError:
        return ("", "")
    if f"{parts.scheme}://{parts.netloc}" != _HERE:
        return None
    path = unquote(parts.path)
    if not path.startswith(root):
        return ("", "")
    inside = path.removeprefix(root)
    return (f"{inside}index.html" if not inside or inside.endswith("/") else inside, unquote(parts.fragment))
