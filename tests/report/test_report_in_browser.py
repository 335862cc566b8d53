"""The report as a browser lays it out: nothing of the month is hidden at the widths people have."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from soloflow.report import page
from soloflow.report.content import Picture, Report, Section, Table

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="880pt" height="300pt" viewBox="0 0 880 300"><path d="M0 0H880"/></svg>'
ASK = """<script>document.title = JSON.stringify(
[...document.querySelectorAll(".wide, .picture")].map(one => [one.className, one.scrollWidth - one.clientWidth]));</script>"""
MONTHS = Table(
    ("", "7月", "8月", "9月", "10月"), (("新しく工程に入った顧客", "9", "11", "19", "23"),), strong=4, is_narrow=True
)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium here")


@pytest.mark.parametrize("width", [1280, 1000, 700])
def test_nothing_is_hidden_behind_a_scrollbar(tmp_path: Path, width: int) -> None:
    assert hidden(tmp_path, width) == [["picture", 0], ["wide", 0], ["picture", 0]]


def test_on_a_telephone_a_drawing_scrolls_and_does_not_shrink_to_dots(tmp_path: Path) -> None:
    drawing = hidden(tmp_path, 500)[0]
    assert drawing[1] > 0


def hidden(folder: Path, width: int) -> list[list[object]]:
    """Of each part that may scroll, how many pixels are out of sight."""
    sections = (
        Section("どこで離れているか", picture=Picture(SVG, "形")),
        Section("この月と、前の3か月", picture=Picture(SVG, "月"), table=MONTHS, is_picture_beside=True),
    )
    report = Report(
        language="ja", kind="月報", title="2026年10月", maker="", day="2026-10-31", rests_on="", made="", answer=(), lines=(),
        sections=sections, terms_title="数えかた", terms=(),
    )  # fmt: skip
    file = folder / "report.html"
    file.write_text(page.html(report).replace("</body>", ASK + "</body>"), encoding="utf-8")
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'browser'}",
        f"--window-size={width},1000", "--dump-dom", file.as_uri(),
    ]  # fmt: skip
    shown = subprocess.run(command, capture_output=True, timeout=60, check=True).stdout.decode()
    title = re.search("<title>(.*?)</title>", shown)
    assert title is not None
    found: list[list[object]] = json.loads(title.group(1))
    return found
