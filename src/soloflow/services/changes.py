"""What a mutation answers: enough for every open view to refresh itself, and for the notice to say what happened."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """The effect of one change set.

    `topics` are table names ("prospects", "stage_transitions", "follow_ups", "site_content", ...); `prospects` the ids of
    every prospect whose row, log, contacts or plans changed (empty with many=True: too many to list, refresh all).
    """

    change_set: int | None
    """Journal number, the handle for undo; None when nothing was written."""
    label: str
    """One sentence for the notice, in the user's language, such as 「北沢製作所を4 見込顧客へ移しました」."""
    topics: frozenset[str] = frozenset()
    prospects: frozenset[int] = frozenset()
    created: tuple[int, ...] = ()
    """Ids of the records made, of the kind the service speaks of, in order."""
    many: bool = False
    conflicts: tuple[str, ...] = field(default=())
    """What an undo had to leave alone because it was edited since, one sentence each."""
