"""The place of a word in a text is where a reader would mark it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.domain.excerpt import excerpt, place
from soloflow.domain.text import name_key


@pytest.mark.parametrize(
    ("text", "word", "marked"),
    [
        ("先方の在庫が合わない", "在庫", "在庫"),
        ("ｻｰﾊﾞｰを替えたい", "サーバー", "ｻｰﾊﾞｰ"),
        ("髙橋さんの紹介", "高橋", "髙橋"),
        ("予算は４月に決まる", "4月", "４月"),
        ("山田 太郎・営業", "山田太郎", "山田 太郎"),
        ("ひらがなのメモ", "ヒラガナ", "ひらがな"),
        ("Taro@Example.JP", "example", "Example"),
        ("ﾀﾞﾝﾌﾟの話", "ダンプ", "ﾀﾞﾝﾌﾟ"),
    ],
)
def test_the_words_are_marked_as_they_are_written(text: str, word: str, marked: str) -> None:
    where = place(text, name_key(word))
    assert where is not None
    assert text[slice(*where)] == marked


@pytest.mark.parametrize(("text", "key"), [("在庫", "見積"), ("", "在庫"), ("在庫", "")])
def test_what_does_not_stand_there_has_no_place(text: str, key: str) -> None:
    assert place(text, key) is None


def test_an_excerpt_is_one_line_around_the_word() -> None:
    text = "きのうは長い打ち合わせで\n先方の在庫が\t合わないと聞いた"
    found = excerpt(text, *place(text, "在庫") or (0, 0))
    assert found.before == "…合わせで 先方の"
    assert (found.hit, found.after) == ("在庫", "が 合わないと聞いた")


def test_an_excerpt_at_the_beginning_has_nothing_cut_off() -> None:
    assert excerpt("在庫が合わない", 0, 2).before == ""


@given(text=st.text(max_size=60), data=st.data())
def test_a_part_that_is_found_has_the_shadow_that_was_looked_for(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    key = name_key(text[start : start + data.draw(st.integers(1, 5))])
    where = place(text, key)
    if where is not None:
        assert 0 <= where[0] < where[1] <= len(text)
        words = excerpt(text, *where)
        assert "\n" not in words.before + words.hit + words.after
