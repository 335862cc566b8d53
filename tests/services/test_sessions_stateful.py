"""Random working sessions over a real file: after every step the file must agree with a plain model of the log.

`SOLOFLOW_THOROUGH=1` runs ten times as many.
"""

import os
import shutil
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from profiles import TOKYO, Clock, open_workspace, person
from soloflow.domain.errors import UserError
from soloflow.domain.text import name_key
from soloflow.services import follow_ups, history, importing, imports, process, prospects
from soloflow.services.changes import Changes
from soloflow.store import derived, search, whole
from soloflow.store.database import FILE_NAME, connect

THOROUGH = bool(os.environ.get("SOLOFLOW_THOROUGH"))
NAMES = ("山田 太郎", "髙橋 咲", "Anna Kern", "斉藤 ユミ")
COMPANIES = ("", "株式会社アクメ", "北沢製作所", "(有)ﾐﾄﾞﾘ")
EIGHT = "会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,名刺交換日"
Line = tuple[int, str, int | None, int, str | None]
"""prospect, kind, to_stage, at_us, reason"""

numbers = st.integers(0, 1_000)
stages = st.integers(1, 9)
whens = st.one_of(
    st.none(),
    st.tuples(st.just("day"), st.integers(0, 4)),
    st.tuples(st.just("instant"), st.integers(0, 100)),
)


def where(lines: list[tuple[int, Line]]) -> tuple[Any, ...]:
    """What `prospect_states` must say, written without a look at the program's own derivation."""
    entry = stage = frontier = entered = since = changed = reason = None
    standing = "book"
    for _number, (_who, kind, to_stage, at, why) in sorted(lines, key=lambda line: (line[1][3], line[0])):
        if to_stage is not None:
            if standing != "active" or stage != to_stage:
                since = at
            if standing != "active":
                changed = at
            if entry is None:
                entry, entered = to_stage, at
            stage, frontier, standing, reason = to_stage, max(frontier or 0, to_stage), "active", None
        elif stage is not None:
            left = "lost" if kind == "lose" else "nurture"
            if standing != left:
                changed = at
            standing, reason = left, why
    return standing, stage, frontier, entry, entered, since, changed, reason


class Sessions(RuleBasedStateMachine):
    template: ClassVar[Path]

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="soloflow-session-"))
        shutil.copy(self.template, self.folder / FILE_NAME)
        self.clock = Clock()
        self.ws = open_workspace(self.folder / FILE_NAME, self.clock)
        self.log: dict[int, Line] = {}
        self.physical: list[tuple[Any, ...]] = []
        self.done: list[dict[str, Any]] = []
        self.undone: list[dict[str, Any]] = []
        self.now = self.picture()
        for stage, (name, company) in enumerate(zip(NAMES[:3], COMPANIES, strict=False)):
            self.add(name, company, stage or None)

    # --- looking -----------------------------------------------------------------------------------------------------
    def picture(self) -> dict[str, Any]:
        """All facts; the log as far as it counts, and without the shells that only hold a place for it."""
        with self.ws.store.read() as reader:
            facts: dict[str, Any] = whole.everything(reader)
            facts["stage_transitions"] = [
                tuple(row) for row in reader.rows("SELECT * FROM effective_transitions ORDER BY id")
            ]
        facts["prospects"] = [row for row in facts["prospects"] if row["name"] or not row["deleted_us"]]
        return facts

    def alive(self) -> list[int]:
        return [row["id"] for row in self.now["prospects"] if row["deleted_us"] is None]

    def one(self, number: int) -> int:
        ids = self.alive()
        return ids[number % len(ids)]

    def effective(self) -> dict[int, Line]:
        return {row[0]: (row[1], row[2], row[4], row[5], row[7]) for row in self.now["stage_transitions"]}

    # --- doing -------------------------------------------------------------------------------------------------------
    def act(self, service: Any, *arguments: Any, **named: Any) -> Changes | None:
        """Do it, and note for undo what was before; a refusal must have changed nothing."""
        self.clock.forward(minutes=7)
        before = self.now
        try:
            changes: Changes = service(self.ws, *arguments, **named)
        except UserError:
            assert self.picture() == before
            return None
        self.now = self.picture()
        if changes.change_set is None:
            assert self.now == before
        else:
            self.done.append(before)
            self.undone.clear()
        return changes

    def at(self, when: tuple[str, int] | None, who: int) -> tuple[process.When, int]:
        """What is passed to the service, and the instant that it must mean."""
        now = self.ws.now()
        if when is None:
            return None, self.ws.now_us() + 7 * 60_000_000
        if when[0] == "instant":
            moment = now - timedelta(hours=when[1])
            return moment, round(moment.timestamp()) * 1_000_000
        day = (now + timedelta(minutes=7)).date() - timedelta(days=when[1])
        start = round(datetime(day.year, day.month, day.day, tzinfo=TOKYO).timestamp()) * 1_000_000
        same = [line[3] for line in self.log.values() if line[0] == who and start <= line[3] < start + 86_400_000_000]
        return day, max([start, *same])

    def before(self, who: int, at: int) -> tuple[Any, ...]:
        return where([(number, line) for number, line in self.log.items() if line[0] == who and line[3] <= at])

    def expect(self, line: Line | None) -> None:
        """The log holds what it held, and this line."""
        found = self.effective()
        new = {number: one for number, one in found.items() if number not in self.log}
        assert list(new.values()) == ([line] if line else [])
        self.log.update(new)

    def add(self, name: str, company: str, stage: int | None) -> int:
        changes = self.act(prospects.add, person(name, company, tags=("在庫管理",)), stage=stage)
        assert changes is not None
        line = (changes.created[0], "enter", stage, self.ws.now_us(), None)
        self.expect(line if stage else None)
        return changes.created[0]

    @rule(name=st.sampled_from(NAMES), company=st.sampled_from(COMPANIES), stage=st.one_of(st.none(), stages))
    def somebody_new(self, name: str, company: str, stage: int | None) -> None:
        if len(self.alive()) < 8:
            self.add(name, company, stage)

    @rule(number=numbers, stage=stages, when=whens)
    def move(self, number: int, stage: int, when: tuple[str, int] | None) -> None:
        if not self.alive():
            self.add("山田 太郎", "", 1)
        who = self.one(number)
        at, at_us = self.at(when, who)
        standing, present, *_rest = self.before(who, at_us)
        self.act(process.move, (who,), stage, at)
        if (standing, present) == ("active", stage):
            kind = ""
        elif present is None:
            kind = "enter"
        elif standing != "active":
            kind = "reactivate"
        elif stage < present:
            kind = "move_back"
        else:
            kind = "skip" if stage > present + 1 else "advance"
        self.expect((who, kind, stage, at_us, None) if kind else None)

    @rule(stage=stages)
    def move_all(self, stage: int) -> None:
        self.act(process.move, self.alive(), stage)
        self.log = self.effective()

    @rule(number=numbers, kind=st.sampled_from(("lose", "recycle")), when=whens)
    def leave(self, number: int, kind: str, when: tuple[str, int] | None) -> None:
        if not self.alive():
            self.add("山田 太郎", "", 1)
        who = self.one(number)
        at, at_us = self.at(when, who)
        known = self.before(who, at_us)[1] is not None
        if kind == "lose":
            self.act(process.lose, (who,), "budget", "理由のメモ", at)
        else:
            self.act(process.recycle, (who,), "timing", date(2027, 1, 15), at=at)
        self.expect((who, kind, None, at_us, "budget" if kind == "lose" else "timing") if known else None)

    @rule(number=numbers)
    def void(self, number: int) -> None:
        if not self.log:
            self.add("山田 太郎", "", 1)
        entry = sorted(self.log)[number % len(self.log)]
        self.act(process.void_entry, entry)
        del self.log[entry]
        self.expect(None)

    @rule(number=numbers, back=st.integers(0, 40))
    def correct_date(self, number: int, back: int) -> None:
        if not self.log:
            self.add("山田 太郎", "", 1)
        entry = sorted(self.log)[number % len(self.log)]
        who, kind, stage, _at, reason = self.log.pop(entry)
        at, at_us = self.at(("day", back), who)
        assert at is not None
        self.act(process.correct_date, entry, at)
        self.expect((who, kind, stage, at_us, reason))

    @rule(number=numbers, text=st.sampled_from(("北沢製作所", "アクメ", "新しい名前")), memo=st.booleans())
    def edit(self, number: int, text: str, memo: bool) -> None:
        if not self.alive():
            self.add("山田 太郎", "", 1)
        self.act(prospects.edit, self.one(number), **{"memo" if memo else "name": text})

    @rule(number=numbers, tag=st.sampled_from(("在庫管理", "#紹介", " ")))
    def tag(self, number: int, tag: str) -> None:
        if not self.alive():
            self.add("山田 太郎", "", 1)
        self.act(prospects.tag, (self.one(number),), tag)

    @rule(number=numbers)
    def untag(self, number: int) -> None:
        if not self.now["prospect_tags"]:
            self.add("山田 太郎", "", 1)
        rows = self.now["prospect_tags"]
        row = rows[number % len(rows)]
        self.act(prospects.untag, row["prospect_id"], row["tag_id"])

    @rule(number=numbers, mail=st.sampled_from(("a@example.jp", "")), name=st.sampled_from(NAMES))
    def edit_contact(self, number: int, mail: str, name: str) -> None:
        if not self.now["contacts"]:
            self.add("山田 太郎", "", 1)
        rows = self.now["contacts"]
        contact = rows[number % len(rows)]["id"]
        self.act(prospects.edit_contact, contact, {"name": name}, [("mail", "", mail), ("phone", "", "090-0000-0001")])

    @rule(number=numbers)
    def remove_contact(self, number: int) -> None:
        if not self.now["contacts"]:
            self.add("山田 太郎", "", 1)
        rows = self.now["contacts"]
        self.act(prospects.remove_contact, rows[number % len(rows)]["id"])

    @rule(number=numbers, days=st.integers(-3, 30))
    def plan(self, number: int, days: int) -> None:
        if not self.alive():
            self.add("山田 太郎", "", 1)
        self.act(
            follow_ups.plan, self.one(number), "見積を送る", self.ws.today() + timedelta(days=days), kind="document"
        )

    @rule(number=numbers, what=st.sampled_from(("finish", "snooze", "drop")))
    def settle(self, number: int, what: str) -> None:
        if not self.now["follow_ups"]:
            self.act(follow_ups.plan, self.add("山田 太郎", "", 1), "電話する", self.ws.today(), due_time="18:30")
        rows = self.now["follow_ups"]
        plan = rows[number % len(rows)]["id"]
        if what == "finish":
            self.act(follow_ups.finish, plan, "話した")
        elif what == "snooze":
            self.act(follow_ups.snooze, (plan,), date(2026, 12, 24))
        else:
            self.act(follow_ups.drop, plan)

    @rule(number=numbers, what=st.sampled_from(("note", "deal", "answer")))
    def write_down(self, number: int, what: str) -> None:
        if not self.alive():
            self.add("山田 太郎", "", 1)
        who = self.one(number)
        if what == "note":
            self.act(prospects.note, who, "note", "在庫の数が合わない")
        elif what == "deal":
            self.act(prospects.put_deal, who, expected_yen=800_000)
        else:
            self.act(prospects.answer, who, 1 + number % 8, "今期中", is_fact=True)

    @rule(number=numbers)
    def delete(self, number: int) -> None:
        if not self.alive():
            self.add("山田 太郎", "", 1)
        who = self.one(number)
        self.act(prospects.remove, (who,))
        self.log = {number: line for number, line in self.log.items() if line[0] != who}
        self.expect(None)

    @rule()
    def undo(self) -> None:
        changes = history.undo(self.ws)
        assert (changes is None) == (not self.done)
        if self.done:
            self.undone.append(self.now)
            self.now = self.picture()
            assert self.now == self.done.pop()
        self.log = self.effective()

    @rule()
    def redo(self) -> None:
        changes = history.redo(self.ws)
        assert (changes is None) == (not self.undone)
        if self.undone:
            self.done.append(self.now)
            self.now = self.picture()
            assert self.now == self.undone.pop()
        self.log = self.effective()

    @rule(
        people=st.lists(
            st.tuples(st.sampled_from(NAMES), st.sampled_from(COMPANIES), st.integers(0, 4)), min_size=1, max_size=4
        ),
        title=st.sampled_from(("部長", "課長")),
        enters=st.booleans(),
    )
    def bring_in(self, people: list[tuple[str, str, int]], title: str, enters: bool) -> None:
        """An import, in which some are known by their mail and get another title."""
        if len(self.alive()) > 12:
            return
        file = self.folder / "Eight.csv"
        lines = [
            f"{company},,{title},{name},u{number}@example.jp,,,,,,,,,2026/11/20" for name, company, number in people
        ]
        file.write_text("\n".join([EIGHT, *lines]), encoding="utf-8")
        seen = importing.preview(self.ws, file)
        items = [importing.choose(item, take=True, enters=enters) for item in seen.items]
        self.act(lambda ws: importing.commit(ws, seen, items)[0])
        self.log = self.effective()

    @rule(number=numbers)
    def take_an_import_back(self, number: int) -> None:
        standing = [one for one in imports.past(self.ws) if one.stands]
        if standing:
            self.act(imports.take_back, standing[number % len(standing)].id)
            self.log = self.effective()

    @rule(number=numbers)
    def revert_an_old_step(self, number: int) -> None:
        steps = history.steps(self.ws)
        if steps:
            self.act(history.revert, steps[number % len(steps)].id)
            self.log = self.effective()

    @rule()
    def reopen(self) -> None:
        self.ws.store.close()
        self.ws = open_workspace(self.folder / FILE_NAME, self.clock)
        assert self.picture() == self.now

    # --- what must always hold ---------------------------------------------------------------------------------------
    @invariant()
    def the_log_only_grows(self) -> None:
        with self.ws.store.read() as reader:
            rows = reader.tuples("SELECT * FROM stage_transitions ORDER BY id").fetchall()
        assert rows[: len(self.physical)] == self.physical
        self.physical = rows

    @invariant()
    def the_log_holds_what_was_done(self) -> None:
        assert self.effective() == self.log

    @invariant()
    def everybody_stands_where_the_log_says(self) -> None:
        connection = connect(self.ws.store.path)
        assert derived.differences(connection) == []
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        stored = {
            row[0]: tuple(row[1:])
            for row in connection.execute(
                "SELECT prospect_id, standing, stage, frontier, entry_stage, entered_us, since_us, standing_us, reason"
                " FROM prospect_states"
            )
        }
        connection.close()
        assert stored == {
            who: where([(number, line) for number, line in self.log.items() if line[0] == who]) for who in self.alive()
        }

    @invariant()
    def everybody_is_found_by_each_beginning_of_the_name(self) -> None:
        alive = set(self.alive())
        with self.ws.store.read() as reader:
            for row in self.now["prospects"]:
                key = name_key(row["name"])
                for length in range(1, len(key) + 1):
                    found = set(search.find(reader, key[:length]).ids)
                    assert (row["id"] in found) == (row["id"] in alive), key[:length]
                    assert found <= alive

    def teardown(self) -> None:
        if hasattr(self, "ws"):
            self.ws.store.close()
            shutil.rmtree(self.folder)


@pytest.fixture(scope="module", autouse=True)
def _template(template: Path) -> None:
    Sessions.template = template


Sessions.TestCase.settings = settings(
    max_examples=200 if THOROUGH else 20,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
TestSessions = pytest.mark.timeout(3_000 if THOROUGH else 180)(Sessions.TestCase)
