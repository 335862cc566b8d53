"""改善策: stated once, judged once, and how many customers it takes."""

import math
from datetime import date, timedelta

import pytest

from profiles import Clock, person
from soloflow.domain.errors import UserError
from soloflow.insights.behind import Who
from soloflow.insights.change import Question, change, horizon, needed_per_group
from soloflow.insights.estimate import advance_at, curve
from soloflow.insights.reduction import ADVANCED, reduce_log, stage_records
from soloflow.services import experiment_plans as plans
from soloflow.services import experiment_verdicts as verdicts
from soloflow.services import experiment_words, experiments, history, merging, process, prospects, sample
from soloflow.services import numbers as figures
from soloflow.services.answers import experiments as answers
from soloflow.services.experiments import Experiment, Idea
from soloflow.services.today import today
from soloflow.services.workspace import Workspace

TODAY = date(2026, 11, 21)


def idea(**other: object) -> Idea:
    values: dict[str, object] = {
        "name": "事例を見せる", "stage": 3, "started_on": TODAY, "decide_on": TODAY + timedelta(days=100), "expected_rate": 65,
    }  # fmt: skip
    return Idea(**{**values, **other})  # type: ignore[arg-type]


def past(ws: Workspace, stage: int, days: int, decide: int, **other: object) -> int:
    """One that was stated long ago."""
    started = ws.today() - timedelta(days=days)
    values = {"name": "前の案", "expected_rate": None, **other}
    with ws.store.write("", ws.now_us()) as work:
        return work.insert(
            "experiments", stage=stage, started_on=started.isoformat(),
            decide_on=(started + timedelta(days=decide)).isoformat(), note="", **values,
        )  # fmt: skip


def only(ws: Workspace) -> verdicts.Outcome:
    (found,) = verdicts.outcomes(ws)
    return found


# Stating


def test_a_change_is_stated_mended_and_taken_off_and_each_can_be_undone(ws: Workspace) -> None:
    made = experiments.start(ws, idea())
    (key,) = made.created
    assert made.label == "改善策「事例を見せる」をはじめました"
    experiments.edit(ws, key, name="事例を2枚見せる", expected_rate=70, note="")
    experiments.learn(ws, key, "同じ業種の事例が効く")
    experiments.remove(ws, key)
    assert experiments.listed(ws) == ()
    history.undo(ws)
    assert experiments.get(ws, key) == Experiment(
        key, "事例を2枚見せる", 3, TODAY, TODAY + timedelta(days=100), 70, None, "同じ業種の事例が効く"
    )
    history.undo(ws)
    history.undo(ws)
    one = experiments.get(ws, key)
    assert one is not None
    assert (one.name, one.expected_rate, one.note) == ("事例を見せる", 65, "")
    history.undo(ws)
    assert experiments.listed(ws) == ()


def test_the_newest_stands_first(ws: Workspace) -> None:
    experiments.start(ws, idea(name="先", started_on=TODAY - timedelta(days=50)))
    experiments.start(ws, idea(name="後"))
    experiments.start(ws, idea(name="前", started_on=TODAY - timedelta(days=90)))
    assert [one.name for one in experiments.listed(ws)] == ["後", "先", "前"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "ひとことで"),
        ({"stage": 9}, "1から8"),
        ({"expected_rate": 101}, "1から100"),
        ({"decide_on": TODAY}, "明日より後"),
        ({"started_on": TODAY - timedelta(days=300), "decide_on": TODAY - timedelta(days=1)}, "明日より後"),
        ({"decide_on": TODAY + timedelta(days=13)}, "14日後"),
        ({"decide_on": TODAY + timedelta(days=2000)}, "3年後"),
    ],
)
def test_what_cannot_be_judged_fairly_is_refused(ws: Workspace, wrong: dict[str, object], said: str) -> None:
    with pytest.raises(UserError, match=said):
        experiments.start(ws, idea(**wrong))
    assert experiments.listed(ws) == ()


def test_after_the_decision_date_the_expectation_stays_and_the_words_can_be_mended(ws: Workspace) -> None:
    key = past(ws, 3, 200, 100, expected_rate=60)
    with pytest.raises(UserError, match="期待する率は変えられません"):
        experiments.edit(ws, key, name="前の案", expected_rate=70, note="")
    experiments.edit(ws, key, name="よい名前", expected_rate=60, note="学び")
    one = experiments.get(ws, key)
    assert one is not None
    assert (one.name, one.note) == ("よい名前", "学び")


def test_nothing_is_written_where_nothing_differs(ws: Workspace) -> None:
    (key,) = experiments.start(ws, idea()).created
    assert experiments.learn(ws, key, " ").change_set is None


def test_one_that_is_gone_is_told_in_a_sentence(ws: Workspace) -> None:
    for act in (experiments.remove, lambda ws, key: experiments.learn(ws, key, "学び")):
        with pytest.raises(UserError, match="もう削除されています"):
            act(ws, 99)


# What came of it


@pytest.mark.parametrize(("stage", "days", "decide"), [(1, 420, 180), (2, 240, 150), (3, 180, 120), (5, 180, 120)])
def test_the_verdict_is_that_of_insights_as_of_the_beginning_of_the_decision_date(
    ws: Workspace, stage: int, days: int, decide: int
) -> None:
    sample.fill(ws)
    for one in experiments.listed(ws):
        experiments.remove(ws, one.id)
    past(ws, stage, days, decide)
    found = only(ws)
    log = figures.own_log(ws)
    started = TODAY - timedelta(days=days)
    end_us = ws.start_of_day_us(started + timedelta(days=decide)) - 1
    expected = change(log, reduce_log(log, end_us), Question(ws.start_of_day_us(started), stage))
    assert found.change == expected
    assert expected is not None
    assert found.verdict == expected.words(is_due=True)
    assert (found.before.n, found.after.n) == (expected.before.n, expected.after.n)


def test_words_are_given_from_the_decision_date_on_and_not_a_day_before(ws: Workspace, clock: Clock) -> None:
    sample.fill(ws)
    for one in experiments.listed(ws):
        experiments.remove(ws, one.id)
    past(ws, 2, 150, 151)  # tomorrow
    found = only(ws)
    assert (found.verdict, found.days_left) == ("waiting", 1)
    assert found.words == "傾向のみ（判定日まであと1日）"
    assert found.change is not None
    assert experiment_words.came_of_it(found) == ""
    clock.forward(days=1)
    found = only(ws)
    assert found.is_due
    assert found.verdict in {"improved", "worsened", "tendency"}


def test_later_entries_leave_the_verdict_as_it_was(ws: Workspace, clock: Clock) -> None:
    sample.fill(ws)
    for one in experiments.listed(ws):
        experiments.remove(ws, one.id)
    past(ws, 2, 240, 150)
    before = only(ws)
    assert before.verdict == "improved"
    log = figures.own_log(ws)
    reduced = reduce_log(log, ws.now_us())
    at_two = [int(log.ids[who]) for who, top in zip(reduced.prospect, reduced.frontier, strict=True) if top == 2]  # type: ignore[call-overload]
    process.move(ws, at_two, 3)
    clock.forward(days=400)
    assert only(ws) == before


@pytest.fixture
def decided(ws: Workspace) -> verdicts.Outcome:
    """One of the sample's stage 2, decided 90 days ago."""
    sample.fill(ws)
    for one in experiments.listed(ws):
        experiments.remove(ws, one.id)
    past(ws, 2, 240, 150)
    return only(ws)


def counted_then(ws: Workspace, stage: int, days: int) -> list[int]:
    """Customers that came to a stage before so many days ago and stand there."""
    log = figures.own_log(ws)
    reduced = reduce_log(log, ws.now_us() - days * 86_400_000_000)
    return [int(log.ids[who]) for who, top in zip(reduced.prospect, reduced.frontier, strict=True) if top == stage]  # type: ignore[call-overload]


def test_what_is_recorded_late_leaves_the_verdict_and_is_told_beside_it(
    ws: Workspace, decided: verdicts.Outcome
) -> None:
    for one in counted_then(ws, 2, 95)[-12:]:
        process.move(ws, [one], 3, TODAY - timedelta(days=93))
    found = only(ws)
    assert (found.verdict, found.change, found.before, found.after) == (
        decided.verdict, decided.change, decided.before, decided.after,
    )  # fmt: skip
    assert found.recount is not None
    assert found.recount.change != decided.change
    told = experiment_words.recount_sentence(found)
    assert told.startswith("判定のあとに足された・直された記録も入れると")
    assert told.endswith("判定は変わりません。")


def test_what_was_taken_back_later_still_counts_for_the_verdict(ws: Workspace, clock: Clock) -> None:
    for number in range(24):
        (made,) = prospects.add(ws, person(f"前 {number}", f"前{number}社")).created
        process.move(ws, [made], 1)
        if number < 4:
            process.move(ws, [made], 2)
    clock.forward(days=40)
    experiments.start(ws, idea(stage=1, started_on=ws.today(), decide_on=ws.today() + timedelta(days=60)))
    clock.forward(days=20)
    for number in range(20):
        (made,) = prospects.add(ws, person(f"後 {number}", f"後{number}社")).created
        process.move(ws, [made], 1)
        process.move(ws, [made], 2)
    clock.forward(days=41)
    before = only(ws)
    assert before.verdict == "improved"
    for _step in range(10):
        history.undo(ws)
    after = only(ws)
    assert (after.verdict, after.change, after.after) == (before.verdict, before.change, before.after)
    assert after.recount is not None
    assert after.recount.after.n < after.after.n
    for _step in range(10):
        history.redo(ws)
    assert only(ws) == before


def test_merging_and_another_channel_leave_the_verdict(ws: Workspace, decided: verdicts.Outcome) -> None:
    with ws.store.read() as reader:
        channel = reader.find("channels", name="勉強会")
        others = reader.column("SELECT id FROM channels WHERE name <> '勉強会'")
    past(ws, 2, 240, 150, channel_id=channel)
    narrow, _wide = verdicts.outcomes(ws)
    pair = counted_then(ws, 2, 95)[:2]
    merging.merge(ws, merging.pair_for(ws, *pair))
    assert [(one.verdict, one.change) for one in verdicts.outcomes(ws)] == [
        (narrow.verdict, narrow.change), (decided.verdict, decided.change),
    ]  # fmt: skip
    with ws.store.read() as reader:
        moved = reader.column("SELECT id FROM prospects WHERE channel_id = ?", channel)[:20]
    for one in moved:
        prospects.edit(ws, one, channel_id=others[0])
    found, wide = verdicts.outcomes(ws)
    assert (found.change, found.before, found.after) == (narrow.change, narrow.before, narrow.after)
    assert wide.change == decided.change
    assert found.recount is not None
    assert found.recount.before.n < found.before.n


def test_erasing_leaves_the_verdict(ws: Workspace, decided: verdicts.Outcome) -> None:
    prospects.erase(ws, counted_then(ws, 2, 95)[0])
    assert only(ws) == decided


def test_those_behind_a_verdict_are_those_of_then(ws: Workspace, decided: verdicts.Outcome) -> None:
    who = Who(2, until_us=decided.at_us)
    behind = sorted(verdicts.customers_behind(ws, decided, who))
    for one in counted_then(ws, 2, 260)[:3]:
        process.move(ws, [one], 3, TODAY - timedelta(days=250))
    assert sorted(verdicts.customers_behind(ws, decided, who)) == behind


def test_the_words_of_the_decision_date_are_the_same_all_day(ws: Workspace, clock: Clock) -> None:
    sample.fill(ws)
    for one in experiments.listed(ws):
        experiments.remove(ws, one.id)
    past(ws, 2, 150, 150)  # today
    morning = only(ws)
    assert morning.is_due
    process.move(ws, counted_then(ws, 2, 1)[:10], 3)
    clock.forward(hours=6)
    assert only(ws) == morning


def test_another_one_at_the_same_stage_and_time_is_warned_of(ws: Workspace) -> None:
    experiments.start(ws, idea(name="先の案"))
    found = experiments.listed(ws)

    def said(**other: object) -> str:
        return experiment_words.overlap_sentence(ws, experiments.overlapping(found, idea(**other)))

    assert (
        said()
        == "同じ工程の「先の案」（11/21(土)〜2027/3/1）と時期が重なります。どちらが効いたのかは見分けられません。"
    )
    assert said(started_on=TODAY + timedelta(days=99), decide_on=TODAY + timedelta(days=200))
    assert said(channel_id=1), "one that counts everybody counts them too"
    assert said(stage=4) == ""
    assert said(started_on=TODAY + timedelta(days=100), decide_on=TODAY + timedelta(days=200)) == ""
    assert experiments.overlapping(found, found[0], found[0].id) == ()


def test_far_away_is_told_in_years(ws: Workspace) -> None:
    sample.fill(ws)
    known = plans.ground(ws, 1, TODAY)
    found = plans.plan(known, 66)
    said = "".join(experiment_words.plan_sentences(ws, known, found))
    assert found.enough_on is not None
    assert f"{(found.enough_on - TODAY).days / 365.25:.0f}年ほどかかります" in said


def test_a_channel_counts_only_its_own_customers(ws: Workspace) -> None:
    sample.fill(ws)
    for one in experiments.listed(ws):
        experiments.remove(ws, one.id)
    with ws.store.read() as reader:
        channel = reader.find("channels", name="勉強会")
    past(ws, 1, 300, 200)
    past(ws, 1, 300, 200, channel_id=channel)
    narrow, wide = verdicts.outcomes(ws)
    log = figures.own_log(ws, channel)
    expected = change(log, reduce_log(log, narrow.as_of_us), Question(narrow.at_us, 1))
    assert narrow.change == expected
    assert narrow.before.n < wide.before.n


def test_with_fewer_than_ten_no_words_are_given(ws: Workspace, clock: Clock) -> None:
    for number in range(6):
        (made,) = prospects.add(ws, person(f"前 {number}", f"前{number}社")).created
        process.move(ws, [made], 1)
        if number == 0:
            process.move(ws, [made], 2)
    clock.forward(days=10)
    experiments.start(ws, idea(stage=1, started_on=ws.today(), decide_on=ws.today() + timedelta(days=30)))
    for number in range(6):
        (made,) = prospects.add(ws, person(f"後 {number}", f"後{number}社")).created
        process.move(ws, [made], 1)
        process.move(ws, [made], 2)
    clock.forward(days=31)
    found = only(ws)
    assert found.change is not None
    assert found.verdict == "few"
    heads = experiment_words.heads(ws, found)
    assert heads[0] == "前か後が10社に満たないので、判定できませんでした。"
    assert heads[1] == "15日以内に進んだのは、始める前が1/6社、始めてからが6/6社です。"
    assert experiment_words.came_of_it(found) == "1/6 → 6/6"


def test_counts_of_before_and_after_are_of_the_same_number_of_days(ws: Workspace) -> None:
    sample.fill(ws)
    for one in experiments.listed(ws):
        experiments.remove(ws, one.id)
    past(ws, 1, 20, 100)
    found = only(ws)
    assert found.change is not None
    assert found.after.n < verdicts.FEWEST
    assert found.change.horizon_days == pytest.approx(10.25)
    log = figures.own_log(ws)
    records = stage_records(reduce_log(log, found.at_us, found.at_us), 1)
    soon = records.where(records.duration_us <= 10.25 * 86_400_000_000).count(ADVANCED)
    assert found.before.soon == soon < found.before.advanced
    assert f"10日以内に進んだのは、始める前が{soon}/{found.before.n}社" in experiment_words.heads(ws, found)[1]


def test_without_anybody_it_is_said(ws: Workspace, clock: Clock) -> None:
    experiments.start(ws, idea(started_on=TODAY + timedelta(days=5)))
    assert only(ws).verdict == "upcoming"
    clock.forward(days=20)
    found = only(ws)
    assert (found.verdict, found.change) == ("waiting", None)
    assert (
        experiment_words.heads(ws, found)[0] == "始める前に、3 商談に来た顧客がいないので、前と後をくらべられません。"
    )
    clock.forward(days=200)
    assert only(ws).verdict == "nobody"


# What it takes


def test_the_number_needed_is_the_formula(ws: Workspace) -> None:
    sample.fill(ws)
    known = plans.ground(ws, 3, TODAY)
    found = plans.plan(known, 75)
    log = figures.own_log(ws)
    before = curve(stage_records(reduce_log(log, ws.now_us()), 3))
    days = horizon((found.decide_on - TODAY).days)
    p0, year = advance_at(before, days), advance_at(before, 365)
    assert p0 is not None
    assert year is not None
    p1 = 0.75 * p0 / year
    assert (found.days, found.rate, found.expected) == (days, p0, p1)
    assert found.needed == pytest.approx(6.18 * (p0 * (1 - p0) + p1 * (1 - p1)) / (p1 - p0) ** 2, rel=1e-12)
    assert found.needed == needed_per_group(p0, p1)


def test_the_rate_of_now_is_no_effect_and_a_lower_one_is_questioned(ws: Workspace) -> None:
    sample.fill(ws)
    known = plans.ground(ws, 3, TODAY)
    assert known.rate.advance is not None
    now = round(100 * known.rate.advance)
    assert known.rate.advance != now / 100
    still = plans.plan(known, now)
    assert (still.needed, still.decide_on) == (None, TODAY + timedelta(days=180))
    assert experiment_words.plan_sentences(ws, known, still) == ("いまと同じ率なので、くらべる差がありません。",)
    lower = experiment_words.plan_sentences(ws, known, plans.plan(known, now - 20))
    assert "いまの率より低い期待です。上がるはずの率を書いてください。" in lower


def test_the_decision_date_is_the_first_day_by_which_enough_have_come(ws: Workspace) -> None:
    sample.fill(ws)
    known = plans.ground(ws, 1, TODAY)
    found = plans.plan(known, 77)
    assert found.needed is not None
    assert timedelta(60) <= found.decide_on - TODAY <= timedelta(365)
    assert known.come_by(found.decide_on) >= found.needed
    eve = plans.plan(known, 77, found.decide_on - timedelta(days=1))
    assert eve.needed is not None
    assert known.come_by(eve.decide_on) < eve.needed
    assert found.enough_on is not None
    assert found.enough_on <= found.decide_on


def test_a_small_effect_is_decided_after_a_year_and_the_doubt_is_said(ws: Workspace) -> None:
    sample.fill(ws)
    known = plans.ground(ws, 3, TODAY)
    found = plans.plan(known, 58)
    assert found.decide_on == TODAY + timedelta(days=365)
    assert found.needed is not None
    assert found.by_then < found.needed
    said = "".join(experiment_words.plan_sentences(ws, known, found))
    assert "10年かけてもそろいません" in said
    assert f"判定日までに来るのは約{found.by_then}社なので、判定日も「傾向のみ」になりそうです。" in said
    assert found.rate is not None
    assert f"期待どおりの差（判定日にくらべる{found.days:.0f}日以内で " in said


def test_a_tendency_reads_neither_as_a_success_nor_as_a_failure(ws: Workspace) -> None:
    sample.fill(ws)
    tried = answers.playbook(ws, figures.overview(ws)).tried
    tendency = [one for one in tried if one.verdict == "tendency"]
    assert tendency
    assert {(one.words, one.came) for one in tendency} == {("傾向のみ・効いたとは言えません", "")}
    assert all(one.came for one in tried if one.verdict == "improved")


def test_that_nobody_came_since_is_said_first(ws: Workspace) -> None:
    (made,) = prospects.add(ws, person("山田 太郎")).created
    process.move(ws, [made], 3, TODAY - timedelta(days=90))
    experiments.start(ws, idea(started_on=TODAY - timedelta(days=60), decide_on=TODAY + timedelta(days=80)))
    assert experiment_words.heads(ws, only(ws)) == (
        "始めてから、3 商談に来た顧客はまだいません（始める前は1社）。",
        "傾向のみ（判定日まであと80日）。",
    )


def test_the_date_is_reckoned_from_the_arrivals_of_half_a_year(ws: Workspace) -> None:
    sample.fill(ws)
    known = plans.ground(ws, 1, TODAY)
    log = figures.own_log(ws)
    reduced = reduce_log(log, ws.now_us())
    records = stage_records(reduced, 1)
    came = reduced.first_us[records.row, 0] > ws.now_us() - 180 * 86_400_000_000
    assert (known.arrivals, known.pace_days) == (int(came.sum()), 180)
    found = plans.plan(known, 80)
    assert found.needed is not None
    assert found.enough_on == TODAY + timedelta(days=math.ceil(found.needed * 180 / known.arrivals))


def test_those_who_came_since_a_past_start_count(ws: Workspace) -> None:
    sample.fill(ws)
    started = TODAY - timedelta(days=200)
    known = plans.ground(ws, 1, started)
    assert known.already > 0
    at_us = ws.start_of_day_us(started)
    log = figures.own_log(ws)
    assert known.before.n == len(stage_records(reduce_log(log, at_us, at_us), 1))
    found = plans.plan(known, 95)
    assert found.enough_on == TODAY
    assert found.decide_on >= TODAY + timedelta(days=30)
    assert f"始めてからの{known.already}社で、もうそろっています。" in experiment_words.plan_sentences(ws, known, found)


def test_without_customers_nothing_is_promised(ws: Workspace) -> None:
    known = plans.ground(ws, 3, TODAY)
    found = plans.plan(known, 60)
    assert (found.needed, found.enough_on, found.by_then) == (None, None, 0)
    assert found.decide_on == TODAY + timedelta(days=180)
    assert "前と後をくらべられません" in experiment_words.plan_sentences(ws, known, found)[0]
    assert experiment_words.rate_now(known) == "いまの率は、まだわかりません"


def test_one_customer_is_told_as_a_count(ws: Workspace) -> None:
    (made,) = prospects.add(ws, person("山田 太郎")).created
    process.move(ws, [made], 1)
    known = plans.ground(ws, 1, TODAY)
    assert experiment_words.rate_now(known) == "いまは 0/1社"
    assert known.pace_days == 30
    plans.plan(known, 50)


def test_where_nobody_is_decided_no_rate_is_made_up(ws: Workspace) -> None:
    for number in range(12):
        (made,) = prospects.add(ws, person(f"人 {number}", f"会社{number}")).created
        process.move(ws, [made], 1)
    known = plans.ground(ws, 1, TODAY)
    assert experiment_words.rate_now(known) == "いまの率は、まだわかりません（n=12）"
    found = plans.plan(known, 60)
    assert found.needed is None
    assert "要る件数は出せません" in experiment_words.plan_sentences(ws, known, found)[0]


def test_in_the_first_days_nothing_is_compared(ws: Workspace, clock: Clock) -> None:
    sample.fill(ws)
    for one in experiments.listed(ws):
        experiments.remove(ws, one.id)
    past(ws, 1, 10, 100)
    heads = experiment_words.heads(ws, only(ws))
    assert heads[1] == "始めたばかりです。始めてから14日たつと、途中の様子が見えます。"
    clock.forward(days=4)
    assert experiment_words.heads(ws, only(ws))[1].startswith("7日以内に進んだのは")


def test_nobody_for_half_a_year_is_said(ws: Workspace, clock: Clock) -> None:
    sample.fill(ws)
    clock.forward(days=300)
    known = plans.ground(ws, 1, ws.today())
    found = plans.plan(known, 80)
    assert found.enough_on is None
    assert "この180日はだれも来ていないので、いつそろうかはわかりません。" in experiment_words.plan_sentences(
        ws, known, found
    )


def test_no_difference_needs_no_number() -> None:
    assert needed_per_group(0.5, 0.5) is None
    assert needed_per_group(0.5, 0.6) == pytest.approx(6.18 * 0.49 / 0.01)


# 今日


@pytest.mark.parametrize("most", [120, 180, 240, 300])
def test_sentence_and_table_name_the_same_difference(ws: Workspace, most: int) -> None:
    sample.fill(ws, most)
    shown = figures.overview(ws)
    for one in experiments.listed(ws):
        said = answers.playbook(ws, shown, one.id)
        told = [row.cells[5] for row in said.table.rows if row.cells[0] == "差"]
        assert all(f"差は {difference} ポイント" in said.head[1] for difference in told)


def test_the_difference_is_that_of_the_rates_as_they_are_read() -> None:
    assert experiment_words.difference(0.566, 0.4811) == "−9"
    assert experiment_words.difference(0.501, 0.504) == "±0"


def test_today_tells_for_a_week_that_a_decision_date_has_come(ws: Workspace, clock: Clock) -> None:
    (key,) = experiments.start(ws, idea(stage=2, decide_on=TODAY + timedelta(days=20))).created
    clock.forward(days=19)
    assert today(ws).verdicts == ()
    for wait in (1, 6):
        clock.forward(days=wait)
        (told,) = today(ws).verdicts
        assert (told.experiment, told.name, told.reason) == (key, "事例を見せる", "2 問合せの改善策を判定できます")
    clock.forward(days=1)
    assert today(ws).verdicts == ()
