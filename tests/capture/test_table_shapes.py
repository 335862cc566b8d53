"""The other tables people bring, in the encodings they come in, value by value."""

from collections.abc import Sequence
from datetime import date

import pytest

from soloflow.capture.reading import read
from soloflow.domain.candidates import Candidate, Phone, Reading
from soloflow.domain.errors import UserError


def table(
    head: str, *rows: dict[str, str] | str, encoding: str = "utf-8", mark: str = ",", before: str = ""
) -> Reading:
    """A file with a header, rows by column name (or as they stand), read."""
    columns = head.split(",")
    lines = [head.replace(",", mark)]
    for row in rows:
        cells = [row.get(column, "") for column in columns] if isinstance(row, dict) else row.split(",")
        lines.append(mark.join(f'"{cell}"' if set(cell) & set(f'{mark}"\n') else cell for cell in cells))
    return read("x", (before + "\r\n".join((*lines, ""))).encode(encoding))


def only(reading: Reading) -> Candidate:
    assert len(reading.candidates) == 1
    assert reading.problems == ()
    return reading.candidates[0]


GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,Name Prefix,"
    "Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,Directory Server,Mileage,"
    "Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
    "E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Address 1 - Type,"
    "Address 1 - Formatted,Organization 1 - Type,Organization 1 - Name,Organization 1 - Yomi Name,Organization 1 - Title,"
    "Organization 1 - Department,Website 1 - Type,Website 1 - Value"
)
GOOGLE_ROW = {
    "Name": "咲 髙橋", "Given Name": "咲", "Family Name": "髙橋", "Given Name Yomi": "さき", "Family Name Yomi": "たかはし",
    "Notes": "一行目\n二行目", "Group Membership": "勉強会 ::: * myContacts", "E-mail 1 - Type": "* Work",
    "E-mail 1 - Value": "saki@example.com ::: s@example.org", "E-mail 2 - Value": "saki@example.com",
    "Phone 1 - Type": "Mobile ::: Work Fax", "Phone 1 - Value": "090-1111-2222 ::: 03-1111-3333",
    "Phone 2 - Type": "Work", "Phone 2 - Value": "03-1111-2222", "Address 1 - Formatted": "〒105-0001 東京都港区\n虎ノ門1-1-1",
    "Organization 1 - Name": "㈱青空製作所", "Organization 1 - Title": "課長", "Organization 1 - Department": "開発部",
    "Website 1 - Value": "https://example.com",
}  # fmt: skip


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8-sig", ","), ("utf-8", ","), ("utf-16", ","), ("utf-16", "\t")])
def test_the_old_google_header(encoding: str, mark: str) -> None:
    reading = table(GOOGLE_OLD, GOOGLE_ROW, encoding=encoding, mark=mark)
    assert (reading.kind, reading.encoding) == ("google", encoding)
    assert only(reading) == Candidate(
        name="髙橋 咲",
        family="髙橋",
        given="咲",
        kana="タカハシ サキ",
        company="㈱青空製作所",
        department="開発部",
        title="課長",
        emails=("saki@example.com", "s@example.org"),
        phones=(Phone("090-1111-2222", "mobile"), Phone("03-1111-3333", "fax"), Phone("03-1111-2222", "company")),
        urls=("https://example.com",),
        address="〒105-0001 東京都港区 虎ノ門1-1-1",
        note="一行目\n二行目",
        tags=("勉強会",),
        line=2,
    )


def test_an_old_google_row_with_a_whole_reading_only() -> None:
    row = {"Name": "渡邉 花子", "Yomi Name": "わたなべ はなこ", "Phone 1 - Value": "09011112222"}
    person = only(table(GOOGLE_OLD, row))
    assert (person.name, person.kana, person.phones) == (
        "渡邉 花子", "ワタナベ ハナコ", (Phone("09011112222", "mobile"),)
    )  # fmt: skip


OUTLOOK_DESKTOP = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,"
    "Business Street 3,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home City,Home State,"
    "Home Postal Code,Business Fax,Business Phone,Business Phone 2,Company Main Phone,Home Phone,Home Fax,Mobile Phone,"
    "Other Phone,Primary Phone,Birthday,Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,"
    "E-mail 2 Type,E-mail 2 Display Name,Notes,Web Page"
)


def test_outlook_on_the_desktop_in_english_quotes_everything() -> None:
    row = {
        "Title": "Mr.", "First Name": "John", "Middle Name": "Q.", "Last Name": "Smith", "Company": "Acme, Inc.",
        "Department": "R&D", "Job Title": "CTO", "Business Street": "1 Main St", "Business City": "Boston",
        "Business State": "MA", "Business Postal Code": "02101", "Business Phone": "+1 617 555 0100",
        "Mobile Phone": "090-1111-2222", "Business Fax": "03-1111-3333", "Birthday": "0/0/00", "Categories": "Friends;Meetup",
        "E-mail Address": "john@example.com", "E-mail Type": "SMTP", "E-mail Display Name": "John Smith (john@example.com)",
        "E-mail 2 Address": "j@example.org", "Notes": "Met in Tokyo", "Web Page": "https://example.com",
    }  # fmt: skip
    columns = OUTLOOK_DESKTOP.split(",")
    quoted = "\r\n".join(
        ",".join(f'"{cell}"' for cell in cells) for cells in (columns, [row.get(column, "") for column in columns])
    )
    reading = read("contacts.csv", (quoted + "\r\n").encode("cp932"))
    assert reading.kind == "outlook"
    assert only(reading) == Candidate(
        name="John Q. Smith",
        family="Smith",
        given="John Q.",
        company="Acme, Inc.",
        department="R&D",
        title="CTO",
        emails=("john@example.com", "j@example.org"),
        phones=(Phone("090-1111-2222", "mobile"), Phone("+1 617 555 0100", "company"), Phone("03-1111-3333", "fax")),
        urls=("https://example.com",),
        address="02101 MA Boston 1 Main St",
        note="Met in Tokyo",
        tags=("Friends", "Meetup"),
        line=2,
    )


def test_a_colleague_of_an_exchange_server_has_the_mail_of_the_name_shown() -> None:
    inside = "/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=abc"
    shown = {"First Name": "花子", "Last Name": "山田", "E-mail Address": inside, "E-mail Type": "EX"}
    with_mail = table(OUTLOOK_DESKTOP, {**shown, "E-mail Display Name": "山田 花子 (hanako@example.jp)"})
    assert only(with_mail).emails == ("hanako@example.jp",)
    without = table(OUTLOOK_DESKTOP, {**shown, "E-mail Display Name": "山田 花子"})
    assert [(problem.line, problem.field) for problem in without.problems] == [(2, "E-mail Address")]
    assert without.candidates[0].emails == ()


@pytest.mark.parametrize(("given", "family"), [("Given Name Yomi", "Family Name Yomi"), ("Given Yomi", "Surname Yomi")])
def test_outlook_com_gives_kana(given: str, family: str) -> None:
    head = (
        f"First Name,Middle Name,Last Name,Title,Suffix,Nickname,{given},{family},E-mail Address,E-mail 2 Address,"
        "Home Phone,Business Phone,Mobile Phone,Business Fax,Company Main Phone,Job Title,Department,Company,Business Street,"
        "Business City,Business State,Business Postal Code,Personal Web Page,Web Page,Notes"
    )
    row = {
        "First Name": "花子", "Last Name": "渡邉", given: "はなこ", family: "わたなべ", "E-mail Address": "h@example.jp",
        "Company Main Phone": "03-1111-2222", "Job Title": "部長", "Department": "営業部", "Company": "株式会社アクメ",
        "Business Postal Code": "1050001", "Business State": "東京都", "Business City": "港区", "Business Street": "虎ノ門1-1-1",
        "Personal Web Page": "https://example.jp",
    }  # fmt: skip
    reading = table(head, row, encoding="utf-8-sig")
    assert reading.kind == "outlook"
    assert only(reading) == Candidate(
        name="渡邉 花子",
        family="渡邉",
        given="花子",
        kana="ワタナベ ハナコ",
        company="株式会社アクメ",
        department="営業部",
        title="部長",
        emails=("h@example.jp",),
        phones=(Phone("03-1111-2222", "company"),),
        urls=("https://example.jp",),
        address="〒105-0001 東京都港区虎ノ門1-1-1",
        line=2,
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12 Mar 2024", date(2024, 3, 12)),
        ("7-Feb-22", date(2022, 2, 7)),
        ("07 September 2019", date(2019, 9, 7)),
        ("Mar 12, 2024", date(2024, 3, 12)),
        ("2/7/18, 5:13 PM", date(2018, 2, 7)),
        ("2024-03-12", date(2024, 3, 12)),
        ("2024年3月12日", date(2024, 3, 12)),
        ("", None),
    ],
)
def test_every_way_linkedin_has_written_a_day(written: str, day: date | None) -> None:
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    before = '\ufeffNotes:\r\n"When exporting your connection data, you may notice ""missing"" mails."\r\n\r\n'
    row = {"First Name": "太郎", "Last Name": "山本", "Company": "Acme", "Position": "CTO", "Connected On": written}
    reading = table(head, row, ",,,,,,", before=before)
    assert (reading.kind, reading.rows, only(reading).name) == ("linkedin", 1, "山本 太郎")
    assert only(reading).met_on == ((day,) if day else ())


@pytest.mark.parametrize("written", ["31 Feb 2024", "12 Foo 2024", "13/13/18, 5:13 PM", "3/12/24", "someday"])
def test_a_day_that_cannot_be_told_is_named(written: str) -> None:
    head = "First Name,Last Name,Company,Position,Connected On"
    reading = table(head, {"First Name": "John", "Last Name": "Smith", "Connected On": written})
    assert (reading.kind, reading.candidates[0].met_on) == ("linkedin", ())
    assert [(problem.line, problem.field) for problem in reading.problems] == [(2, "Connected On")]


EIGHT_TAIL = ",Eightでつながっている人,再データ化中の名刺,'?'を含んだデータ"
PREAMBLE = "02月08日23時00分 JST にEightで生成された名刺リストです。\r\n合計 1 件\r\n\r\n* 注意\r\n\r\n"


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("fax", ["Fax", "FAX", "ＦＡＸ"])
@pytest.mark.parametrize("names", ["氏名", "姓,名"])
@pytest.mark.parametrize("tail", ["", EIGHT_TAIL])
def test_every_header_of_eight(encoding: str, fax: str, names: str, tail: str) -> None:
    head = (
        f"会社名,部署名,役職,{names},e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,{fax},携帯電話,URL,名刺交換日{tail}"
    )
    row = {
        "会社名": "㈱青空製作所", "部署名": "開発部", "役職": "課長", "氏名": "髙﨑 花子", "姓": "髙﨑", "名": "花子",
        "e-mail": "h@example.jp", "郵便番号": "1050001", "住所": "東京都港区①", "TEL会社": "03-1111-0001",
        "TEL部門": "03-1111-0002", "TEL直通": "03-1111-0003", fax: "03-1111-0004", "携帯電話": "090-1111-0005",
        "URL": "https://example.jp", "名刺交換日": "2022/05/26",
    }  # fmt: skip
    reading = table(head, row, encoding=encoding, before=PREAMBLE)
    assert (reading.kind, reading.encoding) == ("eight", encoding)
    assert only(reading) == Candidate(
        name="髙﨑 花子",
        family="髙﨑",
        given="花子",
        company="㈱青空製作所",
        department="開発部",
        title="課長",
        emails=("h@example.jp",),
        phones=(
            Phone("03-1111-0001", "company"),
            Phone("03-1111-0002", "company"),
            Phone("03-1111-0003", "direct"),
            Phone("03-1111-0004", "fax"),
            Phone("090-1111-0005", "mobile"),
        ),
        urls=("https://example.jp",),
        address="〒105-0001 東京都港区①",
        met_on=(date(2022, 5, 26),),
        line=7,
    )


SANSAN_TAIL = (
    "郵便番号(1),住所(1)［全て］,住所(1)［都道府県］,住所(1)［市区町村］,住所(1)［番地］,TEL-1(1),TEL-2(1),FAX(1),携帯電話(1),Email(1),"
    "Email(2),URL(1),郵便番号(2),住所(2)［全て］,TEL-1(2),名刺交換日,メモ,タグ,名刺所有者"
)
SANSAN_ROW = {
    "会社名": "有限会社髙木商店", "部署名": "企画室", "役職": "室長", "郵便番号(1)": "105-0001", "TEL-1(1)": "03-1111-0001",
    "TEL-2(1)": "03-1111-0002", "FAX(1)": "03-1111-0004", "携帯電話(1)": "090-1111-0005", "Email(1)": "k@example.jp",
    "Email(2)": "k2@example.jp", "URL(1)": "https://example.jp", "郵便番号(2)": "530-0001", "TEL-1(2)": "06-1111-0006",
    "名刺交換日": "2024/01/09", "メモ": "展示会で", "タグ": "展示会;VIP", "名刺所有者": "自分 太郎",
}  # fmt: skip
BRACKETS = str.maketrans("()", "（）")


def sansan(names: dict[str, str], head: Sequence[str], encoding: str, *, wide: bool) -> Reading:
    """A file with these columns for the name, its brackets narrow or wide."""
    written = ",".join(("会社名", "部署名", "役職", *head, SANSAN_TAIL))
    row = {**SANSAN_ROW, **names, "住所(1)［全て］": "東京都港区虎ノ門1-1-1", "住所(2)［全て］": "大阪市北区梅田1"}
    if wide:
        written = written.translate(BRACKETS)
        row = {column.translate(BRACKETS): cell for column, cell in row.items()}
    return table(written, row, encoding=encoding)


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize(
    "names",
    [
        {"氏名": "能登 花子", "氏名カナ": "ノト ハナコ"},
        {"氏名［姓］": "能登", "氏名［名］": "花子", "氏名カナ［姓］": "ノト", "氏名カナ［名］": "ハナコ"},
        {"氏名[姓]": "能登", "氏名[名]": "花子", "氏名[セイ]": "ﾉﾄ", "氏名[メイ]": "ﾊﾅｺ"},
        {"氏名(姓)": "能登", "氏名(名)": "花子", "氏名フリガナ(姓)": "のと", "氏名フリガナ(名)": "はなこ"},
        {"姓": "能登", "名": "花子", "姓カナ": "ノト", "名カナ": "ハナコ"},
    ],
)
def test_every_header_of_sansan(encoding: str, wide: bool, names: dict[str, str]) -> None:
    reading = sansan(names, tuple(names), encoding, wide=wide)
    assert (reading.kind, reading.encoding) == ("sansan", encoding)
    assert only(reading) == Candidate(
        name="能登 花子",
        family="能登",
        given="花子",
        kana="ノト ハナコ",
        company="有限会社髙木商店",
        department="企画室",
        title="室長",
        emails=("k@example.jp", "k2@example.jp"),
        phones=(
            Phone("03-1111-0001", "company"),
            Phone("03-1111-0002", "company"),
            Phone("03-1111-0004", "fax"),
            Phone("090-1111-0005", "mobile"),
            Phone("06-1111-0006", "company"),
        ),
        urls=("https://example.jp",),
        address="〒105-0001 東京都港区虎ノ門1-1-1",
        note="展示会で",
        tags=("展示会", "VIP"),
        met_on=(date(2024, 1, 9),),
        line=2,
    )


def test_an_address_of_sansan_in_parts_is_put_together() -> None:
    parts = {"住所(1)［都道府県］": "東京都", "住所(1)［市区町村］": "港区", "住所(1)［番地］": "虎ノ門1-1-1"}
    person = only(table(f"会社名,氏名,{SANSAN_TAIL}", {"氏名": "能登 花子", "郵便番号(1)": "1050001", **parts}))
    assert person.address == "〒105-0001 東京都港区虎ノ門1-1-1"


THUNDERBIRD = (
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,Fax Number,"
    "Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,Work Address,"
    "Work Address 2,Work City,Work State,Work ZipCode,Work Country,Job Title,Department,Organization,Web Page 1,Web Page 2,"
    "Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,Custom 4,Notes"
)
THUNDERBIRD_JA = (
    "名,姓,表示名,ニックネーム,メールアドレス,別のメールアドレス,スクリーンネーム,勤務先の電話番号,自宅の電話番号,FAX 番号,ポケットベル,"
    "携帯電話の番号,自宅の住所,自宅の住所 2,自宅の市区町村,自宅の都道府県,自宅の郵便番号,自宅の国,勤務先の住所,勤務先の住所 2,勤務先の市区町村,"
    "勤務先の都道府県,勤務先の郵便番号,勤務先の国,役職,部門,組織,Web ページ 1,Web ページ 2,誕生年,誕生月,誕生日,カスタム 1,カスタム 2,"
    "カスタム 3,カスタム 4,メモ"
)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize(("head", "encoding"), [(THUNDERBIRD, "utf-8"), (THUNDERBIRD_JA, "cp932")])
def test_thunderbird_with_every_separator(head: str, encoding: str, mark: str) -> None:
    english = {
        "First Name": "花子", "Last Name": "石井", "Display Name": "石井 花子", "Primary Email": "h@example.jp",
        "Secondary Email": "h2@example.jp", "Work Phone": "03-1111-0001", "Home Phone": "03-1111-0002",
        "Fax Number": "03-1111-0003", "Mobile Number": "090-1111-0004", "Work Address": "虎ノ門1-1-1", "Work City": "港区",
        "Work State": "東京都", "Work ZipCode": "1050001", "Job Title": "部長", "Department": "営業部",
        "Organization": "株式会社アクメ", "Web Page 1": "https://example.jp", "Notes": "甲, 乙; 丙",
    }  # fmt: skip
    names = dict(zip(THUNDERBIRD.split(","), head.split(","), strict=True))
    reading = table(head, {names[column]: cell for column, cell in english.items()}, encoding=encoding, mark=mark)
    assert (reading.kind, reading.encoding) == ("thunderbird", encoding)
    assert only(reading) == Candidate(
        name="石井 花子",
        family="石井",
        given="花子",
        company="株式会社アクメ",
        department="営業部",
        title="部長",
        emails=("h@example.jp", "h2@example.jp"),
        phones=(
            Phone("03-1111-0001", "company"),
            Phone("03-1111-0002", "other"),
            Phone("03-1111-0003", "fax"),
            Phone("090-1111-0004", "mobile"),
        ),
        urls=("https://example.jp",),
        address="〒105-0001 東京都港区虎ノ門1-1-1",
        note="甲, 乙; 丙",
        line=2,
    )


def test_an_address_collected_by_thunderbird_is_no_name() -> None:
    person = only(table(THUNDERBIRD, {"Display Name": "x@example.jp", "Primary Email": "x@example.jp"}))
    assert (person.name, person.emails) == ("", ("x@example.jp",))


def test_a_hyphen_tells_outlook_from_linkedin() -> None:
    head = "First Name,Last Name,{mail},Company,Position,Connected On"
    row = {"First Name": "John", "Last Name": "Smith"}
    assert table(head.format(mail="Email Address"), row).kind == "linkedin"
    assert table("First Name,Last Name,E-mail Address,Company,Job Title", row).kind == "outlook"


def test_the_sentence_for_a_text_without_a_table_says_what_is_known() -> None:
    with pytest.raises(UserError) as refused:
        read("x.csv", "ただの文章です。\n二行目です。\n".encode())
    for name in (
        "Eight",
        "Sansan",
        "Google",
        "Outlook",
        "LinkedIn",
        "Thunderbird",
        "connpass",
        "SoloFlow",
        "vCard",
        "MECARD",
    ):
        assert name in str(refused.value)
