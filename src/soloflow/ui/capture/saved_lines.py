"""The lines of this evening that were saved, and the walk through them by ↑ and ↓. Knows no widget."""

from dataclasses import dataclass, field, replace

from soloflow.ui.capture.draft import Draft


@dataclass(slots=True)
class SavedLines:
    """What Enter has saved, oldest first; `at` is the one that is looked at, None below the last."""

    saved: list[Draft] = field(default_factory=list)
    at: int | None = None
    waiting: Draft = field(default_factory=Draft)
    """What was being typed when the walk began; it waits below the last line."""

    def walk(self, step: int, now: Draft) -> Draft | None:
        """The draft to be shown after a step up (-1) or down (1); None where the walk ends."""
        last = len(self.saved)
        here = last if self.at is None else self.at
        wanted = min(last, max(0, here + step))
        if wanted == here:
            return None
        if self.at is None:
            self.waiting = now
        self.at = wanted if wanted < last else None
        return self.leave() if self.at is None else self.saved[wanted]

    def leave(self) -> Draft:
        """End the walk; the draft that waited."""
        waiting, self.at, self.waiting = self.waiting, None, Draft()
        return waiting

    def keep(self, draft: Draft, at: int | None, change_set: int | None) -> None:
        """Remember a line that was saved, in the place of the one it replaced."""
        kept = replace(draft, change_set=change_set)
        if at is None:
            self.saved.append(kept)
        else:
            self.saved[at] = kept

    def recalled(self) -> Draft | None:
        """The saved line that is being looked at."""
        return None if self.at is None else self.saved[self.at]
