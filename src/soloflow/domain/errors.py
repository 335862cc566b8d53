"""The one family of errors whose text a user may see."""


class UserError(Exception):
    """Something outside the program went wrong: the text says what happened, what is safe, and what to do.

    The text is already in the user's language. Whoever raises it guarantees that nothing was lost.
    """


class Cancelled(UserError):  # noqa: N818 - it is an answer, not a fault
    """The user stopped a running job; everything is as before it began."""


class DamagedError(UserError):
    """The data file cannot be read; a backup can take its place."""
