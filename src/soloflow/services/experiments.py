"""改善策: a change the user made on a day, aimed at one stage, with what is hoped for.

What decides the verdict (stage, day, channel, decision date) is stated once and never changed: who moves the decision date
after looking at the figures finds improvements that are not there. A slip is undone, or removed and stated anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from soloflow.domain.errors import UserError
from soloflow.domain.stages import FIRST, LAST
from soloflow.i18n import _
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace
from soloflow.store.database import Reader

SHORTEST_DAYS, LONGEST_DAYS = 14, 1096
"""From the start to the decision date."""
USUAL_DAYS = 180
NAME_LIMIT = 80


@dataclass(frozen=True, slots=True)
class Idea:
    """A change as it is stated."""

    name: str
    stage: int
    """1 to 8: the step whose rate is to rise."""
    started_on: date
    decide_on: date
    """The one day on which the words are given."""
    expected_rate: int | None = None
    """Whole percent within a year; None where nothing is expected in figures."""
    channel_id: int | None = None
    """Only customers of this channel are counted; None counts all."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Experiment:
    """A change that was stated; `note` holds what was learnt."""

    id: int
    name: str
    stage: int
    started_on: date
    decide_on: date
    expected_rate: int | None
    channel_id: int | None
    note: str

    def is_due(self, today: date) -> bool:
        """Whether the decision date has come."""
        return today >= self.decide_on


def listed(ws: Workspace) -> tuple[Experiment, ...]:
    """Everything that was tried, newest first."""
    with ws.store.read() as reader:
        found = [_experiment(reader.get("experiments", one)) for one in reader.ids("experiments")]
    return tuple(sorted(found, key=lambda one: (one.started_on, one.id), reverse=True))


def get(ws: Workspace, experiment: int) -> Experiment | None:
    """One of them, or None when it is gone."""
    with ws.store.read() as reader:
        row = reader.get("experiments", experiment)
    return None if row is None else _experiment(row)


def overlapping(found: Sequence[Experiment], idea: Idea | Experiment, but: int | None = None) -> tuple[Experiment, ...]:
    """Those of `found` aimed at the same stage and customers while an idea runs: of such, nobody can tell which one helped."""
    return tuple(
        one
        for one in found
        if one.id != but
        and one.stage == idea.stage
        and (None in {one.channel_id, idea.channel_id} or one.channel_id == idea.channel_id)
        and one.started_on < idea.decide_on
        and idea.started_on < one.decide_on
    )


def start(ws: Workspace, idea: Idea) -> Changes:
    """State a change; `created` holds it.

    :raises UserError: when the title is empty, or the decision date has passed, or leaves too little or too much time.
    """
    _check(ws, idea)
    name = idea.name.strip()
    label = _("改善策「{name}」をはじめました").format(name=name)
    with ws.store.write(label, ws.now_us()) as work:
        made = work.insert(
            "experiments", name=name, stage=idea.stage, started_on=idea.started_on.isoformat(),
            decide_on=idea.decide_on.isoformat(), expected_rate=idea.expected_rate, channel_id=idea.channel_id,
            note=idea.note.strip(),
        )  # fmt: skip
    return Changes(work.change_set, label, frozenset(work.topics), created=(made,))


def edit(ws: Workspace, experiment: int, *, name: str, expected_rate: int | None, note: str) -> Changes:
    """Change the words, and until the decision date what is expected. Where nothing differs nothing is written.

    :raises UserError: when the title is empty, it is gone, or an expectation is changed after the decision date.
    """
    name, note = name.strip(), note.strip()
    if not name:
        raise UserError(_no_title())
    with ws.store.read() as reader:
        before = _present(reader, experiment)
    if expected_rate != before.expected_rate and before.is_due(ws.today()):
        raise UserError(_("判定日をすぎたので、期待する率は変えられません。名前とメモは直せます。"))
    _check_rate(expected_rate)
    return _write(ws, before, {"name": name, "expected_rate": expected_rate, "note": note})


def learn(ws: Workspace, experiment: int, note: str) -> Changes:
    """Keep what was learnt.

    :raises UserError: when it is gone.
    """
    with ws.store.read() as reader:
        before = _present(reader, experiment)
    return _write(ws, before, {"note": note.strip()})


def remove(ws: Workspace, experiment: int) -> Changes:
    """Take it off the list; undo brings it back.

    :raises UserError: when it is gone.
    """
    with ws.store.read() as reader:
        before = _present(reader, experiment)
    label = _("改善策「{name}」を削除しました").format(name=before.name)
    with ws.store.write(label, ws.now_us()) as work:
        work.delete("experiments", experiment)
    return Changes(work.change_set, label, frozenset(work.topics))


def _write(ws: Workspace, before: Experiment, values: dict[str, object]) -> Changes:
    if all(getattr(before, column) == value for column, value in values.items()):
        return Changes(None, "")
    label = _("改善策「{name}」を直しました").format(name=values.get("name", before.name))
    with ws.store.write(label, ws.now_us()) as work:
        work.update("experiments", before.id, **values)
    return Changes(work.change_set, label, frozenset(work.topics))


def _present(reader: Reader, experiment: int) -> Experiment:
    row = reader.get("experiments", experiment)
    if row is None:
        raise UserError(_("この改善策は、もう削除されています。一覧を開きなおしてください。"))
    return _experiment(row)


def _check(ws: Workspace, idea: Idea) -> None:
    if not idea.name.strip():
        raise UserError(_no_title())
    if not FIRST <= idea.stage < LAST:
        raise UserError(_("ねらう工程は1から8で選んでください。"))
    _check_rate(idea.expected_rate)
    if idea.decide_on <= ws.today():
        raise UserError(_("判定日は明日より後にしてください。もう見た結果では、効いたかどうかを判定できません。"))
    if not SHORTEST_DAYS <= (idea.decide_on - idea.started_on).days <= LONGEST_DAYS:
        raise UserError(_("判定日は、始める日の{least}日後から3年後までで選んでください。").format(least=SHORTEST_DAYS))


def _check_rate(rate: int | None) -> None:
    if rate is not None and not 1 <= rate <= 100:
        raise UserError(_("期待する率は1から100 % で書いてください。"))


def _no_title() -> str:
    return _("何を変えるのかを、ひとことで書いてください。")


def _experiment(row: Any) -> Experiment:
    started = date.fromisoformat(row["started_on"])
    decide = date.fromisoformat(row["decide_on"]) if row["decide_on"] else started + timedelta(days=USUAL_DAYS)
    return Experiment(
        row["id"], row["name"], row["stage"], started, decide, row["expected_rate"], row["channel_id"], row["note"]
    )
