"""自分を渡す: the user's own card and the link to the site as QR codes, and the people of codes that others show.

Who one is stands in the profile of the site, which the settings feed until it is written. A link carries the code of the
meetup it was shown at (`?s=CODE`), so that an inquiry says where it came from.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from soloflow.capture.qr_making import QUIET, Drawing, as_blocks, as_png, as_svg, draw
from soloflow.domain.candidates import Candidate, Reading
from soloflow.domain.errors import UserError
from soloflow.i18n import N_, _
from soloflow.services import meetups, settings, site
from soloflow.services.changes import Changes
from soloflow.services.workspace import Workspace
from soloflow.store.database import Reader

__all__ = [
    "PARTS", "QUIET", "Drawing", "OwnCard", "as_blocks", "card_text", "choose_parts", "chosen_parts", "code_of", "draw", "ensure_code",
    "meetup_now", "own_card", "people_of_image", "site_link", "texts_of_file", "texts_of_image", "write",
]  # fmt: skip

PARTS = {
    "company": N_("屋号"), "mail": N_("メール"), "site": N_("サイト"), "kana": N_("ふりがな"), "phone": N_("電話"),
    "tagline": N_("ひとこと"),
}  # fmt: skip
"""What a card can show beside the name, by code."""
USUAL = ("company", "mail", "site", "kana")
"""Shown unless chosen otherwise; a phone number is given away by choice only."""
PICTURES = ("", ".png", ".svg")
FRESH_DAYS = 1
"""A meetup goes on until the day after it was held."""
_LETTERS = "bcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class OwnCard:
    """Who the user is, as far as they have said so."""

    name: str = ""
    kana: str = ""
    company: str = ""
    mail: str = ""
    phone: str = ""
    site: str = ""
    tagline: str = ""
    is_in_site: bool = False
    """Whether the profile of the site says so (then it is mended there), not the settings."""

    @property
    def is_known(self) -> bool:
        """Whether there is anything to hand over."""
        return bool(self.name or self.company)

    @property
    def parts(self) -> tuple[str, ...]:
        """The codes of PARTS of which something is known."""
        return tuple(part for part in PARTS if getattr(self, part))

    def only(self, parts: Collection[str]) -> "OwnCard":
        """The same with nothing but the name and these parts."""
        return OwnCard(
            self.name, **{part: getattr(self, part) for part in PARTS if part in parts}, is_in_site=self.is_in_site
        )


def own_card(ws: Workspace, meetup: int | None = None) -> OwnCard:
    """Everything that is known of the user; the address of the site carries the code of the meetup, where it has one.

    :raises UserError: when the content of the site cannot be read.
    """
    written = site.document(ws).get("profile", {})
    with ws.store.read() as reader:
        is_in_site = reader.find("site_content", section="profile") is not None
    known: dict[str, Any] = {
        field: str(written.get(field, "")).strip() for field in ("name", "kana", "mail", "phone", "tagline")
    }
    company, address = (str(written.get(field, "")).strip() for field in ("trade_name", "base_url"))
    code = code_of(ws, meetup) if address and meetup is not None else ""
    return OwnCard(**known, company=company, site=_with_code(address, code) if code else address, is_in_site=is_in_site)


def chosen_parts(ws: Workspace) -> tuple[str, ...]:
    """What the user shows beside the name."""
    kept = settings.load(ws.folder).card_parts
    return USUAL if kept == settings.UNCHOSEN else tuple(part for part in kept.split() if part in PARTS)


def choose_parts(ws: Workspace, parts: Collection[str]) -> None:
    """Keep what is shown beside the name.

    :raises UserError: when the settings cannot be written.
    """
    settings.change(ws.folder, card_parts=" ".join(part for part in PARTS if part in parts))


def card_text(card: OwnCard) -> str:
    """A card as a small vCard 3.0, which every phone takes over; the words for whom one does what as its note."""
    from soloflow.capture.fields import full_name, phone
    from soloflow.capture.vcard_writing import small_card
    from soloflow.domain.text import to_katakana

    name, family, given = full_name("", "", card.name or card.company)
    person = Candidate(
        name=name, family=family, given=given, kana=to_katakana(card.kana), company=card.company if card.name else "",
        emails=(card.mail,) if card.mail else (), phones=(phone(card.phone),) if card.phone else (),
        urls=(card.site,) if card.site else (), note=card.tagline,
    )  # fmt: skip
    return small_card(person)


# The link


def site_link(ws: Workspace, meetup: int | None = None) -> str:
    """The address of the site, with the code of a meetup where it has one; "" while the site has no address.

    :raises UserError: when the content of the site cannot be read.
    """
    return own_card(ws, meetup).site


def _with_code(address: str, code: str) -> str:
    """An address of the site, which is never more than a folder, with the code of a source."""
    return f"{address.rstrip('/')}/?s={code}"


def code_of(ws: Workspace, meetup: int) -> str:
    """The code by which an inquiry says that it comes from this meetup; "" while there is none."""
    with ws.store.read() as reader:
        return next(
            (code for one in reader.ids("sources", meetup_id=meetup) if (code := reader.get("sources", one)["code"])),
            "",
        )


def ensure_code(ws: Workspace, meetup: int) -> Changes:
    """Give a meetup its code, as one change; nothing is written where it has one, or where it is gone.

    The code is the day (261121), with a letter where several meetups are on one day: it can be read out, and typed in again
    it means the same.
    """
    one = meetups.get(ws, meetup)
    if one is None or code_of(ws, meetup):
        return Changes(None, "")
    label = _("「{name}」のリンクをつくりました").format(name=one.name)
    with ws.store.write(label, ws.now_us()) as work:
        code = _free_code(work.reader, one.held_on, one.id)
        known = work.reader.find("sources", meetup_id=meetup)
        if known is None:
            work.insert("sources", name=one.name, channel_id=one.channel_id, meetup_id=meetup, code=code)
        else:
            work.update("sources", known, code=code)
    return Changes(work.change_set, label, frozenset(work.topics), created=(meetup,))


def _free_code(reader: Reader, day: date | None, meetup: int) -> str:
    stem = f"{day:%y%m%d}" if day else f"m{meetup}"
    taken = {reader.get("sources", one)["code"] for one in reader.ids("sources")}
    free = (f"{stem}{letter}" for letter in ("", *_LETTERS, *(f"-{number}" for number in range(2, len(taken) + 3))))
    return next(code for code in free if code not in taken)


def meetup_now(ws: Workspace) -> int | None:
    """The meetup of this evening, as it was last chosen for writing people down; None when that is days ago."""
    kept = settings.load(ws.folder).last_meetup
    one = meetups.get(ws, kept) if kept else None
    is_now = one is not None and one.held_on is not None and 0 <= (ws.today() - one.held_on).days <= FRESH_DAYS
    return kept if is_now else None


def write(drawing: Drawing, file: Path) -> None:
    """Write a code as a picture: SVG where the name ends so, else PNG; a file of that name is replaced in one step.

    :raises UserError: when the name is of another kind of file, or it cannot be written.
    """
    if file.suffix.lower() not in PICTURES:
        raise UserError(_("{name} には書けません。名前の終わりを .png か .svg にしてください。").format(name=file.name))
    temporary = file.with_name(file.name + ".new")
    try:
        temporary.write_bytes(as_svg(drawing) if file.suffix.lower() == ".svg" else as_png(drawing))
        temporary.replace(file)
    except OSError as error:
        words = _("{path} に書けません（{reason}）。ほかの場所を選んでください。")
        raise UserError(words.format(path=file, reason=error.strerror)) from error


# What others show


def people_of_image(data: bytes, name: str = "") -> Reading:
    """The people of all QR codes of a picture, such as one from the clipboard.

    :raises UserError: when it is no picture, or has no code.
    """
    from soloflow.capture.qr_people import read_picture

    return read_picture(name or _("この画像"), data)


def texts_of_image(data: bytes, name: str = "") -> Sequence[str]:
    """What the QR codes of a picture say, for a field into which somebody would otherwise type it.

    :raises UserError: when it is no picture, or has no code.
    """
    from soloflow.capture.qr import codes_of

    return tuple(code.text for code in codes_of(name or _("この画像"), data))


def texts_of_file(file: Path) -> Sequence[str]:
    """The same of a file.

    :raises UserError: when it cannot be opened, is no picture, or has no code.
    """
    from soloflow.domain.text import written_out
    from soloflow.services.import_bytes import file_bytes

    return texts_of_image(file_bytes(file), written_out(file.name))
