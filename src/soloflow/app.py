"""The composition root: paths → store → workspace → window. The only module that knows everyone."""

import locale
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from soloflow import i18n
from soloflow.services import settings
from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME, open_store


def default_profile() -> Path:
    """The user's data folder, as the system has it."""
    from platformdirs import user_data_path

    return user_data_path("SoloFlow", appauthor=False, roaming=False)


def system_language() -> str:
    """The system's locale name, such as ja_JP; English only when it says so."""
    return (
        os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
        or locale.getlocale()[0]
        or ""
    )


def wall_clock() -> datetime:
    """Now. `SOLOFLOW_NOW` (ISO, with offset) fixes it for pictures and rehearsals."""
    fixed = os.environ.get("SOLOFLOW_NOW")
    return datetime.fromisoformat(fixed) if fixed else datetime.now(UTC)


def open_workspace(profile: Path | None = None, clock: Callable[[], datetime] = wall_clock) -> Workspace:
    """Open a profile: its settings, its language, its store.

    :raises UserError: when the folder or the file cannot be used.
    """
    folder = profile or default_profile()
    chosen = settings.load(folder)
    i18n.set_language(settings.language_of(chosen, system_language()))
    store = open_store(folder / FILE_NAME)
    return Workspace(store, folder, clock, ZoneInfo(chosen.time_zone))
