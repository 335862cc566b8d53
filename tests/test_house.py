"""The house rules that import-linter cannot see: SQL stays in its room, and starting stays light."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import soloflow

ROOT = Path(soloflow.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT (OR \w+ )?INTO\b|\bUPDATE \w+ SET\b|\bDELETE FROM\b|\bCREATE (TABLE|INDEX|VIEW)\b|\bPRAGMA \w",
    re.DOTALL,
)
HEAVY = (
    "sqlalchemy",
    "alembic",
    "matplotlib",
    "numpy",
    "scipy",
    "jinja2",
    "mistune",
    "phonenumbers",
    "rapidfuzz",
    "PIL",
    "segno",
    "zxingcpp",
    "typst",
    "PySide6",
)


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def words(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def test_only_the_store_speaks_sql() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in MODULES
        if room(path) != "store"
        for line, text in words(path)
        if SQL.search(text)
    ]
    assert found == []


def test_the_sql_of_the_store_would_be_recognised() -> None:
    assert any(SQL.search(text) for path in MODULES if room(path) == "store" for _line, text in words(path))


def test_nobody_processes_events_by_hand() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in MODULES
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "processEvents"
    ]
    assert found == []


def test_no_signal_is_connected_to_a_lambda_that_holds_its_widget() -> None:
    """`connect(lambda: self…)` keeps the widget alive for ever; bound slots do not."""
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in MODULES
        if room(path) == "ui"
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "connect"
        for argument in call.args
        if isinstance(argument, ast.Lambda)
        and any(isinstance(node, ast.Name) and node.id == "self" for node in ast.walk(argument))
    ]
    assert found == []


def test_nothing_is_translated_while_modules_are_loaded() -> None:
    """`_()` at import time would freeze the language; `_(f"…")` could never be found in a catalogue."""
    found = []
    for path in MODULES:
        whole = tree(path)
        inside = {
            id(node)
            for function in ast.walk(whole)
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for node in ast.walk(function)
        }
        for node in ast.walk(whole):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_", "ngettext", "pgettext")
            ):
                formatted = any(isinstance(argument, ast.JoinedStr) for argument in node.args)
                if id(node) not in inside or formatted:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def loaded_after(program: str, *arguments: str) -> list[str]:
    """Which heavy packages a fresh interpreter has loaded after a few lines."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys\nprint(*sys.modules)", *arguments],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    return sorted(loaded & set(HEAVY))


@pytest.mark.parametrize("modules", ["soloflow.app, soloflow.cli", "soloflow.__main__"])
def test_starting_loads_nothing_heavy(modules: str) -> None:
    assert loaded_after(f"import {modules}") == []


LATER = (
    *(name for name in HEAVY if name != "PySide6"),
    "decimal", "hashlib", "jpholiday", "tomllib",
    "PySide6.QtNetwork",
    "soloflow.capture", "soloflow.charts", "soloflow.insights", "soloflow.publish", "soloflow.report", "soloflow.site",
    "soloflow.services.history", "soloflow.services.process", "soloflow.store.people", "soloflow.store.search",
    "soloflow.ui.pages.today.panels", "soloflow.ui.watch", "soloflow.ui.widgets.band", "soloflow.ui.widgets.notice",
)  # fmt: skip
"""Modules that the first window does not wait for."""
PAINTED = """
import os, sys
from pathlib import Path
from soloflow import app
real_doors = app.doors
def doors(*arguments):
    from soloflow.ui.context import Context
    def stop(self):
        print(*sys.modules, flush=True)
        os._exit(0)
    Context.go_on = stop
    return real_doors(*arguments)
app.doors = doors
app.show_window(Path(sys.argv[1]))
"""


def test_the_first_painting_waits_for_nothing_that_it_does_not_show(tmp_path: Path) -> None:
    with_task(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", PAINTED, str(tmp_path)], env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    loaded = set(done.stdout.split())
    assert "soloflow.ui.widgets.rows" in loaded
    assert sorted(loaded & set(LATER)) == []


LOOK = """
import sys
from pathlib import Path
from soloflow.app import open_workspace
from soloflow.services import board, customers, today
ws = open_workspace(Path(sys.argv[1]))
ids = customers.listing(ws, customers.Filter()).ids
customers.rows(ws, ids)
customers.counts(ws, customers.Filter())
customers.find(ws, "山田")
board.columns(ws)
today.today(ws)
assert len(ids) == 1
"""


def with_task(folder: Path) -> None:
    """A profile of one customer with something to do today."""
    from soloflow.app import open_workspace
    from soloflow.domain.candidates import Candidate
    from soloflow.services import follow_ups, prospects

    ws = open_workspace(folder)
    made = prospects.add(ws, Candidate(name="山田 太郎"), stage=2)
    follow_ups.plan(ws, made.created[0], "電話する", ws.today())
    ws.store.close()


def test_looking_at_customers_loads_nothing_heavy(tmp_path: Path) -> None:
    with_task(tmp_path)
    assert loaded_after(LOOK, str(tmp_path)) == []
