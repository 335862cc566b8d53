"""Bytes of a file → the people in it. What a file is, is told by its content, never by its name."""

from itertools import chain

from soloflow.capture.decoding import decodings, marked_encoding
from soloflow.capture.mecard import holds_mecards, read_mecards
from soloflow.capture.tabular import read_table
from soloflow.capture.vcard import holds_cards
from soloflow.capture.vcard_people import read_cards
from soloflow.domain.candidates import Reading
from soloflow.domain.errors import UserError
from soloflow.i18n import _

MOST_BYTES = 100_000_000
"""More is no address book; contacts with all their photos stay well below."""

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")


def _foreign(data: bytes, encoding: str | None) -> str | None:
    """The sentence that says why bytes cannot be a list of contacts; None where they may be one."""
    start = data[:4096]
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        return _("{name}は空のファイルです。何も取り込んでいません。")
    if start.startswith(b"PK\x03\x04"):
        return _(
            "{name}はExcelまたはZIPのファイルです。CSVとして保存し直すか、展開してから選んでください。何も取り込んでいません。"
        )
    if start.startswith(_PICTURES) or start[4:8] == b"ftyp":
        return _("{name}は画像か動画です。CSVまたはvCard（.vcf）を選んでください。何も取り込んでいません。")
    if start.startswith(b"%PDF"):
        return _("{name}はPDFです。CSVまたはvCard（.vcf）を選んでください。何も取り込んでいません。")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        return _(
            "{name}はウェブページです。書き出しの画面で、CSVまたはvCard（.vcf）としてダウンロードし直してください。何も取り込んでいません。"
        )
    if encoding != "utf-16" and b"\x00" in start:
        return _(
            "{name}は文字のファイルではありません。CSVまたはvCard（.vcf）を選んでください。何も取り込んでいません。"
        )
    if len(data) > MOST_BYTES:
        return _("{name}は大きすぎます（100 MBまで）。連絡先のファイルか確かめてください。何も取り込んでいません。")
    return None


def read(name: str, data: bytes, encoding: str | None = None) -> Reading:
    """The people of a file, with everything in it that could not be read as it stands.

    `name` only appears in messages; `encoding` overrides the one found.

    :raises UserError: when the content is no list of contacts in a shape that is known.
    """
    if reason := _foreign(data, encoding or marked_encoding(data)):
        raise UserError(reason.format(name=name))
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
    return read_table(name, chain((likeliest,), texts))
