"""検査: whether the file is sound and what is derived follows from the facts; mending makes the derived part anew."""

from dataclasses import dataclass

from soloflow.i18n import _
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace
from soloflow.store import whole


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is."""

    customers: int
    contacts: int
    activities: int
    transitions: int
    bytes: int


def faults(ws: Workspace) -> tuple[str, ...]:
    """What is wrong with the file, one sentence each; seconds at 100,000 customers, so never on the window's own thread."""
    found = whole.faults(ws.store.path)
    derived = [line for line in found if line.startswith(whole.DERIVED)]
    sentences = [_("ファイルに傷があります（{what}）。").format(what=line) for line in found if line not in derived]
    if derived:
        text = _("表示のための控え{count}件が、記録と合っていません。記録そのものは無事で、作り直せます。")
        sentences.append(text.format(count=len(derived)))
    return tuple(sentences)


def mend(ws: Workspace) -> Changes:
    """Make everything derived anew from the facts; the facts are not touched."""
    whole.mend_derived(ws.store.path)
    return Changes(None, _("表示のための控えを作り直しました"), frozenset({"*"}), many=True)


def size(ws: Workspace) -> Size:
    """Rows and bytes of the profile's file."""
    with ws.store.read() as reader:
        return Size(
            customers=whole.count(reader, "prospects"),
            contacts=whole.count(reader, "contacts"),
            activities=whole.count(reader, "activities"),
            transitions=whole.count(reader, "stage_transitions"),
            bytes=ws.store.path.stat().st_size,
        )
