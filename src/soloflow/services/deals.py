"""案件: what is done to a deal besides writing it (see `prospects.put_deal`)."""

from soloflow.i18n import _
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace


def remove_deal(ws: Workspace, deal: int) -> Changes:
    """Take a deal (案件) that was written by mistake off its customer."""
    with ws.store.read() as reader:
        row = reader.get("deals", deal)
    label = _("案件「{name}」を外しました").format(name=row["name"] or _("名前なし"))
    with ws.store.write(label, ws.now_us()) as work:
        work.delete("deals", deal)
    return Changes(work.change_set, label, frozenset(work.topics), frozenset({row["prospect_id"]}))
