"""The log that is counted: read by column and added to, it says what the entries say one by one."""

import random
import threading
from contextlib import suppress

import numpy as np

from profiles import Clock, person
from soloflow.domain.errors import UserError
from soloflow.domain.stages import LAST
from soloflow.insights.log import Log, log_from_rows
from soloflow.services import history, numbers, process, prospects
from soloflow.services.numbers import Scope
from soloflow.services.workspace import Workspace
from soloflow.store.log import all_entries


def meaning(log: Log) -> list[tuple[object, ...]]:
    """The entries with the prospect's own id."""
    columns = (log.prospect, log.kind, log.to_stage, log.at_us)
    entries = [(log.ids[who], *rest) for who, *rest in zip(*(column.tolist() for column in columns), strict=True)]
    return sorted(entries, key=lambda entry: entry[0])  # type: ignore[arg-type, return-value]


def entry_by_entry(ws: Workspace) -> list[tuple[object, ...]]:
    with ws.store.read() as reader:
        return meaning(log_from_rows(list(all_entries(reader))))


def step(ws: Workspace, chance: random.Random, ids: list[int]) -> None:
    """Something that a person does."""
    one = chance.choice(ids)
    act = chance.choice(("move", "move", "lose", "recycle", "undo", "redo", "merge"))
    if act == "move":
        process.move(ws, (one,), chance.randint(1, LAST))
    elif act == "lose":
        process.lose(ws, (one,), "budget")
    elif act == "recycle":
        process.recycle(ws, (one,), "timing")
    elif act == "undo":
        history.undo(ws)
    elif act == "redo":
        history.redo(ws)
    elif act == "merge":
        with ws.store.write("まとめました", ws.now_us()) as work:
            other = chance.choice(ids)
            if other != one and not work.reader.get("prospects", other)["merged_into_id"]:
                work.update("prospects", one, merged_into_id=other)


def test_whatever_is_done_and_taken_back_both_readings_are_the_same(ws: Workspace, clock: Clock) -> None:
    chance = random.Random(1)
    ids = [prospects.add(ws, person(f"山田 {number}"), stage=1).created[0] for number in range(6)]
    for _step in range(60):
        clock.forward(hours=1)
        with suppress(UserError):  # undone to where somebody is not there yet
            step(ws, chance, ids)
        assert meaning(numbers.own_log(ws)) == entry_by_entry(ws)


def test_only_what_was_written_since_is_read_again(ws: Workspace) -> None:
    first = prospects.add(ws, person("山田 太郎"), stage=1).created[0]
    numbers.own_log(ws)
    asked: list[str] = []
    with ws.store.read() as reader:
        reader._connection.set_trace_callback(asked.append)
    process.move(ws, (first,), 2)
    assert len(numbers.own_log(ws)) == 2
    (read,) = [sql for sql in asked if "WHERE id > " in sql]
    assert "WHERE id > 1 " in read


def test_another_choice_of_customers_reads_nothing_anew(ws: Workspace) -> None:
    prospects.add(ws, person("山田 太郎"), stage=1)
    assert numbers.own_log(ws) is numbers.own_log(ws)


def test_a_thread_of_its_own_reads_the_same(ws: Workspace) -> None:
    prospects.add(ws, person("山田 太郎"), stage=1)
    here, there = numbers.own_log(ws), []
    thread = threading.Thread(target=lambda: there.append(numbers.own_log(ws)))
    thread.start()
    thread.join()
    assert meaning(there[0]) == meaning(here)


def test_channel_and_tag_together_choose_those_that_have_both(ws: Workspace) -> None:
    ids = [prospects.add(ws, person(f"山田 {number}"), stage=1).created[0] for number in range(3)]
    with ws.store.write("", ws.now_us()) as work:
        tag = work.insert("tags", name="EC")
        for one in ids[:2]:
            work.insert("prospect_tags", prospect_id=one, tag_id=tag)
        for one in ids[1:]:
            work.update("prospects", one, channel_id=2)
    chosen = numbers.overview(ws, Scope(channel=2, tag=tag)).log
    assert [chosen.ids[one] for one in np.unique(chosen.prospect)] == [ids[1]]
