"""The normalised shadow of what people write, by which they are found and recognised.

The shadow is never shown. Dakuten are kept: ハイオク and バイオ are different words.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from soloflow.domain.romaji import hiragana_to_katakana, romaji, romaji_variants

__all__ = [
    "company_key", "is_latin", "is_role_mail", "join_name", "mail_key", "name_key", "phone_key", "romaji",
    "romaji_variants", "search_terms", "shadow", "split_name", "to_katakana",
]  # fmt: skip

# Characters that stand for the same name; the first of each group is the one kept.
VARIANTS = """
高髙 崎﨑碕嵜 辺邉邊 斎齋斉齊 浜濵濱 徳德 桑桒 柳栁 島嶋嶌 沢澤 広廣 国國圀 真眞 恵惠 吉𠮷 竜龍 滝瀧 桜櫻 栄榮 円圓
塩鹽 奥奧 横橫 関關 館舘 亀龜 気氣 旧舊 権權 区區 経經 恒恆 黄黃 黒黑 児兒 実實 寿壽 収收 従從 渋澁澀 将將 条條 乗乘
浄淨 穂穗 静靜 瀬瀨 浅淺 総總 荘莊 蔵藏 増增 続續 対對 台臺 単單 団團 鉄鐵銕 点點 伝傳 当當 稲稻 独獨 麦麥 発發 富冨
仏佛 並竝 弁辨瓣辯 宝寶 豊豐 萌萠 万萬 満滿 弥彌 薬藥 予豫 与與 様樣 来來 頼賴 両兩 涼凉 緑綠 礼禮 恋戀 郎郞 録錄
亘亙 亜亞 為爲 壱壹 鴎鷗 桧檜 槙槇 尭堯 遥遙 瑶瑤 晋晉 祢禰 曽曾 巌巖 厳嚴 晃晄 桝枡 梅楳 松枩 峰峯 略畧 群羣 裏裡
剣劍劔剱 県縣 顕顯 彦彥 薮藪 暁曉 蛍螢 芸藝 欧歐 応應 教敎 郷鄕 暦曆 歴歷 清淸 青靑 双雙 壮壯 聡聰 体體 秋穐 野埜
船舩 芦蘆 籠篭 鯵鰺 凛凜 渕淵渊 土圡 村邨 峡峽 狭狹 鶴靏靍 会會 学學 医醫 声聲 写寫 画畫 研硏 産產 営營 済濟 労勞
駅驛 図圖 鉱鑛 悦悅 説說 層层 舎舍 参參 覚覺 観觀 帰歸 継繼 験驗 効效 号號 砕碎 雑雜 賛贊 歯齒 釈釋 処處 焼燒 証證
触觸 慎愼 粋粹 数數 専專 銭錢 沖冲 滞滯 担擔 昼晝 虫蟲 転轉 読讀 拝拜 売賣 変變 訳譯 余餘 乱亂 禄祿 湾灣 ケヶ カヵ
"""
_FOLD = {ord(other): group[0] for group in VARIANTS.split() for other in group[1:] if other != group[0]}
# Marks that are not seen: zero-width and direction marks, byte order marks, soft hyphens, variation selectors.
_UNSEEN = dict.fromkeys((0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065)))
_UNSEEN |= dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
_HYPHENS = "-‐‑‒–—―−─━"
_LONG_VOWEL = re.compile(f"(?<=[ァ-ヺー])[{_HYPHENS}]+")
_HYPHEN = dict.fromkeys(map(ord, _HYPHENS), "-")
_SPACE = re.compile(r"\s+")
_APART = re.compile(r"[\s・･]+")

_SHORT_FORMS = {
    "株": "株式会社", "有": "有限会社", "同": "合同会社", "資": "合資会社", "名": "合名会社",
    "一社": "一般社団法人", "公社": "公益社団法人", "社": "社団法人", "一財": "一般財団法人", "公財": "公益財団法人",
    "財": "財団法人", "医": "医療法人", "学": "学校法人", "福": "社会福祉法人", "宗": "宗教法人",
    "独": "独立行政法人", "特非": "特定非営利活動法人",
}  # fmt: skip
_SHORT_FORM = re.compile(rf"\(({'|'.join(sorted(_SHORT_FORMS, key=len, reverse=True))})\)")
_FULL_FORM = "|".join(sorted(_SHORT_FORMS.values(), key=len, reverse=True))
_LATIN_FORMS = (
    (re.compile(r"(?<![a-z0-9])(?:(?:co|company)[.,\s]+)*(?:ltd|limited)(?![a-z0-9])\.*"), "ltd"),
    (re.compile(r"(?<![a-z0-9])(?:inc|incorporated)(?![a-z0-9])\.*"), "inc"),
    (re.compile(r"(?<![a-z0-9])(?:corp|corporation)(?![a-z0-9])\.*"), "corp"),
    (re.compile(r"(?<![a-z0-9])(?:l\.l\.c|llc)(?![a-z0-9])\.*"), "llc"),
    (re.compile(r"(?<![a-z0-9])k\.k\."), "株式会社"),
)
_ANY_FORM = re.compile(rf"{_FULL_FORM}|(?<![a-z0-9])(?:ltd|inc|corp|llc|gmbh)(?![a-z0-9])")
_SCRIPT_RUN = re.compile(r"[ァ-ヺー]+|[a-z]+|[0-9]+|[^\Wァ-ヺーa-z0-9_]+")
_KATAKANA_RUN = re.compile(r"[ァ-ヺー]{2,}")
_NO_DIGIT = re.compile("[^0-9]+")
_EXTENSION = re.compile(r"内線|内|ext|x|#|;", re.IGNORECASE)
_ROLE_MAIL = re.compile(
    r"(?:info|information|contact|contacts|support|sales|office|admin|mail|help|inquiry|toiawase|otoiawase|recruit|saiyo"
    r"|jinji|soumu|eigyo|koho|pr|press|webmaster|postmaster|hello|team|staff|marketing|noreply|no-reply|service|customer"
    r"|shop|order|billing|accounting|keiri|hr|all)[0-9]*"
)
# Any of these may be the beginning of a company form in Latin letters; a text without them is not searched five times.
_MAY_BE_FORM = re.compile(r"lt|lim|inc|corp|l\.?l|k\.k")


def _between(first: str, last: str) -> str:
    """A character class of everything from one character to another that `_FOLD` leaves as it is."""
    edges = [ord(first) - 1, *sorted(code for code in _FOLD if first <= chr(code) <= last), ord(last) + 1]
    gaps = ((low + 1, high - 1) for low, high in pairwise(edges) if high - low > 1)
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in gaps)


# Kanji and katakana that already stand as they are compared: most names and companies, so nothing is looked up for them.
_SETTLED = re.compile(f"[{_between('ァ', 'ヴ')}ー{_between('一', '鿿')}]*")
_JAPANESE = re.compile(r"[ぁ-ヿ㐀-鿿豈-﫿ｦ-ﾟ々〆\U00020000-\U0003ffff]")


def _normal(text: str) -> str:
    """NFKC without unseen marks: full-width letters narrow, half-width kana wide, ㈱ as (株)."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_UNSEEN)).translate(_UNSEEN)


def _fold(text: str) -> str:
    if text.isascii():
        return _plain_spaces(_short_forms(text.lower()))
    text = unicodedata.normalize("NFKC", _normal(text).casefold()).translate(_FOLD)
    text = hiragana_to_katakana(text).translate(_FOLD)
    text = _LONG_VOWEL.sub(lambda found: "ー" * len(found[0]), text).translate(_HYPHEN)
    text = _SHORT_FORM.sub(lambda found: _SHORT_FORMS[found[1]], text).replace("npo法人", "特定非営利活動法人")
    return _plain_spaces(_short_forms(text))


def _short_forms(text: str) -> str:
    if _MAY_BE_FORM.search(text):
        for form, token in _LATIN_FORMS:
            text = form.sub(token, text)
    return text


def _plain_spaces(text: str) -> str:
    return " ".join(text.split()) if text.isascii() else _SPACE.sub(" ", text).strip()


def _settled(fold: Callable[[str], str], text: str) -> str:
    # Removing a mark can bring two others together; rare, so another look is cheaper than a cleverer rule.
    if _SETTLED.fullmatch(text):
        return text
    folded = fold(text)
    if folded == text or _SETTLED.fullmatch(folded):
        return folded
    while (again := fold(folded)) != folded:
        folded = again
    return folded


def shadow(text: str) -> str:
    """The form in which text is searched and compared: width, case, kana, 異体字 and company forms no longer differ.

    White space is one half-width space; names are compared by `name_key`, without any. shadow(shadow(x)) = shadow(x).
    """
    return _settled(_fold, text)


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """The shadow of a name without spaces and middle dots; also right for what is typed into a search box."""
    return _settled(lambda text: _APART.sub("", _fold(text)), name)


@lru_cache(maxsize=8192)
def company_key(company: str) -> str:
    """The shadow of a company without its form and spaces: (株)アクメ, アクメ株式会社 and ｱｸﾒ are one."""
    text = shadow(company)
    return _APART.sub("", _ANY_FORM.sub("", text)).strip(".,-") or _APART.sub("", text)


@lru_cache(maxsize=8192)
@lru_cache(maxsize=8192)
def mail_key(mail: str) -> str:
    """A mail address for comparing: small letters, without "mailto:" or the name around <…>; "" if it is none."""
    text = _normal(mail).strip()
    if "<" in text:
        text = text.rpartition("<")[2].partition(">")[0]
    text = text.strip().casefold().removeprefix("mailto:")
    local, at, host = text.rpartition("@")
    return text if at and local and host and not _SPACE.search(text) else ""


@lru_cache(maxsize=8192)
def is_role_mail(mail: str) -> bool:
    """Whether an address belongs to an office (info@, contact@ …) rather than to one person."""
    return _ROLE_MAIL.fullmatch(mail_key(mail).partition("@")[0]) is not None


@lru_cache(maxsize=8192)
@lru_cache(maxsize=8192)
def phone_key(raw: str) -> str:
    """The digits of a number as dialled in Japan: +81 becomes 0, no extension; other countries keep their +."""
    text = _EXTENSION.split(_normal(raw).strip(), maxsplit=1)[0]
    digits = _NO_DIGIT.sub("", text)
    if text.lstrip(" (").lower().removeprefix("tel:").lstrip(" (").startswith("+"):
        return "0" + digits[2:].lstrip("0") if digits.startswith("81") else "+" + digits if digits else ""
    return digits


def to_katakana(text: str) -> str:
    """Kana as shown: full-width katakana with one half-width space between the parts."""
    text = hiragana_to_katakana(_normal(text))
    text = _LONG_VOWEL.sub(lambda found: "ー" * len(found[0]), text)
    return _SPACE.sub(" ", text).strip()


def is_latin(name: str) -> bool:
    """Whether a name is written without any Japanese character, and has letters."""
    return any(character.isalpha() for character in name) and not _JAPANESE.search(name)


def split_name(name: str) -> tuple[str, str]:
    """(family, given) of a name with a space in it; ("", "") where it cannot be told.

    Names in Latin letters are taken in Western order, unless only the first word is in capitals (YAMADA Taro).
    """
    parts = name.replace("\u3000", " ").split()
    if len(parts) < 2:
        return "", ""
    capitals_first = len(parts[0]) > 1 and parts[0].isupper() and not parts[-1].isupper()
    if is_latin(name) and not capitals_first:
        return parts[-1], " ".join(parts[:-1])
    return parts[0], " ".join(parts[1:])


def join_name(family: str, given: str) -> str:
    """A name as shown: 姓 名 with one half-width space, names in Latin letters in Western order."""
    family, given = (_SPACE.sub(" ", part).strip() for part in (family, given))
    if family and given and is_latin(family + given):
        return f"{given} {family}"
    return f"{family} {given}".strip()


def _kana_terms(kana: str) -> Iterator[str]:
    parts = to_katakana(kana).split()
    whole = "".join(parts)
    yield from map(name_key, (whole, *parts))
    for text in (whole, *parts, "".join(reversed(parts))):
        yield from romaji_variants(name_key(text))


def _company_terms(company: str) -> Iterator[str]:
    key = company_key(company)
    yield from (_APART.sub("", shadow(company)), key)
    bare = _ANY_FORM.sub(" ", shadow(company))
    runs = [found.start() for found in _SCRIPT_RUN.finditer(bare)]
    yield from (_APART.sub("", bare[start:]) for start in runs)
    for kana in _KATAKANA_RUN.findall(bare):
        yield from (name_key(latin) for latin in romaji_variants(kana))


def written_out(name: str) -> str:
    """A file name as text: bytes of another encoding, which the system hands on as lone surrogates, become �."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def search_terms(
    *,
    name: str = "",
    family: str = "",
    given: str = "",
    kana: str = "",
    company: str = "",
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    tags: Iterable[str] = (),
) -> tuple[str, ...]:
    """Every beginning under which somebody is found, in the form of `name_key`: compare with the name_key of the query.

    Kanji, kana and romaji of the whole name and of its parts; the company with and without its form and from each
    change of script on; mail (whole, and host); phone digits; tags.
    """
    terms = [name_key(text) for text in (name, family, given, *name.split())]
    if is_latin(name):
        terms.append(name_key(" ".join(reversed(name.split()))))
    terms += _kana_terms(kana) if kana else ()
    terms += _company_terms(company) if company else ()
    for mail in map(mail_key, emails):
        terms += (name_key(mail), name_key(mail.partition("@")[2]))
    terms += (phone_key(phone) for phone in phones)
    terms += (name_key(tag) for tag in tags)
    return tuple(dict.fromkeys(term for term in terms if term))
