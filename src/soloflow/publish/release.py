"""A built folder as a release: its files with full hashes, and the order in which visitors may meet them."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from soloflow.domain.errors import UserError
from soloflow.i18n import _

_LAST = ("feed.xml", "sitemap.xml", "index.html")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


OWN_NOTES = ".soloflow"
"""Beginning of the names of files that are about the site and not part of it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells two contents apart: the SHA-256 in hex, and the size in bytes."""

    sha256: str
    size: int


def stamp(content: bytes) -> Stamp:
    """The stamp of some content."""
    return Stamp(hashlib.sha256(content).hexdigest(), len(content))


def read(folder: Path) -> dict[str, Stamp]:
    """Every file of a built site by its path with slashes, in path order; links are not followed, and what the
    builder wrote for itself stays at home.

    :raises UserError: when the folder holds no site or cannot be read.
    """
    if not (folder / "index.html").is_file():
        raise UserError(
            _("{folder} には公開できるサイトがありません。先にサイトを作ってください。").format(folder=folder)
        )
    try:
        paths = sorted(
            path
            for path in folder.rglob("*")
            if path.is_file() and not path.is_symlink() and not path.name.startswith(OWN_NOTES)
        )
        return {path.relative_to(folder).as_posix(): stamp(path.read_bytes()) for path in paths}
    except OSError as error:
        raise UserError(
            _("作ったサイトを読めません（{reason}）。サイトを作り直してください。").format(reason=error.strerror)
        ) from error


def in_order(paths: Iterable[str]) -> list[str]:
    """Assets, then pages, then sitemap and home: nobody is shown a page whose parts are not there yet."""
    return sorted(paths, key=lambda path: (_turn(path), path))


def _turn(path: str) -> int:
    if path in _LAST:
        return 2 + _LAST.index(path)
    return 1 if path.endswith((".html", ".xml")) else 0


def title(path: Path) -> str:
    """The title of a page, "" for anything that is not one."""
    if path.suffix != ".html":
        return ""
    found = _TITLE.search(path.read_text("utf-8", errors="replace"))
    return " ".join(unescape(found[1]).split()) if found else ""
