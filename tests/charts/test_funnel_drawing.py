"""The drawing of charts 1 and 2: what it says, what can be pointed at, and what it becomes on disk."""

import csv
import io
import subprocess
import sys
import warnings
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from soloflow import resources
from soloflow.charts import fonts
from soloflow.charts.colours import DARK, LIGHT
from soloflow.charts.export import save_drawing, save_rows
from soloflow.charts.fonts import text_width
from soloflow.charts.funnel import funnel_figure, rates_figure, stages_figure
from soloflow.charts.rows import lens_rows, rate_tooltip, rows_csv, stage_rows, whole_percents
from soloflow.domain.errors import UserError
from soloflow.domain.stages import LENSES
from soloflow.insights.behind import Who, counted
from soloflow.insights.csv_log import instant_us, read_events_csv
from soloflow.insights.lenses import lens_rates
from soloflow.insights.log import log_from_rows
from soloflow.insights.numbers import compute
from soloflow.insights.reduction import ADVANCED, LOST, OPEN, reduce_log

TOKYO = ZoneInfo("Asia/Tokyo")
AS_OF = instant_us("2026-09-30T18:00:00+09:00", TOKYO)


@pytest.fixture(scope="module")
def log():
    return read_events_csv((resources.path("sample", "events.csv")).read_text(encoding="utf-8"), TOKYO).log


@pytest.fixture(scope="module")
def numbers(log):
    return compute(log, AS_OF, TOKYO)


def texts(drawing):
    return [text.get_text() for text in drawing.figure.axes[0].texts]


def test_every_count_of_the_table_can_be_pointed_at_and_opens_as_many_prospects(numbers, log):
    drawing = funnel_figure(numbers)
    marks = {(region.who.stage, region.who.outcome) for region in drawing.regions}
    for row in stage_rows(numbers)[:-1]:
        for outcome, count in ((ADVANCED, row.advanced), (OPEN, row.still_open), (LOST, row.lost)):
            assert ((row.stage, outcome) in marks) == (count > 0)
            assert len(counted(log, AS_OF, Who(row.stage, outcome))) == count
    assert (9, None) in marks


def test_bars_are_as_long_as_their_counts(numbers):
    per_customer = []
    for region in funnel_figure(numbers).regions:
        if region.height == 18 and region.who.outcome is not None:
            row = stage_rows(numbers)[region.who.stage - 1]
            count = {ADVANCED: row.advanced, OPEN: row.still_open, LOST: row.lost}[region.who.outcome]
            per_customer.append(region.width / count)
    assert len(per_customer) > 10
    assert per_customer == pytest.approx([per_customer[0]] * len(per_customer))
    assert 250 < 254 * per_customer[0] < 300  # the first stage nearly fills its axis


def test_a_rate_that_is_a_lower_bound_has_its_words_clear_of_the_bars(numbers):
    drawing = funnel_figure(numbers)
    assert any(row.is_lower_bound for row in stage_rows(numbers))
    said = drawing.figure.axes[0].texts
    end = next(text.get_position()[0] for text in said if text.get_text() == "100 %")  # centred below the axis' end
    lefts = [text.get_position()[0] - text_width("少なくとも", 12) for text in said if text.get_text() == "少なくとも"]
    assert lefts
    assert min(lefts) > end


def test_a_point_on_a_bar_finds_its_mark_and_a_point_beside_it_nothing(numbers):
    drawing = funnel_figure(numbers)
    region = drawing.region_at(170, 74)
    assert region is not None
    assert (region.who.stage, region.who.outcome) == (1, ADVANCED)
    assert "135社" in region.tooltip
    assert drawing.region_at(680, 10) is None


def test_counts_rates_and_intervals_are_written(numbers):
    written = texts(funnel_figure(numbers))
    for expected in ("集客", "135", "59", "60", "58 %", "[51–64]", "254", "判断", "4社が到達。ここが最後の工程です"):
        assert expected in written


def test_few_prospects_are_written_as_counts_and_never_as_a_percentage(numbers):
    row = stage_rows(numbers)[7]
    assert (row.rate_text, row.band_text, row.is_thin) == ("4/6", "", True)
    written = texts(funnel_figure(numbers))
    assert "4/6" in written
    assert "67 %" not in written


def test_of_few_the_dot_stands_at_the_fraction_that_is_written_or_nowhere(numbers):
    row = stage_rows(numbers)[7]
    assert row.dot == pytest.approx(4 / 6)
    elsewhere = replace(row, within=replace(row.within, lo=0.7, advance=0.8, hi=0.9))
    assert elsewhere.dot is None
    assert replace(elsewhere, within=replace(elsewhere.within, n=10)).dot == 0.8


def test_a_rate_of_few_says_the_fraction_and_the_estimate_where_it_is_pointed_at(numbers):
    row = stage_rows(numbers)[7]
    row = replace(row, advanced=2, still_open=2, within=replace(row.within, advance=0.63))
    assert "進んだのは2/6社" in rate_tooltip(row)
    assert "途中2社もふまえた見込みは" in rate_tooltip(row)
    assert "63 %" in rate_tooltip(row)


def test_no_step_of_a_lens_is_bold_for_the_answer_names_one_of_the_nine_stages(log, numbers):
    lens = LENSES["form"]
    rates = lens_rates(reduce_log(log, AS_OF), lens)
    rows = lens_rows(lens, rates, 4)
    assert any(row.lost for row in rows)
    assert not any(row.is_marked or row.is_most_lost for row in rows)


def test_a_rate_not_watched_long_enough_is_written_as_at_least(numbers):
    bounded = sum(row.is_lower_bound for row in stage_rows(numbers))
    assert bounded > 0
    assert texts(funnel_figure(numbers)).count("少なくとも") == bounded


def test_at_least_is_explained_beside_the_rates_where_there_is_room(numbers):
    words = "少なくとも：これから上がることも"
    assert words in texts(funnel_figure(numbers))
    assert words not in texts(funnel_figure(numbers, width=840.0))


def test_stages_named_in_the_verdict_are_bold(numbers):
    bold = {t.get_text() for t in funnel_figure(numbers).figure.axes[0].texts if t.get_weight() == "bold"}
    assert {"集客", "商談", "60", "58 %", "54 %"} <= bold
    assert "納品" not in bold


def test_an_empty_log_is_drawn_with_dashes_and_no_marks():
    drawing = funnel_figure(compute(log_from_rows([]), AS_OF, TOKYO))
    assert drawing.regions == ()
    assert texts(drawing).count("—") == 8


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("draw", [funnel_figure, stages_figure, rates_figure])
def test_every_letter_has_a_glyph_and_stays_on_the_sheet(numbers, draw, colours):
    drawing = draw(numbers, colours)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawing.figure.draw_without_rendering()
    right, top = drawing.figure.bbox.width, drawing.figure.bbox.height
    for text in drawing.figure.axes[0].texts:
        box = text.get_window_extent()
        assert box.x0 >= -1
        assert box.x1 <= right + 1
        assert box.y0 >= -1
        assert box.y1 <= top + 1


@pytest.mark.parametrize("width", [836, 1156, 2000])
def test_no_two_texts_lie_over_each_other(numbers, width):
    drawing = funnel_figure(numbers, width=width)
    drawing.figure.draw_without_rendering()
    boxes = [(text.get_text(), text.get_window_extent()) for text in drawing.figure.axes[0].texts]
    for position, (one, box) in enumerate(boxes):
        for other, other_box in boxes[position + 1 :]:
            overlap = min(box.x1, other_box.x1) - max(box.x0, other_box.x0)
            height = min(box.y1, other_box.y1) - max(box.y0, other_box.y0)
            assert overlap <= 0 or height <= 4, (one, other)


def test_a_scaled_drawing_has_more_dots_and_the_same_marks(numbers):
    once, twice = funnel_figure(numbers), funnel_figure(numbers, scale=2)
    assert twice.figure.bbox.width == 2 * once.figure.bbox.width
    assert [(r.left, r.top) for r in twice.regions] == [(r.left, r.top) for r in once.regions]


@pytest.mark.parametrize(("ending", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_a_drawing_is_kept_in_each_format_and_twice_the_same(numbers, tmp_path, ending, magic):
    paths = [tmp_path / f"{name}.{ending}" for name in ("one", "two")]
    for path in paths:
        save_drawing(stages_figure(numbers, caption="2026/9/30 まで"), path)
    contents = [path.read_bytes() for path in paths]
    assert contents[0].startswith(magic)
    assert contents[0] == contents[1]


def test_another_ending_or_a_missing_folder_is_refused_in_words(numbers, tmp_path):
    drawing = rates_figure(numbers)
    with pytest.raises(UserError, match="PNG"):
        save_drawing(drawing, tmp_path / "chart.bmp")
    with pytest.raises(UserError, match="記録はそのまま"):
        save_drawing(drawing, tmp_path / "missing" / "chart.png")
    with pytest.raises(UserError, match="記録はそのまま"):
        save_rows(stage_rows(numbers), tmp_path / "missing" / "rows.csv")


def test_the_table_behind_the_chart_has_the_same_rows(numbers, tmp_path):
    path = tmp_path / "rows.csv"
    save_rows(stage_rows(numbers), path)
    table = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(table) == 10
    assert table[1][:6] == ["1", "集客", "254", "135", "59", "60"]
    assert float(table[1][6]) == numbers.stages[0].main.advance
    assert "58 %" in rows_csv(stage_rows(numbers), exact=False)


def test_long_names_are_shortened_at_the_end(numbers):
    assert fonts.elided("とても長い工程の名前がここに入ります", 60, 13).endswith("…")
    assert fonts.elided("短い", 60, 13) == "短い"


def test_without_a_japanese_system_font_the_shipped_one_is_used(monkeypatch):
    monkeypatch.setattr(fonts, "FAMILIES", ("No Such Family",))
    fonts.families.cache_clear()
    try:
        assert fonts.families()[0] == "IPAexGothic"
    finally:
        fonts.families.cache_clear()


def test_a_horizon_of_ninety_days_is_drawn_and_named(numbers):
    written = texts(funnel_figure(numbers, horizon=90))
    assert "90日以内" in written
    assert "52 %" in written


def test_one_prospect_among_many_still_leaves_a_mark(numbers):
    step = replace(numbers.stages[0], at_risk=100_000, advanced=99_999, open=1, lost=0)
    many = replace(numbers, stages=(step, *numbers.stages[1:]))
    marks = [region for region in funnel_figure(many).regions if (region.who.stage, region.who.outcome) == (1, OPEN)]
    assert any(region.width >= 24 for region in marks)


def test_drawing_needs_neither_pyplot_nor_scipy_stats():
    code = (
        "import sys, soloflow.charts.funnel, soloflow.charts.export, soloflow.insights.output;"
        "print([m for m in ('matplotlib.pyplot', 'scipy.stats', 'matplotlib_fontja') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("shares", "percents"),
    [((0.539, 0.076, 0.385), (54, 8, 38)), ((1 / 3, 1 / 3, 1 / 3), (33, 34, 33)), ((0.535, 0.389, 0.076), (54, 39, 7)), ((1.0, 0.0, 0.0), (100, 0, 0)), ((0.5, 0.5), (50, 50))],
)  # fmt: skip
def test_percents_of_one_whole_add_up_to_a_hundred(shares, percents):
    assert whole_percents(shares) == percents
