"""サイト: the words kept per section, and the site built, checked and previewed from them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import settings, wording
from soloflow.services.changes import Changes
from soloflow.services.workspace import Progress, Workspace

if TYPE_CHECKING:  # jinja2 and mistune wait until the site is asked for
    from soloflow.site.build import BuildReport as BuildReport  # noqa: PLC0414 - for the window, which asks services only
    from soloflow.site.check import Finding as Finding  # noqa: PLC0414 - for the window, which asks services only
    from soloflow.site.content import SiteContent
    from soloflow.site.preview import PreviewServer as PreviewServer  # noqa: PLC0414 - for the window, which asks services only


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page サイト shows at once. Documents hold every section with every field."""

    document: dict[str, Any]
    released: dict[str, Any] | None
    """The document as it was at the last release; None before the first one."""
    released_at: datetime | None
    career_age: int | None
    """Months since the last date in the career; None without one."""


def default_folder(ws: Workspace) -> Path:
    """Where the site is built: the folder of the settings, else one inside the profile."""
    chosen = settings.load(ws.folder).site_folder
    return Path(chosen).expanduser() if chosen else ws.folder / "site"


def document(ws: Workspace) -> dict[str, Any]:
    """All sections as one JSON-ready document; who one is comes from the settings until it is written here."""
    with ws.store.read() as reader:
        rows = [reader.get("site_content", one) for one in reader.ids("site_content")]
    written = {row["section"]: json.loads(row["body"]) for row in rows}
    if "profile" not in written:
        chosen = settings.load(ws.folder)
        known = {"name": chosen.name, "trade_name": chosen.trade_name, "mail": chosen.mail}
        unfit = faults("profile", known)  # a slip in the settings must not make the site unreadable
        if fed := {field: value for field, value in known.items() if value and field not in unfit}:
            written["profile"] = fed
    return written


def overview(ws: Workspace) -> Overview:
    """The words of now and of the last release."""
    from soloflow.site.content import from_dict, to_dict

    with ws.store.read() as reader:
        last = reader.get("releases", (reader.ids("releases") or [0])[-1])
    now = to_dict(content(ws))
    sent = None if last is None else json.loads(last["manifest"]).get("content")
    return Overview(
        document=now,
        released=None if sent is None else to_dict(from_dict(sent)),
        released_at=None if last is None else wording.moment(ws, last["at_us"]),
        career_age=_career_age(now["career"], ws.today()),
    )


def _career_age(career: Mapping[str, Any], today: date) -> int | None:
    entries = [*career["projects"], *career["jobs"]]
    if any(entry["start"] and not entry["end"] for entry in entries):
        return 0
    last = max((entry["end"] for entry in entries if entry["end"]), default="")
    return None if not last else (today.year - int(last[:4])) * 12 + today.month - int(last[5:7] or "12")


def content(ws: Workspace) -> "SiteContent":
    """The site's content as values."""
    from soloflow.site.content import from_dict

    return from_dict(document(ws))


def save_section(ws: Workspace, section: str, body: Mapping[str, Any]) -> Changes:
    """Keep one section as written.

    :raises UserError: naming each field that cannot be kept.
    """
    return save_sections(ws, {section: body})


def save_sections(ws: Workspace, bodies: Mapping[str, Mapping[str, Any]], label: str = "") -> Changes:
    """Keep several sections as written, as one change; sections that say the same already are left alone.

    :raises UserError: naming each field that cannot be kept; nothing is changed then.
    """
    from soloflow.site.content import section_from_dict, section_to_dict

    kept = {section: section_to_dict(section_from_dict(section, body)) for section, body in bodies.items()}
    return _keep(ws, label or _("サイトの文章を書きました"), kept)


def faults(section: str, body: Mapping[str, Any]) -> dict[str, str]:
    """Why texts of a section cannot be kept, by field: {"items[0].slug": "半角の…"}; empty when all is well."""
    from soloflow.site.content import SiteContent

    return dict(_faults(type(getattr(SiteContent(), section)), body, ""))


def _faults(shape: Any, value: Any, path: str) -> Iterator[tuple[str, str]]:
    from typing import get_args, get_type_hints

    from soloflow.site.reading import text_fault

    hints = get_type_hints(shape)
    for each in fields(shape):
        inside, place = value.get(each.name), f"{path}.{each.name}" if path else each.name
        inner = next(iter(get_args(hints[each.name])), None)
        if is_dataclass(hints[each.name]) and isinstance(inside, Mapping):
            yield from _faults(hints[each.name], inside, place)
        elif is_dataclass(inner) and isinstance(inside, list | tuple):
            for number, item in enumerate(inside):
                yield from _faults(inner, item, f"{place}[{number}]")
        elif isinstance(inside, str) and (fault := text_fault(inside.strip(), each.metadata)):
            yield place, fault


def replace_all(ws: Workspace, body: Mapping[str, Any]) -> Changes:
    """Put a whole document in the place of every section.

    :raises UserError: naming each field that cannot be kept; nothing is changed then.
    """
    from soloflow.site.content import from_dict, to_dict

    return _keep(ws, _("サイトの内容を読み込みました"), to_dict(from_dict(body)))


def _keep(ws: Workspace, label: str, sections: Mapping[str, Any]) -> Changes:
    with ws.store.write(label, ws.now_us()) as work:
        for section, body in sections.items():
            text = json.dumps(body, ensure_ascii=False)
            row = work.reader.find("site_content", section=section)
            if row is None:
                work.insert("site_content", section=section, body=text, updated_us=ws.now_us())
            elif work.reader.get("site_content", row)["body"] != text:
                work.update("site_content", row, body=text, updated_us=ws.now_us())
    return Changes(work.change_set, label, frozenset(work.topics))


def export_content(ws: Workspace, file: Path) -> None:
    """Write the content as one JSON file.

    :raises UserError: when it cannot be written.
    """
    from soloflow.site.content import to_dict

    try:
        file.write_text(json.dumps(to_dict(content(ws)), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(_("{path} に書けません（{reason}）。").format(path=file, reason=error.strerror)) from error


def import_content(ws: Workspace, file: Path) -> Changes:
    """Read the content from a JSON file of `export_content`; one undo takes it back.

    :raises UserError: when the file is no such document; nothing is changed then.
    """
    try:
        body = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(_("{path} を開けません（{reason}）。").format(path=file, reason=error.strerror)) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise UserError(
            _("{path} は JSON として読めません（{reason}）。内容は変えていません。").format(path=file, reason=error)
        ) from error
    if not isinstance(body, dict):
        raise UserError(_("{path} はサイトの内容ではありません。内容は変えていません。").format(path=file))
    return replace_all(ws, body)


def build(ws: Workspace, out: Path | None = None, progress: Progress | None = None) -> "BuildReport":
    """Build the site into a folder; unchanged input writes nothing.

    :raises UserError: content or folder faults; the old site stays whole.
    """
    from soloflow.site.build import build as build_site

    return build_site(content(ws), out or default_folder(ws), built_on=ws.today(), progress=progress)


def check(ws: Workspace, folder: Path | None = None) -> "tuple[Finding, ...]":
    """What should be mended before publishing; each finding names its section and field."""
    from soloflow.site.check import check as check_site

    return check_site(content(ws), folder, today=ws.today())


def preview(folder: Path) -> "PreviewServer":
    """A loopback server for a built folder, not yet started; `start()` answers its address."""
    from soloflow.site.preview import PreviewServer

    return PreviewServer(folder)


def themes() -> tuple[tuple[str, str], ...]:
    """Key and name of every theme that can be chosen."""
    from soloflow.site.theme import themes as installed

    return installed()


def colours(document: Mapping[str, Any]) -> Mapping[str, str]:
    """The light colours of the chosen theme with the chosen accent: token → "#rrggbb"."""
    from soloflow.site.theme import load

    look = document["look"]
    try:
        return load(look["theme"], look["accent"]).light
    except UserError:
        return load().light


def markdown(text: str) -> str:
    """Markdown as the site would show it (raw HTML escaped), for the preview beside a field."""
    from soloflow.site.markdown import to_html

    return to_html(text)
