"""The user's own log: what was voided, restored, given another date or merged is read as the definitions say (L0).

Random days in the life of a profile; then its raw tables are read by plain loops and every figure is reckoned from them anew.
"""

import os
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from from_the_text import Row, answer
from test_from_the_text import TOKYO, differences

from profiles import NOON, reachable
from soloflow.domain.errors import UserError
from soloflow.services import history, merging, numbers, process, prospects
from soloflow.services.customers import channels
from soloflow.services.workspace import Workspace
from soloflow.store import whole

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SEEDS = range(200 if os.environ.get("SOLOFLOW_THOROUGH") else 12)


def live(ws: Workspace, seed: int) -> Counter[str]:
    """Fill a profile by chance: what was done, how often."""
    chance = random.Random(seed)
    known = [key for key, _name in channels(ws)]
    for number in range(chance.choice([1, 4, 12])):
        prospects.add(ws, reachable(f"姓{number} 名{number}", "", number), channel=chance.choice([None, *known[:3]]))
    done: Counter[str] = Counter()
    for step in range(chance.choice([5, 40, 120])):
        if step % 9 == 5:
            numbers.compute(ws)  # what was read once is kept, and must be right after all that follows
        what = chance.choice(
            ("move", "move", "move", "move", "lose", "recycle", "void", "void", "date", "undo", "redo", "merge")
        )
        try:
            done[what] += _do(ws, chance, what)
        except UserError:
            done["refused"] += 1
    return done


def _do(ws: Workspace, chance: random.Random, what: str) -> bool:
    day = NOON - timedelta(days=chance.choice([0, 1, 90, 365, chance.randrange(700)]), hours=1)
    with ws.store.read() as reader:
        everybody = reader.ids("prospects", merged_into_id=None)
        entries = [row["id"] for row in whole.everything(reader)["stage_transitions"] if row["voids_id"] is None]
    if not everybody and what not in ("undo", "redo"):
        return False
    one = chance.choice(everybody or [0])
    if what == "move":
        process.move(ws, [one], chance.choice([1, 1, 2, 3, 4, 5, 6, 9]), day)
    elif what == "lose":
        process.lose(ws, [one], "timing", at=day)
    elif what == "recycle":
        process.recycle(ws, [one], "timing", at=day)
    elif what in ("void", "date") and entries:
        entry = chance.choice(entries)
        process.void_entry(ws, entry) if what == "void" else process.correct_date(ws, entry, day)
    elif what == "undo":
        return history.undo(ws) is not None
    elif what == "redo":
        return history.redo(ws) is not None
    elif what == "merge" and len(everybody) > 1:
        merging.merge(ws, merging.pair_for(ws, *chance.sample(everybody, 2)))
    else:
        return False
    return True


def as_read(ws: Workspace) -> tuple[list[Row], dict[str, tuple[str, int]], int]:
    """Rows and facts of the raw tables after L0, and how many rows L0 left out."""
    with ws.store.read() as reader:
        tables = whole.everything(reader)
    into = {row["id"]: row["merged_into_id"] for row in tables["prospects"]}
    names = {row["id"]: row["name"] for row in tables["channels"]}
    balance: Counter[int] = Counter()
    for row in tables["stage_transitions"]:
        if row["voids_id"] is not None:
            balance[row["voids_id"]] += 1 if row["kind"] == "void" else -1

    def survivor(prospect: int) -> int:
        return prospect if into[prospect] is None else survivor(into[prospect])

    rows = [
        {
            "seq": str(row["id"]), "prospect_id": str(survivor(row["prospect_id"])), "from_stage": str(row["from_stage"] or ""),
            "to_stage": str(row["to_stage"] or ""), "at": (EPOCH + timedelta(microseconds=row["at_us"])).isoformat(),
            "kind": row["kind"], "reason": "",
        }
        for row in tables["stage_transitions"] if row["voids_id"] is None and not balance[row["id"]]
    ]  # fmt: skip
    facts = {str(row["id"]): (names.get(row["channel_id"], ""), 0) for row in tables["prospects"]}
    return rows, facts, len(tables["stage_transitions"]) - len(rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_figures_are_those_of_the_log_without_what_was_voided(ws: Workspace, seed: int) -> None:
    live(ws, seed)
    rows, facts, _left_out = as_read(ws)
    asked = numbers.Asked(NOON - timedelta(days=90), 1, None, 3, 90.0)
    found = numbers.as_json(numbers.compute(ws, asked=asked), TOKYO)
    wanted = answer(
        rows, facts, NOON.isoformat(), TOKYO, change_at=(NOON - timedelta(days=90)).isoformat(), target=(3, 90.0)
    )
    assert differences(found, wanted) == []


def test_such_days_hold_voids_restores_and_merges(ws: Workspace) -> None:
    done = live(ws, 9)
    _rows, _facts, left_out = as_read(ws)
    assert left_out > 10
    assert all(done[what] for what in ("move", "lose", "recycle", "void", "date", "undo", "redo", "merge"))
