"""Doing something to many customers: at once while they are few, with progress and 中止 in the status line when not."""

from collections.abc import Callable
from functools import partial

from soloflow.domain.errors import UserError
from soloflow.services.changes import Changes
from soloflow.services.workspace import Progress
from soloflow.ui.context import Context

LONG = 200
"""From so many customers on an edit may last longer than a blink."""
Edit = Callable[..., Changes]
"""A function of services.bulk with everything but its `progress`."""


def run_many(
    context: Context,
    count: int,
    title: str,
    edit: Edit,
    done: Callable[[Changes], None] | None = None,
    *,
    failed: Callable[[UserError], None] | None = None,
) -> None:
    """Do an edit of so many customers; `title` is what the status line says meanwhile."""
    if count < LONG:
        context.run(edit, done, failed=failed)
    else:
        context.run_long(title, partial(_watched, edit), done, failed=failed)


def _watched(edit: Edit, progress: Progress) -> Changes:
    return edit(progress=progress)
