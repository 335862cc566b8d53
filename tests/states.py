"""Everything that is in a profile, for comparing two moments of it."""

from typing import Any

from soloflow.services.workspace import Workspace
from soloflow.store import whole

State = dict[str, list[dict[str, Any]]]


def state(ws: Workspace) -> State:
    """Every fact, the effective log and what is derived, without the nameless shells that the append-only log keeps."""
    with ws.store.read() as reader:
        found = whole.everything(reader)
        found["stage_transitions"] = [
            dict(row) for row in reader.rows("SELECT * FROM effective_transitions ORDER BY id")
        ]
        found["states"] = [dict(row) for row in reader.rows("SELECT * FROM prospect_states ORDER BY prospect_id")]
    shells = {row["id"] for row in found["prospects"] if row["deleted_us"] is not None and not row["name"]}
    found["prospects"] = [row for row in found["prospects"] if row["id"] not in shells]
    found["states"] = [row for row in found["states"] if row["prospect_id"] not in shells]
    return found
