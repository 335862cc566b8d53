"""Chart 5: dots lie where their shares say, within their intervals, and columns say which dot they are of."""

from dataclasses import replace

import pytest

from drawings import dots, places, spans, texts
from soloflow.charts.colours import LIGHT
from soloflow.charts.forest import ForestWords, SourceRow, forest_figure
from soloflow.insights.behind import Who

WORDS = ForestWords("率", "", ("実際の率", "n", "費用/社", "費用/受注"), "ならした率とは", "実際の率とは", "ならした率")
SHARES = (0.05, 0.2, 0.5, 0.95)


def row(share: float) -> SourceRow:
    name = f"流入元{share}"
    return SourceRow(
        name, share, share - 0.05, share + 0.05, 0.9 * share, 0.8 * share, share, f"{share:.0%}", "120",
        ("¥1,000", "¥20,000"), Who(source=name), name, f"{0.9 * share:.0%} [1–2]",
    )  # fmt: skip


ROWS = tuple(row(share) for share in SHARES)


def axis(drawing) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    where = places(drawing)
    return where["0"], where["100 %"]


def test_dots_lie_at_their_shares_on_one_axis() -> None:
    drawing = forest_figure(WORDS, ROWS)
    left, right = axis(drawing)
    raw = [(x - left) / (right - left) for x, y in dots(drawing, hollow=True) if y > 60][: len(ROWS)]
    pooled = [(x - left) / (right - left) for x, y in dots(drawing) if y > 60][: len(ROWS)]
    assert raw == pytest.approx(SHARES, abs=0.005)
    assert pooled == pytest.approx([0.9 * share for share in SHARES], abs=0.005)


def test_every_interval_holds_its_dot() -> None:
    drawing = forest_figure(WORDS, ROWS)
    for (left, right, y), (x, at) in zip(
        spans(drawing, LIGHT.accent, wide=3), [dot for dot in dots(drawing) if dot[1] > 60], strict=False
    ):
        assert y == at
        assert left <= x <= right


def test_each_row_leads_to_its_source() -> None:
    drawing = forest_figure(WORDS, ROWS)
    assert [one.who for one in drawing.regions] == [one.who for one in ROWS]
    for one in drawing.regions:
        assert one.left == 0
        assert one.left + one.width == pytest.approx(drawing.width)


def test_the_heads_show_of_which_dot_their_column_is() -> None:
    drawing = forest_figure(WORDS, ROWS)
    where = places(drawing)
    (full,) = [x for x, y in dots(drawing) if y < 60]
    (hollow,) = [x for x, y in dots(drawing, hollow=True) if y < 60]
    assert full < where["ならした率"] < hollow < where["実際の率"] < where["n"]


def test_a_narrow_sheet_leaves_the_costs_to_the_table_and_keeps_the_shares() -> None:
    wide, narrow = texts(forest_figure(WORDS, ROWS)), texts(forest_figure(WORDS, ROWS, LIGHT, 420))
    assert "費用/受注" in wide
    assert "費用/受注" not in narrow
    assert {"ならした率", "実際の率"} <= set(narrow)


def test_where_nothing_is_known_of_costs_there_is_no_column_of_them() -> None:
    free = tuple(replace(one, cost_texts=None) for one in ROWS)
    assert "費用/社" not in texts(forest_figure(WORDS, free))
    assert "—" in texts(forest_figure(WORDS, (*ROWS[:1], free[1])))


def test_few_are_pale_and_dotted_and_the_legend_says_so() -> None:
    thin = (replace(ROWS[2], is_thin=True), ROWS[3])
    drawing = forest_figure(WORDS, thin)
    assert "淡い点線は10社未満" in texts(drawing)
    assert "淡い点線は10社未満" not in texts(forest_figure(WORDS, ROWS))
    assert len(spans(drawing, LIGHT.accent, wide=3)) == 1
    pale = [one for one in drawing.figure.axes[0].lines if one.get_color() == LIGHT.still_open]
    assert len(pale) == 3  # the legend shows such a line too
    assert all(one.get_linestyle() != "-" for one in pale)


def test_a_lower_bound_is_dotted() -> None:
    def raw_lines(rows: tuple[SourceRow, ...]) -> list[str]:
        lines = forest_figure(WORDS, rows).figure.axes[0].lines
        return [one.get_linestyle() for one in lines if one.get_color() == LIGHT.second_ink]

    assert raw_lines(ROWS[:1]) == ["-"]
    assert raw_lines((replace(ROWS[0], is_lower_bound=True),)) != ["-"]


def test_a_source_without_an_own_share_has_the_pooled_dot_alone() -> None:
    with_both = len(dots(forest_figure(WORDS, ROWS[:1]), hollow=True))
    assert len(dots(forest_figure(WORDS, (replace(ROWS[0], raw=None),)), hollow=True)) == with_both - 1


def test_where_the_own_share_is_not_what_its_words_count_its_interval_stands_alone() -> None:
    alone = forest_figure(WORDS, (replace(ROWS[0], is_band_only=True),))
    assert len(dots(alone, hollow=True)) == len(dots(forest_figure(WORDS, ROWS[:1]), hollow=True)) - 1
    assert spans(alone, LIGHT.second_ink, wide=2) == spans(forest_figure(WORDS, ROWS[:1]), LIGHT.second_ink, wide=2)
