"""ZIP containers, opened with care: what they claim about their size is not believed before it has been counted."""

import io
import zipfile
import zlib

from soloflow.capture.tables import Watch, unwatched
from soloflow.domain.errors import UserError
from soloflow.i18n import _

MOST_UNPACKED = 400_000_000
"""Bytes of all parts together; 100,000 rows of a workbook need about 80 million."""
MOST_PARTS = 10_000
CHUNK = 1 << 20
ZIP_MARK = b"PK\x03\x04"
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
"""No office program writes them; they only serve to make a small text grow without end."""
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError, OverflowError)


def damaged(name: str) -> UserError:
    """The refusal of a container that is broken."""
    return UserError(
        _(
            "{name}はExcelまたはZIPのファイルですが、壊れていて開けません。何も取り込んでいません。もう一度ダウンロードするか、CSVで保存し直してください。"
        ).format(name=name)
    )


def _too_large(name: str) -> UserError:
    return UserError(
        _(
            "{name}は展開すると大きすぎます（{limit} MBまで）。何も取り込んでいません。必要なシートだけをCSVで保存し直してください。"
        ).format(name=name, limit=MOST_UNPACKED // 1_000_000)
    )


def open_archive(name: str, data: bytes) -> zipfile.ZipFile:
    """The container, once it is certain that its parts are readable only with a password or not too large to claim.

    :raises UserError: when it is broken, asks for a password, or claims to hold too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _FAULTS as error:
        raise damaged(name) from error
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise UserError(
            _(
                "{name}にはパスワードがかかっています。何も取り込んでいません。パスワードを外したファイルを選んでください。"
            ).format(name=name)
        )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _too_large(name)
    return archive


def count_unpacked(
    name: str, archive: zipfile.ZipFile, *, is_xml: bool = False, watch: Watch = unwatched
) -> None:  # fmt: skip
    """Unpack every part once, without keeping anything, and count.

    :raises UserError: when there is more than allowed, a part is broken, or (for XML) one declares entities.
    """
    total = 0
    try:
        for part in archive.infolist():
            before = b""
            with archive.open(part) as source:
                while chunk := source.read(CHUNK):
                    watch(0)
                    total += len(chunk)
                    if total > MOST_UNPACKED:
                        raise _too_large(name)
                    if is_xml and any(mark in before + chunk for mark in _DECLARATIONS):
                        raise damaged(name)
                    before = chunk[-32:]
    except _FAULTS as error:
        raise damaged(name) from error


def _shown_name(part: zipfile.ZipInfo) -> str:
    """The name of a part; Japanese Windows writes it in cp932 without saying so."""
    if part.flag_bits & 0x800:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return part.filename


def _is_list(path: str) -> bool:
    file = path.rpartition("/")[2]
    hidden = file.startswith(".") or "__MACOSX" in path
    return not hidden and file.lower().endswith((".csv", ".tsv", ".vcf", ".xlsx", ".txt"))


def lists_within(name: str, archive: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    """(name, bytes) of every list of contacts that may be in an archive, by the ends of their names.

    :raises UserError: when there is none, or together they are larger than one file may be.
    """
    parts = [(_shown_name(part), part) for part in archive.infolist() if not part.is_dir()]
    lists = [(shown, part) for shown, part in parts if _is_list(shown)]
    if not lists:
        raise UserError(
            _("{name}の中に、CSV・Excel・vCardのファイルが見つかりません。何も取り込んでいません。").format(name=name)
        )
    found, total = [], 0
    try:
        for shown, part in lists:
            pieces = []
            with archive.open(part) as source:
                while chunk := source.read(CHUNK):
                    total += len(chunk)
                    if total > MOST_UNPACKED // 4:
                        raise _too_large(name)
                    pieces.append(chunk)
            found.append((shown, b"".join(pieces)))
    except _FAULTS as error:
        raise damaged(name) from error
    return found
