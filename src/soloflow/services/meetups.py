"""勉強会・イベント: chosen once, they stay for the evening."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from soloflow.i18n import _
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace

USUAL_CHANNEL = "勉強会"


@dataclass(frozen=True, slots=True)
class Meetup:
    """An event. `fee_yen` in whole yen, `minutes` spent including the way."""

    id: int
    name: str
    held_on: date | None
    starts: str
    ends: str
    place: str
    link: str
    fee_yen: int | None
    minutes: int | None
    channel_id: int | None


def recent(ws: Workspace, limit: int = 12) -> list[Meetup]:
    """The meetups, newest first."""
    with ws.store.read() as reader:
        found = [_meetup(reader.get("meetups", one)) for one in reader.ids("meetups")]
    return sorted(found, key=lambda one: (one.held_on or date.min, one.id), reverse=True)[:limit]


def get(ws: Workspace, meetup: int) -> Meetup | None:
    """One meetup, or None when it is gone."""
    with ws.store.read() as reader:
        row = reader.get("meetups", meetup)
    return None if row is None else _meetup(row)


def create(ws: Workspace, name: str, held_on: date, **values: object) -> Changes:
    """Make a meetup; values are starts, ends, place, link, fee_yen, minutes, channel_id (勉強会 unless given)."""
    label = _("「{name}」を加えました").format(name=name)
    with ws.store.write(label, ws.now_us()) as work:
        channel = values.pop("channel_id", None) or work.reader.find("channels", name=USUAL_CHANNEL)
        made = work.insert("meetups", name=name, held_on=held_on.isoformat(), channel_id=channel, **values)
        work.insert("sources", name=name, channel_id=channel, meetup_id=made)
    return Changes(work.change_set, label, frozenset(work.topics), created=(made,))


def usual_channel(ws: Workspace) -> int | None:
    """The channel of a new meetup: 勉強会."""
    with ws.store.read() as reader:
        return reader.find("channels", name=USUAL_CHANNEL)


def edit(ws: Workspace, meetup: int, **values: object) -> Changes:
    """Change a meetup's columns (dates as ISO text); the source that stands for it is called and counted as it is.

    Where nothing differs nothing is written: `change_set` is None and there is no label.
    """
    with ws.store.read() as reader:
        before = reader.get("meetups", meetup)
    changed = {column: value for column, value in values.items() if before[column] != value}
    if not changed:
        return Changes(None, "")
    label = _("「{name}」を直しました").format(name=changed.get("name", before["name"]))
    with ws.store.write(label, ws.now_us()) as work:
        work.update("meetups", meetup, **changed)
        shared = {column: changed[column] for column in ("name", "channel_id") if column in changed}
        for source in work.reader.ids("sources", meetup_id=meetup):
            work.update("sources", source, **shared)
    return Changes(work.change_set, label, frozenset(work.topics))


def _meetup(row: Any) -> Meetup:
    held = date.fromisoformat(row["held_on"]) if row["held_on"] else None
    return Meetup(
        row["id"], row["name"], held, row["starts"], row["ends"], row["place"], row["link"], row["fee_yen"], row["minutes"],
        row["channel_id"],
    )  # fmt: skip
