"""kill -9 at random times inside running imports and moves: what was reported is there, nothing is half-done.

`SOLOFLOW_THOROUGH=1` kills a hundred times.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from working_child import PEOPLE

from profiles import open_workspace
from soloflow.services import history
from soloflow.store import whole
from soloflow.store.database import FILE_NAME, Reader

KILLS = 100 if os.environ.get("SOLOFLOW_THOROUGH") else 24
PER_DATABASE = 8
CHILD = Path(__file__).with_name("working_child.py")


@dataclass(frozen=True)
class Death:
    """What a child had said when it was killed."""

    did: tuple[tuple[str, ...], ...]
    in_transaction: bool


def kill_one(database: Path, name: str, delay: float) -> Death:
    child = subprocess.Popen(
        [sys.executable, str(CHILD), str(database), name],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stderr is not None
    with child.stdout, child.stderr:
        first = child.stdout.readline()
        assert first == "ready\n", child.stderr.read()
        time.sleep(delay)
        child.kill()
        lines = child.stdout.read().splitlines()
        assert child.wait(30) == -9, child.stderr.read()
    did = tuple(tuple(line.split()[1:]) for line in lines if line.startswith("did "))
    marks = [line for line in lines if line in ("begin", "commit")]
    return Death(did, bool(marks) and marks[-1] == "begin")


def groups(reader: Reader) -> dict[str, Counter[int]]:
    """Per imported file, how many of its people stand at which stage."""
    found: dict[str, Counter[int]] = {}
    for mail, stage in reader.tuples(
        "SELECT m.value, s.stage FROM contact_points m JOIN contacts c ON c.id = m.contact_id"
        " JOIN prospect_states s ON s.prospect_id = c.prospect_id WHERE m.kind = 'mail'"
    ):
        found.setdefault(mail.partition("@")[2].partition(".")[0], Counter())[stage] += 1
    return found


def check(database: Path, death: Death, known: int) -> int:
    """Everything said is there, at most one act more; nothing in between. The number of change sets now."""
    assert whole.faults(database) == []
    ws = open_workspace(database)
    with ws.store.read() as reader:
        there = set(reader.column("SELECT id FROM change_sets WHERE state = 'done'"))
        people = groups(reader)
        sizes = reader.tuples("SELECT change_set_id, count(*) FROM changes GROUP BY change_set_id").fetchall()
    ws.store.close()
    for _kind, change_set, group, *_stage in death.did:
        assert int(change_set) in there
        assert group in people
    for _kind, _change_set, group, *stage in death.did:
        assert min(people[group]) >= int(stage[0] if stage else 1)
    assert known + len(death.did) <= len(there) <= known + len(death.did) + 1
    for group, stages in people.items():
        assert list(stages.values()) == [PEOPLE], f"{group} is half-done: {stages}"
    assert {change_set for change_set, _size in sizes} == there
    assert {size for _change_set, size in sizes} <= {PEOPLE, PEOPLE * 4 + 1}, (
        "a customer, contact, mail and entry each, and the import"
    )
    return len(there)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_a_kill_at_any_time_leaves_every_reported_act_and_nothing_half_done(template: Path, tmp_path: Path) -> None:
    chance = random.Random(os.environ.get("SOLOFLOW_SEED", "9"))
    inside = acts = known = 0
    database = tmp_path / "none"
    kills = 0
    # Where the kills fall is chance: a run with too few inside goes on until enough of them were.
    for number in range(3 * KILLS):
        if number >= KILLS and inside >= 0.3 * KILLS:
            break
        kills += 1
        if number % PER_DATABASE == 0:
            known = 0
            folder = tmp_path / f"profile-{number}"
            folder.mkdir()
            database = Path(shutil.copy(template, folder / FILE_NAME))
        death = kill_one(database, f"g{number}", chance.uniform(0.05, 0.6))
        inside += death.in_transaction
        acts += len(death.did)
        known = check(database, death, known)
    assert acts > KILLS / 2, "the children got something done"
    assert inside >= 0.3 * KILLS, f"only {inside} of {kills} kills fell into an open transaction"
    ws = open_workspace(database)
    while history.undo(ws):
        pass
    assert whole.faults(database) == []
    ws.store.close()
    sys.stdout.write(f"{inside} of {kills} kills inside an open transaction, {acts} acts reported\n")
