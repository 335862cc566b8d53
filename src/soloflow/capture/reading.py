"""Bytes of a file → the people in it. What a file is, is told by its content, never by its name."""

from soloflow.capture.archives import ZIP_MARK, lists_within, open_archive
from soloflow.capture.decoding import decodings, marked_encoding
from soloflow.capture.mapping import Mapping
from soloflow.capture.mecard import holds_mecards, read_mecards
from soloflow.capture.qr import is_picture
from soloflow.capture.sheets import look_at_workbook, read_workbook
from soloflow.capture.table_look import Table, look
from soloflow.capture.tables import Grid, Watch, unwatched
from soloflow.capture.tabular import read_mapped, read_table, text_grid
from soloflow.capture.vcard import holds_cards
from soloflow.capture.vcard_people import read_cards
from soloflow.capture.workbook import is_workbook, refusal_of_office
from soloflow.domain.candidates import Reading
from soloflow.domain.errors import Cancelled, UserError
from soloflow.i18n import _, listed

MOST_BYTES = 100_000_000
"""More is no address book; contacts with all their photos stay well below."""


def _foreign(data: bytes, encoding: str | None) -> str | None:
    """The sentence that says why bytes cannot be a list of contacts; None where they may be one."""
    start = data[:4096]
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        return _("{name}は空のファイルです。何も取り込んでいません。")
    if is_picture(start) or start[4:8] == b"ftyp":
        return _("{name}は画像か動画です。CSV・Excel・vCard（.vcf）のどれかを選んでください。何も取り込んでいません。")
    if start.startswith(b"%PDF"):
        return _("{name}はPDFです。CSV・Excel・vCard（.vcf）のどれかを選んでください。何も取り込んでいません。")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        return _(
            "{name}はウェブページです。書き出しの画面で、CSVまたはvCard（.vcf）としてダウンロードし直してください。何も取り込んでいません。"
        )
    if encoding != "utf-16" and b"\x00" in start:
        return _(
            "{name}は文字のファイルではありません。CSV・Excel・vCard（.vcf）のどれかを選んでください。何も取り込んでいません。"
        )
    if len(data) > MOST_BYTES:
        return _too_large()
    return None


def _too_large() -> str:
    return _("{name}は大きすぎます（100 MBまで）。連絡先のファイルか確かめてください。何も取り込んでいません。")


def _foreign_container(name: str, data: bytes) -> UserError | None:
    """Why a file of an office program or an archive cannot be read."""
    if data.startswith(ZIP_MARK) and len(data) > MOST_BYTES:
        return UserError(_too_large().format(name=name))
    return refusal_of_office(name, data)


def read(
    name: str, data: bytes, encoding: str | None = None, mapping: Mapping | None = None, watch: Watch = unwatched
) -> Reading:  # fmt: skip
    """The people of a file, with everything in it that could not be read as it stands.

    `name` only appears in messages; `encoding` overrides the one found; `mapping` says what the columns of a table mean;
    `watch` is told how many rows of a table are read.

    :raises Unmapped: when it is a table whose header is not known.
    :raises UserError: when the content is no list of contacts.
    """
    if reason := _foreign_container(name, data):
        raise reason
    if is_workbook(data):
        return read_workbook(name, data, mapping, watch)
    if data.startswith(ZIP_MARK):
        return _read_archive(name, data, encoding, mapping, watch)
    if is_picture(data) and len(data) <= MOST_BYTES:
        from soloflow.capture.qr_people import read_picture

        return read_picture(name, data)
    if foreign := _foreign(data, encoding or marked_encoding(data)):
        raise UserError(foreign.format(name=name))
    if mapping is not None:
        grid = _text_grid(data, encoding, mapping.delimiter)
        del data  # the text is enough; a large file need not be in memory twice
        return read_mapped(name, grid, mapping, watch)
    if (encoding or marked_encoding(data)) == "utf-16":
        cards = next(decodings(data, encoding)).text.encode()
        if holds_cards(cards):
            return read_cards(cards, "utf-8", shown="utf-16")
    elif holds_cards(data):
        return read_cards(data, encoding)
    texts = decodings(data, encoding)
    likeliest = next(texts)
    if holds_mecards(likeliest.text):
        return read_mecards(likeliest)
    del data
    return read_table(name, likeliest, texts, watch)


def look_at(
    name: str, data: bytes, encoding: str | None = None, *, delimiter: str = "", sheet: str = "", header: int | None = None,
    watch: Watch = unwatched,
) -> Table:  # fmt: skip
    """The table of a file as it stands, to say what its columns mean; also of one whose shape is known.

    :raises UserError: when there is no table in it.
    """
    if refusal := _foreign_container(name, data):
        raise refusal
    if is_workbook(data):
        return look_at_workbook(name, data, sheet, header, watch)
    if data.startswith(ZIP_MARK):
        found = lists_within(name, open_archive(name, data))
        return look_at(
            found[0][0], _only(name, found), encoding, delimiter=delimiter, sheet=sheet, header=header, watch=watch
        )
    if reason := _foreign(data, encoding or marked_encoding(data)):
        raise UserError(reason.format(name=name))
    return look(name, _text_grid(data, encoding, delimiter), header, watch)


def _text_grid(data: bytes, encoding: str | None, delimiter: str) -> Grid:
    return text_grid(next(decodings(data, encoding)), delimiter)


def _only(name: str, found: list[tuple[str, bytes]]) -> bytes:
    if len(found) > 1:
        shown = listed(path for path, _data in found[:8]) + ("…" if len(found) > 8 else "")
        raise UserError(
            _(
                "{name}の中にファイルが{count}つあります（{files}）。何も取り込んでいません。展開して、取り込むものを選んでください。"
            ).format(name=name, count=len(found), files=shown)
        )
    data = found[0][1]
    if data.startswith(ZIP_MARK) and not is_workbook(data):
        raise UserError(
            _("{name}の中にまたZIPがあります。何も取り込んでいません。展開してから選んでください。").format(name=name)
        )
    return data


def _read_archive(name: str, data: bytes, encoding: str | None, mapping: Mapping | None, watch: Watch) -> Reading:
    """The one list in an archive; of several (LinkedIn packs twenty tables) the one whose shape is known."""
    found = lists_within(name, open_archive(name, data))
    if len(found) == 1:
        return read(found[0][0], _only(name, found), encoding, mapping, watch)
    known = []
    for path, part in found:
        if not part.startswith(ZIP_MARK) or is_workbook(part):
            try:
                known.append(read(path, part, encoding, watch=watch))
            except Cancelled:
                raise
            except UserError:
                continue
    if len(known) == 1:
        return known[0]
    _only(name, found)
    raise AssertionError("more than one")  # pragma: no cover - _only has raised
