"""What a word may have been in which a scanner put "?" for a character it could not read."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from soloflow.domain.text import mail_key, name_key, romaji_variants

MARKS = "?？＊�"
"""What stands for one unreadable character."""
MOST = 3
"""Guesses offered; more would have to be read, and writing the name is quicker."""

_HARD = [
    "福嶋フクシマ",
    "福﨑フクサキ",
    "福澤フクザワ",
    "髙橋タカハシ",
    "髙木タカギ",
    "髙田タカダ",
    "髙野タカノ",
    "髙島タカシマ",
    "髙嶋タカシマ",
    "髙山タカヤマ",
    "髙井タカイ",
    "髙村タカムラ",
    "髙瀨タカセ",
    "髙栁タカヤナギ",
    "日髙ヒダカ",
    "渡邉ワタナベ",
    "渡邊ワタナベ",
    "田邉タナベ",
    "田邊タナベ",
    "河邉カワベ",
    "山﨑ヤマザキ",
    "岩﨑イワサキ",
    "宮﨑ミヤザキ",
    "川﨑カワサキ",
    "松﨑マツザキ",
    "岡﨑オカザキ",
    "尾﨑オザキ",
    "野﨑ノザキ",
    "柴﨑シバサキ",
    "藤﨑フジサキ",
    "神﨑カンザキ",
    "黒﨑クロサキ",
    "島﨑シマザキ",
    "齋藤サイトウ",
    "齊藤サイトウ",
    "濵田ハマダ",
    "濱田ハマダ",
    "濱野ハマノ",
    "濵口ハマグチ",
    "澤田サワダ",
    "小澤オザワ",
    "大澤オオサワ",
    "滝澤タキザワ",
    "柳澤ヤナギサワ",
    "黒澤クロサワ",
    "宮澤ミヤザワ",
    "中澤ナカザワ",
    "深澤フカサワ",
    "金澤カナザワ",
    "中嶋ナカジマ",
    "小嶋コジマ",
    "大嶋オオシマ",
    "川嶋カワシマ",
    "飯嶋イイジマ",
    "桒原クワバラ",
    "桒野クワノ",
    "栁田ヤナギダ",
    "栁沢ヤナギサワ",
    "廣瀬ヒロセ",
    "廣田ヒロタ",
    "德永トクナガ",
    "德田トクダ",
    "眞鍋マナベ",
    "眞田サナダ",
    "國分コクブ",
    "國井クニイ",
    "櫻井サクライ",
    "冨田トミタ",
    "冨永トミナガ",
    "塚原ツカハラ",
    "邊見ヘンミ",
    "靏田ツルタ",
    "嵜本サキモト",
    "惠比須エビス",
    "關セキ",
    "瀧本タキモト",
    "瀧澤タキザワ",
    "龍田タツタ",
    "圓山マルヤマ",
]
"""Family names with the characters that scanners stumble over, and how they are read."""
_KANA = re.compile("[ァ-ヺー]+$")

Shelf = Mapping[tuple[int, int, str], Sequence[str]]
"""Words by length, place and character, so that those which fit a damaged one are found without looking at all of them."""


def hard_names() -> dict[str, str]:
    """Family name → kana of names that are often not read."""
    return {_KANA.sub("", word): found[0] for word in _HARD if (found := _KANA.search(word))}


def shelved(words: Iterable[str]) -> Shelf:
    """The words, ready to be looked up by what is left of one."""
    shelf: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    for word in dict.fromkeys(words):
        for place, character in enumerate(word):
            shelf[len(word), place, character].append(word)
    return shelf


def is_damaged(text: str) -> bool:
    """Whether a character of it could not be read, and another one could."""
    return any(mark in text for mark in MARKS) and any(character not in MARKS for character in text)


def fitting(damaged: str, shelf: Shelf) -> list[str]:
    """The words that are this one with every mark read as one character."""
    read = [(len(damaged), place, one) for place, one in enumerate(damaged) if one not in MARKS]
    if not read:
        return []
    fewest = min((shelf.get(key, ()) for key in read), key=len)
    return [word for word in fewest if all(word[place] == one for _length, place, one in read) and word != damaged]


def likeliest(words: Iterable[str], readings: Mapping[str, str], kana: str, mail: str) -> list[str]:
    """The words whose reading the kana or the mail address bears out; where neither says anything, all of them; at most `MOST`."""
    found = list(dict.fromkeys(words))
    local = mail_key(mail).partition("@")[0]
    by_kana = [word for word in found if kana and name_key(readings.get(word, "")) == name_key(kana)]
    by_mail = [word for word in found if local and _is_read_in(readings.get(word, ""), local)]
    return (by_kana or by_mail or found)[:MOST]


def _is_read_in(kana: str, local: str) -> bool:
    return bool(kana) and any(spelling in local for spelling in romaji_variants(kana) if len(spelling) > 2)
