"""見本: an invented engineer's two years in a profile of its own, so that it never touches the user's records.

The log is the one of resources/sample/events.csv, shifted by whole days so that it ends yesterday; names, talks and plans are
made from people.toml by position alone, so that every run gives the same. A few customers and the plans of the week are
written there by hand: what the first pages show is what a visitor judges by.
"""

import json
import shutil
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soloflow import resources
from soloflow.domain.candidates import Candidate, Phone
from soloflow.domain.errors import UserError
from soloflow.domain.process import Kind
from soloflow.i18n import _
from soloflow.services import prospects, settings
from soloflow.services.process import start_of_day_us
from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME, open_store

if TYPE_CHECKING:  # writing imports SQLAlchemy, which the first window does not wait for
    from soloflow.store.unit_of_work import UnitOfWork

FOLDER = "sample"
MARK = "soloflow-sample.txt"
"""Lies in every folder that holds nothing but a sample: only such a one is ever taken away."""
LAST_DAY = date(2026, 9, 30)
"""The day the sample log was closed."""
REASONS = {
    "予算": "budget",
    "時期尚早": "timing",
    "単価": "price",
    "要件不一致": "requirements",
    "競合": "competitor",
    "音信不通": "no_reply",
}
CONTACT_FILES = ("eight_cp932.csv", "google_contacts.csv", "phone_v21_sjis.vcf", "iphone_v30_folded.vcf")


def folder(ws: Workspace) -> Path:
    """Where the sample profile of a profile lies."""
    return ws.folder / FOLDER


def is_sample(ws: Workspace) -> bool:
    """Whether this workspace is a sample profile."""
    return ws.folder.name == FOLDER and (ws.folder.parent / FILE_NAME).exists()


def contact_files() -> tuple[Path, ...]:
    """The built-in contact files, in the shapes people really bring."""
    return tuple(resources.path("sample", name) for name in CONTACT_FILES)


def open_sample(ws: Workspace) -> Workspace:
    """The sample profile beside the user's, made on the first call.

    :raises UserError: when it cannot be written.
    """
    place = folder(ws)
    new = not (place / FILE_NAME).exists()
    if new:
        make_room(place)
    chosen = settings.load(ws.folder)
    settings.save(place, replace(chosen, name="見本 はじめ", trade_name="見本システム工房", mail="hajime@example.jp"))
    opened = replace(ws, store=open_store(place / FILE_NAME), folder=place)
    if new:
        fill(opened)
    return opened


def make_room(place: Path) -> None:
    """An empty folder for a sample, in the place of an earlier one.

    :raises UserError: when anything else lies there (nothing of it is touched), or it cannot be written.
    """
    try:
        if (place / MARK).exists():
            shutil.rmtree(place)
        elif place.exists() and any(place.iterdir()):
            raise UserError(
                _("{path} には見本でないものがあります。何も変えていません。空のフォルダーを選んでください。").format(
                    path=place
                )
            )
        place.mkdir(parents=True, exist_ok=True)
        (place / MARK).write_text("SoloFlow の見本です。消してもかまいません。\n", encoding="utf-8")
    except OSError as error:
        raise UserError(
            _("{path} に見本を作れません（{reason}）。空きと権限を確かめてください。").format(
                path=place, reason=error.strerror
            )
        ) from error


def remove(ws: Workspace) -> None:
    """Take the sample away; the caller has closed its store. The user's own records are not concerned."""
    if (folder(ws) / MARK).exists():
        shutil.rmtree(folder(ws), ignore_errors=True)


def fill(ws: Workspace, most: int | None = None) -> None:
    """Write the sample into an empty profile; of its customers only so many, taken from the whole time evenly."""
    import csv

    from soloflow.site.content import from_dict, to_dict

    site = json.loads(resources.path("sample", "site.json").read_text(encoding="utf-8"))
    words = tomllib.loads(resources.path("sample", "people.toml").read_text(encoding="utf-8"))
    with resources.path("sample", "prospects.csv").open(encoding="utf-8-sig", newline="") as source:
        customers = list(csv.DictReader(source))
    with resources.path("sample", "events.csv").open(encoding="utf-8-sig", newline="") as source:
        events = sorted(csv.DictReader(source), key=lambda row: int(row["seq"]))
    if most is not None:
        customers = [customers[(2 * place + 1) * len(customers) // (2 * most)] for place in range(most)]
        chosen = {row["prospect_id"] for row in customers}
        events = [row for row in events if row["prospect_id"] in chosen]
    with ws.store.write("", ws.now_us(), journaled=False) as work:
        maker = _Maker(ws, work, words)
        ids = {row["prospect_id"]: maker.customer(number, row) for number, row in enumerate(customers)}
        work.log_many([maker.entry(ids[row["prospect_id"]], row) for row in events])
        maker.work_on(ids, customers, events)
        for one in words["experiments"]:
            maker.try_out(one)
        for section, body in to_dict(from_dict(site)).items():  # not as a change: a fresh sample has nothing to undo
            words_of_it = json.dumps(body, ensure_ascii=False)
            work.insert("site_content", section=section, body=words_of_it, updated_us=ws.now_us())
        published = ws.now_us() - 3 * 86_400 * 1_000_000
        work.insert("releases", at_us=published, target="https://example.jp", changed=3, manifest="{}")


class _Maker:
    """Turns positions into invented, repeatable people and work."""

    def __init__(self, ws: Workspace, work: "UnitOfWork", words: dict[str, Any]) -> None:
        self.ws, self.work, self.words = ws, work, words
        self.shift = ws.today() - timedelta(days=1) - LAST_DAY
        self.channels = {work.reader.get("channels", one)["name"]: one for one in work.reader.ids("channels")}
        self.meetups = [
            work.insert(
                "meetups", name=name, held_on=(ws.today() - timedelta(days=150 * back + 20)).isoformat(), place="蒲田", fee_yen=1000,
                minutes=240, channel_id=self.channels["勉強会"], starts="18:30", ends="21:00",
            )
            for back, name in enumerate(reversed(words["meetups"]))
        ]  # fmt: skip
        self.sources = [
            work.insert(
                "sources",
                name=work.reader.get("meetups", one)["name"],
                channel_id=self.channels["勉強会"],
                meetup_id=one,
            )
            for one in self.meetups
        ]

    def pick(self, kind: str, number: int) -> Any:
        return self.words[kind][number % len(self.words[kind])]

    def customer(self, number: int, row: dict[str, str]) -> int:
        known = self.words["known"].get(row["prospect_id"])
        person = _known(known) if known else self._person(number)
        channel = self.channels.get(row["source"])
        source = self.sources[number % len(self.sources)] if row["source"] == "勉強会" else None
        prospect, _contact = prospects.put_person(self.work, person, channel=channel, source=source)
        return prospect

    def _person(self, number: int) -> Candidate:
        places, trades = self.words["places"], self.words["trades"]
        bare = places[number % len(places)] + trades[(number * 5 + number // len(places)) % len(trades)]
        family, given = self.pick("families", number * 7 + number // 19), self.pick("givens", number * 3 + number // 17)
        return Candidate(
            name=f"{family[0]} {given[0]}", family=family[0], given=given[0], kana=f"{family[1]} {given[1]}",
            company=self.pick("forms", number // 3).format(bare), department=self.pick("departments", number * 5),
            title=self.pick("titles", number * 3 + 1), emails=(f"user{number:03}@example.jp",),
            phones=(Phone(f"090-0000-{number:04}", "mobile"),) if number % 3 else (),
            tags=(self.pick("tags", number),) if number % 4 == 0 else (),
        )  # fmt: skip

    def entry(self, prospect: int, row: dict[str, str]) -> dict[str, object]:
        at = datetime.fromisoformat(row["at"]) + self.shift
        kind, at_us = Kind(row["kind"]), round(at.timestamp()) * 1_000_000
        return {
            "prospect_id": prospect, "kind": kind.value, "from_stage": _number(row["from_stage"]), "to_stage": _number(row["to_stage"]),
            "at_us": at_us, "recorded_us": at_us,  # kept up day by day, so that past 改善策 were judged by it
            "reason": REASONS.get(row["reason"], "other") if row["reason"] else None,
        }  # fmt: skip

    def work_on(
        self, ids: dict[str, int], customers: Sequence[dict[str, str]], events: Sequence[dict[str, str]]
    ) -> None:
        last = {row["prospect_id"]: row for row in events}
        stages = {row["prospect_id"]: int(row["to_stage"]) for row in events if row["to_stage"]}
        latest = self._latest(events)
        for number, row in enumerate(customers):
            key = row["prospect_id"]
            if key not in last:
                continue
            prospect, stage, kind = ids[key], stages[key], Kind(last[key]["kind"])
            if key in self.words["story"]:
                self._tell(prospect, self.words["story"][key])
            else:
                self._talk(number, prospect, latest[key])
                self._answer(number, prospect, stage)
            if kind is Kind.RECYCLE:
                self._plan(prospect, ("mail", "再連絡する"), number * 13 % 105 - 2, is_recontact=True)
            elif kind is not Kind.LOSE:
                self._plan_active(key, prospect, stage, number)
            if stage >= 3:
                self._deal(number, prospect, stage, kind, int(row["expected_yen"] or 0))

    def try_out(self, one: dict[str, Any]) -> None:
        """A change the engineer made: how many days ago, and after how many it is decided."""
        started = self.ws.today() - timedelta(days=one["days"])
        self.work.insert(
            "experiments", name=one["name"], stage=one["stage"], started_on=started.isoformat(),
            decide_on=(started + timedelta(days=one["decide"])).isoformat(), expected_rate=one["expected"], note=one["note"],
        )  # fmt: skip

    def _latest(self, events: Sequence[dict[str, str]]) -> dict[str, int]:
        return {
            row["prospect_id"]: round((datetime.fromisoformat(row["at"]) + self.shift).timestamp()) * 1_000_000
            for row in events
        }

    def _answer(self, number: int, prospect: int, stage: int) -> None:
        asked = list(self.words["answers"])[: number % 6] if stage >= 3 else ()
        for question in asked:
            words, is_fact = self.words["answers"][question], int(question) % 2 == 0
            self._answered(prospect, int(question), words, number % 30, is_fact=is_fact)

    def _answered(self, prospect: int, question: int, text: str, days_ago: int, *, is_fact: bool) -> None:
        day = self.ws.today() - timedelta(days=days_ago)
        self.work.insert(
            "answers", prospect_id=prospect, question=question, text=text, is_fact=is_fact, answered_on=day.isoformat()
        )

    def _tell(self, prospect: int, story: dict[str, Any]) -> None:
        """The customer that shows what a whole record looks like."""
        prospects.put_person(self.work, _known(story["contact"]), prospect=prospect)
        for one in story["activities"]:
            at_us = start_of_day_us(self.ws, self.ws.today() - timedelta(days=one["days"]))
            self.work.insert(
                "activities", prospect_id=prospect, kind=one["kind"], at_us=at_us, text=one["text"], detail=one["detail"], day_only=True
            )  # fmt: skip
        for one in story["answers"]:
            self._answered(prospect, one["question"], one["text"], one["days"], is_fact=one["fact"])

    def _plan_active(self, key: str, prospect: int, stage: int, number: int) -> None:
        """The week by hand; beyond it a step that fits the stage, except where nobody has thought of one yet."""
        due = self.words["week"].get(key)
        if due:
            self._plan(prospect, (due["kind"], due["text"]), due["days"], time=due.get("time", ""))
        elif number % 8:
            self._plan(prospect, self._step(stage, number), _spread(number))

    def _step(self, stage: int, number: int) -> tuple[str, str]:
        choices = self.words["plans"][str(stage)]
        kind, text = choices[(number + number // 5) % len(choices)]
        return kind, text

    def _talk(self, number: int, prospect: int, at_us: int) -> None:
        self.work.insert("activities", prospect_id=prospect, kind="note", at_us=at_us, text=self.pick("talks", number))
        if number % 23 == 0:
            self.work.insert(
                "activities", prospect_id=prospect, kind="voice", at_us=at_us, text=self.pick("voices", number // 23)
            )
        if number % 29 == 0:
            self.work.insert(
                "activities", prospect_id=prospect, kind="sign", at_us=at_us, text="担当の部署が新しくなった"
            )

    def _plan(
        self, prospect: int, step: Sequence[str], days: int, *, time: str = "", is_recontact: bool = False
    ) -> None:
        due = self.ws.today() + timedelta(days=days)
        self.work.insert(
            "follow_ups", prospect_id=prospect, kind=step[0], text=step[1], due_on=due.isoformat(), due_time=time,
            is_recontact=is_recontact, created_us=self.ws.now_us(),
        )  # fmt: skip

    def _deal(self, number: int, prospect: int, stage: int, kind: Kind, yen: int) -> None:
        state = (
            "failed"
            if kind is Kind.LOSE
            else {3: "expected", 4: "quoted", 5: "ordered", 6: "invoiced"}.get(stage, "paid")
        )
        due = self.ws.today() + timedelta(days=number % 40 - 2)
        self.work.insert(
            "deals", prospect_id=prospect, name=self.pick("deals", number), state=state, expected_yen=round(yen, -4),
            agreed_yen=round(yen, -4) if stage >= 5 else None, due_on=due.isoformat() if stage == 5 else None,
            payment_due_on=due.isoformat() if stage == 6 else None, created_us=start_of_day_us(self.ws, self.ws.today()),
        )  # fmt: skip


def _number(text: str) -> int | None:
    return int(text) if text else None


def _known(row: dict[str, Any]) -> Candidate:
    family, given, family_kana, given_kana = row["name"]
    return Candidate(
        name=f"{family} {given}", family=family, given=given, kana=f"{family_kana} {given_kana}", company=row["company"],
        department=row["department"], title=row["title"], emails=(row["mail"],) if row["mail"] else (),
        phones=(Phone(row["phone"], "mobile" if row["phone"].startswith("090") else "company"),),
    )  # fmt: skip


def _spread(number: int) -> int:
    """Days from today for what comes after this week."""
    days = (8, 26, 9, 33, 11, 18, 40, 10, 14, 23, 61, 15, 29, 12, 36, 50, 17, 45, 20, 31)
    return days[number * 7 % len(days)]
