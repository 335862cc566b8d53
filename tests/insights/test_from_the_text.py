"""Every figure of the command's JSON against a second reading of its definitions (`from_the_text`), by key, type and value."""

import csv
import json
import math
import os
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from from_the_text import Row, answer

from soloflow import cli, resources

TOKYO = ZoneInfo("Asia/Tokyo")
SEEDS = [*range(300)] if os.environ.get("SOLOFLOW_THOROUGH") else [*range(23), 132]
"""In log 132 the rates before and after are the same and differ by rounding."""
COLUMNS = ("seq", "prospect_id", "from_stage", "to_stage", "at", "kind", "reason")


def differences(found: Any, wanted: Any, where: str = "") -> list[str]:
    """Where two answers differ: keys, types, lengths, values."""
    if isinstance(wanted, dict):
        if not isinstance(found, dict) or set(found) != set(wanted):
            return [f"{where}: {found if not isinstance(found, dict) else set(found) ^ set(wanted)}"]
        return [line for key in wanted for line in differences(found[key], wanted[key], f"{where}.{key}")]
    if isinstance(wanted, list):
        if not isinstance(found, list) or len(found) != len(wanted):
            return [f"{where}: {found} != {wanted}"]
        return [line for i, one in enumerate(wanted) for line in differences(found[i], one, f"{where}[{i}]")]
    if isinstance(wanted, bool) or wanted is None or isinstance(wanted, str):
        return (
            []
            if found is wanted or (isinstance(wanted, str) and found == wanted)
            else [f"{where}: {found} != {wanted}"]
        )
    if isinstance(found, bool) or not isinstance(found, int | float):
        return [f"{where}: {found} != {wanted}"]
    near = 1e-3 if "prob_" in where else 1e-7 * max(1.0, abs(wanted))
    if where.rpartition(".")[2] == "se":  # the root of a variance that is nought makes more of rounding
        near = 1e-6
    return [] if abs(found - wanted) <= near else [f"{where}: {found} != {wanted}"]


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert cli.run(["numbers", *arguments, "--json"]) == 0

    def refuse(word: str) -> Any:
        raise AssertionError(f"{word} is not JSON")

    return json.loads(capsys.readouterr().out, parse_constant=refuse)


def test_the_sample_log_is_answered_as_the_definitions_say(capsys: pytest.CaptureFixture[str]) -> None:
    events, prospects = resources.path("sample", "events.csv"), resources.path("sample", "prospects.csv")
    with events.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with prospects.open(encoding="utf-8-sig", newline="") as file:
        facts = {row["prospect_id"]: (row["source"], int(row["expected_yen"] or 0)) for row in csv.DictReader(file)}
    as_of = "2026-09-30T18:00:00+09:00"
    found = asked(
        capsys, "--events", str(events), "--prospects", str(prospects), "--as-of", as_of,
        "--change-at", "2026-01-01", "--change-stage", "2", "--target-orders", "6", "--target-days", "180",
    )  # fmt: skip
    wanted = answer(rows, facts, as_of, TOKYO, change_at="2026-01-01", change_stage=2, target=(6, 180.0))
    assert differences(found, wanted) == []


def random_log(chance: random.Random) -> list[Row]:
    """A log with everything that may happen: ties, skips, returns, repeated lines, other offsets, lines that say nothing."""
    rows: list[list[str]] = []
    began = datetime(2024, 1, 1, tzinfo=ZoneInfo("UTC"))
    offsets = [ZoneInfo("UTC"), TOKYO, ZoneInfo("America/New_York")]
    for number in range(chance.choice([0, 1, 3, 12, 40])):
        at = began + timedelta(hours=chance.randrange(0, 24 * 800, chance.choice([1, 24])))
        stage, top = chance.choice([1, 1, 1, 2, 3, 6]), 9
        rows.append([f"P{number}", "", str(stage), _written(at, chance.choice(offsets), chance), "enter"])
        for _ in range(chance.randrange(8)):
            at += timedelta(hours=chance.choice([0, 1, 24, 24 * 7, 24 * 60, 24 * 200]))
            kind = chance.choices(
                ["advance", "skip", "move_back", "lose", "recycle", "reactivate", "nap"], [6, 1, 1, 2, 2, 1, 0.2]
            )[0]
            step = {"advance": 1, "skip": 2, "move_back": -1}.get(kind, 0)
            stage = max(1, min(top, stage + step))
            to = "" if kind in ("lose", "recycle") else "" if chance.random() < 0.02 else str(stage)
            rows.append([f"P{number}", "", to, _written(at, chance.choice(offsets), chance), kind])
            if chance.random() < 0.05:
                rows.append(list(rows[-1]))
    rows += [
        ["", "", "1", "2025-01-01", "enter"],
        ["Q1", "", "", "2025-01-01", "lose"],
        ["Q2", "", "1", "yesterday", "enter"],
    ]
    rows += [["Q3", "", "12", "2025-01-01", "enter"], ["Q4", "", "1", "2199-01-01", "enter"]]
    numbered = [dict(zip(COLUMNS, [str(seq), *row, ""], strict=True)) for seq, row in enumerate(rows, 1)]
    chance.shuffle(numbered)
    return numbered


def _written(at: datetime, zone: ZoneInfo, chance: random.Random) -> str:
    if chance.random() < 0.2:
        return at.astimezone(TOKYO).replace(tzinfo=None).isoformat()
    return at.astimezone(zone).isoformat()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_log_is_answered_as_the_definitions_say(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(seed)
    rows = random_log(chance)
    facts = {
        f"P{n}": (chance.choice(["勉強会", "紹介", "自社サイト", ""]), chance.choice([0, 500_000])) for n in range(40)
    }
    with (tmp_path / "events.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    with (tmp_path / "prospects.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["prospect_id", "source", "expected_yen"], *([k, s, y or ""] for k, (s, y) in facts.items())]
        )
    as_of = f"2026-0{chance.randrange(1, 10)}-15T09:30:00"
    stage, days = chance.randrange(1, 9), chance.choice([None, 45.0])
    orders, within_days = chance.randrange(1, 6), chance.choice([20.0, 100.0, 365.0])
    horizon = [] if days is None else ["--change-days", str(days)]
    found = asked(
        capsys, "--events", str(tmp_path / "events.csv"), "--prospects", str(tmp_path / "prospects.csv"), "--as-of", as_of,
        "--change-at", "2025-02-01", "--change-stage", str(stage), *horizon,
        "--target-orders", str(orders), "--target-days", str(within_days),
    )  # fmt: skip
    wanted = answer(
        rows,
        facts,
        as_of,
        TOKYO,
        change_at="2025-02-01",
        change_stage=stage,
        change_days=days,
        target=(orders, within_days),
    )
    wrong = differences(found, wanted)
    assert wrong == []
    assert math.isfinite(found["what_if"]["base_orders"])
