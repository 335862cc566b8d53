"""What is dropped on the window or pasted into it: files, a picture, a table or cards from another program.

``brought(mime)`` says what it is before anything is read; ``Arrivals.paths(brought, mime)`` hands out files to import. What
has no file of its own is written into a folder of the user's that lives as long as the window.
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from soloflow.domain.text import written_out
from soloflow.i18n import _

CARDS = ("text/vcard", "text/x-vcard", "text/directory")
TABLES = ("text/csv", "text/tab-separated-values")
PROMISES = ("promise", "x-moz-message", "FileGroupDescriptor", "x-imap", "message/rfc822")
"""Kinds in which mail programs and browsers only announce a file that is not there yet."""
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".heic"})
MOST_TEXT = 20_000_000


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brings. `kind`: files, cards, csv, table, picture, or refused."""

    kind: str
    title: str
    sentence: str
    files: tuple[Path, ...] = ()


def brought(mime: QMimeData, *, from_drag: bool = True) -> Brought | None:
    """What this is and what would happen with it; None for what has nothing to do with people, such as words.

    `from_drag` chooses the words: what is dragged is still in the air, what is pasted has been asked for.
    """
    local = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if local:
        return _files(local, from_drag=from_drag)
    kind = _content(mime)
    titles = {
        "cards": _("連絡先を取り込みます"), "csv": _("表を取り込みます"), "table": _("表を取り込みます"),
        "picture": _("画像のQRコードを読みます"),
    }  # fmt: skip
    if kind:
        return Brought(kind, titles[kind], _("まだ何も書き込みません。ひとりずつ確かめてから取り込みます。"))
    if any(part in name for name in mime.formats() for part in PROMISES):
        words = _("メールの添付は、いったん保存してから、そのファイルをドロップしてください。")
        return Brought("refused", _("このままでは受け取れません"), words)
    return None


def _files(paths: list[Path], *, from_drag: bool) -> Brought:
    files = tuple(path for path in paths if not path.is_dir())
    name = written_out(paths[0].name)
    if not files:
        words = _("中のファイル（CSV・Excel・vCard・QRコードの画像）を選んでください。")
        return Brought("refused", _("フォルダーは取り込めません"), words)
    calm = _("まだ何も書き込みません。ひとりずつ確かめてから取り込みます。")
    if len(files) > 1:
        title = _("{count}個のファイルを、ひとつずつ確かめます").format(count=len(files))
        left = len(paths) - len(files)
        calm = _("フォルダー{count}個は除きます。").format(count=left) + calm if left else calm
        return Brought("files", title, calm, files)
    name = written_out(files[0].name)
    if files[0].suffix.casefold() in PICTURES:
        return Brought("files", _("{name} のQRコードを読みます").format(name=name), calm, files)
    words = _("離すと、{name} の中身を確かめます") if from_drag else _("{name} の中身を確かめます")
    return Brought("files", words.format(name=name), calm, files)


def _content(mime: QMimeData) -> str:
    """The kind of what comes without a file; "" for none of ours."""
    if any(mime.hasFormat(name) for name in CARDS):
        return "cards"
    if any(mime.hasFormat(name) for name in TABLES):
        return "csv"
    if mime.hasText():
        return _text_kind(mime.text())
    return "picture" if mime.hasImage() else ""


def _text_kind(text: str) -> str:
    start = text[:4000].lstrip("\ufeff \t\r\n")
    if start[:11].upper() == "BEGIN:VCARD" or start[:7].upper() == "MECARD:":
        return "cards"
    lines = [line for line in text[:4000].splitlines() if line.strip()]
    is_table = len(lines) > 1 and all("\t" in line for line in lines[:3])
    return "table" if is_table and len(text) <= MOST_TEXT else ""


class Arrivals:
    """Files for what came without one."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def paths(self, found: Brought, mime: QMimeData) -> list[Path]:
        """The files to import; [] where there is nothing to be had.

        :raises OSError: when the folder for temporary files cannot be written.
        """
        if found.kind == "files":
            return list(found.files)
        if found.kind == "refused":
            return []
        path = self._place(found.kind)
        if found.kind == "picture":
            return [path] if QImage(mime.imageData()).save(str(path)) else []
        path.write_bytes(_bytes(found.kind, mime))
        return [path]

    def _place(self, kind: str) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="soloflow-"))  # readable for the user alone
        names = {"cards": _("貼り付けた連絡先") + ".vcf", "picture": _("画像") + ".png", "csv": _("表") + ".csv"}
        return self._folder / names.get(kind, _("貼り付けた表") + ".tsv")

    def forget(self) -> None:
        """Take the files away again."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def _bytes(kind: str, mime: QMimeData) -> bytes:
    formats = CARDS if kind == "cards" else TABLES if kind == "csv" else ()
    for name in formats:
        if mime.hasFormat(name):
            return bytes(mime.data(name).data())
    return mime.text().encode()
