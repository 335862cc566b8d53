"""Which of the people known are one and the same: sure, likely, possible, by the rules of formats.md.

Cheap keys bring together what could be a pair; one function then judges each pair by itself, so a rule stands in one place.
A name alone never makes more than a question. Nothing here grows with the square of the contact book: a block that is larger
than a handful is either split by a second key or compared with its first member only.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from soloflow.capture.blocks import CERTAINTIES, FEW, Step, Verdict, blocks_of, meet, ordered
from soloflow.capture.identity import PERSONAL_KINDS, names_contradict
from soloflow.domain.text import is_latin, is_role_mail, name_key, romaji_variants, split_name

RARE = 3
"""A full name that so many people have at the most may be one person in two companies; a common one may not."""
COLLEAGUES = 60
"""Within so many colleagues names are compared letter by letter; larger companies are split first."""
SIMILAR_NAME = 74.0
"""One letter of four: 山田太郎 and 山本太郎. Too near to be nothing within one company, nothing elsewhere."""
SIMILAR_READING = 80.0
SIMILAR_MAIL = 85.0
SHORTEST_PHONE = 9
MOBILE = ("070", "080", "090")
FREE_HOSTS = frozenset((
    "gmail.com", "googlemail.com", "yahoo.co.jp", "yahoo.com", "ymail.ne.jp", "outlook.com", "outlook.jp",
    "hotmail.com", "hotmail.co.jp", "live.jp", "live.com", "msn.com", "icloud.com", "me.com", "mac.com",
    "docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp", "ymobile.ne.jp", "nifty.com",
    "biglobe.ne.jp", "ocn.ne.jp", "so-net.ne.jp", "dion.ne.jp", "plala.or.jp", "protonmail.com", "proton.me",
    "aol.com", "gmx.com", "gmx.net", "web.de", "qq.com", "163.com", "126.com", "naver.com", "yandex.com", "mail.ru", "zoho.com",
    "ybb.ne.jp", "rakumail.jp", "auone.jp", "uqmobile.jp", "pdx.ne.jp", "vodafone.ne.jp", "asahi-net.or.jp", "hi-ho.ne.jp",
    "eonet.ne.jp", "zaq.ne.jp", "jcom.home.ne.jp", "infoweb.ne.jp", "wakwak.com", "infoseek.jp", "excite.co.jp", "goo.jp", "tiki.ne.jp",
))  # fmt: skip
"""Hosts at which anybody can have an address."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A contact, as far as comparing needs it; `personal` and `shared` as in `capture.identity`."""

    id: int
    customer: int
    name: str
    kana: str = ""
    family: str = ""
    given: str = ""
    company: str = ""
    """The company_key of the customer, "" for somebody on their own."""
    key: str = ""
    """The name_key of the name."""
    personal: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()


def keys_of(points: Iterable[tuple[str, str, str]]) -> tuple[frozenset[str], frozenset[str]]:
    """(personal, shared) keys of stored (kind, label, key) points: what proves a person, and what an office shares."""
    personal: set[str] = set()
    shared: set[str] = set()
    for kind, label, key in points:
        if kind == "mail" and key:
            (shared if is_role_mail(key) else personal).add(key)
        elif kind == "phone" and label != "fax" and len(key) >= SHORTEST_PHONE:
            (personal if label in PERSONAL_KINDS or is_mobile(key) else shared).add(key)
        elif kind == "url" and key.startswith("https://connpass.com/user/"):
            personal.add(key)
    return frozenset(personal), frozenset(shared)


def is_mobile(key: str) -> bool:
    """Whether the digits are those of a mobile phone in Japan."""
    return len(key) == 11 and key.startswith(MOBILE)


def people_pairs(people: Sequence[Someone], step: Step) -> Iterator[tuple[int, int, Verdict]]:
    """(contact, contact, verdict) of every pair worth a look, the lower id first."""
    known = {one.id: one for one in people}
    by_key = blocks_of(((key, one) for one in people for key in one.personal), step)
    doubtful = frozenset(key for key, block in by_key.items() if _is_doubtful(block))
    for first, second in sorted(_people_met(people, by_key, step)):
        step()
        verdict = judge_people(known[first], known[second], doubtful)
        if verdict is not None:
            yield first, second, verdict


def judge_people(one: Someone, other: Someone, doubtful: frozenset[str] = frozenset()) -> Verdict | None:
    """What two people are to each other; None for nothing.

    `doubtful` are personal keys under which people of contradicting names stand: they prove less.
    """
    personal = one.personal & other.personal
    contradict = names_contradict(one, other)
    same_name = bool(one.key) and one.key == other.key
    if personal:
        return _by_personal(one, other, personal, contradict=contradict, is_clear=same_name or not personal <= doubtful)
    office = (one.personal | one.shared) & (other.personal | other.shared)
    colleagues = one.customer == other.customer or (bool(one.company) and one.company == other.company)
    places = (("same_company",) if colleagues else ()) + (("same_office",) if office else ())
    if same_name:
        return _by_name(one, other, places)
    if contradict:
        return ("possible", ("similar_name", *places)) if colleagues and _is_misspelt(one, other) else None
    if not places or not one.key or not other.key:
        return None
    return _by_reading(one, other, places)


def _by_personal(
    one: Someone, other: Someone, keys: frozenset[str], *, contradict: bool, is_clear: bool
) -> Verdict | None:
    reasons = tuple(sorted({_reason_of(key) for key in keys}, key=_KEY_REASONS.index))
    if not contradict:
        named = ("same_name",) if one.key and one.key == other.key else ()
        return ("sure" if is_clear else "likely"), (*reasons, *named)
    if _given(one) and _given(one) == _given(other):  # a married name, or one half of the name misread
        return "likely", (*reasons, "other_family")
    return "possible", (*reasons, "other_name")


def _by_name(one: Someone, other: Someone, places: tuple[str, ...]) -> Verdict | None:
    if one.kana and other.kana and name_key(one.kana) != name_key(other.kana):
        return None  # 幸子 (サチコ) and 幸子 (ユキコ)
    if places:
        return ("possible", ("same_name", *places, "other_mail")) if _have_own_mails(one, other) else (
            "likely", ("same_name", *places)
        )  # fmt: skip
    if one.personal and other.personal:
        return None  # namesakes, each with a mail or mobile of their own
    return ("possible", ("same_name", "other_company")) if _given(one) and _given(other) else None


def _by_reading(one: Someone, other: Someone, places: tuple[str, ...]) -> Verdict:
    """Names that differ and do not contradict: a Latin spelling, the same kana, or one half of the name."""
    if is_latin(one.name) != is_latin(other.name):
        reason, certainty = "latin_name", CERTAINTIES[1]
    elif one.kana and other.kana and name_key(one.kana) == name_key(other.kana):
        reason, certainty = "same_kana", CERTAINTIES[1]
    else:
        reason, certainty = "part_of_name", CERTAINTIES[2]
    if _have_own_mails(one, other):
        return "possible", (reason, *places, "other_mail")
    return certainty, (reason, *places)


def _is_misspelt(one: Someone, other: Someone) -> bool:
    """Whether two names of one company may be one name written wrongly: near each other, and nothing speaks against it."""
    from rapidfuzz import fuzz

    if fuzz.ratio(one.key, other.key) < SIMILAR_NAME:
        return False
    if one.kana and other.kana:
        return fuzz.ratio(name_key(one.kana), name_key(other.kana)) >= SIMILAR_READING
    mails = [[key for key in side.personal if "@" in key] for side in (one, other)]
    if any(fuzz.ratio(first, second) >= SIMILAR_MAIL for first in mails[0] for second in mails[1]):
        return True
    return not (one.personal and other.personal)


def _have_own_mails(one: Someone, other: Someone) -> bool:
    """Whether both have an address of their own at one host, and not the same: two people of one name."""
    hosts = [{key.rpartition("@")[2] for key in side.personal if "@" in key} for side in (one, other)]
    return bool(hosts[0] & hosts[1] - FREE_HOSTS)


def _given(one: Someone) -> str:
    return name_key(one.given or split_name(one.name)[1])


_KEY_REASONS = ("same_mail", "same_mobile", "same_direct", "same_profile")


def _reason_of(key: str) -> str:
    if key.startswith("http"):
        return "same_profile"
    if "@" in key:
        return "same_mail"
    return "same_mobile" if is_mobile(key) else "same_direct"


def _is_doubtful(block: Sequence[Someone]) -> bool:
    return len(block) > 2 and any(names_contradict(one, other) for one, other in combinations(block[:FEW], 2))


def _people_met(people: Sequence[Someone], by_key: Mapping[str, Sequence[Someone]], step: Step) -> set[tuple[int, int]]:
    """The pairs that some key brings together."""
    met: set[tuple[int, int]] = set()
    for block in by_key.values():
        meet(block, met, lambda one: one.key)
    places = ((key, one) for one in people for key in one.shared)
    for block in blocks_of(places, step).values():
        meet(block, met, lambda one: one.key or None, few=RARE)  # colleagues meet by their company below
    for signed in (_names, _readings):
        for block in blocks_of((pair for one in people for pair in signed(one)), step).values():
            meet(block, met)
    for block in blocks_of(((one.key, one) for one in people if one.key), step).values():
        if len(block) <= RARE:
            meet(block, met)
    colleagues = ((one.company or one.customer, one) for one in people if one.key)
    for block in blocks_of(colleagues, step).values():
        step()
        met |= _near_names(block)
    return met


def _names(one: Someone) -> Iterator[tuple[Hashable, Someone]]:
    """One name in one place."""
    if one.key:
        yield (one.company or one.customer, one.key), one


def _readings(one: Someone) -> Iterator[tuple[Hashable, Someone]]:
    """One sound in one place: the kana, the Latin spellings it may have, or the Latin name itself in any order."""
    place = one.company or one.customer
    if one.kana:
        yield (place, name_key(one.kana)), one
        for spelling in _spellings(one.kana):
            yield (place, spelling), one
    elif one.key and is_latin(one.name):
        yield (place, "|".join(sorted(name_key(word) for word in one.name.split()))), one


@lru_cache(maxsize=4096)
def _spellings(kana: str) -> tuple[str, ...]:
    parts = [[name_key(variant) for variant in romaji_variants(part)] for part in kana.split()]
    if len(parts) != 2:
        return ()
    return tuple({"|".join(sorted((first, second))) for first in parts[0] for second in parts[1]})


def _near_names(block: Sequence[Someone]) -> set[tuple[int, int]]:
    from rapidfuzz import fuzz

    parts = [block] if len(block) <= COLLEAGUES else _split(block)
    met = set()
    for part in parts:
        for one, other in combinations(part, 2):
            is_part = one.key in other.key or other.key in one.key
            if is_part or fuzz.ratio(one.key, other.key, score_cutoff=SIMILAR_NAME):
                met.add(ordered(one.id, other.id))
    return met


def _split(block: Sequence[Someone]) -> list[list[Someone]]:
    """A large company by first and by last two letters: a name with one wrong letter keeps one of them."""
    parts: defaultdict[tuple[int, str], list[Someone]] = defaultdict(list)
    for one in block:
        parts[0, one.key[:2]].append(one)
        parts[1, one.key[-2:]].append(one)
    return [part for part in parts.values() if len(part) <= COLLEAGUES]
