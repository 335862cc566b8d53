"""勉強会・イベント: chosen once, they stay for the evening."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from soloflow.i18n import _
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace


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
        channel = values.pop("channel_id", None) or work.reader.find("channels", name="勉強会")
        made = work.insert("meetups", name=name, held_on=held_on.isoformat(), channel_id=channel, **values)
        work.insert("sources", name=name, channel_id=channel, meetup_id=made)
    return Changes(work.change_set, label, frozenset(work.topics), created=(made,))


def edit(ws: Workspace, meetup: int, **values: object) -> Changes:
    """Change a meetup's columns (dates as ISO text)."""
    label = _("勉強会を直しました")
    with ws.store.write(label, ws.now_us()) as work:
        work.update("meetups", meetup, **values)
    return Changes(work.change_set, label, frozenset(work.topics))


def _meetup(row: Any) -> Meetup:
    held = date.fromisoformat(row["held_on"]) if row["held_on"] else None
    return Meetup(
        row["id"], row["name"], held, row["starts"], row["ends"], row["place"], row["link"], row["fee_yen"], row["minutes"],
        row["channel_id"],
    )  # fmt: skip
