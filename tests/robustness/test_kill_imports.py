"""kill -9 at random moments of imports, of taking them back, and of undo and redo: all of an act or nothing of it.

The child does the same acts every time, so after the kill the file must be, value by value, what it is after the acts that were
reported, or after one more. `SOLOFLOW_THOROUGH=1` kills 200 times.
"""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from importing_child import ACTS, ROUNDS, acts, content, opened

from soloflow.services import history
from soloflow.store import whole
from soloflow.store.database import FILE_NAME

KILLS = 200 if os.environ.get("SOLOFLOW_THOROUGH") else 10
INSIDE = 0.3
"""The least share of the kills that must fall into an open transaction."""
CHILD = Path(__file__).with_name("importing_child.py")


def digest(database: Path) -> str:
    """All that is stored, in a few letters."""
    ws = opened(database)
    found = content(ws)
    ws.store.close()
    return hashlib.sha256(repr(found).encode()).hexdigest()


@pytest.fixture(scope="module")
def expected(template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the file is after each act."""
    folder = tmp_path_factory.mktemp("undisturbed")
    database = Path(shutil.copy(template, folder / FILE_NAME))
    ws = opened(database)
    found = [digest(database), *(digest(database) for _number in acts(ws))]
    ws.store.close()
    assert len(set(found)) > ROUNDS * 4, "the acts are told apart"
    return found


def killed(database: Path, chance: random.Random) -> tuple[int, bool]:
    """(acts reported, whether a transaction was open) when the child was killed.

    The moment is drawn from the time of one act and the pause after it, as long as this machine takes for them now.
    """
    child = subprocess.Popen(
        [sys.executable, str(CHILD), str(database)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    lines: list[str] = []
    with child.stdin, child.stdout, child.stderr:
        began, length = time.perf_counter(), 0.1
        for _act in range(chance.randint(1, ROUNDS * ACTS)):
            while not lines or lines[-1] != "begin":
                lines.append(child.stdout.readline().rstrip())
                assert lines[-1], child.stderr.read()
                if lines[-1] == "commit":
                    length = time.perf_counter() - began
            began = time.perf_counter()
            lines.append("")
        time.sleep(chance.uniform(0, 1.5 * length))
        child.kill()
        lines += child.stdout.read().splitlines()
        assert child.wait(30) == -9, child.stderr.read()
    marks = [line for line in lines if line in ("begin", "commit")]
    return sum(line.startswith("did ") for line in lines), marks[-1] == "begin"


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_a_kill_at_any_moment_leaves_all_of_an_import_or_nothing(
    template: Path, tmp_path: Path, expected: list[str]
) -> None:
    chance = random.Random(os.environ.get("SOLOFLOW_SEED", "31"))
    inside = kills = 0
    # Where the kills fall is chance: a run with too few inside goes on until enough of them were.
    while kills < KILLS or (inside < INSIDE * kills and kills < 3 * KILLS):
        kills += 1
        folder = tmp_path / f"profile-{kills}"
        folder.mkdir()
        database = Path(shutil.copy(template, folder / FILE_NAME))
        did, in_transaction = killed(database, chance)
        inside += in_transaction
        assert whole.faults(database) == []
        assert digest(database) in expected[did : did + 2], f"after {did} acts"
        if kills % 5 == 0:  # and what is there can still be taken back
            ws = opened(database)
            while history.undo(ws):
                pass
            ws.store.close()
            assert whole.faults(database) == []
        shutil.rmtree(folder)
    assert inside >= INSIDE * kills, f"only {inside} of {kills} kills fell into an open transaction"
    sys.stdout.write(f"{inside} of {kills} kills inside an open transaction\n")
