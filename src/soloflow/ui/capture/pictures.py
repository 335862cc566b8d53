"""A picture that is pasted where somebody is written down: its QR codes are read, and their words are pasted instead."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QMimeData, QObject
from PySide6.QtGui import QImage, QImageWriter

from soloflow.domain.errors import UserError
from soloflow.ui.context import Context

if TYPE_CHECKING:  # the field knows what a picture is
    from soloflow.ui.capture.line_field import LineField

KINDS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".avif", ".tif", ".tiff", ".heic"})


def picture_in(pasted: QMimeData) -> bytes | Path | None:
    """The picture of a clipboard, or the file of one; None where there is text, which is what is meant then.

    A table program puts a picture of the cells beside their text; a file manager puts the name of a file as text.
    """
    files = [Path(url.toLocalFile()) for url in pasted.urls() if url.isLocalFile()]
    if len(files) == 1 and files[0].suffix.lower() in KINDS:
        return files[0]
    if files or pasted.text().strip() or not pasted.hasImage():
        return None
    image = pasted.imageData()
    kept = QBuffer()
    # Not packed: this happens while the window waits.
    if (
        isinstance(image, QImage)
        and kept.open(QBuffer.OpenModeFlag.WriteOnly)
        and QImageWriter(kept, QByteArray(b"BMP")).write(image)
    ):
        return bytes(kept.data().data())
    return None


class Pictures(QObject):
    """Reads the pictures that are pasted into a line; `failed` is told the sentence of one without a code."""

    def __init__(self, context: Context, line: "LineField", failed: Callable[[str], object]) -> None:
        super().__init__(line)
        self._context = context
        self._line = line
        self._failed = failed
        line.pictured.connect(self.read)

    def read(self, picture: bytes | Path) -> None:
        """Paste what the codes of a picture say."""
        self._context.run(partial(_texts, picture), self._on_texts, failed=self._on_failed)

    def _on_texts(self, texts: Sequence[str]) -> None:
        self._line.insert("\n".join(texts))

    def _on_failed(self, error: UserError) -> None:
        self._failed(str(error))


def _texts(picture: bytes | Path) -> Sequence[str]:
    from soloflow.services import sharing  # no picture, no reader of pictures

    return sharing.texts_of_file(picture) if isinstance(picture, Path) else sharing.texts_of_image(picture)
