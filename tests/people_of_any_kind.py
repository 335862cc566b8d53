"""People as hypothesis makes them up: everything that cards and tables get wrong, in the form in which the program keeps it."""

from datetime import date

from hypothesis import strategies as st

from soloflow.domain.candidates import Candidate, Phone

AWKWARD = (
    "髙﨑", "𠮷野", "ﾔﾏﾀﾞ ﾀﾛｳ", "👩‍💻", "👨‍👩‍👧", "邉󠄀", "a,b", "a;b", "a\\b", "a\\nb", "\\", "\\\\;", ";", ",", ":", "\"", "'", "㈱①",
    "が", "e\u0301", "N:x", "END:VCARD", "BEGIN:VCARD", "=E3=81", "ENCODING=QUOTED-PRINTABLE", "x" * 200, "能予表" * 30,
    "\u2028", "\u0085", "\u00a0", "\ufeff", "^n", "#", "- ",
)  # fmt: skip
LETTERS = st.characters(exclude_categories=("Cs", "Cc"))
PIECES = st.one_of(st.sampled_from(AWKWARD), st.text(LETTERS, min_size=1, max_size=12))
LINE = st.lists(PIECES, min_size=1, max_size=4).map("".join)
"""Text of one line, of any length and with any character that a line may have."""
WORDS = st.just("") | LINE
NOTE = st.lists(WORDS, max_size=5).map("\n".join)
KANA = st.sampled_from(("", "ヤマダ タロウ", "ヤマダ", "ヴァン ・ペルト ハナコ", "ﾀﾛｳ", "たろう", "yamada taro"))
KINDS = ("mobile", "direct", "company", "fax", "other")
NUMBERS = (
    st.sampled_from(("090-1234-5678", "(03) 1234-5678 内線12", "+81 3 1234 5678", "０３－１１１１", "110;ext=2")) | LINE
)
LINKS = st.sampled_from(
    ("https://example.jp/?a=1,2;3", "http://xn--r8jz45g.jp/%E3%81%82", "https://例え.jp/髙", "example.jp/,;:")
)
ADDRESSES = st.sampled_from(
    ("", "〒105-0011 東京都港区芝公園4-2-8", "〒600-8216 京都府京都市下京区", "北海道札幌市", "神奈川県横浜市①-2; 3号, 室", "〒999-9999 ", "1-2-3\n港区")
)  # fmt: skip


@st.composite
def names(draw: st.DrawFn) -> tuple[str, str, str]:
    """(name, family, given): both parts, or neither."""
    family, given = draw(WORDS), draw(WORDS)
    if family and given:
        return f"{family} {given}", family, given
    return draw(WORDS), "", ""


@st.composite
def people(draw: st.DrawFn) -> Candidate:
    """Somebody who can be remembered or reached, with every field that belongs to a person."""
    name, family, given = draw(names())
    phones = draw(st.lists(st.builds(Phone, NUMBERS, st.sampled_from(KINDS)), max_size=3))
    emails = draw(st.lists(LINE, max_size=3))
    company = draw(WORDS)
    if not (name or company or emails or phones):
        company = "アクメ"
    return Candidate(
        name=name, family=family, given=given, kana=draw(KANA), company=company, department=draw(WORDS), title=draw(WORDS),
        emails=tuple(emails), phones=tuple(phones), urls=tuple(draw(st.lists(LINKS, max_size=3))), address=draw(ADDRESSES | WORDS),
        note=draw(NOTE), tags=tuple(draw(st.lists(LINE, max_size=3))), handle=draw(WORDS),
        met_on=tuple(draw(st.lists(st.dates(min_value=date(1990, 1, 1)), max_size=3))),
    )  # fmt: skip
