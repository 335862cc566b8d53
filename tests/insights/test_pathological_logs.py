"""What no log should contain and every log does: each answered by `soloflow numbers --json` as worked out by hand from the definitions.

All instants are of Tokyo; day 0 is 2025-01-01, and most logs are read as of day 400.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from soloflow import app, cli

Printed = pytest.CaptureFixture[str]
BEGINNING = datetime(2025, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo"))
HEAD = "seq,prospect_id,from_stage,to_stage,at,kind,reason"
ONE_OF_ONE = 0.20654931
"""Lower end of Wilson's interval of 1/1: 1 / (1 + z²), z² = 3.8414588. That of 0/1 ends at 1 minus this."""
NOTHING_KNOWN = {
    "n": 0, "advance": None, "lost": None, "open": None, "se": None, "n_eff": 0, "lo": 0, "hi": 1, "lower_bound": False,
}  # fmt: skip


class Asked:
    """The command, the file it reads, and what it said beside the figures."""

    def __init__(self, folder: Path, printed: Printed) -> None:
        self.folder, self.printed, self.said = folder, printed, ""

    def __call__(
        self, *lines: str, as_of: str | None = None, prospects: str = "", arguments: tuple[str, ...] = ()
    ) -> Any:
        """The JSON of an events file with these lines."""
        (self.folder / "events.csv").write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")
        given = ["--events", str(self.folder / "events.csv"), "--as-of", as_of or day(400)]
        if prospects:
            (self.folder / "prospects.csv").write_text(prospects, encoding="utf-8")
            given += ["--prospects", str(self.folder / "prospects.csv")]
        assert cli.run(["numbers", *given, *arguments, "--json"]) == 0
        out, self.said = self.printed.readouterr()
        return json.loads(out)

    def of_nobody(self) -> Any:
        """The JSON of a profile in which nobody is yet."""
        app.open_workspace(self.folder / "profile").store.close()
        assert cli.run(["--profile", str(self.folder / "profile"), "numbers", "--as-of", day(400), "--json"]) == 0
        return json.loads(self.printed.readouterr().out)


@pytest.fixture
def figures(tmp_path: Path, capsys: Printed) -> Asked:
    return Asked(tmp_path, capsys)


def day(number: float) -> str:
    return (BEGINNING + timedelta(days=number)).isoformat()


def log(*entries: tuple[str, str, int | None, float]) -> list[str]:
    """Lines of entries (prospect, kind, to, day), in the order given."""
    return [
        f"{seq},{name},,{'' if to is None else to},{day(number)},{kind},"
        for seq, (name, kind, to, number) in enumerate(entries, 1)
    ]


def has(found: Any, **wanted: Any) -> None:
    """Everything that is wanted is found; other keys may stand beside it."""
    assert {key: found[key] for key in wanted} == {
        key: value if value is None or isinstance(value, str | dict | bool) else pytest.approx(value, abs=1e-7)
        for key, value in wanted.items()
    }


def at(*stages: int, count: int = 1) -> list[int]:
    """Nine counts: `count` at these stages, none elsewhere."""
    return [count if k in stages else 0 for k in range(1, 10)]


# --- nothing, and one ------------------------------------------------------------------------------------------------
def test_an_empty_log_knows_nothing_and_says_so(figures: Asked) -> None:
    found = figures.of_nobody()
    has(found, prospects=0, entries=0, cohorts={}, sources={}, change=None, back_cast=None)
    assert found["snapshot"] == {
        **{name: at() for name in ("ever_reached", "entered_at", "active", "nurture", "lost", "lost_by_frontier")},
        "naive_rate": [None] * 8,
    }
    for k in range(1, 9):
        stage = found["stages"][str(k)]
        has(stage, at_risk=0, advanced=0, lost=0, open=0, nurture=0, median_days_to_advance=None)
        assert stage["within"] == {"90": NOTHING_KNOWN, "180": NOTHING_KNOWN, "365": NOTHING_KNOWN}
        assert stage["decided"] == {"rate": None, "lo": 0, "hi": 1}
        assert stage["time_in_stage"] == {"stays": 0, "exits": 0, "median": None, "lo": None, "hi": None}
    leak = found["leak"]
    has(leak, orders_per_100=None, most_lost_stage=None, verdict={"stage": None, "words": "まだ区別できない"})
    assert (
        leak["rates"] == leak["mass_per_100"] == leak["rescue10_per_100"] == leak["to_benchmark_per_100"] == [None] * 4
    )
    assert leak["prob_lowest_rate"] == pytest.approx([0.25] * 4, abs=1e-3)
    assert leak["orders_per_100_interval"]["mean"] == pytest.approx(100 / 2**4)
    assert found["recycle"] == {
        "parked": 0, "returned": 0, "advanced_after_return": 0, "ordered_after_return": 0, "median_days_parked": None,
    }  # fmt: skip
    assert found["what_if"] == {
        "entries_365d": [0] * 4, "base_orders": 0, "pool_x1_2": 0, "rate_plus_5_points": [0] * 4,
    }  # fmt: skip


def test_one_prospect_who_is_open(figures: Asked) -> None:
    found = figures(*log(("a", "enter", 1, 0)))
    stage = found["stages"]["1"]
    has(stage, at_risk=1, advanced=0, lost=0, open=1, median_days_to_advance=None)
    # Watched for 400 days: one prospect of whom it is known that the year has brought nothing.
    has(
        stage["within"]["365"],
        n=1,
        advance=0,
        lost=0,
        open=1,
        se=0,
        n_eff=1,
        lo=0,
        hi=1 - ONE_OF_ONE,
        lower_bound=False,
    )
    assert stage["decided"] == {"rate": None, "lo": 0, "hi": 1}
    assert stage["time_in_stage"] == {"stays": 1, "exits": 0, "median": None, "lo": None, "hi": None}
    has(found["snapshot"], active=at(1), naive_rate=[0, *[None] * 7])


def test_one_prospect_who_is_lost(figures: Asked) -> None:
    found = figures(*log(("a", "enter", 1, 0), ("a", "lose", None, 10)))
    stage = found["stages"]["1"]
    has(stage, at_risk=1, advanced=0, lost=1, open=0)
    has(stage["within"]["90"], n=1, advance=0, lost=1, open=0, n_eff=1, lo=0, hi=1 - ONE_OF_ONE, lower_bound=False)
    has(stage["decided"], rate=0, lo=0, hi=1 - ONE_OF_ONE)
    assert stage["time_in_stage"] == {"stays": 1, "exits": 1, "median": 10, "lo": 10, "hi": 10}
    has(found["snapshot"], lost=at(1), lost_by_frontier=at(1), active=at())
    has(found["leak"], lost_count=[1, 0, 0, 0], most_lost_stage=1, orders_per_100=None)


def test_one_prospect_who_advances(figures: Asked) -> None:
    found = figures(*log(("a", "enter", 1, 0), ("a", "advance", 2, 10)))
    stage = found["stages"]["1"]
    has(stage, at_risk=1, advanced=1, lost=0, open=0, median_days_to_advance=10)
    has(stage["within"]["90"], n=1, advance=1, lost=0, open=0, n_eff=1, lo=ONE_OF_ONE, hi=1, lower_bound=False)
    has(stage["decided"], rate=1, lo=ONE_OF_ONE, hi=1)
    has(found["stages"]["2"], at_risk=1, advanced=0, lost=0, open=1)
    has(found["snapshot"], ever_reached=[1, 1, *[0] * 7], naive_rate=[1, 0, *[None] * 6], active=at(2))


def test_one_prospect_who_is_parked_is_open(figures: Asked) -> None:
    found = figures(*log(("a", "enter", 1, 0), ("a", "recycle", None, 10)))
    has(found["stages"]["1"], at_risk=1, advanced=0, lost=0, open=1, nurture=1)
    has(found["stages"]["1"]["time_in_stage"], stays=1, exits=1, median=10)
    has(found["snapshot"], nurture=at(1), active=at())
    has(found["recycle"], parked=1, returned=0)


# --- all alike -------------------------------------------------------------------------------------------------------
def test_all_are_still_open(figures: Asked) -> None:
    found = figures(*log(*((name, "enter", 1, 100 * i) for i, name in enumerate("abcd"))))
    within = found["stages"]["1"]["within"]
    # They have been there for 400, 300, 200 and 100 days.
    assert [(within[h]["advance"], within[h]["n_eff"], within[h]["lower_bound"]) for h in ("90", "180", "365")] == [
        (0, 4, False), (0, 3, False), (0, 1, False),
    ]  # fmt: skip
    has(found["leak"], most_lost_stage=None, lost_count=[0] * 4, verdict={"stage": None, "words": "まだ区別できない"})


def test_all_are_open_and_none_of_them_for_long(figures: Asked) -> None:
    within = figures(*log(("a", "enter", 1, 395), ("b", "enter", 1, 399)))["stages"]["1"]["within"]["90"]
    has(within, n=2, advance=0, lost=0, open=1, n_eff=0, lo=0, hi=1, lower_bound=True)


def test_all_are_lost(figures: Asked) -> None:
    entries = [e for i, name in enumerate("abcd", 1) for e in ((name, "enter", 1, 0), (name, "lose", None, i))]
    found = figures(*log(*entries))
    # Wilson of 0/4 ends at z² / (4 + z²).
    has(found["stages"]["1"]["within"]["90"], n=4, advance=0, lost=1, open=0, se=0, n_eff=4, lo=0, hi=0.48989084)
    has(found["stages"]["1"]["decided"], rate=0, lo=0, hi=0.48989084)
    has(found["stages"]["1"]["time_in_stage"], stays=4, exits=4, median=2)
    has(found["leak"], lost_count=[4, 0, 0, 0], most_lost_stage=1)


# --- ways through ----------------------------------------------------------------------------------------------------
def test_a_skip_from_1_to_4(figures: Asked) -> None:
    found = figures(*log(("a", "enter", 1, 0), ("a", "skip", 4, 7)))
    for k, days in (("1", 7), ("2", 0), ("3", 0)):
        has(found["stages"][k], at_risk=1, advanced=1, lost=0, open=0, median_days_to_advance=days)
        has(found["stages"][k]["within"]["90"], advance=1, n_eff=1)
    has(found["stages"]["4"], at_risk=1, advanced=0, open=1)
    has(found["stages"]["2"]["time_in_stage"], stays=0, exits=0, median=None)
    has(found["snapshot"], ever_reached=[1, 1, 1, 1, *[0] * 5], entered_at=at(1), active=at(4))


def test_an_entry_directly_at_3(figures: Asked) -> None:
    found = figures(*log(("a", "enter", 3, 0), ("a", "advance", 4, 5), ("a", "lose", None, 9)))
    for k in "12":
        has(found["stages"][k], at_risk=0)
        assert found["stages"][k]["within"]["365"] == NOTHING_KNOWN
    has(found["stages"]["3"], at_risk=1, advanced=1, median_days_to_advance=5)
    has(found["stages"]["4"], at_risk=1, lost=1)
    has(found["snapshot"], ever_reached=[1, 1, 1, 1, *[0] * 5], entered_at=at(3), lost=at(4))
    assert found["cohorts"] == {}


def test_back_and_forth(figures: Asked) -> None:
    found = figures(
        *log(
            ("a", "enter", 1, 0),
            ("a", "advance", 2, 10),
            ("a", "move_back", 1, 20),
            ("a", "advance", 2, 35),
            ("a", "advance", 3, 40),
        )
    )
    has(found["stages"]["1"], at_risk=1, advanced=1, median_days_to_advance=10)
    has(found["stages"]["2"], at_risk=1, advanced=1, median_days_to_advance=30)  # from the first time there: 40 - 10
    has(found["stages"]["1"]["time_in_stage"], stays=2, exits=2, median=10)  # 10 and 15 days
    has(found["stages"]["2"]["time_in_stage"], stays=2, exits=2, median=5)  # 10 and 5 days
    has(found["snapshot"], ever_reached=[1, 1, 1, *[0] * 6], active=at(3))


def test_one_who_stepped_back_stands_there_but_is_at_risk_where_they_have_been(figures: Asked) -> None:
    found = figures(
        *log(("a", "enter", 2, 0), ("a", "advance", 4, 10), ("a", "move_back", 1, 20), ("a", "lose", None, 30))
    )
    has(found["snapshot"], lost=at(1), lost_by_frontier=at(4), ever_reached=[1, 1, 1, 1, *[0] * 5])
    has(found["stages"]["1"], at_risk=0)
    has(found["stages"]["4"], at_risk=1, lost=1)


def test_lost_and_then_returned(figures: Asked) -> None:
    found = figures(
        *log(("a", "enter", 1, 0), ("a", "lose", None, 10), ("a", "reactivate", 1, 50), ("a", "advance", 2, 60))
    )
    has(found["stages"]["1"], at_risk=1, advanced=1, lost=0, median_days_to_advance=60)
    has(found["stages"]["1"]["time_in_stage"], stays=2, exits=2)
    has(found["leak"], lost_count=[0] * 4, most_lost_stage=None)
    has(found["snapshot"], active=at(2), lost=at())
    has(found["recycle"], parked=1, returned=1, advanced_after_return=1, ordered_after_return=0, median_days_parked=40)


def test_lost_twice_counts_from_the_first_of_the_last_run(figures: Asked) -> None:
    found = figures(
        *log(
            ("a", "enter", 1, 0), ("a", "lose", None, 10), ("a", "reactivate", 1, 50), ("a", "recycle", None, 60),
            ("a", "lose", None, 100), ("a", "lose", None, 300),
        ), as_of=day(401),
    )  # fmt: skip
    has(found["stages"]["1"], at_risk=1, lost=1)
    has(found["stages"]["1"]["within"]["90"], lost=0)  # not lost at 60, when only parked,
    has(found["stages"]["1"]["within"]["180"], lost=1)  # but at 100, not at 300
    has(found["recycle"], parked=1, returned=1, advanced_after_return=0, median_days_parked=40)


def test_a_pause_begins_with_its_first_entry(figures: Asked) -> None:
    found = figures(
        *log(("a", "enter", 1, 0), ("a", "recycle", None, 10), ("a", "lose", None, 20), ("a", "reactivate", 5, 50))
    )
    has(found["recycle"], parked=1, returned=1, advanced_after_return=1, ordered_after_return=1, median_days_parked=40)


def test_lost_after_the_order(figures: Asked) -> None:
    found = figures(
        *log(("a", "enter", 1, 0), ("a", "skip", 5, 30), ("a", "lose", None, 60)),
        prospects="prospect_id,source,expected_yen\na,紹介,1200000\n",
    )
    for k, days in (("1", 30), ("2", 0), ("3", 0), ("4", 0)):
        has(found["stages"][k], at_risk=1, advanced=1, lost=0, median_days_to_advance=days)
    has(found["stages"]["5"], at_risk=1, advanced=0, lost=1)
    # An order is no loss of the steps before it, nor are its yen.
    has(found["leak"], lost_count=[0] * 4, most_lost_stage=None, lost_expected_yen=[0] * 4, orders_per_100=100)
    has(found["leak_after_order"], lost_count=[1, 0, 0, 0], most_lost_stage=5)
    has(found["snapshot"], lost=at(5), lost_by_frontier=at(5))
    has(found["sources"]["紹介"]["raw"], n=1, advance=1)


def test_an_advance_a_loss_and_a_censoring_after_the_same_days(figures: Asked) -> None:
    found = figures(
        *log(
            ("a", "enter", 1, 0), ("a", "advance", 2, 10), ("b", "enter", 1, 0), ("b", "lose", None, 10),
            ("c", "enter", 1, 390), ("d", "enter", 1, 0), ("d", "advance", 2, 20),
        )
    )  # fmt: skip
    # 10 days: 4 at risk (c among them), 1 advances, 1 is lost. 20 days: 1 at risk, it advances.
    # Variance: .5²·2/(4·2) + 1·3·1/4³ - 2·.5·1·1/4² = 3/64, and p(1 - p)/var = (3/16)/(3/64) = 4.
    has(
        found["stages"]["1"]["within"]["90"], n=4, advance=0.75, lost=0.25, open=0, se=(3 / 64) ** 0.5, n_eff=4,
        lower_bound=False,
    )  # fmt: skip
    has(found["stages"]["1"], median_days_to_advance=20)


def test_an_advance_a_loss_and_the_end_of_watching_at_one_instant(figures: Asked) -> None:
    found = figures(
        *log(
            ("a", "enter", 1, 390), ("b", "enter", 1, 390), ("c", "enter", 1, 390),
            ("a", "advance", 2, 400), ("b", "lose", None, 400),
        )
    )  # fmt: skip
    has(found["stages"]["1"], at_risk=3, advanced=1, lost=1, open=1)
    has(found["stages"]["1"]["within"]["90"], advance=1 / 3, lost=1 / 3, open=1 / 3, lower_bound=True)
    has(found["stages"]["2"]["within"]["90"], n=1, n_eff=0)  # a came to stage 2 this very instant


# --- reading ---------------------------------------------------------------------------------------------------------
def test_instants_of_several_zones_are_compared_as_instants(figures: Asked) -> None:
    found = figures(
        "1,a,,2,2025-12-31T16:00:00Z,advance,",  # one o'clock in Tokyo, half an hour after the entry
        "2,a,,1,2026-01-01T00:30:00+09:00,enter,",
        "3,a,,3,2025-12-31T11:30:00-05:00,advance,",  # half past one in Tokyo
    )
    has(found["stages"]["1"], at_risk=1, advanced=1, median_days_to_advance=0.5 / 24)
    has(found["stages"]["2"], at_risk=1, advanced=1, median_days_to_advance=0.5 / 24)
    has(found["cohorts"]["2026Q1"], n=1, advanced=1, lost=0, open=0, advance_90=1)
    assert len(found["cohorts"]) == 1


def test_a_stamp_without_offset_is_of_the_users_zone(figures: Asked) -> None:
    found = figures(
        "1,a,,1,2026-01-01T00:00:00,enter,",
        "2,a,,2,2025-12-31T15:00:00Z,advance,",  # the same instant
        "3,b,,1,2025-12-31 23:59:59,enter,",
        as_of="2026-01-01T12:00:00",
    )
    assert found["as_of"] == "2026-01-01T12:00:00+09:00"
    has(found["stages"]["1"], at_risk=2, advanced=1, median_days_to_advance=0)
    assert {name: one["n"] for name, one in found["cohorts"].items()} == {"2025Q4": 1, "2026Q1": 1}


def test_the_instant_of_reading_is_told_in_the_users_zone(figures: Asked) -> None:
    assert figures(*log(("a", "enter", 1, 0)), as_of="2026-09-30T09:00:00Z")["as_of"] == "2026-09-30T18:00:00+09:00"


def test_what_lies_in_the_future_is_not_known_yet_and_what_happens_now_is(figures: Asked) -> None:
    later = "2026-02-05T00:00:00.000001+09:00"  # a millionth of a second after day 400
    found = figures(
        *log(("a", "enter", 1, 0)), f"8,a,,2,{later},advance,", f"9,b,,1,{later},enter,", f"10,c,,1,{day(400)},enter,"
    )
    has(found, prospects=2, entries=2)
    has(found["stages"]["1"], at_risk=2, advanced=0, open=2)
    has(found["snapshot"], active=at(1, count=2))


def test_rows_out_of_order(figures: Asked) -> None:
    lines = log(
        ("a", "enter", 1, 0), ("a", "advance", 2, 10), ("a", "advance", 3, 10), ("a", "lose", None, 10), ("b", "enter", 1, 5)
    )  # fmt: skip
    lines += [f"{seq},z,,{to},{day(7)},{kind}," for seq, to, kind in ((10, 2, "advance"), (9, 1, "enter"))]
    found, again = figures(*lines), figures(*reversed(lines))
    assert found == again
    # At one instant the number decides, and 9 comes before 10.
    has(found["snapshot"], entered_at=at(1, count=3), ever_reached=[3, 2, 1, *[0] * 6], lost_by_frontier=at(3))


def test_a_line_that_stands_there_twice_counts_once(figures: Asked) -> None:
    found = figures(
        f"1,a,,1,{day(0)},enter,",
        f"2,a,,1,{day(0)},enter,もう一度",
        "3,a,,01,2024-12-31T15:00:00Z,enter,",
        f"4,a,1,,{day(10)},lose,",
        f"5,a,1,,{day(10)},lose,予算",
    )
    has(found, prospects=1, entries=2)
    has(found["stages"]["1"], at_risk=1, lost=1)


def test_a_line_that_comes_again_after_another_is_another_entry(figures: Asked) -> None:
    found = figures(*log(("a", "enter", 1, 0), ("a", "recycle", None, 0), ("a", "enter", 1, 0)))
    has(found, entries=3)
    has(found["recycle"], parked=1, returned=1, median_days_parked=0)


def test_a_wrong_from_stage_is_not_believed(figures: Asked) -> None:
    found = figures(
        f"1,a,5,1,{day(0)},enter,",
        f"2,a,7,2,{day(10)},advance,",
        f"3,a,99,3,{day(20)},advance,",
        f"4,a,x,,{day(25)},lose,",
    )
    has(found["stages"]["1"], at_risk=1, advanced=1, median_days_to_advance=10)
    has(found["stages"]["2"], at_risk=1, advanced=1, median_days_to_advance=10)
    has(found["stages"]["3"], at_risk=1, lost=1)
    has(found["stages"]["5"], at_risk=0)
    assert figures.said == ""


def test_stages_0_and_10_and_none_are_dropped_and_told_with_line_and_reason(figures: Asked) -> None:
    found = figures(
        f"1,a,,0,{day(0)},enter,", f"2,a,,1,{day(1)},enter,", f"3,a,,10,{day(2)},advance,", f"4,a,,,{day(3)},advance,",
        f"5,b,,0,{day(3)},enter,",
    )  # fmt: skip
    has(found, prospects=1, entries=1)
    has(found["snapshot"], entered_at=at(1), ever_reached=at(1))
    assert figures.said.splitlines() == [
        f"events.csv {line}行目を読み飛ばしました（to_stage が1〜9の工程ではありません）" for line in (2, 4, 5, 6)
    ]


def test_unknown_kinds_unreadable_times_and_empty_ids_are_dropped_and_told(figures: Asked) -> None:
    found = figures(
        f"1,a,,1,{day(0)},enter,", f"2,a,,2,{day(1)},jump,", "3,a,,2,2026-02-30T00:00:00,advance,", f"4,,,2,{day(1)},advance,",
        "5,a,,2,,advance,",
    )  # fmt: skip
    has(found, prospects=1, entries=1)
    assert figures.said.splitlines() == [
        "events.csv 3行目を読み飛ばしました（kind が enter、advance、skip、move_back、lose、recycle、reactivate のどれでもありません）",
        "events.csv 4行目を読み飛ばしました（at を日時として読めません）",
        "events.csv 5行目を読み飛ばしました（prospect_id が空です）",
        "events.csv 6行目を読み飛ばしました（at を日時として読めません）",
    ]


def test_a_line_is_told_where_it_begins_even_behind_a_text_of_several_lines(figures: Asked) -> None:
    found = figures(
        f'1,a,,1,{day(0)},enter,"一行目',
        '二行目"',
        "",
        f'2,b,,0,{day(0)},enter,"三行目',
        '四行目"',
        f"3,c,,1,{day(0)},leap,",
    )
    has(found, prospects=1, entries=1)
    assert figures.said.splitlines() == [
        "events.csv 5行目を読み飛ばしました（to_stage が1〜9の工程ではありません）",
        "events.csv 7行目を読み飛ばしました（kind が enter、advance、skip、move_back、lose、recycle、reactivate のどれでもありません）",
    ]


def test_an_amount_that_is_none_is_told_and_counts_nothing_but_the_source_stays(figures: Asked) -> None:
    found = figures(
        *log(("a", "enter", 1, 0), ("a", "lose", None, 9)),
        prospects="prospect_id,source,expected_yen\na,紹介,たくさん\n",
    )
    has(found["leak"], lost_expected_yen=[0] * 4)
    assert list(found["sources"]) == ["紹介"]
    assert figures.said == "prospects.csv 2行目の見込み額は金額として読めないので、空として数えました\n"


def test_a_loss_before_any_entry(figures: Asked) -> None:
    found = figures(
        *log(
            ("a", "lose", None, 0), ("a", "recycle", None, 1), ("a", "enter", 1, 5), ("b", "lose", None, 3), ("c", "lose", 4, 3)
        )
    )  # fmt: skip
    has(found, prospects=1, entries=5)
    has(found["snapshot"], active=at(1), lost=at(), nurture=at(), ever_reached=at(1))
    has(found["stages"]["1"], at_risk=1, open=1, lost=0)
    has(found["stages"]["4"], at_risk=0)
    has(found["recycle"], parked=0, returned=0, median_days_parked=None)
