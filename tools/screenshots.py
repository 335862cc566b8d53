"""The pictures of every page: light and dark, Japanese and English, 1280×800 and 960×640, with nobody up to 10,000.

python tools/screenshots.py                 # the README's pictures into docs/images
python tools/screenshots.py --all OUT       # every page in every variant, for looking through
python tools/screenshots.py --all OUT --pages today board --data sample --languages ja --looks light
python tools/screenshots.py --all OUT --pages insights.leak insights.sources --data empty 1 12 180 10000 --sizes 1280x1600
"""

import argparse
import itertools
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("SOLOFLOW_NOW", "2026-11-21T09:12:00+09:00")

from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from soloflow import app, i18n
from soloflow.services import sample, settings
from soloflow.services.workspace import Workspace
from soloflow.ui.main_window import MainWindow
from soloflow.ui.start import build_window

PAGES = ("today", "customers", "board", "insights", "site", "settings", "import", "capture", "report")
SIZES = ("1280x800", "960x640")
SAMPLE = 300
"""So many customers the sample has."""
README = (
    ("today", "light"),
    ("customers", "light"),
    ("board", "light"),
    ("insights", "light"),
    ("insights", "dark"),
    ("site", "light"),
)


def settle(milliseconds: int = 350) -> None:
    """Let the window work and paint for a while."""
    until = time.monotonic() + milliseconds / 1000
    while time.monotonic() < until:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def workspace(data: str, folder: Path) -> Workspace:
    """A profile: empty, the sample, so many customers of the sample (up to 300), or so many invented ones."""
    settings.save(
        folder, settings.Settings(name="見本 はじめ", trade_name="見本システム工房", mail="hajime@example.jp")
    )
    ws = app.open_workspace(folder)
    if data == "sample":
        sample.fill(ws)
    elif data.isdigit() and int(data) <= SAMPLE:
        sample.fill(ws, int(data))
    elif data.isdigit():
        sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
        from make_profile import fill

        fill(ws, int(data))
    return ws


def show(window: MainWindow, page: str) -> object:
    """Bring a page (or the capture window) up; answers the widget to grab."""
    if page == "capture":
        window.context.open_capture()
        settle()
        others = [one for one in QApplication.topLevelWidgets() if one is not window and one.isVisible()]
        return others[-1] if others else window
    if page == "import":
        window.show_page("import", files=list(sample.contact_files())[:1])
        settle(1200)
        return window
    page, tab, by = [*page.split("."), "", ""][:3]  # insights.leak, insights.after.stays
    is_counted = window.current_key == page
    window.show_page(page, **({"tab": tab, "by": by} if tab else {}))
    settle(2500 if page == "insights" and not is_counted else 600)
    if page == "insights":
        wait_for_answer(window)
    if page == "customers":
        press(window, Qt.Key.Key_Down)
        press(window, Qt.Key.Key_Down)  # of the sample the one with the whole story
    return window


def is_drawn(page: object, pane: object) -> bool:
    """Whether the tab in sight has its answer and its drawing."""
    canvas = page.charts.canvas if pane is None else pane.canvas  # type: ignore[attr-defined]
    is_answered = pane is None or pane.answer is not None  # type: ignore[attr-defined]
    return bool(page.charts.can_draw and is_answered and (canvas._regions or not canvas.isVisible()))  # type: ignore[attr-defined]


def wait_for_answer(window: MainWindow, most: float = 30.0) -> None:
    """Until the tab of 分析 in sight has its answer and can draw it."""
    until = time.monotonic() + most
    while time.monotonic() < until:
        page = window.page("insights")
        pane, shown = getattr(page, "pane", None), getattr(page, "shown", None)
        if shown is not None and (shown.is_empty or is_drawn(page, pane)):
            break
        settle(100)
    settle(300)


def press(window: MainWindow, key: Qt.Key) -> None:
    """One key to whatever has the focus."""
    from PySide6.QtTest import QTest

    QTest.keyClick(window.focusWidget() or window, key)
    settle()


def shoot(
    ws: Workspace, pages: tuple[str, ...], look: str, language: str, sizes: tuple[str, ...], name: str, out: Path
) -> None:
    """Pictures of pages in one look and language."""
    i18n.set_language(language)
    window = build_window(ws, look)
    window.show()
    for size, page in itertools.product(sizes, pages):
        window.resize(*(int(side) for side in size.split("x")))
        QCursor.setPos(window.mapToGlobal(QPoint(1, window.height() - 2)))  # no row looks hovered
        target = show(window, page)
        settle()
        path = out / (name.format(page=page, look=look, language=language, size=size) + ".png")
        target.grab().save(str(path))  # type: ignore[attr-defined]
        print(path)
        if target is not window:
            target.close()  # type: ignore[attr-defined]
    window.close()
    settle(50)


def shoot_report(ws: Workspace, language: str, name: str, out: Path) -> None:
    """The pages of last month's report, as they are printed."""
    from soloflow.services import reporting

    i18n.set_language(language)
    month = reporting.months(ws)[:2][-1]
    for number, picture in enumerate(reporting.pictures(reporting.made(ws, reporting.Wanted(month)), ppi=110), 1):
        path = out / f"{name}-{number}.png"
        path.write_bytes(picture)
        print(path)


def main() -> None:
    """Read the options, make the profiles, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", type=Path, metavar="OUT")
    parser.add_argument("--pages", nargs="+", default=list(PAGES))
    parser.add_argument("--data", nargs="+", default=["empty", "sample", "10000"])
    parser.add_argument("--languages", nargs="+", default=["ja", "en"])
    parser.add_argument("--looks", nargs="+", default=["light", "dark"])
    parser.add_argument("--sizes", nargs="+", default=list(SIZES), metavar="WxH")
    options = parser.parse_args()
    application = QApplication.instance() or QApplication(["soloflow", "-style", "fusion"])
    with tempfile.TemporaryDirectory() as place:
        if options.all is None:
            out = Path(__file__).resolve().parents[1] / "docs" / "images"
            out.mkdir(parents=True, exist_ok=True)
            ws = workspace("sample", Path(place))
            for page, look in README:
                shoot(ws, (page,), look, "ja", ("1280x800",), "{page}-{look}", out)
            ws.store.close()
            return
        options.all.mkdir(parents=True, exist_ok=True)
        for data in options.data:
            ws = workspace(data, Path(place) / data)
            if "report" in options.pages:
                for language in options.languages:
                    shoot_report(ws, language, f"{data}-report-{language}", options.all)
            for look, language in itertools.product(options.looks, options.languages):
                shoot(
                    ws,
                    tuple(page for page in options.pages if page != "report"),
                    look,
                    language,
                    tuple(options.sizes),
                    f"{data}-{{page}}-{{look}}-{{language}}-{{size}}",
                    options.all,
                )
            ws.store.close()
    del application


if __name__ == "__main__":
    main()
