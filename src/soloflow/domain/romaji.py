"""Kana → Latin letters, so that さとう is found under "sato", "satou" and "satoh"."""

import re
from functools import lru_cache

_HEPBURN = """
ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so タ ta チ chi ツ tsu テ te ト to
ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ fu ヘ he ホ ho マ ma ミ mi ム mu メ me モ mo ヤ ya ユ yu ヨ yo
ラ ra リ ri ル ru レ re ロ ro ワ wa ヰ i ヱ e ヲ o ン n ガ ga ギ gi グ gu ゲ ge ゴ go ザ za ジ ji ズ zu ゼ ze ゾ zo
ダ da ヂ ji ヅ zu デ de ド do バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po ヴ vu ヵ ka ヶ ke
ァ a ィ i ゥ u ェ e ォ o ャ ya ュ yu ョ yo ヮ wa
キャ kya キュ kyu キョ kyo シャ sha シュ shu ショ sho シェ she チャ cha チュ chu チョ cho チェ che
ニャ nya ニュ nyu ニョ nyo
ヒャ hya ヒュ hyu ヒョ hyo ミャ mya ミュ myu ミョ myo リャ rya リュ ryu リョ ryo ギャ gya ギュ gyu ギョ gyo
ジャ ja ジュ ju ジョ jo ジェ je ヂャ ja ヂュ ju ヂョ jo ビャ bya ビュ byu ビョ byo ピャ pya ピュ pyu ピョ pyo
ファ fa フィ fi フェ fe フォ fo ティ ti ディ di デュ dyu トゥ tu ドゥ du ウィ wi ウェ we ウォ wo
ヴァ va ヴィ vi ヴェ ve ヴォ vo ツァ tsa ツェ tse ツォ tso
"""
_words = _HEPBURN.split()
_SYLLABLES = dict(zip(_words[::2], _words[1::2], strict=True))
_HIRAGANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
# Kunrei spellings, as many people type; the longer ones first.
_KUNREI = (
    ("sh", "sy"), ("ch", "ty"), ("ts", "t"), ("fu", "hu"), ("j", "zy"),
    ("syi", "si"), ("tyi", "ti"), ("zyi", "zi"),
)  # fmt: skip


def hiragana_to_katakana(text: str) -> str:
    """The same text with every hiragana letter as full-width katakana."""
    return text.translate(_HIRAGANA)


def romaji(kana: str) -> str:
    """Hepburn, letter by letter and in small letters: サトウ → satou. Other characters stay."""
    kana = hiragana_to_katakana(kana)
    out: list[str] = []
    position, doubled = 0, False
    while position < len(kana):
        size = 2 if kana[position : position + 2] in _SYLLABLES else 1
        letters = kana[position : position + size]
        position += size
        if letters == "ッ":
            doubled = True
            continue
        latin = "" if letters == "ー" else _SYLLABLES.get(letters, letters.casefold())
        if doubled and latin[:1].isalpha() and latin[0] not in "aiueon":
            latin = latin[0] + latin
        doubled = False
        out.append(latin)
    return "".join(out)


def _passport(latin: str) -> str:
    """The spelling of passports: long vowels short, m before b, m and p, tch for cch."""
    latin = re.sub(r"o[ou](?=\S|\b)", "o", latin).replace("uu", "u")
    return re.sub(r"n(?=[bmp])", "m", latin).replace("cch", "tch")


def _kunrei(latin: str) -> str:
    for hepburn, kunrei in _KUNREI:
        latin = latin.replace(hepburn, kunrei)
    return latin


@lru_cache(maxsize=8192)
def romaji_variants(kana: str) -> tuple[str, ...]:
    """Every spelling somebody may type, Hepburn first: サトウ → satou, sato, satoh. シンジ → shinji, sinzi."""
    hepburn = romaji(kana)
    with_h = re.sub(r"o[ou]", "oh", hepburn)
    typed = (hepburn, _passport(hepburn), with_h, _kunrei(hepburn), _kunrei(_passport(hepburn)))
    return tuple(dict.fromkeys(typed))
