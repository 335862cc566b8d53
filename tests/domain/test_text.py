"""Finding and recognising people however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soloflow.domain import text

JAPANESE = st.text(
    st.sampled_from("髙高橋﨑渡邉辺 ﾊﾟｶﾞーーはひぱ・株式会社(株)㈱㍿有限inc.co, ltdABcＡ１-‐−\u200b\ufe00ヶ關"),
    max_size=24,
)


@given(st.one_of(st.text(), JAPANESE))
def test_a_shadow_has_no_shadow_of_its_own(written: str) -> None:
    once = text.shadow(written)
    assert text.shadow(once) == once


@given(st.one_of(st.text(), JAPANESE))
def test_keys_are_their_own_keys(written: str) -> None:
    assert text.name_key(text.name_key(written)) == text.name_key(written)
    assert text.to_katakana(text.to_katakana(written)) == text.to_katakana(written)
    assert text.mail_key(text.mail_key(written)) == text.mail_key(written)
    assert text.phone_key(text.phone_key(written)) == text.phone_key(written)


@given(st.one_of(st.text(), JAPANESE), st.one_of(st.text(), JAPANESE))
def test_nothing_typed_makes_the_list_of_beginnings_fail(one: str, other: str) -> None:
    terms = text.search_terms(name=one, kana=other, company=other, emails=[one], phones=[other], tags=[one])
    assert "" not in terms
    assert len(terms) == len(set(terms))


def test_no_character_stands_in_two_groups_of_variants() -> None:
    groups = [set(group) for group in text.VARIANTS.split()]
    assert sum(map(len, groups)) == len(set().union(*groups))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋 さくら", "高橋　サクラ"),
        ("﨑山", "崎山"),
        ("渡邉 太郎", "渡辺太郎"),
        ("渡邊", "渡邉"),
        ("齋藤", "斉藤"),
        ("濵田", "浜田"),
        ("ﾊﾏﾀﾞ ﾊﾅｺ", "はまだはなこ"),
        ("関ヶ原", "関ケ原"),
        ("ジョン・スミス", "ジョン スミス"),
        ("Ｊｏｈｎ　ＳＭＩＴＨ", "john smith"),
        ("コ−ヒ‐", "コーヒー"),
        ("葛\U000e0100城", "葛城"),
    ],
)
def test_ways_to_write_one_name_have_one_key(one: str, other: str) -> None:
    assert text.name_key(one) == text.name_key(other)


@pytest.mark.parametrize(("one", "other"), [("ハイオク", "バイオク"), ("山田太郎", "山本太郎"), ("ハナ", "ハーナ")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert text.name_key(one) != text.name_key(other)


@pytest.mark.parametrize(
    "written",
    [
        "株式会社アクメ",
        "(株)アクメ",
        "（株）アクメ",
        "㈱アクメ",
        "㍿アクメ",
        "アクメ㈱",
        "アクメ 株式会社",
        "ｱｸﾒ",
        "株式會社あくめ",
    ],
)
def test_a_company_is_known_without_its_form(written: str) -> None:
    assert text.company_key(written) == "アクメ"


@pytest.mark.parametrize(
    "written",
    [
        "Acme",
        "ACME Inc.",
        "Acme, Inc",
        "Acme Co., Ltd.",
        "ACME CO.,LTD",
        "Acme LLC",
        "Acme Corporation",
    ],
)
def test_a_latin_company_is_known_without_its_form(written: str) -> None:
    assert text.company_key(written) == "acme"


def test_forms_are_unified_but_stay_different_from_each_other() -> None:
    assert text.shadow("㈱アクメ") == text.shadow("株式会社アクメ") == "株式会社アクメ"
    assert text.shadow("㈲アクメ") == "有限会社アクメ"
    assert text.shadow("Lincoln Include") == "lincoln include"


def test_a_company_that_is_only_a_form_keeps_it() -> None:
    assert text.company_key("株式会社") == "株式会社"


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("03-1234-5678", "0312345678"),
        ("０９０ー１２３４ー５６７８", "09012345678"),
        ("+81 90-1234-5678", "09012345678"),
        ("+81 (0)3-1234-5678", "0312345678"),
        ("tel:+81-3-1234-5678", "0312345678"),
        ("(03) 1234-5678 内線12", "0312345678"),
        ("03-1234-5678 ext. 9", "0312345678"),
        ("+1 415 555 0100", "+14155550100"),
        ("なし", ""),
    ],
)
def test_phone_numbers_are_compared_as_dialled(raw: str, key: str) -> None:
    assert text.phone_key(raw) == key


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("User@Example.CO.JP ", "user@example.co.jp"),
        ("山田 <yamada@example.com>", "yamada@example.com"),
        ("ｙａｍａｄａ＠example.com", "yamada@example.com"),
        ("mailto:a@example.com", "a@example.com"),
        ("none", ""),
        ("@example.com", ""),
    ],
)
def test_mail_addresses_are_compared_without_dress(raw: str, key: str) -> None:
    assert text.mail_key(raw) == key


def test_an_office_address_is_not_a_persons() -> None:
    assert text.is_role_mail("Info@example.com")
    assert text.is_role_mail("sales2@example.com")
    assert not text.is_role_mail("infante@example.com")


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("ハマダ", "hamada"),
        ("しょうへい", "shouhei"),
        ("イッチ", "icchi"),
        ("ハットリ", "hattori"),
        ("シンイチ", "shinichi"),
        ("チヅル", "chizuru"),
        ("ジョージ", "joji"),
        ("ヤマダ タロウ", "yamada tarou"),
    ],
)
def test_kana_are_spelled_in_hepburn(kana: str, latin: str) -> None:
    assert text.romaji(kana) == latin


@pytest.mark.parametrize(
    ("kana", "typed"),
    [
        ("サトウ", "sato"),
        ("サトウ", "satoh"),
        ("オオノ", "ono"),
        ("オオノ", "ohno"),
        ("ユウコ", "yuko"),
        ("シンジ", "sinzi"),
        ("ホンマ", "homma"),
        ("ツチヤ", "tutiya"),
        ("ショウタ", "syouta"),
        ("フクダ", "hukuda"),
    ],
)
def test_other_spellings_are_accepted(kana: str, typed: str) -> None:
    assert typed in text.romaji_variants(kana)


@pytest.mark.parametrize(
    "typed",
    [
        "髙橋",
        "高橋",
        "高橋 さ",
        "さくら",
        "タカ",
        "ﾀｶ",
        "takaha",
        "TAKAHASHI S",
        "sakura takahashi",
        "株式会社ア",
        "㈱ア",
        "アク",
        "ソリ",
        "user14@",
        "example.co",
        "090-27",
        "+81 90",
        "在庫",
    ],
)
def test_a_person_is_found_by_any_beginning(typed: str) -> None:
    terms = text.search_terms(
        name="髙橋 さくら",
        family="髙橋",
        given="さくら",
        kana="タカハシ サクラ",
        company="(株)アクメABCソリューション",
        emails=["User14@Example.com"],
        phones=["090-2743-5889"],
        tags=["在庫管理"],
    )
    keys = {text.name_key(typed), text.phone_key(typed)} - {""}
    assert any(term.startswith(key) for term in terms for key in keys)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("山田　太郎", ("山田", "太郎")),
        ("山田 太郎", ("山田", "太郎")),
        ("山田太郎", ("", "")),
        ("John Smith", ("Smith", "John")),
        ("Mary Ann Smith", ("Smith", "Mary Ann")),
        ("YAMADA Taro", ("YAMADA", "Taro")),
    ],
)
def test_names_are_split_where_it_is_clear(name: str, parts: tuple[str, str]) -> None:
    assert text.split_name(name) == parts


def test_names_are_put_together_in_the_order_of_their_script() -> None:
    assert text.join_name("山田", "太郎") == "山田 太郎"
    assert text.join_name("Smith", "John") == "John Smith"
    assert text.join_name("", "太郎") == "太郎"


def test_kana_are_shown_wide() -> None:
    assert text.to_katakana("ﾊﾏﾀﾞ　はなこ") == "ハマダ ハナコ"


def test_a_company_in_katakana_is_found_in_romaji() -> None:
    terms = text.search_terms(company="株式会社カワセミ食品")
    assert any(term.startswith("kawase") for term in terms)
