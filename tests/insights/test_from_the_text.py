"""Every figure of the JSON against a second reading of its definitions (`from_the_text`), by key, type and value.

`make soak` compares all figures of 10,000 random logs (`hard_logs`), `make test` of 300.
"""

import csv
import io
import json
import os
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from from_the_text import answer, micro, why_dropped
from hard_logs import COLUMNS, HardLog, hard_log

from soloflow import cli, resources
from soloflow.insights.back_cast import Target
from soloflow.insights.change import Question
from soloflow.insights.csv_log import read_events_csv, read_prospects_csv
from soloflow.insights.numbers import compute
from soloflow.insights.output import numbers_json

TOKYO = ZoneInfo("Asia/Tokyo")
AT_ONCE = 100
HUNDREDS = range(100 if os.environ.get("SOLOFLOW_THOROUGH") else 3)
BY_COMMAND = range(20_000, 20_100 if os.environ.get("SOLOFLOW_THOROUGH") else 20_012)


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


def wanted_of(log: HardLog) -> dict[str, Any]:
    return answer(
        log.rows, log.facts, log.as_of, log.zone,
        change_at=log.change_at, change_stage=log.change_stage, change_days=log.change_days, target=log.target,
    )  # fmt: skip


def events_csv(log: HardLog) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows(log.rows)
    return file.getvalue()


def prospects_csv(log: HardLog) -> str:
    file = io.StringIO()
    lines = [[name, source, yen or ""] for name, (source, yen) in log.facts.items()]
    csv.writer(file).writerows([["prospect_id", "source", "expected_yen"], *lines])
    return file.getvalue()


def wrong_about(seed: int) -> list[str]:
    """What the program answers otherwise than the definitions, all keys of the JSON and every line that was dropped."""
    log = hard_log(seed)
    read = read_events_csv(events_csv(log), log.zone, read_prospects_csv(prospects_csv(log)).facts)
    found = compute(
        read.log, micro(log.as_of, log.zone), log.zone,
        question=Question(micro(log.change_at, log.zone), log.change_stage, log.change_days),
        target=Target(*log.target) if log.target else None,
    )  # fmt: skip
    wrong = differences(numbers_json(found, log.zone), wanted_of(log))
    unusable = [(line, why) for line, row in enumerate(log.rows, 2) if (why := why_dropped(row, log.zone))]
    if [(one.line, one.reason) for one in read.dropped] != unusable:
        wrong.append(f"dropped: {read.dropped} != {unusable}")
    return [f"log {seed} {line}" for line in wrong]


@pytest.mark.parametrize("hundred", HUNDREDS)
def test_random_logs_are_answered_as_the_definitions_say(hundred: int) -> None:
    seeds = range(hundred * AT_ONCE, (hundred + 1) * AT_ONCE)
    assert [line for seed in seeds for line in wrong_about(seed)] == []


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


@pytest.mark.parametrize("seed", BY_COMMAND)
def test_the_command_answers_a_random_log_as_the_definitions_say(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = hard_log(seed, TOKYO)
    (tmp_path / "events.csv").write_text(events_csv(log), encoding="utf-8", newline="")
    (tmp_path / "prospects.csv").write_text(prospects_csv(log), encoding="utf-8", newline="")
    arguments = ["--events", str(tmp_path / "events.csv"), "--prospects", str(tmp_path / "prospects.csv")]
    arguments += ["--as-of", log.as_of, "--change-at", log.change_at, "--change-stage", str(log.change_stage)]
    if log.change_days is not None:
        arguments += ["--change-days", str(log.change_days)]
    if log.target is not None:
        arguments += ["--target-orders", str(log.target[0]), "--target-days", str(log.target[1])]
    assert differences(asked(capsys, *arguments), wanted_of(log)) == []


def test_the_random_logs_hold_all_that_is_hard() -> None:
    """Enough of every kind among the 300 of `make test`, so that agreeing on them says something."""
    seen: dict[str, int] = {}

    def count(what: str, *, when: bool) -> None:
        seen[what] = seen.get(what, 0) + when

    for seed in range(3 * AT_ONCE):
        log = hard_log(seed)
        wanted = wanted_of(log)
        stages = [wanted["stages"][str(k)] for k in range(1, 9)]
        count("empty", when=not wanted["prospects"])
        count("one", when=wanted["prospects"] == 1)
        count("nobody decided", when=wanted["prospects"] > 1 and not any(s["advanced"] + s["lost"] for s in stages))
        count("nobody open before the end", when=wanted["prospects"] > 1 and not any(s["open"] for s in stages))
        count("entered later", when=any(wanted["snapshot"]["entered_at"][1:]))
        count("dropped", when=any(why_dropped(row, log.zone) for row in log.rows))
        count("repeated", when=len(log.rows) - wanted["entries"] > 12)
        count("came back", when=wanted["recycle"]["returned"] > 0)
        count("ordered after a return", when=wanted["recycle"]["ordered_after_return"] > 0)
        count("lost after the order", when=any(s["lost"] for s in stages[4:]))
        count("a lower bound", when=any(s["within"]["365"]["lower_bound"] for s in stages))
        count("a verdict", when=wanted["leak"]["verdict"]["stage"] is not None)
        count("a verdict after the order", when=wanted["leak_after_order"]["verdict"]["stage"] is not None)
        count("several sources", when=len(wanted["sources"]) > 1)
        count("a change", when=wanted["change"] is not None)
        count("equal rates", when=bool(wanted["change"]) and wanted["change"]["needed_per_group"] is None)
        count("an aim", when=bool(wanted["back_cast"]) and bool(wanted["back_cast"]["contacts_per_30d_80pct"]))
        count("another zone", when=log.zone != TOKYO)
    assert {what: times for what, times in seen.items() if times < 5} == {}
