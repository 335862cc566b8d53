"""`python -m soloflow` and the `soloflow` command."""

import sys
from collections.abc import Sequence


def main() -> None:
    """Run the command line and leave with its exit code; where the program runs already, let it show its window."""
    if _is_answered(sys.argv[1:]):
        sys.exit(0)
    from soloflow.cli import run

    sys.exit(run(sys.argv[1:]))


def _is_answered(arguments: Sequence[str]) -> bool:
    """Whether a running program has answered `soloflow` or `soloflow capture`; this loads neither Qt nor the store."""
    words = list(arguments)
    named = words.pop(1) if len(words) > 1 and words[0] == "--profile" else None
    words = words[1:] if named is not None else words
    if words not in ([], ["capture"]) or named == "":
        return False
    from pathlib import Path

    from soloflow.services.places import default_profile
    from soloflow.ui import calling

    folder = default_profile() if named is None else Path(named)
    return bool(calling.call(folder, calling.CAPTURE if words else calling.SHOW))


if __name__ == "__main__":
    main()
