"""Builds the site: content in, a folder of pages out; the same content gives the same bytes and writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.site.content import SiteContent
from soloflow.site.folder import Owned, carry_out, digest, owned, plan
from soloflow.site.names import hidden_names, leaked
from soloflow.site.render import Rendered, dated, marks, render, sitemap
from soloflow.site.theme import load


class Progress(Protocol):
    """Whoever watches the build and may stop it."""

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        """How far the build is."""

    def check(self) -> None:
        """Return, or raise Cancelled."""


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """One page of the built site: its file, its title, and the day its text last changed."""

    file: str
    path: str
    title: str
    changed: str
    size: int


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; paths are relative to the folder. The manifest is not listed."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    pages: tuple[BuiltPage, ...]


def build(
    content: SiteContent, out: Path, *, built_on: date, theme: str = "", progress: Progress | None = None
) -> BuildReport:
    """Build the site into `out`; files there that are not ours stay as they are.

    `theme` overrides the one chosen in the content. A page keeps its date of last change while its text stays the same.

    :raises UserError: content that cannot be published (a slug twice, a hidden client's name), a foreign file in the
        way, a folder that cannot be written. The old site is then whole.
    :raises Cancelled: when `progress` says so; nothing was written.
    """
    rendered = _render(content, theme, progress)
    _refuse_leaks(content, rendered)
    before = owned(out)
    files, records = _dated_files(content, rendered, before, built_on)
    if progress:
        progress.check()
    todo = plan(out, files, before)
    carry_out(out, todo, records)
    pages = tuple(
        BuiltPage(each.file, each.page.path, each.page.title, records[each.file].changed, len(files[each.file]))
        for each in rendered
        if each.page
    )
    return BuildReport(tuple(sorted(todo.write)), todo.unchanged, todo.remove, pages)


def _render(content: SiteContent, theme: str, progress: Progress | None) -> list[Rendered]:
    done = 0

    def tick(title: str) -> None:
        nonlocal done
        if progress:
            progress.check()
            progress.report(done, None, title)
        done += 1

    return render(content, load(theme or content.look.theme, content.look.accent), tick)


def _refuse_leaks(content: SiteContent, rendered: list[Rendered]) -> None:
    hidden = hidden_names(content)
    if not hidden:
        return
    for each in rendered:
        name = leaked(f"{each.file}\n{each.text}", hidden)
        if name:
            raise UserError(
                _(
                    "社名を出さないお客様「{name}」の名前が、「{page}」に入っています。サイトは前のままです。"
                    "文章から名前を消すか、実績の「社名の出し方」を変えてください。"
                ).format(name=name, page=each.page.title if each.page else each.file)
            )


def _dated_files(
    content: SiteContent, rendered: list[Rendered], before: Mapping[str, Owned], built_on: date
) -> tuple[dict[str, bytes], dict[str, Owned]]:
    """The bytes of every file with its date of last change, the sitemap included, and their records."""
    mark = marks(content)
    files: dict[str, bytes] = {}
    records: dict[str, Owned] = {}
    listed: dict[str, str] = {}
    for each in rendered:
        core = digest(dated(each.text, mark, date.min, "").encode())
        last = before.get(each.file)
        changed = last.changed if last and last.core == core else built_on.isoformat()
        files[each.file] = dated(each.text, mark, date.fromisoformat(changed), content.profile.since).encode()
        records[each.file] = Owned(digest(files[each.file]), core, changed)
        if each.page and each.page.indexed:
            listed[each.page.path] = changed
    if content.profile.base_url:
        files["sitemap.xml"] = sitemap(content, listed).encode()
        total = digest(files["sitemap.xml"])
        records["sitemap.xml"] = Owned(total, total, max(listed.values()))
    return files, records
