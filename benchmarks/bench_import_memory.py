"""Promise: a CSV of 100,000 rows is read, previewed and imported with at most 300 MB over the idle program.

Each case runs in a process of its own, with the window open: its peak (what the system counts, getrusage) when idle, and after
the import. A known shape; the same by a mapping of its columns; and the known one once more, when everybody is known.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROWS = 100_000
GOAL_MB = 300
KNOWN = "会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,名刺交換日"
OTHER = "貴社名,ご所属,お役職,お名前,Eメール,〒,ご住所,電話,部門電話,直通電話,FAX番号,携帯番号,ホームページ,来場日"
FAMILIES = [
    "山田",
    "鈴木",
    "佐藤",
    "田中",
    "高橋",
    "伊藤",
    "渡邉",
    "中村",
    "小林",
    "加藤",
    "髙木",
    "齋藤",
    "濵田",
    "長谷部",
    "宇佐美",
]
GIVEN = ["太郎", "花子", "一郎", "結衣", "健", "誠", "学", "亜希", "純", "浩", "さくら", "翔", "恵"]


def write_file(path: Path, header: str) -> None:
    """Three people of each company, with mail, two numbers, address, link and day."""
    with path.open("w", encoding="utf-8", newline="") as target:
        target.write(header + "\r\n")
        for one in range(ROWS):
            company, line = one // 3, one % 10_000
            name = f"{FAMILIES[one % len(FAMILIES)]}{company % 97} {GIVEN[one // 7 % len(GIVEN)]}{one % 89}"
            target.write(
                f"株式会社会社{company},第{one % 7}営業部,課長,{name},user{one}@example{company}.co.jp,1500001,"
                f"東京都渋谷区神南{company % 9}-{company % 30},03-{company % 9000 + 1000}-{company % 8999 + 1000},,,,"
                f"090-{one // 10_000:04}-{line:04},https://example{company}.co.jp/,2024/{one % 12 + 1:02}/{one % 28 + 1:02}\r\n"
            )


def peak_mb() -> float:
    """The most memory this process has had until now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def child(folder: Path, file: Path) -> None:
    """One process: the window opened and idle, then the file read, judged and written."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    application = QApplication(["soloflow", "-style", "fusion"])
    from soloflow.services import importing, mappings
    from soloflow.services.import_search import all_words
    from soloflow.services.import_words import report_rows
    from soloflow.services.workspace import Silent, Workspace
    from soloflow.store.database import FILE_NAME, open_store
    from soloflow.ui.context import Context
    from soloflow.ui.main_window import MainWindow
    from soloflow.ui.theme import apply_theme, load_theme

    store = open_store(folder / FILE_NAME)
    ws = Workspace(store, folder, lambda: datetime(2026, 11, 21, 3, 0, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
    theme = load_theme("light")
    apply_theme(theme)
    context = Context(ws, theme)
    window = MainWindow(context)
    window.show()
    application.processEvents()
    with ws.store.write("", ws.now_us(), journaled=False):
        """What writing loads belongs to the idle program: the first note of the day loads it."""
    idle, start = peak_mb(), time.perf_counter()
    try:
        preview = importing.preview(ws, file)
    except mappings.Unmapped as unknown:
        table = unknown.table
    else:
        table = None
    if table is not None:
        mappings.remember(ws, table, table.suggested)
        preview = importing.preview(ws, file)
    words = all_words([item.person for item in preview.items], Silent())  # what the page keeps for its search
    read = peak_mb() - idle
    seconds = time.perf_counter() - start
    _changes, report = importing.commit(ws, preview)
    rows = report_rows(preview, preview.items)  # and for its report
    assert report.rows == ROWS <= min(len(words), len(rows)), report
    print(f"{idle:.0f} {read:.0f} {peak_mb() - idle:.0f} {seconds:.1f} {time.perf_counter() - start:.1f}")
    window.close()
    context.close()
    store.close()


def measure(name: str, folder: Path, file: Path) -> float:
    """Run one case and print its line; the peak in MB."""
    told = subprocess.run(
        [sys.executable, __file__, str(folder), str(file)], stdout=subprocess.PIPE, text=True, check=True
    ).stdout.split()
    idle, read, peak, reading, whole = map(float, told)
    print(
        f"{name:<34} idle {idle:4.0f} MB   preview +{read:4.0f} MB in {reading:5.1f} s   imported +{peak:4.0f} MB in {whole:6.1f} s"
        f"   {peak / GOAL_MB:.2f} of the goal"
    )
    return peak


def main() -> int:
    """Measure the three cases."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, header in (("known.csv", KNOWN), ("other.csv", OTHER)):
            write_file(folder / name, header)
        size = (folder / "known.csv").stat().st_size / 1_000_000
        print(f"{ROWS:,} rows, {size:.0f} MB")
        peaks = []
        for case, profile, name in (
            ("a known shape", "first", "known.csv"),
            ("by a mapping of its columns", "second", "other.csv"),
            ("once more, everybody known", "first", "known.csv"),
        ):
            (folder / profile).mkdir(exist_ok=True)
            peaks.append(measure(case, folder / profile, folder / name))
    return int(max(peaks) > GOAL_MB)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        child(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        raise SystemExit(main())
