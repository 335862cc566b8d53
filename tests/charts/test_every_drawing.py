"""What every drawing of an answer owes: room for its words, marks on the sheet, files that open, the same in both looks."""

from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from drawings import Draw, in_long_words, marks_are_on_the_sheet, opens_as_a_file, texts, words_have_room
from soloflow import resources
from soloflow.charts.after_step import after_step_figure
from soloflow.charts.before_after import GroupRow, before_after_figure
from soloflow.charts.colours import DARK, LIGHT
from soloflow.charts.forest import ForestWords, SourceRow, forest_figure
from soloflow.charts.heat_map import HeatCell, HeatRow, heat_figure
from soloflow.charts.leak_bars import leak_figure
from soloflow.charts.month_columns import month_figure
from soloflow.charts.order_bars import OrderRow, order_figure
from soloflow.charts.stay_curve import stay_figure
from soloflow.insights.behind import Who
from soloflow.insights.csv_log import instant_us, read_events_csv
from soloflow.insights.estimate import curve, kaplan_meier
from soloflow.insights.log import DAY_US
from soloflow.insights.months import Month
from soloflow.insights.numbers import compute
from soloflow.insights.reduction import reduce_log, stage_records

TOKYO = ZoneInfo("Asia/Tokyo")
AS_OF = instant_us("2026-09-30T18:00:00+09:00", TOKYO)
NARROWEST, USUAL = 560.0, 1156.0
LONG = "中小企業IT相談会とものづくり交流会のあとの、とても長い名前のつく勉強会"


def leak(*args: object) -> object:
    log = read_events_csv(resources.path("sample", "events.csv").read_text(encoding="utf-8"), TOKYO).log
    return leak_figure(compute(log, AS_OF, TOKYO), *args)


def leak_of_few(*args: object) -> object:
    rows = resources.path("sample", "events.csv").read_text(encoding="utf-8").splitlines()[:40]
    return leak_figure(compute(read_events_csv("\n".join(rows), TOKYO).log, AS_OF, TOKYO), *args)


def after(*args: object) -> object:
    log = read_events_csv(resources.path("sample", "events.csv").read_text(encoding="utf-8"), TOKYO).log
    return after_step_figure(curve(stage_records(reduce_log(log, AS_OF), 3)), 3, 365, *args)


def before_after(*args: object) -> object:
    rows = tuple(
        GroupRow(name, "2026/7/24より前", rate, 0.0, 1.0, text, "[0–100]", "1,089", thin, Who(3), "前")
        for name, rate, text, thin in (("始める前", 1.0, "少なくとも 100 %", False), ("始めてから", 0.5, "2/4", True))
    )
    return before_after_figure(rows, 365.0, (0.68, "68 %"), *args)


def forest(*args: object) -> object:
    words = ForestWords(
        "1年以内に受注する率", "入ってきた工程から数えて・帯は 95 %", ("実際の率", "n", "費用/社", "費用/受注"),
        "ならした率：ほかの流入元もふまえた率", "実際の率：その流入元だけで数えた率", "ならした率",
    )  # fmt: skip
    rows = tuple(
        SourceRow(
            LONG, place / 6, 0.0, 1.0, place / 6, 0.0, 1.0, "少なくとも 100 %", "10,000", ("¥1,234,567", "¥12,345,678"),
            Who(source=LONG), LONG, "100 % [89–100]", place % 2 == 0, place == 3,
        )
        for place in range(7)
    )  # fmt: skip
    return forest_figure(words, rows, *args)


def heat(*args: object) -> object:
    cells = (
        HeatCell(0.0, "0 %", "q"),
        HeatCell(1.0, "100 %", "q"),
        HeatCell(0.5, "4/8", "q", True),
        HeatCell(None, "—", "q"),
    )
    rows = tuple(
        HeatRow("2026年10〜12月", "n=10,000", (*cells, cells[1]), Who(1, since_us=place)) for place in range(12)
    )
    heads = tuple(f"{days}日以内" for days in (30, 60, 90, 180, 365))
    return heat_figure("1 集客から次へ進んだ割合、来た四半期ごと", heads, rows, *args)


def months(*args: object) -> object:
    counts = tuple(Month(2025 + (7 + k) // 12, (7 + k) % 12 + 1, 120 * k, 1000, 2 * k, 0) for k in range(12))
    return month_figure(counts, *args, times=tuple((k, k + 1) for k in range(12)))


def orders(*args: object) -> object:
    rows = tuple(
        OrderRow(LONG, 1000.0 * k, 500.0 * k, 2000.0 * k, k == 3, LONG, f"{1000.0 * k:,.1f}", "[1,000–2,000]")
        for k in range(7)
    )
    return order_figure("1年の受注の見込み（帯は 95 %）", rows, 12_000.0, *args)


def stay(*args: object) -> object:
    days = np.array([1, 2, 2, 5, 30, 90, 400, 700, 800, 1200], dtype=np.int64) * DAY_US
    return stay_figure(kaplan_meier(days, np.array([1, 1, 1, 0, 1, 0, 1, 1, 1, 0])), 700.0, 3, *args)


DRAWN: tuple[Draw, ...] = (after, before_after, forest, heat, leak, leak_of_few, months, orders, stay)


@pytest.mark.parametrize("width", [NARROWEST, 652.0, 836.0, USUAL, 2000.0])
@pytest.mark.parametrize("draw", DRAWN)
def test_words_have_room_and_marks_are_on_the_sheet(draw: Draw, width: float) -> None:
    drawing = draw(LIGHT, width)
    assert drawing.width == width
    words_have_room(drawing)
    marks_are_on_the_sheet(drawing)


@pytest.mark.parametrize("width", [NARROWEST, 836.0, USUAL])
@pytest.mark.parametrize("draw", DRAWN)
def test_words_of_a_language_with_long_words_have_room(
    draw: Draw, width: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_long_words(monkeypatch)
    drawing = draw(LIGHT, width)
    assert any("days" in one or "…" in one for one in texts(drawing))
    words_have_room(drawing)
    marks_are_on_the_sheet(drawing)


@pytest.mark.parametrize("draw", DRAWN)
def test_both_looks_say_the_same_at_the_same_places(draw: Draw) -> None:
    light, dark = draw(LIGHT, USUAL), draw(DARK, USUAL)
    assert texts(light) == texts(dark)
    assert light.regions == dark.regions
    assert light.figure.get_facecolor() != dark.figure.get_facecolor()


@pytest.mark.parametrize("draw", DRAWN)
def test_it_opens_as_png_svg_and_pdf(draw: Draw, tmp_path: Path) -> None:
    opens_as_a_file(draw(LIGHT, USUAL), tmp_path)
