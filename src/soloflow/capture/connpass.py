"""connpass: the participants of an event. No mail and often no real name; the user name tells people apart."""

import re

from soloflow.capture.cells import Cells, Flaw, column_key, days
from soloflow.capture.fields import clean, full_name, paragraph
from soloflow.capture.identity import connpass_profile
from soloflow.domain.candidates import Candidate
from soloflow.i18n import _

PARTICIPANT_SIGNS = ("ユーザー名", "表示名", "参加ステータス")
_OWN_COLUMNS = frozenset(
    map(
        column_key,
        (
            *PARTICIPANT_SIGNS, "参加枠名", "利用開始日", "コメント", "出欠ステータス", "出席日時", "更新日時", "受付番号",
            "参加費", "支払い方法", "支払いステータス", "領収書番号", "プロフィールURL",
        ),
    )
)  # fmt: skip
_LEFT = re.compile(r"[(（]?退会(?:済み?)?ユーザー[)）]?")
_USER = re.compile(r"[A-Za-z0-9_.\-]+")


def participant(cells: Cells, flaw: Flaw) -> Candidate:
    """One row: whoever cancelled was not there, whatever the attendance mark says."""
    user, shown = cells["ユーザー名"], cells["表示名"]
    if _LEFT.fullmatch(user):
        flaw("ユーザー名", _("退会したユーザーです。ほかのイベントの同じ人とは結び付きません。"))
        user = ""
    if _LEFT.fullmatch(shown):
        shown = ""
    name, family, given = full_name("", "", shown or user)
    attended = _attended(cells)
    return Candidate(
        line=cells.line,
        name=name,
        family=family,
        given=given,
        handle=user,
        urls=(connpass_profile(user),) if _USER.fullmatch(user) else (),
        note=_note(cells),
        met_on=days(cells, "出席日時", flaw) if attended else (),
        attended=attended,
    )


def _attended(cells: Cells) -> bool | None:
    """Whether they were there; None where the file has no column for it."""
    if clean(cells["参加ステータス"]) != "参加":
        return False
    if "出欠ステータス" not in cells:
        return None
    return clean(cells["出欠ステータス"]) == "出席"


def _note(cells: Cells) -> str:
    """The comment, then the answers to the questions of the event, each under its question."""
    said = [
        f"{clean(question)}：{answer}" if clean(question) else answer
        for question, cell in cells.columns
        if column_key(question) not in _OWN_COLUMNS and (answer := paragraph(cell))
    ]
    return "\n".join(filter(None, (paragraph(cells["コメント"]), *said)))
