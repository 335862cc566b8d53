"""The shapes of date words and what each means. What a user needs to know of it stands in `when`."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from soloflow.domain.dates import Holiday, add_workdays, is_workday

_WEEKDAYS = "月火水木金土日"
_DIGITS = "〇一二三四五六七八九"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}


@dataclass(frozen=True, slots=True)
class Asked:
    """From which day, in which direction and with whose holidays a word is read."""

    today: date
    past: bool
    is_holiday: Holiday


# Numbers and the calendar


def _number(text: str) -> int:
    """Read 12, 十二 or 二十五."""
    if text.isdecimal():
        return int(text)
    if "十" not in text:
        return int("".join(str(_DIGITS.index(sign)) for sign in text))
    tens, _, ones = text.partition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _in_month(year: int, month: int, part: str) -> date:
    if part == "末":
        return _month_end(year, month)
    if part == "下旬":
        return date(year, month, 25)
    if part in ("中旬", "半ば"):
        return date(year, month, 15)
    if part.endswith("日"):
        return date(year, month, _number(part[:-1]))
    return date(year, month, 1)


def _nearest(make: Callable[[int], date], asked: Asked) -> date | None:
    """Take the year in which a yearless day is nearest, on the side that is asked for (29 February waits for its year)."""
    for distance in range(9):
        try:
            day = make(asked.today.year + (-distance if asked.past else distance))
        except ValueError:
            continue
        if (day <= asked.today) if asked.past else (day >= asked.today):
            return day
    return None


def _yearly(make: Callable[[int], date], year_word: str | None, asked: Asked) -> date | None:
    if not year_word:
        return _nearest(make, asked)
    return make(asked.today.year + {"来年": 1, "翌年": 1, "今年": 0}.get(year_word, -1))


def _weekday(index: int, asked: Asked) -> date:
    ahead = (index - asked.today.weekday() - 1) % 7 + 1
    back = (asked.today.weekday() - index - 1) % 7 + 1
    return asked.today - timedelta(days=back) if asked.past else asked.today + timedelta(days=ahead)


def _week_start(asked: Asked, weeks: int) -> date:
    return asked.today + timedelta(days=7 * weeks - asked.today.weekday())


def _first_workday(day: date, asked: Asked) -> date:
    while not is_workday(day, asked.is_holiday):
        day += timedelta(days=1)
    return day


# One reader for each shape


def _full(m: re.Match[str], _asked: Asked) -> date:
    return date(int(m[1]), int(m[2]), int(m[3]))


def _month_day(m: re.Match[str], asked: Asked) -> date | None:
    return _nearest(lambda year: date(year, int(m[1]), int(m[2])), asked)


def _kanji_month_day(m: re.Match[str], asked: Asked) -> date | None:
    return _yearly(lambda year: date(year, _number(m[2]), _number(m[3])), m[1], asked)


def _month_part(m: re.Match[str], asked: Asked) -> date | None:
    return _yearly(lambda year: _in_month(year, _number(m[2]), m[3]), m[1], asked)


def _relative_month(m: re.Match[str], asked: Asked) -> date:
    months = {"先月": -1, "今月": 0, "当月": 0, "来月": 1, "翌月": 1, "再来月": 2}[m[1]]
    first = _add_months(asked.today.replace(day=1), months)
    return asked.today if months == 0 and not m[2] else _in_month(first.year, first.month, m[2] or "頭")


def _bare_month(m: re.Match[str], asked: Asked) -> date:
    if m[1] == "末":
        end = _month_end(asked.today.year, asked.today.month)
        return asked.today.replace(day=1) - timedelta(days=1) if asked.past and end > asked.today else end
    first = asked.today.replace(day=1)
    return first if asked.past or first == asked.today else _add_months(first, 1)


def _offset(m: re.Match[str], asked: Asked) -> date:
    sign = -1 if (m[3] or m[5]) == "前" else 1
    if m[4]:
        return _add_months(asked.today, 6 * sign) if m[4] == "年" else asked.today + timedelta(days=15 * sign)
    count, unit = _number(m[1]) * sign, m[2]
    if unit == "営業日":
        return add_workdays(asked.today, count, asked.is_holiday)
    if unit.startswith("年"):
        return _add_months(asked.today, 12 * count + (6 * sign if unit == "年半" else 0))
    if unit.endswith("月"):
        return _add_months(asked.today, count)
    return asked.today + timedelta(days=count * (7 if unit.startswith("週") else 1))


def _relative_week(m: re.Match[str], asked: Asked) -> date:
    weeks = {"先週": -1, "今週": 0, "来週": 1, "翌週": 1, "再来週": 2, "さ来週": 2}[m[1]]
    monday = _week_start(asked, weeks)
    if m[2]:
        return monday + timedelta(days=_WEEKDAYS.index(m[2]))
    if m[3] in ("末", "後半"):
        return monday + timedelta(days=4)
    if m[3] == "半ば":
        return monday + timedelta(days=2)
    return asked.today if weeks == 0 else _first_workday(monday, asked)


def _next_weekday(m: re.Match[str], asked: Asked) -> date:
    return _weekday(_WEEKDAYS.index(m[1]), asked)


_WORDS = {
    **dict.fromkeys(("今日", "きょう", "本日", "今夜", "今晩"), 0),
    **dict.fromkeys(("明日", "あした", "あす", "明晩", "翌日", "明朝"), 1),
    **dict.fromkeys(("明後日", "あさって"), 2),
    **dict.fromkeys(("明々後日", "明明後日", "しあさって"), 3),
    **dict.fromkeys(("昨日", "きのう", "昨夜", "昨晩"), -1),
    **dict.fromkeys(("一昨日", "おととい"), -2),
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
}


def _word(m: re.Match[str], asked: Asked) -> date:
    return asked.today + timedelta(days=_WORDS[m[1].lower()])


def _year_part(m: re.Match[str], asked: Asked) -> date | None:
    month, day = {"年末": (12, 31), "年度末": (3, 31), "年度初め": (4, 1), "年度明け": (4, 1)}.get(m[1], (1, 4))
    return _nearest(lambda year: date(year, month, day), asked)


def _week_part(m: re.Match[str], asked: Asked) -> date:
    if m[1] == "末":
        friday = _week_start(asked, 0) + timedelta(days=4)
        return friday if asked.past or friday >= asked.today else friday + timedelta(days=7)
    return _first_workday(_week_start(asked, 1), asked)


def _day_of_month(m: re.Match[str], asked: Asked) -> date | None:
    wanted = _number(m[1])
    for months in range(3):
        first = _add_months(asked.today.replace(day=1), -months if asked.past else months)
        if 1 <= wanted <= calendar.monthrange(first.year, first.month)[1]:
            day = first.replace(day=wanted)
            if (day <= asked.today) if asked.past else (day >= asked.today):
                return day
    return None


def _english_in(m: re.Match[str], asked: Asked) -> date:
    word = m[1].lower()
    count, unit = _ENGLISH_COUNTS.get(word) or int(word), m[2].lower()
    if unit.startswith(("business", "working")):
        return add_workdays(asked.today, count, asked.is_holiday)
    if unit in ("month", "year"):
        return _add_months(asked.today, count * (12 if unit == "year" else 1))
    return asked.today + timedelta(days=count * (7 if unit == "week" else 1))


def _english_next(m: re.Match[str], asked: Asked) -> date:
    weeks, word = {"last": -1, "this": 0, "next": 1}[m[1].lower()], m[2].lower()
    if word == "month":
        return _add_months(asked.today.replace(day=1), weeks) if weeks else asked.today
    if word == "week":
        return _first_workday(_week_start(asked, weeks), asked) if weeks else asked.today
    return _week_start(asked, weeks) + timedelta(days=_ENGLISH_DAYS.index(word[:3]))


def _english_day(m: re.Match[str], asked: Asked) -> date:
    return _weekday(_ENGLISH_DAYS.index(m[1].lower()[:3]), asked)


def _english_month_day(m: re.Match[str], asked: Asked) -> date | None:
    month = _MONTHS.index(m[1].lower()[:3]) + 1
    return date(int(m[3]), month, int(m[2])) if m[3] else _nearest(lambda year: date(year, month, int(m[2])), asked)


def _english_month_end(_m: re.Match[str], asked: Asked) -> date:
    return _month_end(asked.today.year, asked.today.month)


def _clock(m: re.Match[str]) -> time:
    return _time_of(int(m[2]), int(m[3]), m[1] or m[4] or "")


def _hour(m: re.Match[str]) -> time:
    hour = _number(m[2])
    word = m[1] or ("午後" if 1 <= hour <= 6 else "")
    return _time_of(hour, 30 if m[3] else _number(m[4] or "〇"), word)


def _english_hour(m: re.Match[str]) -> time:
    return _time_of(int(m[1]), int(m[2] or 0), m[3])


def _noon(_m: re.Match[str]) -> time:
    return time(12)


def _time_of(hour: int, minute: int, half: str) -> time:
    later = half.lower() in ("午後", "pm", "夜", "夕方", "昼")
    if half.lower() == "am" and hour == 12:
        hour = 0
    return time(hour + 12 if later and hour < 12 and not (half == "昼" and hour > 6) else hour, minute)


_N = r"(\d{1,3}|[〇一二三四五六七八九十]{1,3})"
_D = f"[{_WEEKDAYS}]"
_PAREN = rf"(?:\s?\({_D}曜?日?・?祝?\))?"
_PARTS = "末|頭|初めごろ|初め|はじめ|初旬|上旬|中旬|半ば|下旬"
_ACT = "メール|電話|連絡|資料|見積|打ち?合|訪問|商談|面談|会[うい]|送|再"
_EDGE = rf"(?=$|[^一-龥々ァ-ヶー]|{_ACT}|頃|以降|締)"
_L, _R = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
DATES: dict[str, tuple[str, Callable[[re.Match[str], Asked], date | None]]] = {
    "full": (
        rf"(?<!\d)(\d{{4}})\s?[/\-.年]\s?(\d{{1,2}})\s?[/\-.月]\s?(\d{{1,2}})(?!\d)日?{_PAREN}",
        _full,
    ),
    "month_day": (rf"(?<![\d/.])(\d{{1,2}})/(\d{{1,2}})(?![\d/]){_PAREN}", _month_day),
    "kanji_month_day": (rf"(?<!\d)(来年|翌年|今年|去年|昨年)?の?{_N}月の?{_N}日(?!間){_PAREN}", _kanji_month_day),
    "month_part": (rf"(?<!\d)(来年|翌年|今年|去年|昨年)?の?{_N}月の?({_PARTS})", _month_part),
    "relative_month": (rf"(再来月|今月|当月|来月|翌月|先月)(?:の?({_PARTS}|{_N}日))?", _relative_month),
    "bare_month": (r"(?<![一-龥々\dかヶ])月(末|初め?|はじめ|頭)", _bare_month),
    "offset": (
        rf"(?<![\d第]){_N}\s?(営業日|日|週間|週|[かヶカケヵ箇]月|年半?)間?(後|以内|前)|半(年|月)(後|前)",
        _offset,
    ),
    "relative_week": (
        rf"(再来週|さ来週|今週|来週|翌週|先週)(?:の?(?:({_D})(?:曜日?|{_EDGE})|(末|頭|初め|前半|後半|半ば)))?",
        _relative_week,
    ),
    "weekday": (rf"(?:次の|今度の)?({_D})曜日?", _next_weekday),
    "bare_weekday": (
        rf"(?<![^\s→>、,])({_D})(?=$|[\s、,\d]|に|まで|の[{_DIGITS}\d午朝夕夜]|午|朝|夕|{_ACT})",
        _next_weekday,
    ),
    "word": (
        (
            r"(明[々明]後日|明後日|しあさって|あさって|今日(?!子)|本日|今夜|今晩|明日(?![香美奈菜子])|明晩|明朝|翌日"
            r"|一昨日|おととい|昨[日夜晩]|(?<![ぁ-ん])(?:きのう|きょう|あした|あす)(?=$|[^ぁ-ん]|に|は|の|まで))"
        ),
        _word,
    ),
    "year_part": (r"(年度末|年度初め|年度明け|年末|年明け|年始)", _year_part),
    "week_part": (r"週(末|明け)", _week_part),
    "day_of_month": (rf"(?<![\d年月毎第か{_DIGITS}十]){_N}日(?![間後前目分程々毎本]){_EDGE}", _day_of_month),
    "english_word": (rf"(?i:{_L}(day after tomorrow|today|tonight|tomorrow|yesterday){_R})", _word),
    "english_next": (
        rf"(?i:{_L}(next|this|last)\s+(week|month|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sat|sun)(?:day)?){_R})",
        _english_next,
    ),
    "english_in": (
        (
            rf"(?i:{_L}in\s+(\d{{1,3}}|an?|one|two|three|four|six)\s+"
            rf"((?:business|working)\s+day|day|week|month|year)s?{_R})"
        ),
        _english_in,
    ),
    "english_month_end": (rf"(?i:{_L}end of (?:the |this )?month{_R})", _english_month_end),
    "english_month_day": (
        rf"(?i:{_L}({'|'.join(_MONTHS)})[a-z]{{0,6}}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?{_R})",
        _english_month_day,
    ),
    "english_day": (
        rf"(?i:{_L}(?:on\s+)?((?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sat|sun)(?:day)?){_R})",
        _english_day,
    ),
}
_TO = r"(?:\s?[-~〜–]\s?\d{1,2}(?::\d\d|時半?))?"
TIMES: dict[str, tuple[str, Callable[[re.Match[str]], time]]] = {
    "clock": (rf"(?<![\d:])(午前|午後)?\s?(\d{{1,2}}):([0-5]\d)(?![\d:])\s?((?i:am|pm)(?![a-z]))?{_TO}", _clock),
    "hour": (rf"(?<!\d)(午前|午後|朝|昼|夕方|夜)?の?{_N}時(?:(半)|{_N}分)?(?![間代点期的停金帯価給]){_TO}", _hour),
    "english_hour": (rf"(?i:{_L}(\d{{1,2}})(?::([0-5]\d))?\s?(am|pm){_R})", _english_hour),
    "noon": (r"(正午)", _noon),
}
_ALL = {**{kind: shape for kind, (shape, _) in DATES.items()}, **{kind: shape for kind, (shape, _) in TIMES.items()}}
SHAPES = {kind: re.compile(shape) for kind, shape in _ALL.items()}
ANY_SHAPE = re.compile("|".join(f"(?P<{kind}>{shape})" for kind, shape in _ALL.items()))
