"""A real browser at real widths: nothing may stick out sideways."""

import functools
import html
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from soloflow.site.build import build
from soloflow.site.content import SiteContent, from_dict

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--virtual-time-budget=8000", "--dump-dom",
]  # fmt: skip
WIDTHS = (320, 375, 767, 768, 1280)
PROBE = """<!DOCTYPE html><title>probe</title><body><pre id="out"></pre><script>
const pages = %s, widths = %s, found = [];
function look(at) {
  if (at === pages.length * widths.length) { document.getElementById("out").textContent = JSON.stringify(found); return; }
  const frame = document.createElement("iframe");
  const page = pages[Math.floor(at / widths.length)], width = widths[at %% widths.length];
  frame.width = width; frame.height = 800; frame.style.border = 0;
  frame.onload = () => {
    const root = frame.contentDocument.documentElement;
    found.push([page, width, root.scrollWidth, getComputedStyle(frame.contentDocument.body).lineBreak]);
    frame.remove(); look(at + 1);
  };
  frame.src = page; document.body.append(frame);
}
look(0);
</script>"""

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: widths were not looked at"),
    pytest.mark.slow,
]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


def measured(folder: Path, address: str, tmp_path: Path) -> list[tuple[str, int, int, str]]:
    pages = [page.relative_to(folder).as_posix() for page in sorted(folder.rglob("*.html"))]
    (folder / "probe.html").write_text(PROBE % (json.dumps(pages), json.dumps(WIDTHS)))
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'browser'}", f"{address}probe.html"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    found = re.search(r'<pre id="out">(.*?)</pre>', answer.stdout, re.DOTALL)
    assert found
    assert found[1], "the browser did not finish"
    rows = [tuple(row) for row in json.loads(html.unescape(found[1]))]
    assert len(rows) == len(pages) * len(WIDTHS)
    return rows


def longer(value: Any) -> Any:
    """The sample with every text three times as long, as people really write, and words that cannot be broken."""
    if isinstance(value, dict):
        fixed = {"slug", "mail", "base_url", "phone", "since", "start", "end", "date", "updated", "language", "mark",
                 "visibility", "theme", "accent", "proof", "feature", "offer", "case", "name"}  # fmt: skip
        return {key: item if key in fixed else longer(item) for key, item in value.items()}
    if isinstance(value, list):
        return [longer(item) for item in value]
    return value * 3 + "Donaudampfschifffahrtsgesellschaft" if isinstance(value, str) and value else value


@pytest.mark.parametrize("wording", ["as written", "three times as long"])
def test_no_page_scrolls_sideways(
    wording: str, sample: SiteContent, sample_document: dict[str, Any], folder: Path, tmp_path: Path, address: str
) -> None:
    content = sample if wording == "as written" else from_dict(longer(sample_document))
    build(content, folder, built_on=date(2026, 11, 16))
    rows = measured(folder, address, tmp_path)
    assert [row[:3] for row in rows if row[2] > row[1]] == []
    assert {row[3] for row in rows} == {"strict"}, "the style sheet did not reach a page"
