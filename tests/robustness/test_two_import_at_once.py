"""The same file judged by two processes before either has written: the second one notices, and nobody is there twice."""

import os
import subprocess
import sys
from pathlib import Path

from importing_child import PEOPLE, cards, opened

from soloflow.store.whole import faults

CHILD = Path(__file__).with_name("judging_child.py")


def started(database: Path, file: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(CHILD), str(database), str(file)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


def heard(child: subprocess.Popen[str]) -> tuple[str, ...]:
    assert child.stdout is not None
    return tuple(child.stdout.readline().split())


def test_a_file_that_two_processes_judged_at_once_makes_nobody_twice(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "cards.vcf"
    file.write_text(cards(1, "課長"), encoding="utf-8")
    children = [started(database, file) for _each in range(2)]
    try:
        assert {heard(child) for child in children} == {("judged", str(PEOPLE))}
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        told = sorted(heard(child) for child in children)
    finally:
        for child in children:
            child.kill()
            child.communicate()
    assert told == [("did", "0", str(PEOPLE), "2"), ("did", str(PEOPLE), "0", "1")]
    ws = opened(database)
    with ws.store.read() as reader:
        assert len(reader.ids("contacts")) == PEOPLE
    ws.store.close()
    assert faults(database) == []
