"""The short ways of comparing text (ASCII, and kanji or katakana that stand already as compared) say what the long way says."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from soloflow.domain import text
from soloflow.domain.romaji import hiragana_to_katakana

words = st.one_of(
    st.text(alphabet="山田太郎髙橋高嶋渡邉アイウヴヵヶー・ぁん々〆龜亀一鿿", max_size=8),
    st.text(alphabet="abcdefgLTD.inckllorp ,&-()0123456789\t", max_size=16),
    st.sampled_from(("Acme Co., Ltd.", "ACME LIMITED", "Foo Inc.", "Bar K.K.", "L.L.C. Baz", "corporation", "Company Limited", "all.jp")),
    st.text(max_size=8),
)  # fmt: skip


def long_fold(said: str) -> str:
    found = unicodedata.normalize(
        "NFKC", unicodedata.normalize("NFKC", said.translate(text._UNSEEN)).translate(text._UNSEEN).casefold()
    )
    found = hiragana_to_katakana(found.translate(text._FOLD)).translate(text._FOLD)
    found = text._LONG_VOWEL.sub(lambda one: "ー" * len(one[0]), found).translate(text._HYPHEN)
    found = text._SHORT_FORM.sub(lambda one: text._SHORT_FORMS[one[1]], found).replace("npo法人", "特定非営利活動法人")
    for form, token in text._LATIN_FORMS:
        found = form.sub(token, found)
    return text._SPACE.sub(" ", found).strip()


def settled(said: str, *, spaces: bool) -> str:
    def once(one: str) -> str:
        return long_fold(one) if spaces else text._APART.sub("", long_fold(one))

    found = once(said)
    while (again := once(found)) != found:
        found = again
    return found


@settings(max_examples=400)
@given(words)
def test_names_and_texts_are_compared_as_by_the_long_way(said: str) -> None:
    assert text.shadow(said) == settled(said, spaces=True)
    assert text.name_key(said) == settled(said, spaces=False)


def test_every_character_that_is_taken_as_it_stands_stands_so() -> None:
    plain = [chr(code) for code in range(0x3000, 0xA000) if text._SETTLED.fullmatch(chr(code))]
    assert len(plain) > 20_000
    assert [one for one in plain if long_fold(one) != one] == []
