"""Profiles that start in milliseconds, and the window of somebody who writes English."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from profiles import clock, database, template, ws

sys.path.insert(0, str(Path(__file__).parents[2]))
from hatch_build import compile_catalogues

from soloflow import i18n, resources
from soloflow.domain.candidates import Candidate
from soloflow.services import capturing, follow_ups, meetups, process, prospects, settings
from soloflow.services.workspace import Workspace
from soloflow.ui import capture_window
from soloflow.ui.capture_window import CaptureWindow, open_capture
from soloflow.ui.main_window import MainWindow
from soloflow.ui.start import build_window

__all__ = ["clock", "database", "template", "ws"]


@pytest.fixture(scope="session", autouse=True)
def _catalogue() -> None:
    compile_catalogues(resources.path("locale"))
    i18n._catalogue.cache_clear()


@pytest.fixture
def english(ws: Workspace) -> Workspace:
    """A year of an engineer who writes English: people at every stage, parked, lost, a deal, words worth keeping."""
    i18n.set_language("en")
    settings.save(ws.folder, settings.Settings(name="Ann Lee", trade_name="Lee Systems", mail="ann@example.com"))
    evening = meetups.create(ws, "Software for factories", date(2026, 11, 20), place="Kamata", fee_yen=1000).created[0]
    for line in ("Joe Gray / Acme Inc. / stock outgrew Excel -> next Tue call", "Sue Park / Beta Ltd. -> today mail"):
        capturing.save(ws, capturing.read(ws, line, meetup=evening))
    ids = [a_customer(ws, number) for number in range(1, 10)]
    first = ids[2]
    prospects.answer(ws, first, 1, "They meet on Tuesday", is_fact=True)
    prospects.note(ws, first, "voice", "Nobody goes home on time")
    prospects.note(ws, first, "sign", "A new budget")
    prospects.tag(ws, ids[:2], "stock")
    prospects.put_deal(ws, first, name="Stock screen", expected_yen=900_000, state="quoted", due_on="2026-12-01")
    follow_ups.plan(ws, first, "Send the quote", date(2026, 11, 18))
    process.lose(ws, [ids[0]], "budget", "no money this year")
    process.recycle(ws, [ids[1]], "timing", date(2027, 5, 21), "next year")
    return ws


def a_customer(ws: Workspace, stage: int) -> int:
    name = f"Kim {'ABCDEFGHI'[stage - 1]}"
    person = Candidate(name=name, company=f"Company {stage}", emails=(f"kim{stage}@example.com",))
    return prospects.add(ws, person, stage=stage).created[0]


@pytest.fixture
def window(qtbot: QtBot, english: Workspace) -> Iterator[MainWindow]:
    made = build_window(english, "light")
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitUntil(lambda: made._watch is not None)
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def capture(qtbot: QtBot, window: MainWindow) -> Iterator[CaptureWindow]:
    made = open_capture(window.context)
    qtbot.addWidget(made)
    yield made
    made.close()
    capture_window._forget(made)
