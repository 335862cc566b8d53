"""The program in the desktop's menu: the desktop file with its action 記録する, and the icon, in the user's own folders."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from soloflow import resources
from soloflow.domain.errors import UserError
from soloflow.i18n import _

FILES = {
    "soloflow.desktop": Path("applications", "soloflow.desktop"),
    "soloflow.svg": Path("icons", "hicolor", "scalable", "apps", "soloflow.svg"),
}
"""The shipped files, and where each belongs under the data folder of a freedesktop system."""
MARK = "X-SoloFlow-Installed=true"
"""By this line a desktop file is known as ours; another one of the same name is left alone."""


def data_home() -> Path:
    """The user's data folder of the XDG base directories."""
    said = os.environ.get("XDG_DATA_HOME", "")
    return Path(said) if said.startswith("/") else Path.home() / ".local" / "share"


def command_here() -> tuple[str, ...]:
    """The words that start the program that runs now, wherever it is installed."""
    beside = Path(sys.executable).with_name("soloflow")
    found = str(beside) if beside.exists() else shutil.which("soloflow")
    return (found,) if found else (sys.executable, "-m", "soloflow")


def install(command: Sequence[str], home: Path | None = None) -> list[Path]:
    """Put the files where the desktop looks for them; the places.

    :raises UserError: where there are no desktop files, when one of somebody else's is in the way, or nothing can be written.
    """
    _check_system()
    home = home or data_home()
    if _is_foreign(home / FILES["soloflow.desktop"]):
        raise UserError(
            _(
                "同じ名前のファイルがあるので、置きませんでした（{path}）。名前を変えるか消してから、もう一度どうぞ。"
            ).format(path=home / FILES["soloflow.desktop"])
        )
    placed = []
    for name, place in FILES.items():
        content = resources.path("desktop", name).read_text("utf-8")
        if name.endswith(".desktop"):
            content = _with_command(content, command)
        target = home / place
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f".{target.name}.new")
            temporary.write_text(content, encoding="utf-8")
            temporary.replace(target)
        except OSError as error:
            raise UserError(
                _("置けませんでした（{path}：{reason}）。").format(path=target, reason=error.strerror)
            ) from error
        placed.append(target)
    return placed


def remove(home: Path | None = None) -> list[Path]:
    """Take away what `install` has put there, and nothing else; the places.

    :raises UserError: where there are no desktop files, or they cannot be removed.
    """
    _check_system()
    home = home or data_home()
    entry = home / FILES["soloflow.desktop"]
    if not entry.exists() or _is_foreign(entry):
        return []
    removed = []
    for place in FILES.values():
        target = home / place
        try:
            if target.exists():
                target.unlink()
                removed.append(target)
        except OSError as error:
            raise UserError(
                _("取り除けませんでした（{path}：{reason}）。").format(path=target, reason=error.strerror)
            ) from error
    return removed


def _check_system() -> None:
    if sys.platform == "win32":
        raise UserError(
            _(
                "Windows では、スタートメニューに「soloflow capture」へのショートカットを作り、そのプロパティでショートカットキーを決めてください。"
            )
        )
    if sys.platform == "darwin":
        raise UserError(
            _(
                "macOS では、ショートカット.app で「シェルスクリプトを実行」に soloflow capture と書き、キーボードショートカットを決めてください。"
            )
        )


def _is_foreign(entry: Path) -> bool:
    try:
        return MARK not in entry.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return False


def _with_command(content: str, command: Sequence[str]) -> str:
    """The desktop file with the whole path of the command, which need not be on the desktop's PATH."""
    quoted = " ".join(_quoted(word) for word in command)
    lines = [
        f"Exec={quoted}{line.removeprefix('Exec=soloflow')}" if line.startswith("Exec=soloflow") else line
        for line in content.splitlines()
        if not line.startswith("TryExec=")
    ]
    return "\n".join(lines) + "\n"


def _quoted(word: str) -> str:
    """A word of an Exec line: the quoting of the desktop entry specification, then that of its strings."""
    quoted = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in word).replace("%", "%%")
    needs = any(letter in " \t\n\"'\\><~|&;$*?#()`" for letter in word)
    return (f'"{quoted}"' if needs else quoted).replace("\\", "\\\\")
