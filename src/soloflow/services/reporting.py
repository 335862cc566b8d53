"""月報: the month as two pages to keep, PDF or HTML, with the figures of 分析 as of the end of that month."""

import contextlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from soloflow import i18n
from soloflow.domain.dates import month_name
from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import numbers
from soloflow.services.workspace import Progress, Silent, Workspace

if TYPE_CHECKING:  # numpy and what draws wait until a report is wanted
    from soloflow.report.content import Report

ENDINGS = ("pdf", "html")
_MOST_MONTHS = 600


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the report is to be of."""

    month: date
    """Any day of it."""
    names: bool = False
    """Whether customers are named; without, it can be shown to others."""
    orders: int = 3
    """The aim: so many orders …"""
    within_months: int = 6
    """… within so many months after the month's end."""


def months(ws: Workspace) -> tuple[date, ...]:
    """First days of the months that can be reported, newest first: the present one, and back to the first entry."""
    present = ws.today().replace(day=1)
    first = _first_month(ws) or present
    found = [present]
    while found[-1] > first and len(found) < _MOST_MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return tuple(found)


def file_name(month: date, ending: str) -> str:
    """What a report is called unless the user says otherwise: soloflow-2026-10.pdf."""
    return f"soloflow-{month:%Y-%m}.{ending}"


def made(ws: Workspace, wanted: Wanted) -> "Report":
    """The report of a month, in the language in use. Takes as long as the page 分析 and loads what draws.

    :raises UserError: when the month has not begun, or lies before the first entry.
    """
    from soloflow.services import report_sections

    _check_month(ws, wanted.month)
    then = _as_of(ws, wanted.month)
    return report_sections.report(then, numbers.overview(then), wanted, made_on=ws.today(), is_running=then is ws)


def write(ws: Workspace, wanted: Wanted, file: Path, progress: Progress | None = None) -> Path:
    """Write the report; the ending of the name (pdf, html) chooses the format. A file of that name is replaced in one step.

    :raises UserError: for another ending, a month that cannot be reported, or a place that cannot be written.
    """
    progress = progress or Silent()
    make = _maker(file)
    data = make(made(ws, wanted))
    progress.check()
    _replace(file, data)
    return file


def _replace(file: Path, data: bytes) -> None:
    """Write beside and rename: what stood there before stays until the new one is whole."""
    target = Path(os.path.realpath(file))  # of a link its file is replaced, not the link
    if target.exists() and not (target.is_file() or target.is_dir()):  # a device or a pipe must not give way to a file
        words = _("{path} はふつうのファイルではないので、書きませんでした。ほかの名前を選んでください。")
        raise UserError(words.format(path=file))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    try:
        with temporary.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        words = _("{path} に書けません（{reason}）。記録はそのままです。ほかの場所を選んでください。")
        raise UserError(words.format(path=file, reason=error.strerror)) from error


def pictures(report: "Report", ppi: float = 96) -> list[bytes]:
    """The pages as PNG."""
    from soloflow.charts import fonts
    from soloflow.report import typeset

    return typeset.pictures(report, fonts.families(), fonts.folders(), ppi=ppi)


def _maker(file: Path) -> "Callable[[Report], bytes]":
    ending = file.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise UserError(_("月報は PDF か HTML にできます。ファイル名の終わりを .pdf か .html にしてください。"))
    return _pdf if ending == "pdf" else _html


def _pdf(report: "Report") -> bytes:
    from soloflow.charts import fonts
    from soloflow.report import typeset

    return typeset.pdf(report, fonts.families(), fonts.folders())


def _html(report: "Report") -> bytes:
    from soloflow.report import page

    return page.html(report).encode()


def _check_month(ws: Workspace, month: date) -> None:
    name = month_name(month, i18n.language())
    if month.replace(day=1) > ws.today():
        raise UserError(_("{month}はまだ来ていません。今月か、それより前の月を選んでください。").format(month=name))
    first = _first_month(ws)
    if first is not None and month.replace(day=1) < first:
        raise UserError(
            _("{month}には、まだ記録がありません。いちばん古い記録は{first}です。").format(
                month=name, first=month_name(first, i18n.language())
            )
        )


def _as_of(ws: Workspace, month: date) -> Workspace:
    """The profile as the clock of the month's last instant sees it; the profile itself while the month runs."""
    after = (month.replace(day=1) + timedelta(days=31)).replace(day=1)
    end = datetime.combine(after, time(), ws.zone)
    if ws.now() < end:
        return ws
    last = datetime.fromtimestamp(end.timestamp() - 1, ws.zone).replace(microsecond=999_999)
    return replace(ws, clock=lambda: last)


def _first_month(ws: Workspace) -> date | None:
    from soloflow.services import wording
    from soloflow.store import log as stored

    with ws.store.read() as reader:
        first_us = stored.first_entry(reader)
    return None if first_us is None else wording.date_of(ws, first_us).replace(day=1)
