"""The line in the making: its words, the corrections of its chips, and the answers given so far. Knows no widget."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from soloflow.i18n import N_, _
from soloflow.services import capturing, who_is_meant, wording
from soloflow.services.capturing import Asked, Entry, ParsedLine, Pasted
from soloflow.services.who_is_meant import Hint
from soloflow.services.workspace import Workspace
from soloflow.ui.capture.chips import ChipFace
from soloflow.ui.capture.known_panel import APART, COMPANY, PERSON

FIELD_NAMES = {
    "name": N_("名前"), "kana": N_("カナ"), "company": N_("会社"), "department": N_("部署"), "title": N_("役職"), "email": N_("メール"),
    "phone": N_("電話"), "url": N_("リンク"), "address": N_("住所"), "tag": N_("タグ"), "amount": N_("見込み額"), "note": N_("話したこと"), "voice": N_("生の声"), "follow_up": N_("次の一手"),
}  # fmt: skip
STAGE = "stage"
SHOWN = 200
"""Characters of a chip that are drawn at most; a pasted mail is long."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One line and what the user said about it."""

    text: str = ""
    overrides: dict[tuple[str, int], str] = field(default_factory=dict)
    stage: int | None = 1
    answer: str | None = None
    answered: tuple[object, ...] = ()
    """Whom the answer was about: another hint is another question."""
    change_set: int | None = None
    """What it saved, once it is saved."""
    asked: Asked = ""
    """How a pasted text is to be read, where the user chose: as one person or as many."""

    def typed(self, text: str) -> "Draft":
        """The draft with other words; with none, everything said about them is forgotten."""
        if not text.strip():
            return replace(Draft(), change_set=self.change_set)
        return replace(self, text=text, asked=self.asked if len(text.splitlines()) > 1 else "")

    def read_as(self, asked: Asked) -> "Draft":
        """The draft with its text read as one person, or as many; what was said about the chips of the other reading is forgotten."""
        return replace(self, asked=asked, overrides={}, answer=None)

    def corrected(self, key: tuple[str, int], value: str) -> "Draft":
        """The draft with one chip corrected; the correction outlives further typing."""
        return replace(self, overrides={**self.overrides, key: value})

    def toggled(self) -> "Draft":
        """集客 or 名簿のみ."""
        return replace(self, stage=None if self.stage is not None else 1)

    def answering(self, answer: str, hint: Hint) -> "Draft":
        """The draft with an answer; the same answer again takes it back."""
        now = None if self.answer == answer and self.answered == _about(hint) else answer
        return replace(self, answer=now, answered=_about(hint))

    def answer_to(self, hint: Hint | None) -> str | None:
        """What was answered to this hint."""
        return self.answer if hint is not None and self.answered == _about(hint) else None


def _about(hint: Hint) -> tuple[object, ...]:
    return (hint.prospect, hint.contact)


def read(draft: Draft) -> Pasted:
    """Who stands in the text: one person, or several."""
    return capturing.read_pasted(draft.text, draft.asked)


def parsed(ws: Workspace, draft: Draft) -> ParsedLine:
    """The line, or the text about one person, as it is understood now."""
    return capturing.parse(ws, draft.text, draft.overrides, read(draft))


def without_answer(found: Sequence[Hint], entry: Entry) -> str:
    """What Enter alone does, in the words of the first of the hints."""
    settled = who_is_meant.settled(entry, tuple(found))
    if settled.contact is not None:
        return PERSON
    return COMPANY if found and settled.prospect == found[0].prospect else APART


def entry(draft: Draft, line: ParsedLine, meetup: int | None, found: Sequence[Hint]) -> Entry:
    """What Enter saves: as answered, or else as is safe."""
    made = capturing.entry_of(line, stage=draft.stage, meetup=meetup)
    hint = found[0] if found else None
    answer = draft.answer_to(hint)
    if hint is None or answer is None:
        return who_is_meant.settled(made, tuple(found))
    if answer == PERSON:
        return replace(made, contact=hint.contact)
    return replace(made, prospect=hint.prospect) if answer == COMPANY else made


def faces(draft: Draft, line: ParsedLine) -> tuple[ChipFace, ...]:
    """The chips, each with the key under which a correction of it is kept."""
    if not line.chips:
        return ()
    made = []
    left: dict[str, list[int]] = {}
    for chip in line.chips:
        numbers = left.setdefault(chip.field, _numbers(draft, line, chip.field))
        key = (chip.field, numbers.pop(0) if numbers else 0)
        odd = capturing.no_such_day(chip)
        label = _(FIELD_NAMES[chip.field])
        made.append(
            ChipFace(
                key,
                _("{field}：{day} という日はありません").format(field=label, day=odd) if odd else label,
                chip.value,
                chip.display[:SHOWN],
                is_step=chip.field == "follow_up",
            )
        )
    stage = wording.stage_name(draft.stage) if draft.stage is not None else _("名簿のみ")
    return (*made, ChipFace(STAGE, _("工程"), stage, stage, switches=True))


def _numbers(draft: Draft, line: ParsedLine, name: str) -> list[int]:
    """The numbers, as typed, of the chips that are left of one field."""
    gone = {number for (other, number), value in draft.overrides.items() if other == name and not value}
    count = sum(chip.field == name for chip in line.chips) + len(gone)
    return [number for number in range(count) if number not in gone]
