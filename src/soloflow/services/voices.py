"""生の声: customers' own words, those nearest to a text first, and how much of them a text already says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from soloflow.i18n import _
from soloflow.services import wording
from soloflow.services.workspace import Workspace
from soloflow.store import voices as store_voices

SAME = 4
"""This many characters in a row count as the customer's own words; three are too often only grammar."""
_PLAIN = re.compile(r"[\s、。，．,.!?！？「」『』（）()・…ー〜~\-]+")


@dataclass(frozen=True, slots=True)
class Voice:
    """One thing a customer said."""

    id: int
    prospect: int
    text: str
    who: str
    """Company and person as they would be called: カワセミ食品 十河さん."""
    day: date


def heard(ws: Workspace, limit: int = 200) -> tuple[Voice, ...]:
    """The newest voices."""
    with ws.store.read() as reader:
        rows = store_voices.heard(reader, limit)
    return tuple(
        Voice(row["id"], row["prospect_id"], row["text"], _who(row), wording.date_of(ws, row["at_us"])) for row in rows
    )


def nearest(voices: Sequence[Voice], text: str) -> tuple[Voice, ...]:
    """The voices, those that share most pairs of characters with a text first, otherwise in their order.

    What several customers said in the same words is there once, by the one who said it last.
    """
    pairs = _runs(text, 2)
    once = {voice.text: voice for voice in reversed(voices)}
    kept = [voice for voice in voices if once[voice.text] is voice]
    return tuple(sorted(kept, key=lambda voice: -len(pairs & _runs(voice.text, 2))))


def echoed(voices: Iterable[Voice], text: str) -> int:
    """How many voices lend a text at least `SAME` characters in a row."""
    said = _runs(text, SAME)
    return sum(bool(said & _runs(voice.text, SAME)) for voice in voices)


def _who(row: Any) -> str:
    if row["is_person"]:
        return _("{name}さん").format(name=row["prospect_name"])
    if not row["contact_name"]:
        return str(row["prospect_name"])
    return _("{company} {name}さん").format(company=row["prospect_name"], name=row["contact_name"])


def _runs(text: str, length: int) -> frozenset[str]:
    """Every run of `length` characters, punctuation aside."""
    plain = _PLAIN.sub("", text)
    return frozenset(plain[at : at + length] for at in range(len(plain) - length + 1))
