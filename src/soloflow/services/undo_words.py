"""What is said of a step that was taken back or put back; taking back what took something back has words of its own."""

import re

from soloflow.i18n import N_, _, in_every_language

REVERTED = N_("「{label}」を元に戻しました")
REDONE = N_("「{label}」をやり直しました")
TONIGHT_TAKEN_BACK = N_("今夜の{count}人をまとめて取り消しました")
TODAY_TAKEN_BACK = N_("今日の{count}人をまとめて取り消しました")


def undone(label: str) -> str:
    """What undo has done with a step of this label."""
    return _turned(label) or _("「{label}」を取り消しました").format(label=inside(label))


def reverted(label: str) -> str:
    """What taking back an older step of this label has done."""
    return _turned(label) or _(REVERTED).format(label=inside(label))


def redone(label: str) -> str:
    """What redo has done: where the step took something back, its own words say it."""
    return label if _turned(label) else _(REDONE).format(label=inside(label))


def inside(label: str) -> str:
    """A label as it stands between 「」, where marks of its own become 『』."""
    return label.replace("「", "『").replace("」", "』")


def _turned(label: str) -> str:
    """The opposite of a label that itself speaks of taking back or putting back; "" for any other."""
    opposites = (
        (REVERTED, _(REDONE)),
        (REDONE, _(REVERTED)),
        (TONIGHT_TAKEN_BACK, _("今夜の{count}人を元に戻しました")),
        (TODAY_TAKEN_BACK, _("今日の{count}人を元に戻しました")),
    )
    for said, opposite in opposites:
        if (parts := _parts(said, label)) is not None:
            return opposite.format(**parts)
    return ""


def _parts(message: str, label: str) -> dict[str, str] | None:
    """What stands at the places of a message in a label that was made of it, in whichever language."""
    for said in in_every_language(message):
        shape = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(said))
        if (found := re.fullmatch(shape, label, re.DOTALL)) is not None:
            return found.groupdict()
    return None
