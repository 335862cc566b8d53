"""設定: a small frozen value, kept as TOML in the profile's folder, written by temp + replace."""

import contextlib
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from soloflow import i18n
from soloflow.domain.errors import UserError
from soloflow.i18n import _

FILE_NAME = "settings.toml"
APPEARANCES = ("system", "light", "dark")
UNCHOSEN = "usual"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose. Secrets are never here; window geometry neither."""

    language: str = ""
    """ja, en, or empty: the system's (Japanese unless the system speaks English)."""
    appearance: str = "system"
    time_zone: str = "Asia/Tokyo"
    name: str = ""
    trade_name: str = ""
    mail: str = ""
    site_folder: str = ""
    """Where `site build` writes when asked from the window; empty: inside the profile."""
    publish_target: str = ""
    hourly_yen: int = 0
    """What an hour of one's own is worth, for the cost of meetups."""
    benchmark: str = "example"
    """What own rates are compared with: example, past_year or own (services/benchmarks.py)."""
    own_benchmark: str = ""
    """One's own benchmark of stages 1 to 8 in percent, with spaces between; empty: the example's."""
    last_meetup: int = 0
    stays_in_tray: bool = False
    """Closing the window leaves the program in the desktop's tray, ready for `soloflow capture`."""
    card_parts: str = UNCHOSEN
    """What one's own card shows beside the name, as codes with spaces between (services/sharing.py)."""


def load(folder: Path) -> Settings:
    """The settings of a profile; defaults where there are none yet.

    :raises UserError: when the file is broken, naming the place; nothing is overwritten.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
        import tomllib  # not needed before something has been chosen

        found = tomllib.loads(text)
    except FileNotFoundError:
        return Settings()
    except ValueError as error:  # not TOML, or not UTF-8
        raise UserError(
            _(
                "設定ファイルが読めません（{path}：{reason}）。直すか、ファイルを別の名前にしてから開いてください。データは無事です。"
            ).format(path=path, reason=error)
        ) from error
    except OSError as error:
        raise UserError(
            _("設定ファイルを開けません（{path}：{reason}）。").format(path=path, reason=error.strerror)
        ) from error
    return checked({name: value for name, value in found.items() if name in {field.name for field in fields(Settings)}})


def checked(values: dict[str, object]) -> Settings:
    """Settings from loose values; what does not fit its type or range falls back to the default."""
    defaults = asdict(Settings())
    kept = {name: value for name, value in values.items() if type(value) is type(defaults[name])}
    settings = replace(Settings(), **kept)  # type: ignore[arg-type]
    if settings.appearance not in APPEARANCES:
        settings = replace(settings, appearance="system")
    if settings.language not in ("", *i18n.LANGUAGES):
        settings = replace(settings, language="")
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        settings = replace(settings, time_zone="Asia/Tokyo")
    return settings


def save(folder: Path, settings: Settings) -> None:
    """Write the settings in one step: the old file stays whole until the new one is complete.

    :raises UserError: when the folder cannot be written.
    """
    import tomli_w

    path = folder / FILE_NAME
    temporary = path.with_suffix(".toml.new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as target:
            tomli_w.dump(asdict(settings), target)
            target.flush()
            os.fsync(target.fileno())
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise UserError(
            _(
                "設定を保存できませんでした（{path}：{reason}）。前の設定のままです。空きと権限を確かめてください。"
            ).format(path=path, reason=error.strerror)
        ) from error


def change(folder: Path, **values: object) -> Settings:
    """Set some of the settings and keep the rest; the settings as they are now.

    :raises UserError: when the file cannot be read or written; nothing is changed then.
    """
    settings = checked(asdict(load(folder)) | values)
    save(folder, settings)
    return settings


def mail_fault(text: str) -> str:
    """Why this cannot be a mail address of the profile, as a sentence; "" for a sound one and for none."""
    from soloflow.site.reading import text_fault  # the rule of the site, which takes the address over

    if not text_fault(text, {"kind": "mail"}):
        return ""
    return _("メールアドレスとして読めません。name@example.jp の形で書いてください。")


def read_yen(text: str) -> int | None:
    """The yen that the words say (5000, ¥5,000, ５０００円); 0 for none, None when they are no amount."""
    from soloflow.domain.width import fold_width

    plain = fold_width(text).replace(",", "").strip(" ¥円")
    return 0 if not plain else int(plain) if plain.isascii() and plain.isdigit() else None


def language_of(settings: Settings, system: str) -> str:
    """The language to speak: the chosen one, or English where the system (a locale name such as en_US) speaks it."""
    return settings.language or ("en" if system.lower().startswith("en") else "ja")
