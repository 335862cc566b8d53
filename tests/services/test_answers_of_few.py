"""What 分析 says of one, twelve and more customers: counts where they are few, no claim that the figures do not bear."""

from dataclasses import replace
from datetime import date

import pytest

from profiles import person
from soloflow.services import customers, numbers, process, prospects, sample, settings
from soloflow.services.answers import after_step, back_cast, cohorts, leak, returns, sources, stays, what_if
from soloflow.services.workspace import Workspace

LATER = date(2027, 5, 21)


@pytest.fixture
def one(ws: Workspace) -> numbers.Overview:
    sample.fill(ws, 1)
    return numbers.overview(ws)


@pytest.fixture
def twelve(ws: Workspace) -> numbers.Overview:
    sample.fill(ws, 12)
    return numbers.overview(ws)


@pytest.fixture
def many(ws: Workspace) -> numbers.Overview:
    sample.fill(ws)
    return numbers.overview(ws)


def test_one_customer_is_told_as_one(ws: Workspace, one: numbers.Overview) -> None:
    assert after_step.answer(one, 1).head == ("1 集客に来たのは、まだ1社です。その1社は次へ進みました。",)
    assert after_step.answer(one, 8).head == ("8 契約更新・リピートに来た顧客は、まだいません。",)
    assert stays.answer(one, 2).head[0].startswith("2 問合せ・アポイントでの滞在は、まだ1回（")
    assert stays.answer(one, 2).lines == ()
    assert sources.answer(ws, one).head == (
        "来ているのは、いまのところ「勉強会」からだけです（1社、うち受注1社）。",
        "くらべるには、流入元がふたつ要ります。",
    )


def test_of_few_only_the_ends_that_happened_are_named(twelve: numbers.Overview) -> None:
    assert after_step.answer(twelve, 2).head == (
        "2 問合せ・アポイントに来た5社のうち、進んだのは3社、離れたのは2社です。",
    )
    assert after_step.answer(twelve, 3).head == ("3 商談に来た4社のうち、進んだのは3社、途中が1社です。",)


@pytest.mark.parametrize("stage", range(1, 9))
def test_a_step_with_fewer_than_ten_has_no_percentage_and_no_interval(twelve: numbers.Overview, stage: int) -> None:
    step = twelve.numbers.stages[stage - 1]
    if step.at_risk < 10:
        answer = after_step.answer(twelve, stage)
        said = [*answer.head, *answer.lines, *(cell for row in answer.table.rows for cell in row.cells)]
        assert not any("%" in one for one in said)
    if step.time_in_stage.stays < 10:
        row = stays.answer(twelve, stage).table.rows[stage - 1]
        assert row.cells[-1] == "—"


def test_the_shares_of_many_add_up_to_a_hundred(many: numbers.Overview) -> None:
    for stage in range(1, 8):
        for row in after_step.answer(many, stage).table.rows:
            shares = row.cells[1:4]
            if all(cell.endswith("%") for cell in shares):
                assert sum(int(cell.removesuffix(" %")) for cell in shares) == 100


def test_a_number_that_should_be_safer_is_not_said_where_it_comes_out_smaller(
    ws: Workspace, twelve: numbers.Overview
) -> None:
    table = [row.name for row in back_cast.answer(ws, twelve, 3, LATER).draw.args[1]]  # type: ignore[union-attr]
    assert table == ["平均して届く", "直近90日のペース"]


def test_an_aim_reckoned_from_one_customer_says_how_little_it_rests_on(ws: Workspace, one: numbers.Overview) -> None:
    first, second = back_cast.answer(ws, one, 3, LATER).head
    assert first == "集客から始めた1社のうち、受注は1社。逆算の土台にするには、まだ少なすぎます。"
    assert second.startswith("この記録だけで計算すると")
    assert second.endswith("あてにはなりません。")


def test_ten_customers_do_not_tell_how_many_to_meet_and_nobody_yet_is_no_never(
    ws: Workspace, twelve: numbers.Overview
) -> None:
    answer = back_cast.answer(ws, twelve, 3, LATER)
    assert answer.head[1].endswith("あてにはなりません。")
    assert "0 %" not in [row.cells[-1] for row in answer.table.rows]
    assert "まだ例なし" in [row.cells[-1] for row in answer.table.rows]


def test_what_the_open_ones_bring_on_average_is_not_called_certain(ws: Workspace, many: numbers.Overview) -> None:
    answer = back_cast.answer(ws, many, 3, LATER)
    still = sum(step.open for step in many.numbers.stages[:4])
    assert answer.head[0].startswith(f"いま途中の顧客{still}社から、2027/5/21までに平均7.0件")
    assert answer.head[1] == "3件に届く見込みですが、確実ではありません。"
    assert not answer.height  # no bars of 0 customers to meet
    assert [link.who.stage for link in answer.links] == [4, 3, 2, 1]


def test_of_ten_to_nineteen_the_counts_come_first_and_the_rate_after(twelve: numbers.Overview) -> None:
    answer = after_step.answer(twelve, 1)
    assert answer.head == ("1 集客に来た10社のうち、進んだのは4社、離れたのは2社、途中が4社です。",)
    assert answer.lines[0].startswith("1年以内に進む率の見込みは ")
    assert "n=10" in answer.lines[0]


def test_a_step_is_worth_more_than_another_only_where_their_rates_are_told_apart(many: numbers.Overview) -> None:
    head = leak.answer(many).head
    assert many.numbers.leak.ranking.verdict.stage is None
    assert head[0].startswith("どの工程でも、進まない10社のうち1社が進むと")
    assert "どれが効くかは、まだ区別できません" in what_if.answer(many, what_if.Moves()).head[1]


def test_a_rate_whose_band_reaches_below_the_benchmark_is_not_surely_above_it(many: numbers.Overview) -> None:
    steps, marks = many.numbers.stages[:4], many.benchmark
    unsure = [step.stage for step in steps if step.main.lo < marks.rate(step.stage)]
    assert unsure == [3]
    assert leak.answer(many).head[1] == (
        "受注までの4工程の率は、いまのところ目安以上です（商談は、まだ確かではありません）。"
    )
    assert "7 追加注文の率 44 %（21社）が目安の 80 % を下回っています" in "".join(leak.answer(many).lines)


def test_the_yen_that_went_says_of_how_many_it_is_known(many: numbers.Overview) -> None:
    last = leak.answer(many).lines[-1]
    assert last.startswith("受注までに離れた152社のうち、見込み額（判断）のわかる52社の合計は ¥")
    assert last.endswith("残りの100社はわかりません。")


def test_differences_are_those_of_the_numbers_shown(twelve: numbers.Overview) -> None:
    first, *others = what_if.answer(twelve, what_if.Moves()).table.rows
    for row in others:
        assert float(row.cells[-1]) == pytest.approx(float(row.cells[1]) - float(first.cells[1]))


def test_what_if_says_that_a_handful_bears_no_forecast(twelve: numbers.Overview, ws: Workspace) -> None:
    answer = what_if.answer(twelve, what_if.Moves())
    assert "見込みはまだあてになりません" in answer.head[0]
    assert what_if.points_words(twelve, what_if.Moves(stage=3)) == "いまの率 3/4（n=4）"
    assert "20社以上来た年がない" in what_if.ceiling_words(twelve, 1, ws.zone)


def test_the_ceiling_names_the_year_it_is_from(many: numbers.Overview, ws: Workspace) -> None:
    words = what_if.ceiling_words(many, 1, ws.zone)
    assert f"{100 * many.numbers.what_if.ceilings[0]:.0f} %" in words
    assert "2025年" in words or "2026年" in words


def test_the_longest_stay_is_claimed_only_where_it_is_clear(many: numbers.Overview) -> None:
    longest = max(many.numbers.stages[:4], key=lambda step: step.time_in_stage.median.median or 0)
    others = [step for step in many.numbers.stages[:4] if step is not longest]
    is_clear = all((longest.time_in_stage.median.lo or 0) > (step.time_in_stage.median.hi or 1e9) for step in others)
    second = stays.answer(many, 1).head[1]
    assert ("まだ区別できません" in second) == (not is_clear)


def test_sources_that_bring_as_many_are_named_together(ws: Workspace) -> None:
    keys = [one for one, _name in customers.channels(ws)][:2]
    for number in range(4):
        made = prospects.add(ws, person(f"人{number}"), channel=keys[number % 2]).created[0]
        process.move(ws, [made], 1)
    head = sources.answer(ws, numbers.overview(ws)).head[0]
    assert "（それぞれ2社）" in head
    assert "・" in head


def test_costs_are_fee_and_hours_by_customer_and_by_order(ws: Workspace) -> None:
    sample.fill(ws)
    known = settings.load(ws.folder)
    shown = numbers.overview(ws)
    without = {row.cells[0]: row.cells[-3:] for row in sources.answer(ws, shown, sources.ORIGINS).table.rows}
    settings.save(ws.folder, replace(known, hourly_yen=3000))
    table = sources.answer(ws, shown, sources.ORIGINS).table
    assert table.heads[-3:] == ("費用", "費用/社", "費用/受注")
    for row in table.rows:
        assert without[row.cells[0]][0] == "¥1,000"
        assert row.cells[-3] == "¥13,000"  # four hours beside the fee
        came, ordered = int(row.cells[1]), int(row.cells[2])
        assert row.cells[-2] == f"¥{round(13_000 / came):,}"
        assert row.cells[-1] == (f"¥{round(13_000 / ordered):,}" if ordered else "—")


def test_returns_without_an_order_are_not_told_as_no_customers(twelve: numbers.Overview, ws: Workspace) -> None:
    assert returns.answer(twelve, ws.zone).head[0] == (
        "離脱・育成にした9社のうち1社が戻りました。受注はまだありません。"
    )


def test_quarters_of_few_have_counts_in_their_cells(twelve: numbers.Overview, ws: Workspace) -> None:
    cells = [cell for row in cohorts.answer(twelve, ws.zone, 1).table.rows for cell in row.cells[5:]]
    assert cells
    assert all("/" in cell or cell == "—" for cell in cells)


@pytest.mark.parametrize(("between", "is_compared"), [(0, False), (3, False), (10, True)])
def test_only_with_the_quarter_right_before_a_quarter_is_compared(
    ws: Workspace, between: int, is_compared: bool
) -> None:
    for day, count in ((date(2025, 2, 1), 12), (date(2025, 5, 1), between), (date(2025, 8, 1), 12)):
        ids = [prospects.add(ws, person(f"{day} {place}")).created[0] for place in range(count)]
        if ids:
            process.move(ws, ids, 1, day)
    head = cohorts.answer(numbers.overview(ws), ws.zone, 1).head
    assert head[0].startswith("2025年7〜9月に来た12社")
    assert any("その前の四半期" in sentence for sentence in head) == is_compared
