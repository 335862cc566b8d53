"""The composition root: paths → store → workspace → window. The only module that knows everyone."""

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from soloflow import i18n
from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services import places, settings
from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME, open_store

if TYPE_CHECKING:  # the window's room loads Qt
    from soloflow.ui.session import Doors

SHIPPED = (
    "icons/tank.svg", "themes/window.qss", "desktop/soloflow.desktop", "locale/en/LC_MESSAGES/soloflow.mo", "sites/mizu", "report/monthly.typ", "sample/events.csv", "sample/site.json",
)  # fmt: skip
"""Some file of every folder of resources, by which the self-test knows that all of it came along."""

default_profile = places.default_profile


def system_language() -> str:
    """The system's locale name, such as ja_JP; English only when it says so."""
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if not said and not sys.platform.startswith("linux"):  # on Linux, getlocale() calls the C locale English
        import locale

        said = locale.getlocale()[0]
    return said or ""


def wall_clock() -> datetime:
    """Now. `SOLOFLOW_NOW` (ISO, with offset) fixes it for pictures and rehearsals.

    :raises UserError: when that is no such time.
    """
    fixed = os.environ.get("SOLOFLOW_NOW")
    if not fixed:
        return datetime.now(UTC)
    with contextlib.suppress(ValueError):
        moment = datetime.fromisoformat(fixed)
        if moment.tzinfo and 1 < moment.year < 9999:
            return moment
    raise UserError(
        _(
            "環境変数 SOLOFLOW_NOW の「{text}」は日時として読めません。2026-09-30T18:00:00+09:00 のように書くか、変数を消してください。"
        ).format(text=fixed)
    )


def time_zone(profile: Path | None) -> ZoneInfo:
    """The zone of a profile's user, without opening (or making) the profile.

    :raises UserError: when its settings cannot be read.
    """
    return ZoneInfo(settings.load(profile or default_profile()).time_zone)


def open_workspace(profile: Path | None = None, clock: Callable[[], datetime] = wall_clock) -> Workspace:
    """Open a profile: its settings, its language, its store.

    :raises UserError: when the folder or the file cannot be used.
    """
    folder = profile or default_profile()
    chosen = settings.load(folder)
    i18n.set_language(settings.language_of(chosen, system_language()))
    clock()  # a clock that cannot tell the time is found here, not in the middle of something
    store = open_store(folder / FILE_NAME)
    return Workspace(store, folder, clock, ZoneInfo(chosen.time_zone))


def show_window(profile: Path | None, *, only_capture: bool = False) -> int:
    """Open the window and stay until it closes; the exit code. `only_capture`: the small one for writing people down.

    :raises UserError: when there is no display, or the profile cannot be opened.
    """
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise UserError(
            _(
                "画面がないのでウィンドウを開けません。ウィンドウなしで試すには soloflow demo フォルダー を、使い方は soloflow --help をどうぞ。"
            )
        )
    gc.disable()  # until the window is painted: what starting makes stays, so looking through it finds nothing
    # Before anything of Qt: PySide reads the source of every module that is loaded after it.
    from soloflow.services import follow_ups, today  # noqa: F401
    from soloflow.ui.running import run

    folder = profile or default_profile()
    return run(doors(folder), folder, only_capture=only_capture)


def doors(folder: Path, clock: Callable[[], datetime] = wall_clock) -> "Doors":
    """What the window asks of the composition root, for one profile."""
    from soloflow.ui.session import Doors

    return Doors(
        open=partial(open_workspace, folder, clock),
        open_sample=_open_sample,
        remove_sample=_remove_sample,
        restore=_restore_closed,
        is_sample=_is_sample,
        appearance=lambda ws: settings.load(ws.folder).appearance,
        daily_backup=_daily_backup,
        newest_backup=partial(_newest_backup, folder),
        restore_newest=partial(restore, folder),
    )


def _newest_backup(folder: Path) -> Path | None:
    from soloflow.services import backups

    return backups.newest_sound(folder)


def _open_sample(ws: Workspace) -> Workspace:
    from soloflow.services import sample

    return sample.open_sample(ws)


def _remove_sample(ws: Workspace) -> None:
    from soloflow.services import sample

    sample.remove(ws)


def _is_sample(ws: Workspace) -> bool:
    return ws.folder.name == "sample" and (ws.folder.parent / FILE_NAME).exists()


def _daily_backup(ws: Workspace) -> Path | None:
    from soloflow.services import backups

    return None if _is_sample(ws) else backups.take_daily(ws)


def _restore_closed(ws: Workspace, copy: Path) -> Path | None:
    from soloflow.services import backups

    return backups.restore(ws.store.path, copy, ws.now())


def restore(folder: Path, copy: Path) -> Path | None:
    """Put a backup in the place of a profile's database; where the present one was kept, or None.

    :raises UserError: when the copy is not sound; nothing is changed then.
    """
    from soloflow.services import backups

    return backups.restore(folder / FILE_NAME, copy, wall_clock())


@contextlib.contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Hold a profile alone, as the window does.

    :raises UserError: when a window of this profile is open.
    """
    from soloflow.ui.single_instance import SingleInstance

    guard = SingleInstance(folder)
    if not guard.is_first:
        raise UserError(_("このデータは SoloFlow のウィンドウで開いています。閉じてからもう一度どうぞ。"))
    try:
        yield
    finally:
        guard.close()


def demo(folder: Path, say: Callable[[str], None]) -> None:
    """The main job without a window, in a profile of its own under `folder`: import, log, figures, charts, site.

    :raises UserError: when the folder cannot be written, or a profile of the user's own lies there.
    """
    from soloflow.charts.export import save_drawing
    from soloflow.charts.funnel import funnel_figure, rates_figure, stages_figure
    from soloflow.services import importing, numbers, sample, site

    profile = folder / "profile"
    sample.make_room(profile)
    ws = open_workspace(profile)
    try:
        sample.fill(ws)
        for path in sample.contact_files():
            changes, report = importing.commit(ws, importing.preview(ws, path))
            say(f"{changes.label}　{importing.report_sentence(report)}")
        found = numbers.compute(ws)
        say("")
        say(numbers.as_table(found, ws.zone))
        say("")
        charts = folder / "charts"
        charts.mkdir(parents=True, exist_ok=True)
        for name, drawing in (
            ("funnel", funnel_figure(found)),
            ("stages", stages_figure(found)),
            ("rates", rates_figure(found)),
        ):
            save_drawing(drawing, charts / f"{name}.png")
        report_of_site = site.build(ws, folder / "site")
        say(_("図：{folder}").format(folder=charts))
        say(
            _("サイト：{page}（{count}ページ）").format(
                page=folder / "site" / "index.html", count=len(report_of_site.pages)
            )
        )
        say(_("データ：{folder}（soloflow --profile {folder} で開けます）").format(folder=profile))
    finally:
        ws.store.close()


def self_test() -> list[str]:
    """What an installed program lacks: every module imports, every resource is there, a profile can be made; empty when whole."""
    import importlib
    import pkgutil
    import tempfile

    import soloflow
    from soloflow import resources

    faults = []
    for module in pkgutil.walk_packages(soloflow.__path__, "soloflow."):
        if ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        try:
            importlib.import_module(module.name)
        except ImportError as error:
            faults.append(f"{module.name}: {error}")
    faults += [
        _("付属ファイル {path} がありません").format(path=part)
        for part in SHIPPED
        if not resources.path(*part.split("/")).exists()
    ]
    with tempfile.TemporaryDirectory() as place:
        ws = open_workspace(Path(place))
        ws.store.close()
    return faults
