"""Looks the site over before it is published; every finding names the section and the field where it is mended."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.site.content import SiteContent
from soloflow.site.folder import MANIFEST, owned
from soloflow.site.links import broken_links
from soloflow.site.names import hidden_names, leaked
from soloflow.site.pages import Page, pages
from soloflow.site.reading import texts
from soloflow.site.render import Rendered, render
from soloflow.site.shown import shown_cases
from soloflow.site.theme import load

Severity = Literal["error", "warning", "hint"]
ANSWER_LENGTH = 12
"""The longest bold answer, in characters."""
STALE_MONTHS = 6
"""A career without a new entry for longer is worth a look."""
_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "hint": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: how serious, which section (a key of `SECTIONS`), which field in it, and what to do."""

    severity: Severity
    section: str
    field: str
    message: str


def check(content: SiteContent, folder: Path | None = None, *, today: date | None = None) -> tuple[Finding, ...]:
    """Everything worth mending, the serious first; with a `folder`, what was built there is read too.

    `today` is needed to tell whether the career is stale.
    """
    findings = [*_contact(content), *_home(content), *_empty(content), *_accent(content), *_stale(content, today)]
    findings += _leaks_in_words(content)
    try:
        theme = load(content.look.theme, content.look.accent)
        rendered = render(content, theme)
    except UserError as error:
        section = "look" if _theme_is_missing(content) else _twice(content)
        findings.append(Finding("error", section, "theme" if section == "look" else "slug", str(error)))
    else:
        findings += _choices(content)
        findings += _descriptions(each.page for each in rendered if each.page)
        findings += _links(content, rendered)
    if folder is not None:
        findings += _leaks_in_folder(content, folder)
        findings += _missing_files(folder)
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: _ORDER[finding.severity]))


def _contact(content: SiteContent) -> Iterator[Finding]:
    if not content.profile.mail:
        yield Finding(
            "error", "profile", "mail", _("メールアドレスがないので、だれも問い合わせできません。入れてください。")
        )
    if not content.profile.base_url:
        message = _("サイトのアドレスを入れると、検索エンジン向けの地図（sitemap）が作られます。")
        yield Finding("warning", "profile", "base_url", message)
    if content.profile.mail and not content.privacy.text:
        message = _("問い合わせで名前を受け取るので、プライバシーポリシーを書いてください。")
        yield Finding("warning", "privacy", "text", message)


def _home(content: SiteContent) -> Iterator[Finding]:
    home = content.home
    if not content.profile.name:
        yield Finding("error", "profile", "name", _("お名前を入れてください。"))
    if not home.headline:
        yield Finding("error", "home", "headline", _("ホームの見出しを書いてください。"))
    answers = (("who", home.who), ("what", home.what), ("how", home.how), ("why", home.why))
    for name, answer in answers:
        if not answer.answer:
            yield Finding("warning", "home", f"{name}.answer", _("4つの答えのうち、ここがまだ空です。"))
        elif len(answer.answer) > ANSWER_LENGTH:
            message = _("太字の答えは{limit}文字までが読みやすいです（今は{count}文字）。")
            text = message.format(limit=ANSWER_LENGTH, count=len(answer.answer))
            yield Finding("hint", "home", f"{name}.answer", text)
    if not home.action:
        yield Finding(
            "warning", "home", "action", _("ボタンの言葉を書いてください（例「30分の無料相談を申し込む」）。")
        )


def _choices(content: SiteContent) -> Iterator[Finding]:
    """What the home page points at must be published."""
    slugs = {item.slug for item in shown_cases(content)}
    for name, slug in (("proof", content.home.proof), ("feature", content.home.feature)):
        if slug and slug not in slugs:
            text = _("選んだ実績「{slug}」は公開されていません。").format(slug=slug)
            yield Finding("warning", "home", name, text)


def _empty(content: SiteContent) -> Iterator[Finding]:
    if not content.offers.items:
        yield Finding("hint", "offers", "items", _("サービスがまだありません。1つ書くと、何を頼めるかが伝わります。"))
    if not content.how.steps:
        yield Finding("hint", "how", "steps", _("進め方と料金がまだありません。"))
    if not any(case.published for case in content.cases.items):
        yield Finding("hint", "cases", "items", _("公開した実績がまだありません。1件目がいちばん効きます。"))
    for index, offer in enumerate(content.offers.items):
        for name, value in (("name", offer.name), ("text", offer.text), ("price", offer.price)):
            if not value:
                yield Finding("warning", "offers", f"items[{index}].{name}", _("サービスのここが空です。"))
    for index, case in enumerate(content.cases.items):
        if case.published:
            yield from _empty_case(index, {"title": case.title, "problem": case.problem, "done": case.done})
    for index, note in enumerate(content.notes.items):
        if note.published and not (note.title and note.text and note.date):
            yield Finding("warning", "notes", f"items[{index}]", _("題・日付・本文がそろうまで、この記事は出ません。"))


def _empty_case(index: int, parts: dict[str, object]) -> Iterator[Finding]:
    for name, value in parts.items():
        if not value:
            severity: Severity = "error" if name == "title" else "warning"
            yield Finding(severity, "cases", f"items[{index}].{name}", _("実績のここが空です。"))


def _accent(content: SiteContent) -> Iterator[Finding]:
    if (
        content.look.accent
        and not _theme_is_missing(content)
        and load(content.look.theme, content.look.accent).accent_moved
    ):
        text = _("選んだ色では文字が読みにくいので、読める濃さまで動かして使います。")
        yield Finding("hint", "look", "accent", text)


def _stale(content: SiteContent, today: date | None) -> Iterator[Finding]:
    entries = [(each.start, each.end) for each in content.career.projects]
    entries += [(each.start, each.end) for each in content.career.jobs]
    dates = [text for entry in entries for text in entry if text]
    if today is None or not dates:
        return
    last = max(dates)
    gone = (today.year - int(last[:4])) * 12 + today.month - int(last[5:7] or "12")
    if gone > STALE_MONTHS:
        text = _("経歴の最後の項目から{count}か月たっています。新しい案件を足しませんか。").format(count=gone)
        yield Finding("warning", "career", "projects", text)


def _leaks_in_words(content: SiteContent) -> Iterator[Finding]:
    hidden = hidden_names(content)
    for path, text in texts(content) if hidden else ():
        if re.fullmatch(r"cases\.items\[\d+\]\.client\.(name|permission)", path):
            continue
        name = leaked(text, hidden)
        if name:
            section, _dot, field = path.partition(".")
            message = _("社名を出さないお客様「{name}」の名前が入っています。").format(name=name)
            yield Finding("error", section, field, message)


def _leaks_in_folder(content: SiteContent, folder: Path) -> Iterator[Finding]:
    hidden = hidden_names(content)
    for path in owned(folder) if hidden else ():
        try:
            text = (folder / path).read_text("utf-8", errors="replace")
        except OSError:
            continue
        name = leaked(f"{path}\n{text}", hidden)
        if name:
            message = _(
                "作ったサイトの「{path}」に、社名を出さないお客様「{name}」の名前があります。作りなおしてください。"
            )
            yield Finding("error", "cases", "items", message.format(path=path, name=name))


def _missing_files(folder: Path) -> Iterator[Finding]:
    if not (folder / MANIFEST).is_file():
        yield Finding("warning", "home", "", _("サイトはまだ作られていません。「サイトを作る」を押してください。"))
    for path in owned(folder):
        if not (folder / path).is_file():
            text = _("作ったはずの「{path}」がフォルダーにありません。作りなおしてください。").format(path=path)
            yield Finding("error", "home", "", text)


def _descriptions(found: Iterable[Page]) -> Iterator[Finding]:
    fields = {"home": "description", "note": "summary", "case": "summary", "career": "summary"}
    for page in found:
        if page.indexed and not page.description and page.key != "privacy":
            name = fields.get(page.key, "lede")
            field = f"{page.spot}.{name}" if page.spot.startswith("items[") else name
            text = _("「{page}」の説明が空です。検索結果に出る1〜2文を書いてください。").format(page=page.title)
            yield Finding("warning", page.section, field, text)


def _links(content: SiteContent, rendered: list[Rendered]) -> Iterator[Finding]:
    for page, address in broken_links(rendered, content.profile.base_url):
        text = _("「{page}」のリンク「{link}」の行き先がありません。").format(page=page.title, link=address)
        yield Finding("error", page.section, page.spot, text)


def _theme_is_missing(content: SiteContent) -> bool:
    try:
        load(content.look.theme)
    except UserError:
        return True
    return False


def _twice(content: SiteContent) -> str:
    """The section whose slugs clash."""
    try:
        shown_cases(content)
    except UserError:
        return "cases"
    try:
        pages(SiteContent(profile=content.profile, notes=content.notes))
    except UserError:
        return "notes"
    return "offers"
