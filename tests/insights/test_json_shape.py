"""The JSON of `soloflow numbers --json`: its sections and keys as the definitions print them, and what is null when."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from soloflow import app, cli, resources

Printed = pytest.CaptureFixture[str]
NUMBER, WHOLE, TEXT, TRUTH, STAGE = "number", "whole", "text", "true or false", "stage"
NUMBERS, WHOLES = [NUMBER], [WHOLE]

WITHIN = {
    "n": WHOLE, "advance": NUMBER, "lost": NUMBER, "open": NUMBER, "se": NUMBER, "n_eff": NUMBER, "lo": NUMBER, "hi": NUMBER,
    "lower_bound": TRUTH,
}  # fmt: skip
TIME = {"stays": WHOLE, "exits": WHOLE, "median": NUMBER, "lo": NUMBER, "hi": NUMBER}
STEP = {
    "at_risk": WHOLE, "advanced": WHOLE, "lost": WHOLE, "open": WHOLE, "nurture": WHOLE,
    "decided": {"rate": NUMBER, "lo": NUMBER, "hi": NUMBER},
    "within": {"90": WITHIN, "180": WITHIN, "365": WITHIN},
    "median_days_to_advance": NUMBER,
    "time_in_stage": TIME,
}  # fmt: skip
VERDICT = {"stage": STAGE, "words": TEXT}
ESTIMATE = {"mean": NUMBER, "lo": NUMBER, "hi": NUMBER}
SHAPE: dict[str, Any] = {
    "as_of": TEXT, "prospects": WHOLE, "entries": WHOLE,
    "snapshot": {
        "ever_reached": WHOLES * 9, "entered_at": WHOLES * 9, "active": WHOLES * 9, "nurture": WHOLES * 9, "lost": WHOLES * 9,
        "lost_by_frontier": WHOLES * 9, "naive_rate": NUMBERS * 8,
    },
    "stages": {**{str(k): STEP for k in range(1, 9)}, "9": {"time_in_stage": TIME}},
    "cohorts": {"2025Q1": {"n": WHOLE, "advanced": WHOLE, "lost": WHOLE, "open": WHOLE, "advance_90": NUMBER}},
    "leak": {
        "rates": NUMBERS * 4, "orders_per_100": NUMBER, "orders_per_100_interval": ESTIMATE, "lost_count": WHOLES * 4,
        "lost_expected_yen": WHOLES * 4, "mass_per_100": NUMBERS * 4, "rescue10_per_100": NUMBERS * 4,
        "to_benchmark_per_100": NUMBERS * 4, "prob_lowest_rate": NUMBERS * 4, "most_lost_stage": STAGE, "verdict": VERDICT,
    },
    "leak_after_order": {
        "rates": NUMBERS * 4, "lost_count": WHOLES * 4, "prob_lowest_rate": NUMBERS * 4, "most_lost_stage": STAGE, "verdict": VERDICT,
    },
    "recycle": {
        "parked": WHOLE, "returned": WHOLE, "advanced_after_return": WHOLE, "ordered_after_return": WHOLE, "median_days_parked": NUMBER,
    },
    "sources": {"紹介": {"raw": WITHIN, "pooled": ESTIMATE}},
    "change": {
        "at": TEXT, "stage": WHOLE, "horizon_days": NUMBER, "before": WITHIN, "after": WITHIN, "difference": NUMBER, "lo": NUMBER,
        "hi": NUMBER, "prob_improved": NUMBER, "needed_per_group": NUMBER,
    },
    "what_if": {"entries_365d": WHOLES * 4, "base_orders": NUMBER, "pool_x1_2": NUMBER, "rate_plus_5_points": NUMBERS * 4},
    "back_cast": {
        "target_orders": WHOLE, "target_days": NUMBER, "contact_to_order": NUMBERS * 3, "from_open_pipeline": NUMBER,
        "contacts_per_30d_mean": NUMBER, "contacts_per_30d_80pct": WHOLE, "n_eff": NUMBER,
    },
}  # fmt: skip
MAY_BE_NULL = {
    "naive_rate", "rate", "advance", "lost", "open", "se", "median_days_to_advance", "median", "lo", "hi", "rates", "orders_per_100",
    "mass_per_100", "rescue10_per_100", "to_benchmark_per_100", "most_lost_stage", "stage", "median_days_parked", "needed_per_group",
    "contact_to_order", "contacts_per_30d_mean", "contacts_per_30d_80pct",
}  # fmt: skip


def asked(capsys: Printed, events: Path, *arguments: str) -> Any:
    assert cli.run(["numbers", "--events", str(events), *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def unlike(found: Any, shape: Any, where: str = "") -> list[str]:
    """Where keys, lengths or kinds of value are not as documented."""
    if isinstance(shape, dict):
        if not isinstance(found, dict) or set(found) != set(shape):
            return [f"{where} has {found if not isinstance(found, dict) else sorted(found)}"]
        return [line for key in found for line in unlike(found[key], shape[key], f"{where}.{key}")]
    if isinstance(shape, list):
        if not isinstance(found, list) or len(found) != len(shape):
            return [f"{where} is {found}"]
        return [line for one, kind in zip(found, shape, strict=True) for line in unlike(one, kind, where)]
    if found is None:
        return [] if where.rpartition(".")[2] in MAY_BE_NULL else [f"{where} is null"]
    if shape is TRUTH:
        fits = isinstance(found, bool)
    elif shape is TEXT:
        fits = isinstance(found, str)
    elif shape is NUMBER:
        fits = isinstance(found, int | float) and not isinstance(found, bool)
    else:
        fits = isinstance(found, int) and not isinstance(found, bool)
    return [] if fits else [f"{where} is {found!r}"]


EVERYTHING = (
    "--change-at",
    "2025-12-01T00:00:00Z",
    "--change-stage",
    "2",
    "--target-orders",
    "3",
    "--target-days",
    "90",
)


def sample(capsys: Printed, *arguments: str) -> Any:
    with resources.path("sample", "prospects.csv").open(encoding="utf-8") as file:
        assert "紹介" in file.read()
    events, prospects = resources.path("sample", "events.csv"), resources.path("sample", "prospects.csv")
    as_of = ("--as-of", "2026-09-30T09:00:00Z")
    return asked(capsys, events, "--prospects", str(prospects), *as_of, *arguments)


def test_sections_and_keys_are_exactly_those_that_are_documented(capsys: Printed) -> None:
    found = sample(capsys, *EVERYTHING)
    for named_by_the_data in ("cohorts", "sources"):
        (example,) = SHAPE[named_by_the_data].values()
        assert found[named_by_the_data]
        for one in found[named_by_the_data].values():
            assert unlike(one, example, named_by_the_data) == []
    assert list(found) == list(SHAPE)
    fixed = {key: value for key, value in SHAPE.items() if key not in ("cohorts", "sources")}
    assert unlike({key: found[key] for key in fixed}, fixed) == []
    undecided = {".leak.verdict.stage", ".leak_after_order.verdict.stage", ".leak_after_order.most_lost_stage"}
    assert set(_nulls(found)) <= undecided  # in the sample nobody is lost after the order


def _nulls(found: Any, where: str = "") -> list[str]:
    if isinstance(found, dict):
        return [line for key in found for line in _nulls(found[key], f"{where}.{key}") if "time_in_stage" not in line]
    if isinstance(found, list):
        return [line for one in found for line in _nulls(one, where)]
    return [where] if found is None else []


def test_an_empty_log_has_the_same_keys_and_null_where_nothing_is_defined(tmp_path: Path, capsys: Printed) -> None:
    app.open_workspace(tmp_path).store.close()
    question = ("--as-of", "2026-01-01", "--target-orders", "3", "--target-days", "90")
    assert cli.run(["--profile", str(tmp_path), "numbers", *question, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == list(SHAPE)
    assert found.pop("change") is None
    assert found.pop("cohorts") == found.pop("sources") == {}
    assert unlike(found, {key: SHAPE[key] for key in found}) == []
    assert set(found["stages"]) == {str(k) for k in range(1, 10)}
    assert found["back_cast"] == {
        "target_orders": 3, "target_days": 90, "contact_to_order": [None] * 3, "from_open_pipeline": 0,
        "contacts_per_30d_mean": None, "contacts_per_30d_80pct": None, "n_eff": 0,
    }  # fmt: skip


def test_what_is_not_asked_is_null(capsys: Printed) -> None:
    found = sample(capsys)
    assert (found["change"], found["back_cast"]) == (None, None)
    assert list(found) == list(SHAPE)


@pytest.mark.parametrize(
    ("day", "stage"),
    [("2026-09-30T18:00:00", "1"), ("2027-01-01", "1"), ("2020-01-01", "1"), ("2026-09-30T17:59:59", "1")],
    ids=["the instant itself", "the future", "nobody before", "nobody after"],
)
def test_a_change_without_two_sides_is_null(day: str, stage: str, capsys: Printed) -> None:
    assert sample(capsys, "--change-at", day, "--change-stage", stage)["change"] is None


def test_instants_are_told_in_the_users_zone(capsys: Printed) -> None:
    found = sample(capsys, *EVERYTHING)
    assert found["as_of"] == "2026-09-30T18:00:00+09:00"
    assert found["change"]["at"] == "2025-12-01T09:00:00+09:00"


def test_the_horizon_of_a_change_is_half_its_age_at_most_180_days_or_what_was_asked(capsys: Printed) -> None:
    def horizon(*arguments: str) -> Any:
        return sample(capsys, "--change-stage", "1", *arguments)["change"]["horizon_days"]

    assert horizon("--change-at", "2026-07-01T18:00:00") == 91 / 2
    assert horizon("--change-at", "2025-07-01") == 180
    assert horizon("--change-at", "2026-07-01T18:00:00", "--change-days", "30.5") == 30.5


def test_figures_keep_their_full_precision(tmp_path: Path, capsys: Printed) -> None:
    lines = ["seq,prospect_id,from_stage,to_stage,at,kind,reason"]
    start = datetime(2025, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo"))
    for n in range(3):
        lines.append(f"{2 * n},p{n},,1,{start.isoformat()},enter,")
        lines.append(
            f"{2 * n + 1},p{n},,{2 if n else ''},{(start + timedelta(seconds=1)).isoformat()},{'advance' if n else 'lose'},"
        )
    (tmp_path / "events.csv").write_text("\n".join(lines), encoding="utf-8")
    stage = asked(capsys, tmp_path / "events.csv", "--as-of", "2026-01-01")["stages"]["1"]
    assert stage["decided"]["rate"] == 2 / 3
    assert stage["median_days_to_advance"] == 1 / 86_400
