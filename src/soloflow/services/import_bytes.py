"""The bytes of a file that somebody brings."""

from collections.abc import Callable
from pathlib import Path

from soloflow.domain.errors import UserError
from soloflow.domain.text import written_out
from soloflow.i18n import _
from soloflow.services.workspace import Progress


def rows_told(progress: Progress, name: str) -> Callable[[int], None]:
    """What a reader calls now and then with the rows it has read; raises Cancelled when the user stopped it."""

    def watch(rows: int) -> None:
        progress.report(rows, None, name)
        progress.check()

    return watch


def file_bytes(path: Path) -> bytes:
    """The content of a file, one byte more than is read at most: a larger file is refused by name.

    :raises UserError: when it cannot be opened.
    """
    from soloflow.capture.reading import MOST_BYTES

    try:
        with path.open("rb") as source:  # not by its size: a pipe or a device tells none
            return source.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserError(
            _("{name} を開けません（{reason}）。ファイルの場所と権限を確かめてください。").format(
                name=written_out(path.name), reason=error.strerror
            )
        ) from error
