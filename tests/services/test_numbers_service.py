"""分析 as services: whom the filters count, the monthly figures, and the customers behind every mark."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from profiles import Clock, person
from soloflow.domain.errors import UserError
from soloflow.domain.stages import LENSES
from soloflow.insights.behind import Who
from soloflow.insights.lenses import lens_rates
from soloflow.insights.reduction import reduce_log
from soloflow.services import benchmarks, bulk, funnel_chart, funnel_words, numbers, process, prospects, sample
from soloflow.services.customers import channels, tags
from soloflow.services.funnel_words import ADVANCED, LOST, OPEN
from soloflow.services.numbers import Scope
from soloflow.services.workspace import Workspace


def customer(ws: Workspace, name: str, *steps: tuple[int, date], channel: int | None = None) -> int:
    """A customer who reached each stage on a day; the first step is the entry."""
    made = prospects.add(ws, person(name), channel=channel).created[0]
    for stage, day in steps:
        process.move(ws, [made], stage, day)
    return made


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    sample.fill(ws)
    return ws


def test_an_empty_profile_is_empty_whatever_the_filter(ws: Workspace) -> None:
    assert numbers.overview(ws).is_empty
    assert numbers.overview(ws, Scope(months=12)).is_empty
    assert numbers.overview(ws, Scope(channel=1)).is_empty


def test_a_filter_that_leaves_nobody_is_not_an_empty_profile(ws: Workspace) -> None:
    customer(ws, "古い 人", (1, date(2020, 1, 1)))
    shown = numbers.overview(ws, Scope(months=12))
    assert not shown.is_empty
    assert shown.numbers.prospects == 0


def test_the_period_counts_who_came_in_on_or_after_the_same_day_a_year_ago(ws: Workspace) -> None:
    inside = customer(ws, "内 側", (1, date(2025, 11, 21)))
    customer(ws, "外 側", (1, date(2025, 11, 20)))
    shown = numbers.overview(ws, Scope(months=12))
    assert shown.since == date(2025, 11, 21)
    assert numbers.customers_behind(shown, Who(1)) == (inside,)
    assert funnel_words.caption(ws, shown) == "11/21(土) まで・過去12か月に入った1社"


def test_the_period_drops_a_whole_customer_and_never_cuts_one_in_the_middle(ws: Workspace) -> None:
    customer(ws, "外 側", (1, date(2025, 1, 10)), (2, date(2026, 3, 1)), (3, date(2026, 5, 1)))
    inside = customer(ws, "内 側", (1, date(2026, 1, 10)), (2, date(2026, 3, 1)))
    shown = numbers.overview(ws, Scope(months=12))
    assert shown.numbers.stages[1].at_risk == 1
    assert numbers.customers_behind(shown, Who(2, OPEN)) == (inside,)


def test_the_day_of_entry_is_that_of_the_first_stage_not_of_a_return(ws: Workspace) -> None:
    old = customer(ws, "戻った 人", (1, date(2024, 5, 1)))
    process.recycle(ws, [old], "timing", date(2026, 6, 1), at=date(2024, 6, 1))
    process.move(ws, [old], 2, date(2026, 9, 1))
    assert numbers.overview(ws, Scope(months=12)).numbers.prospects == 0
    assert numbers.overview(ws, Scope(months=24)).numbers.prospects == 0
    assert numbers.overview(ws).numbers.recycling.returned == 1


def test_two_years_are_a_part_of_everything_and_a_year_a_part_of_two(filled: Workspace) -> None:
    def counted(months: int | None) -> set[int]:
        shown = numbers.overview(filled, Scope(months=months))
        return {one for k in range(1, 9) for one in numbers.customers_behind(shown, Who(k))}

    everybody, two, one = counted(None), counted(24), counted(12)
    assert one < two <= everybody
    assert len(one) == numbers.overview(filled, Scope(months=12)).numbers.prospects


def test_channels_divide_the_customers_among_them(filled: Workspace) -> None:
    whole = numbers.overview(filled).numbers.prospects
    parts = [numbers.overview(filled, Scope(channel=key)).numbers.prospects for key, _name in channels(filled)]
    assert sum(parts) == whole
    assert max(parts) < whole


def test_every_count_of_the_rows_is_the_number_of_customers_behind_it(filled: Workspace) -> None:
    shown = numbers.overview(filled, Scope(months=24))
    for row in funnel_words.rows(shown)[:-1]:
        for outcome, count in ((ADVANCED, row.advanced), (OPEN, row.still_open), (LOST, row.lost), (None, row.at_risk)):
            assert len(numbers.customers_behind(shown, Who(row.stage, outcome))) == count


def test_the_customers_behind_are_those_of_the_picture_and_not_of_what_was_written_since(ws: Workspace) -> None:
    first = customer(ws, "一 人目", (1, date(2026, 11, 1)))
    shown = numbers.overview(ws)
    customer(ws, "二 人目", (1, date(2026, 11, 2)))
    assert numbers.customers_behind(shown, Who(1)) == (first,)


def test_months_count_first_orders_apart_from_what_existing_customers_bring(ws: Workspace) -> None:
    customer(ws, "新 規", (1, date(2026, 9, 1)), (5, date(2026, 11, 2)))
    customer(ws, "先月 新規", (4, date(2026, 9, 1)), (5, date(2026, 10, 31)), (6, date(2026, 11, 5)))
    customer(ws, "追 加", (5, date(2026, 1, 5)), (6, date(2026, 2, 1)), (7, date(2026, 11, 1)))
    customer(ws, "更 新", (5, date(2026, 1, 5)), (8, date(2026, 11, 20)))
    customer(ws, "紹 介", (5, date(2026, 1, 5)), (9, date(2026, 11, 3)))
    november = numbers.overview(ws).months[-1]
    assert (november.year, november.month) == (2026, 11)
    assert (november.new_orders, november.repeat_orders, november.renewals, november.referrals) == (1, 1, 1, 1)
    assert [month.new_orders for month in numbers.overview(ws).months] == [0, 0, 1, 1]


def test_who_comes_into_the_funnel_beyond_the_order_is_no_event_of_the_month(ws: Workspace) -> None:
    customer(ws, "前からの 客", (7, date(2026, 11, 2)))
    november = numbers.overview(ws).months[-1]
    assert (november.new_orders, november.existing) == (0, 0)


def test_a_month_begins_at_midnight_of_the_user_s_zone(ws: Workspace, clock: Clock) -> None:
    made = customer(ws, "真夜中 前", (1, date(2026, 9, 1)))
    process.move(ws, [made], 5, datetime(2026, 10, 31, 14, 59, 59, tzinfo=UTC))
    other = customer(ws, "真夜中 後", (1, date(2026, 9, 1)))
    process.move(ws, [other], 5, datetime(2026, 10, 31, 15, 0, tzinfo=UTC))
    assert [month.new_orders for month in numbers.overview(ws).months[-2:]] == [1, 1]
    clock.forward(days=15)
    assert [month.new_orders for month in numbers.overview(ws).months[-3:]] == [1, 1, 0]


def test_the_months_do_not_depend_on_the_period_but_on_the_channel(filled: Workspace) -> None:
    assert numbers.overview(filled, Scope(months=12)).months == numbers.overview(filled).months
    by_channel = [numbers.overview(filled, Scope(channel=key)).months[-1].new_orders for key, _name in channels(filled)]
    assert sum(by_channel) == numbers.overview(filled).months[-1].new_orders


def test_the_heads_of_the_board_show_the_figures_of_the_analysis(filled: Workspace) -> None:
    lines = numbers.rates(filled)
    for step in numbers.compute(filled).stages:
        line = lines[step.stage]
        assert (line.rate, line.lo, line.hi, line.n) == (step.main.advance, step.main.lo, step.main.hi, step.main.n)
        assert (line.advanced, line.decided) == (step.advanced, step.advanced + step.lost)
        assert line.is_lower_bound == step.main.lower_bound


def test_the_direct_count_to_the_order_is_that_of_those_who_began_at_the_beginning(ws: Workspace) -> None:
    customer(ws, "最初 から", (1, date(2026, 1, 5)), (5, date(2026, 2, 1)))
    customer(ws, "途中 から", (3, date(2026, 1, 5)), (5, date(2026, 2, 1)))
    shown = numbers.overview(ws)
    assert (shown.ordered, shown.numbers.direct_to_order.n) == (1, 1)


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "csv"])
def test_the_chart_is_kept_in_the_format_its_name_asks_for(filled: Workspace, tmp_path: Path, ending: str) -> None:
    begins = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "csv": b"\xef\xbb\xbf"}
    path = tmp_path / f"kept.{ending}"
    funnel_chart.save(filled, numbers.overview(filled), 180, path)
    assert path.read_bytes().startswith(begins[ending])


def test_a_folder_that_is_not_there_is_a_sentence(filled: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="記録はそのまま"):
        funnel_chart.save(filled, numbers.overview(filled), 365, tmp_path / "none" / "kept.png")


def test_the_copied_table_says_what_it_rests_on_and_shows_counts_for_the_few(ws: Workspace) -> None:
    for number in range(4):
        customer(ws, f"人 {number}", (1, date(2026, 1, 5)), *([(2, date(2026, 2, 1))] if number else []))
    text = funnel_words.table_text(ws, numbers.overview(ws), 90)
    head, names, first, *_rest = text.splitlines()
    assert head == "11/21(土) まで・4社・90日以内"
    assert names.split("\t")[1] == "工程"
    assert first.split("\t")[:9] == ["1", "集客", "4", "3", "1", "0", "3/4", "", ""]


def test_counting_leaves_no_transaction_open(ws: Workspace) -> None:
    numbers.overview(ws)
    later = replace(ws, clock=lambda: ws.clock() + timedelta(days=1))
    customer(later, "あと から", (1, date(2026, 11, 22)))
    assert numbers.overview(later).numbers.prospects == 1


def tagged(ws: Workspace, name: str, *customers: int) -> int:
    """A tag on these; its id."""
    bulk.tag(ws, customers, [name])
    return next(key for key, found, _uses in tags(ws) if found == name)


def test_a_tag_counts_those_alone_who_carry_it(ws: Workspace) -> None:
    one = customer(ws, "一 人目", (1, date(2026, 1, 5)), (2, date(2026, 2, 1)))
    customer(ws, "二 人目", (1, date(2026, 1, 5)))
    tag = tagged(ws, "Java", one)
    shown = numbers.overview(ws, Scope(tag=tag))
    assert numbers.customers_behind(shown, Who(1)) == (one,)
    assert shown.numbers.prospects == 1
    assert funnel_words.caption(ws, shown) == "11/21(土) まで・1社・#Java"


def test_channel_period_and_tag_are_one_condition_each_and_all_hold(ws: Workspace) -> None:
    channel, name = channels(ws)[0]
    wanted = customer(ws, "内 側", (1, date(2026, 1, 5)), channel=channel)
    old = customer(ws, "前の 人", (1, date(2024, 1, 5)), channel=channel)
    elsewhere = customer(ws, "他の 人", (1, date(2026, 1, 5)))
    customer(ws, "印の ない人", (1, date(2026, 1, 5)), channel=channel)
    tag = tagged(ws, "Java", wanted, old, elsewhere)
    scope = Scope(channel, 12, tag)
    shown = numbers.overview(ws, scope)
    assert numbers.customers_behind(shown, Who(1)) == (wanted,)
    assert (scope.conditions, Scope(tag=tag).conditions, Scope().is_whole) == (3, 1, True)
    assert funnel_words.caption(ws, shown) == f"11/21(土) まで・過去12か月に入った1社・{name}・#Java"


def test_a_tag_that_is_gone_counts_nobody_and_the_profile_is_not_empty(ws: Workspace) -> None:
    customer(ws, "山田 太郎", (1, date(2026, 1, 5)))
    shown = numbers.overview(ws, Scope(tag=99))
    assert (shown.numbers.prospects, shown.is_empty) == (0, False)


def test_months_follow_the_tag(ws: Workspace) -> None:
    one = customer(ws, "新 規", (1, date(2026, 9, 1)), (5, date(2026, 11, 2)))
    other = customer(ws, "別 人", (1, date(2026, 9, 1)), (5, date(2026, 11, 3)))
    assert numbers.overview(ws, Scope(tag=tagged(ws, "Java", one))).months[-1].new_orders == 1
    assert numbers.overview(ws, Scope(tag=tagged(ws, "印", one, other))).months[-1].new_orders == 2


@pytest.mark.parametrize("key", LENSES)
@pytest.mark.parametrize("months", [None, 12])
def test_every_figure_through_a_lens_is_that_of_the_lens_and_leads_to_those_it_counts(
    filled: Workspace, key: str, months: int | None
) -> None:
    shown = numbers.overview(filled, Scope(months=months), key)
    rates = lens_rates(reduce_log(shown.log, shown.numbers.as_of_us), LENSES[key])
    rows = funnel_words.rows(shown, 180)
    assert len(rows) == len(rates) + 1 == len(LENSES[key])
    for row, rate in zip(rows, rates, strict=False):
        assert (row.at_risk, row.advanced, row.still_open, row.lost) == (
            rate.at_risk, rate.advanced, rate.open, rate.lost,
        )  # fmt: skip
        assert row.within == rate.by_days[180]
        for outcome, count in ((ADVANCED, row.advanced), (OPEN, row.still_open), (LOST, row.lost), (None, row.at_risk)):
            assert len(numbers.customers_behind(shown, row.who(outcome))) == count
    assert len(numbers.customers_behind(shown, rows[-1].who())) == rows[-1].at_risk


def test_another_lens_on_the_same_figures_counts_as_if_asked_for_at_once(filled: Workspace) -> None:
    whole = numbers.overview(filled)
    seen = numbers.through(whole, "form")
    assert funnel_words.rows(seen) == funnel_words.rows(numbers.overview(filled, lens="form"))
    assert numbers.through(seen, "").lens is None
    assert seen.numbers is whole.numbers


def test_the_lens_names_its_steps_and_says_what_it_leaves_out(ws: Workspace) -> None:
    customer(ws, "途中 から", (3, date(2026, 1, 5)))
    shown = numbers.overview(ws, lens="jobs")
    assert [row.title for row in funnel_words.rows(shown)] == [
        "1 案件の発見", "2–3 案件のクッキング", "4 クロージング", "5 納品", "6–7 回収・フォロー", "8–9 CS向上",
    ]  # fmt: skip
    hint = funnel_words.lens_hint(shown)
    assert "段階の途中の工程から入った1社は、その段階に数えません" in hint
    assert "境目は入金" in hint
    assert funnel_words.sheet_caption(ws, shown).endswith("1社・役割")
    assert funnel_words.lens_hint(numbers.overview(ws)) == ""


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "csv"])
def test_a_lens_is_kept_as_a_file_like_the_nine_stages(filled: Workspace, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"kept.{ending}"
    funnel_chart.save(filled, numbers.overview(filled, lens="five_a"), 365, path)
    assert path.stat().st_size > 400
    if ending == "csv":
        lines = path.read_text("utf-8-sig").splitlines()
        assert lines[0].split(",")[1] == "段階"
        assert [line.split(",")[0] for line in lines] == ["番号", "1", "2", "3–4", "5–6", "7–9"]


def test_the_command_compares_with_the_benchmark_of_the_page(ws: Workspace) -> None:
    sample.fill(ws)
    benchmarks.use_own(ws, [90] * 8)
    assert numbers.compute(ws).leak == numbers.overview(ws).numbers.leak
    earlier = ws.now() - timedelta(days=60)
    benchmarks.use(ws, benchmarks.PAST_YEAR)
    assert numbers.compute(ws, as_of=earlier).leak == numbers.overview(replace(ws, clock=lambda: earlier)).numbers.leak
