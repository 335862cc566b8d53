"""Where a site can be published to, and how a line of text names it."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from soloflow.domain.errors import UserError
from soloflow.i18n import _

_SHORT_SSH = re.compile(r"[\w.-]+@[\w.-]+:(?!//)\S+")
_GIT_SCHEMES = ("ssh", "https", "http", "git", "file")
_BRANCH = re.compile(
    r"(?!.*(?:\.\.|//|@\{|\.lock(?:/|$)|/\.))[^\s~^:?*\[\\\x00-\x20\x7f./-][^\s~^:?*\[\\\x00-\x20\x7f]*(?<![./])"
)


@dataclass(frozen=True, slots=True)
class FolderTarget:
    """A folder on this machine or a mounted share."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class GitTarget:
    """A branch of a git repository; "" is the repository's own main branch."""

    url: str
    branch: str = ""

    def __str__(self) -> str:
        return f"{self.url}#{self.branch}" if self.branch else self.url


Target = FolderTarget | GitTarget


def parse_target(text: str) -> Target:
    """Read what the user typed: a git address with an optional ``#branch``, or a folder.

    ``folder:`` and ``git:`` in front settle what would be a guess.

    :raises UserError: when it is empty, of a kind we cannot publish to, or holds a password.
    """
    text = text.strip()
    if text.startswith("folder:"):
        return _folder(text.removeprefix("folder:"))
    if text.startswith("git:") and not text.startswith("git://"):
        return _git(text.removeprefix("git:"))
    if text.startswith("git+"):
        return _git(text.removeprefix("git+"))
    address = text.partition("#")[0]
    if "://" in text:
        return _git(text)
    if _SHORT_SSH.fullmatch(address) or address.rstrip("/").endswith(".git"):
        return _git(text)
    return _folder(text)


def _folder(text: str) -> FolderTarget:
    if not text:
        raise UserError(_("公開先が空です。フォルダか git のアドレスを入れてください。"))
    return FolderTarget(Path(text).expanduser().absolute())


def _git(text: str) -> GitTarget:
    url, marked, branch = text.partition("#")
    if not url or url.startswith("-") or (marked and not _BRANCH.fullmatch(branch)):
        raise UserError(
            _("「{text}」は git のアドレスとして読めません。例: git@github.com:me/site.git#gh-pages").format(
                text=redacted(text)
            )
        )
    if "://" in url:
        _check_scheme(url)
    elif not _SHORT_SSH.fullmatch(url):
        url = str(Path(url).expanduser().absolute())
    return GitTarget(url, branch)


def _check_scheme(url: str) -> None:
    try:
        parts = urlsplit(url)
        password = parts.password
    except ValueError:
        parts, password = urlsplit(""), None
    if parts.scheme not in _GIT_SCHEMES or not (parts.netloc or parts.scheme == "file"):
        raise UserError(
            _("「{text}」には公開できません。使えるのは、フォルダと git（ssh, https）です。").format(text=redacted(url))
        )
    if password:
        raise UserError(
            _("アドレスにパスワードを書かないでください。SSH の鍵か、git の資格情報ヘルパーを使ってください。")
        )


def redacted(text: str) -> str:
    """`text` without the passwords of the addresses in it."""
    return re.sub(r"(\w+://[^\s:/@]*):[^\s/@]+@", r"\1:…@", text)
