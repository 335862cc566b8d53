"""A machine without any Japanese font: the bundled one is used, and where even that is missing a band says what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication(["soloflow", "-style", "fusion"])
from soloflow import app
from soloflow.ui import theme
from soloflow.ui.start import build_window
if sys.argv[2] == "unbundled":
    theme._bundled_family = tuple
ws = app.open_workspace(Path(sys.argv[1]))
window = build_window(ws, "light")
window.show()
application.processEvents()
print("families:", window.context.theme.families)
print("band:", window.context.band.text if window.context.band else "")
window.close()
ws.store.close()
"""


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment whose font configuration knows one empty folder."""
    (tmp_path / "fonts").mkdir()
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{tmp_path / "fonts"}</dir>'
        f"<cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>"
    )
    return {
        **os.environ,
        "FONTCONFIG_FILE": str(configuration),
        "QT_QPA_PLATFORM": "offscreen",
        "LC_ALL": "ja_JP.UTF-8",
    }


def window(bare: dict[str, str], folder: Path, bundled: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WINDOW, str(folder), bundled],
        env=bare,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fonts are found through fontconfig on Linux only")
def test_the_bundled_font_serves_where_the_system_has_none(bare: dict[str, str], tmp_path: Path) -> None:
    done = window(bare, tmp_path / "profile", "bundled")
    assert done.returncode == 0, done.stderr
    assert "IPAexGothic" in done.stdout
    assert "band: \n" in done.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fonts are found through fontconfig on Linux only")
def test_without_any_japanese_font_a_band_says_so_in_both_languages(bare: dict[str, str], tmp_path: Path) -> None:
    done = window(bare, tmp_path / "profile", "unbundled")
    assert done.returncode == 0, done.stderr
    assert "日本語のフォント" in done.stdout
    assert "No Japanese font" in done.stdout
