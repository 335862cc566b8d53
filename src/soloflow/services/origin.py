"""流入元: how a customer came: the channel, the concrete source, and who introduced them."""

from soloflow.i18n import _
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace


def sources(ws: Workspace) -> list[str]:
    """Names of every source there is, for completing what is typed."""
    with ws.store.read() as reader:
        return sorted({reader.get("sources", one)["name"] for one in reader.ids("sources")})


def set_source(ws: Workspace, prospect: int, name: str) -> Changes:
    """Say from which concrete source a customer came; a name that is new makes a source of the customer's channel."""
    wanted = name.strip()
    label = _("流入元を直しました")
    with ws.store.write(label, ws.now_us()) as work:
        source = None
        if wanted:
            channel = work.reader.get("prospects", prospect)["channel_id"]
            source = work.reader.find("sources", name=wanted) or work.insert("sources", name=wanted, channel_id=channel)
        work.update("prospects", prospect, source_id=source)
    return Changes(work.change_set, label, frozenset(work.topics), frozenset({prospect}))
