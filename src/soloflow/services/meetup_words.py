"""A meetup in words: how it is described, and how what was typed about one is understood."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from soloflow.domain.hours import parse_clock, parse_minutes, parse_span
from soloflow.domain.money import parse_yen, yen
from soloflow.domain.width import fold_width
from soloflow.i18n import _, side_by_side
from soloflow.services import when, wording
from soloflow.services.meetups import Meetup
from soloflow.services.workspace import Workspace

FIELDS = ("name", "day", "starts", "ends", "place", "link", "fee", "hours")
"""What is typed about a meetup, in the order of the form."""
MOST_YEN = 10_000_000
_FREE = frozenset({"無料", "無し", "なし", "ただ", "タダ", "free"})
_KANJI = str.maketrans("〇一二三四五六七八九", "0123456789")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?")


@dataclass(frozen=True, slots=True)
class Understood:
    """What the form says: columns of the meetup, and a sentence for each field that cannot be read."""

    values: dict[str, object]
    faults: dict[str, str]


def described(ws: Workspace, one: Meetup) -> str:
    """「11/21(土) 18:30–21:00・蒲田・参加費 ¥1,000・かけた時間 4時間」."""
    hours = "–".join(part for part in (one.starts, one.ends) if part)
    day = wording.day(ws, one.held_on) if one.held_on else ""
    spent = _("かけた時間 {hours}").format(hours=length(one.minutes)) if one.minutes else ""
    fee = _("参加費 {fee}").format(fee=yen(one.fee_yen)) if one.fee_yen is not None else ""
    return side_by_side((" ".join(part for part in (day, hours) if part), one.place, fee, spent))


def length(minutes: int) -> str:
    """「4時間」「4.5時間」「1時間40分」「45分」."""
    if minutes % 30 == 0:
        return _("{hours}時間").format(hours=f"{minutes / 60:g}")
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes}分").format(minutes=rest)
    return _("{hours}時間{minutes}分").format(hours=hours, minutes=rest)


def typed(ws: Workspace, one: Meetup) -> dict[str, str]:
    """The texts of the form for a meetup that is there, such that reading them again changes nothing."""
    minutes = one.minutes
    spent = (
        "" if minutes is None else f"{minutes / 60:g}" if minutes % 30 == 0 else f"{minutes // 60}:{minutes % 60:02}"
    )
    return {
        "name": one.name, "day": day_shown(ws, one.held_on) if one.held_on else "", "starts": one.starts, "ends": one.ends,
        "place": one.place, "link": one.link, "fee": "" if one.fee_yen is None else f"{one.fee_yen:,}", "hours": spent,
    }  # fmt: skip


def day_shown(ws: Workspace, day: date) -> str:
    """The day of a meetup in the form: with its year where the day alone would be read as another."""
    shown = wording.day(ws, day)
    return shown if read_day(ws, shown) == day else day.isoformat()


def read_day(ws: Workspace, text: str) -> date | None:
    """The day the words name, that nearest to today: 11/20 was yesterday, not next year."""
    found = [day for day in (when.read_past_day(ws, text), when.read_day(ws, text)) if day is not None]
    return min(found, key=lambda day: abs((day - ws.today()).days), default=None)


def read_fee(text: str) -> int | None:
    """Yen as people write a fee (千円, 1,000円, ¥1,000, 三千円, 無料); None if it is no fee."""
    plain = fold_width(text).strip().lower().removesuffix("円").strip()
    if plain in _FREE:
        return 0
    amount = parse_yen(re.sub(r"^(?=[百千万])", "1", plain.translate(_KANJI)))
    return amount if amount is not None and 0 <= amount <= MOST_YEN else None


def read_link(text: str) -> str | None:
    """The address of a page, with https:// where it was left out; None if it is no address."""
    plain = text.strip()
    bare = re.sub(r"^https?://", "", plain, flags=re.IGNORECASE)
    if not _HOST.fullmatch(bare):
        return None
    return plain if bare != plain else f"https://{plain}"


def understood(ws: Workspace, texts: Mapping[str, str]) -> Understood:
    """What the form (texts by the names of FIELDS) says about a meetup; an empty field says nothing."""
    said = {field: " ".join(texts.get(field, "").split()) for field in FIELDS}
    values: dict[str, object] = {"name": said["name"], "place": said["place"]}
    faults: dict[str, str] = {} if said["name"] else {"name": _("名前を書いてください")}
    day = read_day(ws, said["day"]) if said["day"] else ws.today()
    if day is None:
        faults["day"] = _("日付として読めません（11/21、昨日 など）")
    else:
        values["held_on"] = day.isoformat()
    _read_times(said, values, faults)
    link = read_link(said["link"]) if said["link"] else ""
    fee = read_fee(said["fee"]) if said["fee"] else None
    minutes = parse_minutes(said["hours"]) if said["hours"] else None
    values |= {"link": link, "fee_yen": fee, "minutes": minutes}
    if link is None:
        faults["link"] = _("リンクとして読めません（https:// から始まるもの）")
    if said["fee"] and fee is None:
        faults["fee"] = _("金額として読めません（1,000円、千円、無料 など）")
    if said["hours"] and minutes is None:
        faults["hours"] = _("時間として読めません（4.5、4時間半、90分 など）")
    return Understood(values, faults)


def _read_times(said: Mapping[str, str], values: dict[str, object], faults: dict[str, str]) -> None:
    """Beginning and end; both may stand in the first field (18:30–21:00)."""
    begins = parse_span(said["starts"]) if said["starts"] else ("", "")
    ends = parse_clock(said["ends"].removesuffix("まで")) if said["ends"] else ""
    fault = _("時刻として読めません（18:30、18時半 など）")
    if begins is None:
        faults["starts"] = fault
    else:
        values["starts"] = begins[0]
    if ends is None:
        faults["ends"] = fault
    else:
        values["ends"] = ends or (begins[1] if begins else "")
