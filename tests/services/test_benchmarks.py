"""目安: the example, one's own year before, one's own rates; and the figures that follow the choice."""

from datetime import date

import pytest

from profiles import person
from soloflow.domain.errors import UserError
from soloflow.domain.stages import BENCHMARK
from soloflow.services import benchmarks, funnel_words, numbers, process, prospects, sample, settings
from soloflow.services.answers import leak
from soloflow.services.numbers import Scope
from soloflow.services.workspace import Workspace


def customers(ws: Workspace, name: str, count: int, *steps: tuple[int, date]) -> None:
    """So many customers who reached each stage on a day."""
    for number in range(count):
        made = prospects.add(ws, person(f"{name} {number}")).created[0]
        for stage, day in steps:
            process.move(ws, [made], stage, day)


@pytest.fixture
def two_years(ws: Workspace) -> Workspace:
    """Twelve who came between 24 and 12 months ago, of whom seven went on; and newer ones who all did."""
    came = date(2025, 3, 1)
    customers(ws, "前", 7, (1, came), (2, date(2025, 4, 1)))
    customers(ws, "前の", 5, (1, came))
    customers(ws, "新", 10, (1, date(2026, 1, 10)), (2, date(2026, 1, 20)))
    return ws


def test_the_example_is_compared_with_until_another_is_chosen(ws: Workspace) -> None:
    shown = numbers.overview(ws)
    assert shown.benchmark.key == benchmarks.EXAMPLE
    assert shown.benchmark.rates == shown.numbers.benchmark == BENCHMARK
    assert shown.benchmark.count(1) is None


def test_the_year_before_counts_those_who_came_between_24_and_12_months_ago(two_years: Workspace) -> None:
    benchmarks.use(two_years, benchmarks.PAST_YEAR)
    for months in (None, 12):
        found = numbers.overview(two_years, Scope(months=months)).benchmark
        assert (found.rate(1), found.count(1)) == (pytest.approx(7 / 12), 12)
        assert (found.since, found.until) == (date(2024, 11, 21), date(2025, 11, 20))


def test_for_two_years_the_year_before_them_is_meant(two_years: Workspace) -> None:
    benchmarks.use(two_years, benchmarks.PAST_YEAR)
    found = numbers.overview(two_years, Scope(months=24)).benchmark
    assert (found.since, found.until) == (date(2023, 11, 21), date(2024, 11, 20))
    assert (found.rate(1), found.count(1)) == (None, 0)


def test_a_step_to_which_fewer_than_ten_came_has_no_benchmark_and_says_how_many(two_years: Workspace) -> None:
    benchmarks.use(two_years, benchmarks.PAST_YEAR)
    shown = numbers.overview(two_years)
    assert (shown.benchmark.rate(2), shown.benchmark.count(2)) == (None, 7)
    row = funnel_words.rows(shown)[1]
    assert row.benchmark is None
    assert row.benchmark_text == ""
    assert "前の1年は n=7 で目安に足りません" in funnel_words.rate_tooltip(row)


def test_the_year_before_follows_horizon_channel_and_lens(two_years: Workspace) -> None:
    benchmarks.use(two_years, benchmarks.PAST_YEAR)
    assert numbers.overview(two_years).benchmark.rate(1, 2, 90) == pytest.approx(7 / 12)
    form = funnel_words.rows(numbers.overview(two_years, lens="form"))
    assert (form[0].benchmark, form[0].benchmark_n) == (pytest.approx(7 / 12), 12)
    assert (form[1].benchmark, form[1].benchmark_n) == (None, 7)
    assert numbers.overview(two_years, Scope(channel=1)).benchmark.count(1) == 0


def test_all_of_the_year_before_have_been_watched_for_a_year_so_their_rate_is_no_lower_bound(ws: Workspace) -> None:
    sample.fill(ws)
    benchmarks.use(ws, benchmarks.PAST_YEAR)
    found = numbers.overview(ws).benchmark
    counted = [one[365] for one in found.counted.values() if one[365].n]
    assert counted
    assert not any(one.lower_bound for one in counted)


def test_own_rates_are_kept_and_compared_with(ws: Workspace) -> None:
    benchmarks.use_own(ws, [55, 50, 62.5, 40, 80, 60, 70, 10])
    found = numbers.overview(ws).benchmark
    assert (found.key, found.rates) == (benchmarks.OWN, (0.55, 0.5, 0.625, 0.4, 0.8, 0.6, 0.7, 0.1))
    benchmarks.use(ws, benchmarks.EXAMPLE)
    assert benchmarks.own_rates(settings.load(ws.folder))[2] == 0.625


@pytest.mark.parametrize(
    "text", ["", "50 50", "50 50 50 40 80 62.5 80 x", "50 50 50 40 80 62.5 80 101", "-1" + " 5" * 7]
)
def test_own_rates_that_cannot_be_meant_fall_back_to_the_example(text: str) -> None:
    assert benchmarks.own_rates(settings.Settings(own_benchmark=text)) == BENCHMARK


def test_a_benchmark_nobody_knows_is_the_example(ws: Workspace) -> None:
    benchmarks.use(ws, "next_year")
    assert numbers.overview(ws).benchmark.key == benchmarks.EXAMPLE


def test_through_a_lens_a_fixed_benchmark_is_the_product_of_its_stages(ws: Workspace) -> None:
    found = numbers.overview(ws).benchmark
    assert found.rate(2, 5) == pytest.approx(0.5 * 0.5 * 0.4)
    assert found.rate(5, 7) == pytest.approx(0.8 * 0.625)


def test_settings_that_cannot_be_read_are_a_sentence(ws: Workspace) -> None:
    (ws.folder / settings.FILE_NAME).write_text("benchmark = ", encoding="utf-8")
    with pytest.raises(UserError, match="設定ファイルが読めません"):
        numbers.overview(ws)


def test_the_gap_of_the_leak_is_that_to_the_chosen_benchmark(ws: Workspace) -> None:
    sample.fill(ws)
    before = numbers.overview(ws).numbers.leak.to_benchmark_per_100
    benchmarks.use_own(ws, [90, 50, 50, 40, 80, 62.5, 80, 10])
    shown = numbers.overview(ws)
    leaks, rate = shown.numbers.leak, shown.numbers.stages[0].main.advance
    assert rate is not None
    assert leaks.orders_per_100 is not None
    assert before[0] == 0
    assert leaks.to_benchmark_per_100[0] == pytest.approx(leaks.orders_per_100 * (0.9 / rate - 1))
    assert leak.answer(shown).head


def test_the_legend_and_the_copied_table_say_what_is_compared_with(two_years: Workspace) -> None:
    benchmarks.use(two_years, benchmarks.PAST_YEAR)
    shown = numbers.overview(two_years)
    assert funnel_words.benchmark_words(shown) == "目安（自分の前の1年）"
    table = funnel_words.table_text(two_years, shown, 365).splitlines()
    assert table[1].split("\t")[10] == "目安"
    assert table[2].split("\t")[10] == "58 %"
    assert table[3].split("\t")[10] == ""


def test_without_ten_at_any_step_the_legend_says_why_there_are_no_ticks(ws: Workspace) -> None:
    customers(ws, "前", 4, (1, date(2025, 3, 1)))
    benchmarks.use(ws, benchmarks.PAST_YEAR)
    assert funnel_words.benchmark_words(numbers.overview(ws)) == "目安なし（前の1年は10社未満）"
