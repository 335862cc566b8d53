"""What only vCard 4.0 has: links as numbers, preference, other languages of one value, kinds of cards."""

import pytest

from soloflow.capture.reading import read
from soloflow.domain.candidates import Candidate, Phone, Reading


def cards(*lines: str, version: str = "4.0") -> Reading:
    return read("x.vcf", "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", "")).encode())


def only(*lines: str, version: str = "4.0") -> Candidate:
    reading = cards(*lines, version=version)
    assert len(reading.candidates) == 1
    return reading.candidates[0]


def test_a_whole_card_is_read() -> None:
    assert only(
        "KIND:individual",
        "FN;PREF=2:Hanako Noto",
        "FN;PREF=1:能登 花子",
        'N;SORT-AS="ノト,ハナコ":能登;花子;;;',
        'ORG;SORT-AS="アクメ":株式会社アクメ;開発部;基盤課',
        "TITLE:課長",
        "ROLE:開発",
        'TEL;VALUE=uri;PREF=2;TYPE="voice,work":tel:+81-3-1111-2222;ext=12',
        'TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+81-90-1111-2222',
        "TEL;VALUE=uri;TYPE=fax:tel:+81-3-1111-3333",
        "EMAIL;PREF=50:second@example.jp",
        "EMAIL;PREF=1:first@example.jp",
        'ADR;TYPE=work;LABEL="東京都港区":;;虎ノ門1-1-1;港区;東京都;1050001;日本',
        "URL;VALUE=uri:https://example.jp/a,b",
        "SOCIALPROFILE;SERVICE-TYPE=GitHub:https://github.com/noto",
        "CATEGORIES:勉強会,友人\\, 知人",
        "NOTE:一行目\\n二行目\\; 終わり",
        "PHOTO:data:image/jpeg;base64,AAAA",
        "UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
        "CLIENTPIDMAP:1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556",
    ) == Candidate(
        name="能登 花子",
        family="能登",
        given="花子",
        kana="ノト ハナコ",
        company="株式会社アクメ",
        department="開発部 基盤課",
        title="課長",
        emails=("first@example.jp", "second@example.jp"),
        phones=(
            Phone("+81-90-1111-2222", "mobile"),
            Phone("+81-3-1111-2222 内線12", "company"),
            Phone("+81-3-1111-3333", "fax"),
        ),
        urls=("https://example.jp/a,b", "https://github.com/noto"),
        address="〒105-0001 東京都港区虎ノ門1-1-1",
        note="一行目\n二行目; 終わり",
        tags=("勉強会", "友人, 知人"),
        line=1,
    )


def test_of_values_that_say_the_same_in_other_languages_the_japanese_is_kept() -> None:
    person = only(
        "FN;ALTID=1;LANGUAGE=en:Taro Yamada",
        "FN;ALTID=1;LANGUAGE=ja:山田 太郎",
        "N;ALTID=1;LANGUAGE=en:Yamada;Taro;;;",
        "N;ALTID=1;LANGUAGE=ja:山田;太郎;;;",
        "ORG;ALTID=1;LANGUAGE=en:Acme Corporation",
        "ORG;ALTID=1;LANGUAGE=ja:株式会社アクメ",
        "TITLE;ALTID=1;LANGUAGE=en:Manager",
        "TITLE;ALTID=1;LANGUAGE=ja:課長",
        "NOTE;ALTID=1;LANGUAGE=en:Hello",
        "NOTE;ALTID=1;LANGUAGE=ja:こんにちは",
        "NOTE:別のメモ",
    )
    assert (person.name, person.family, person.company, person.title) == ("山田 太郎", "山田", "株式会社アクメ", "課長")
    assert person.note == "こんにちは\n別のメモ"


@pytest.mark.parametrize("mark", ["LANGUAGE=ja-Kana", "LANGUAGE=ja-Hrkt", "PHONETIC=script;SCRIPT=Kana"])
def test_a_name_given_again_in_kana_is_its_reading(mark: str) -> None:
    person = only(f"N;ALTID=1;{mark}:やまだ;たろう;;;", "N;ALTID=1;LANGUAGE=ja:山田;太郎;;;", "FN:山田 太郎")
    assert (person.name, person.kana) == ("山田 太郎", "ヤマダ タロウ")


@pytest.mark.parametrize(
    "parameter",
    ['SORT-AS="ヤマダ,タロウ"', 'SORT-AS="ヤマダ","タロウ"', "SORT-AS=ヤマダ,タロウ", 'SORT-AS="ヤマダ;タロウ"'],
)
def test_the_reading_by_which_a_name_is_sorted(parameter: str) -> None:
    assert only(f"N;{parameter}:山田;太郎;;;", "FN:山田 太郎").kana == "ヤマダ タロウ"
    assert only("N:山田;太郎;;;", f"FN;{parameter}:山田 太郎").kana == "ヤマダ タロウ"


def test_a_latin_sort_key_is_no_reading() -> None:
    assert only('N;SORT-AS="Yamada,Taro":山田;太郎;;;', "FN:山田 太郎").kana == ""


def test_links_are_read_as_what_they_lead_to() -> None:
    person = only(
        "FN:山田 太郎", "TEL;VALUE=uri:tel:7042;phone-context=+81-3-1111", "EMAIL:mailto:taro%40example.jp?subject=x"
    )
    assert [phone.number for phone in person.phones] == ["7042"]
    assert person.emails == ("taro@example.jp",)


def test_several_given_names_are_no_commas() -> None:
    person = only("N:Stevenson;John;Philip,Paul;Dr.;Jr.,M.D.", "FN:Dr. John Philip Paul Stevenson")
    assert (person.family, person.given) == ("Stevenson", "John Philip Paul")


def test_a_label_stands_in_for_an_address_without_fields() -> None:
    assert only("FN:山田 太郎", "ADR;LABEL=\"東京都港区^n^'虎ノ門^'\":;;;;;;").address == '東京都港区 "虎ノ門"'
    assert only("N:山田;太郎", "LABEL;TYPE=WORK:東京都港区\\n虎ノ門", version="3.0").address == "東京都港区 虎ノ門"


@pytest.mark.parametrize("lines", [("KIND:org",), ("X-ABShowAs:COMPANY",)])
def test_a_card_of_a_company_has_no_person(lines: tuple[str, ...]) -> None:
    person = only(*lines, "FN:株式会社アクメ", "TEL:03-1111-2222")
    assert (person.name, person.company) == ("", "株式会社アクメ")


@pytest.mark.parametrize("kind", ["KIND", "X-ADDRESSBOOKSERVER-KIND"])
def test_a_group_is_counted_but_is_nobody(kind: str) -> None:
    reading = cards(f"{kind}:group", "FN:友人", "MEMBER:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1")
    assert (reading.rows, reading.unread, reading.candidates) == (1, 1, ())
    assert [(problem.line, problem.field) for problem in reading.problems] == [(1, "KIND")]


def test_the_title_is_kept_wherever_the_role_stands() -> None:
    assert only("FN:山田", "ROLE:営業", "TITLE:課長").title == "課長"
    assert only("FN:山田", "ROLE:営業").title == "営業"


def test_the_mail_preferred_on_an_older_phone_comes_first() -> None:
    mails = ("EMAIL;TYPE=INTERNET:a@example.jp", "EMAIL;TYPE=INTERNET,pref:b@example.jp")
    assert only("N:山田;太郎", *mails, version="3.0").emails == ("b@example.jp", "a@example.jp")
