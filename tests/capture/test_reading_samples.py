"""Every name, kana, company, phone and mail of files as people bring them."""

from datetime import date
from pathlib import Path

import pytest

from soloflow.capture.reading import read
from soloflow.domain.candidates import Reading

FIXTURES = Path(__file__).parents[1] / "fixtures" / "capture"

EIGHT = """
濵田 花子||株式会社アクメ|03-4657-3286|user00@example.com
石井 花子||フリーランス|090-2535-4582|user01@example.co.jp
十河 太郎||有限会社髙木商店|03-4611-8359 090-5557-1106|user02@example.com
小林 結衣||(株)ソリューション能|03-6514-2674|
佐藤 結衣||一般社団法人まちづくり|03-1711-8527 090-9785-3045|user04@example.com
表 翔||一般社団法人まちづくり|03-1711-8527 090-4733-5741|user05@example.co.jp
渡邉 花子||フリーランス||user06@example.com
﨑山 健一||一般社団法人まちづくり|03-1711-8527 090-3803-9751|user07@example.co.jp
能登 大輔||(株)ソリューション能|03-6514-2674 090-4752-1525|user08@example.com
斎藤 花子||有限会社髙木商店|03-4611-8359|user09@example.co.jp
小林 さくら||合同会社ことり|03-5040-9830 090-5304-8019|
﨑山 真由美||合同会社ことり|090-2489-1771|user11@example.co.jp
濵田 健一||フリーランス|03-7304-7252|user12@example.com
表 翔||株式会社アクメ|03-4657-3286 090-6573-2827|user13@example.co.jp
髙橋 さくら||株式会社アクメ|03-4657-3286 090-2743-5889|user14@example.com
十河 真由美||合同会社ことり|03-5040-9830|user15@example.co.jp
﨑山 さくら||株式会社アクメ|090-6038-4923|user16@example.com
十河 花子||㈱青空製作所|03-9727-3060 090-3103-8787|
斎藤 大輔||有限会社髙木商店|03-4611-8359|user18@example.com
濵田 結衣||ｱﾙﾌｧｼｽﾃﾑ株式会社|03-2982-5061 090-4681-2049|user19@example.co.jp
十河 真由美||有限会社髙木商店|03-4611-8359 090-2104-1514|user20@example.com
表 真由美||(株)ソリューション能||user21@example.co.jp
石井 さくら||有限会社髙木商店|03-4611-8359 090-2588-8062|user22@example.com
小林 さくら||株式会社アクメ|03-4657-3286 090-2790-5073|user23@example.co.jp
"""

GOOGLE = """
濵田 花子|ハマダ ハナコ|株式会社アクメ|03-4657-3286|user00@example.com
石井 花子|イシイ ハナコ|フリーランス|090-2535-4582|user01@example.co.jp
十河 太郎|ソゴウ タロウ|有限会社髙木商店|03-4611-8359 090-5557-1106|user02@example.com
小林 結衣|コバヤシ ユイ|(株)ソリューション能|03-6514-2674|
佐藤 結衣|サトウ ユイ|一般社団法人まちづくり|03-1711-8527 090-9785-3045|user04@example.com
表 翔|オモテ ショウ|一般社団法人まちづくり|03-2139-1750 090-4733-5741|user05@example.co.jp
渡邉 花子|ワタナベ ハナコ|フリーランス||user06@example.com
﨑山 健一|サキヤマ ケンイチ|一般社団法人まちづくり|03-5374-2169 090-3803-9751|user07@example.co.jp
能登 大輔|ノト ダイスケ|(株)ソリューション能|03-6313-1916 090-4752-1525|user08@example.com
斎藤 花子|サイトウ ハナコ|有限会社髙木商店|03-6155-4483|user09@example.co.jp
小林 さくら|コバヤシ サクラ|合同会社ことり|03-5040-9830 090-5304-8019|
﨑山 真由美|サキヤマ マユミ|合同会社ことり|090-2489-1771|user11@example.co.jp
濵田 健一|ハマダ ケンイチ|フリーランス|03-7304-7252|user12@example.com
表 翔|オモテ ショウ|株式会社アクメ|03-9797-5371 090-6573-2827|user13@example.co.jp
髙橋 さくら|タカハシ サクラ|株式会社アクメ|03-3927-9317 090-2743-5889|user14@example.com
十河 真由美|ソゴウ マユミ|合同会社ことり|03-9837-9689|user15@example.co.jp
||||info@example.net
"""

OLD_PHONE = """
濵田 花子|ハマダ ハナコ|株式会社アクメ||user00@example.com
石井 花子|イシイ ハナコ|フリーランス|090-2535-4582|user01@example.co.jp
十河 太郎|ソゴウ タロウ|有限会社髙木商店|090-5557-1106|user02@example.com
小林 結衣|コバヤシ ユイ|(株)ソリューション能||
佐藤 結衣|サトウ ユイ|一般社団法人まちづくり|090-9785-3045|user04@example.com
表 翔|オモテ ショウ|一般社団法人まちづくり|090-4733-5741|user05@example.co.jp
"""

IPHONE = """
渡邉 花子|ワタナベ ハナコ|フリーランス||user06@example.com
﨑山 健一|サキヤマ ケンイチ|一般社団法人まちづくり|090-3803-9751|user07@example.co.jp
能登 大輔|ノト ダイスケ|(株)ソリューション能|090-4752-1525|user08@example.com
斎藤 花子|サイトウ ハナコ|有限会社髙木商店||user09@example.co.jp
小林 さくら|コバヤシ サクラ|合同会社ことり|090-5304-8019|
﨑山 真由美|サキヤマ マユミ|合同会社ことり|090-2489-1771|user11@example.co.jp
"""

OUTLOOK = """
能登 大輔||(株)ソリューション能|090-4752-1525 03-6313-1916|user08@example.com
斎藤 花子||有限会社髙木商店|03-6155-4483|user09@example.co.jp
小林 さくら||合同会社ことり|090-5304-8019 03-5040-9830|
﨑山 真由美||合同会社ことり|090-2489-1771|user11@example.co.jp
濵田 健一||フリーランス|03-7304-7252|user12@example.com
表 翔||株式会社アクメ|090-6573-2827 03-9797-5371|user13@example.co.jp
髙橋 さくら||株式会社アクメ|090-2743-5889 03-3927-9317|user14@example.com
十河 真由美||合同会社ことり|03-9837-9689|user15@example.co.jp
﨑山 さくら||株式会社アクメ|090-6038-4923|user16@example.com
十河 花子||㈱青空製作所|090-3103-8787 03-9727-3060|
斎藤 大輔||有限会社髙木商店|03-4295-6107|user18@example.com
濵田 結衣||ｱﾙﾌｧｼｽﾃﾑ株式会社|090-4681-2049 03-2982-5061|user19@example.co.jp
"""

LINKEDIN = """
佐藤 結衣||一般社団法人まちづくり||user04@example.com
表 翔||一般社団法人まちづくり||
渡邉 花子||Acme, Inc.||
﨑山 健一||一般社団法人まちづくり||
能登 大輔||(株)ソリューション能||user08@example.com
小林 さくら||合同会社ことり||
﨑山 真由美||合同会社ことり||
濵田 健一||フリーランス||user12@example.com
表 翔||株式会社アクメ||
髙橋 さくら||株式会社アクメ||
十河 真由美||合同会社ことり||
﨑山 さくら||株式会社アクメ||user16@example.com
十河 花子||㈱青空製作所||
"""


def sample(name: str) -> Reading:
    return read(name, (FIXTURES / name).read_bytes())


@pytest.mark.parametrize(
    ("name", "kind", "encoding", "rows", "expected"),
    [
        ("eight_cp932.csv", "eight", "cp932", 25, EIGHT),
        ("google_contacts.csv", "google", "utf-8-sig", 17, GOOGLE),
        ("phone_v21_sjis.vcf", "vcard", "cp932", 6, OLD_PHONE),
        ("iphone_v30_folded.vcf", "vcard", "utf-8", 6, IPHONE),
        ("outlook_ja.csv", "outlook", "cp932", 12, OUTLOOK),
        ("linkedin_connections.csv", "linkedin", "utf-8-sig", 13, LINKEDIN),
    ],
)
def test_everybody_in_a_sample_is_read_exactly(name: str, kind: str, encoding: str, rows: int, expected: str) -> None:
    reading = sample(name)
    found = [
        "|".join((p.name, p.kana, p.company, " ".join(phone.number for phone in p.phones), " ".join(p.emails)))
        for p in reading.candidates
    ]
    assert (reading.kind, reading.encoding, reading.rows) == (kind, encoding, rows)
    assert found == expected.strip().splitlines()
    assert reading.problems == ()


def test_family_and_given_names_are_told_apart() -> None:
    for name in ("eight_cp932.csv", "google_contacts.csv", "phone_v21_sjis.vcf", "iphone_v30_folded.vcf"):
        for person in sample(name).candidates:
            assert f"{person.family} {person.given}".strip() == person.name


def test_one_person_exchanged_twice_is_one_candidate_with_both_days() -> None:
    twice = [person for person in sample("eight_cp932.csv").candidates if len(person.met_on) > 1]
    assert [(person.name, person.met_on, person.line) for person in twice] == [
        ("十河 太郎", (date(2026, 3, 23), date(2026, 11, 20)), 11)
    ]


def test_colleagues_who_share_the_company_number_stay_apart() -> None:
    sharing = [p for p in sample("eight_cp932.csv").candidates if "03-4657-3286" in {n.number for n in p.phones}]
    assert [person.name for person in sharing] == ["濵田 花子", "表 翔", "髙橋 さくら", "小林 さくら"]
    assert {n.kind for person in sharing for n in person.phones if n.number == "03-4657-3286"} == {"company"}


def test_lines_are_those_of_the_file_even_after_cells_with_line_breaks() -> None:
    assert [person.line for person in sample("google_contacts.csv").candidates[:4]] == [2, 4, 5, 6]
    assert [person.line for person in sample("iphone_v30_folded.vcf").candidates[:3]] == [1, 15, 29]
    assert [person.line for person in sample("eight_cp932.csv").candidates[:2]] == [9, 10]


def test_a_note_folded_inside_a_character_is_whole() -> None:
    notes = {person.note for person in sample("iphone_v30_folded.vcf").candidates}
    assert notes == {
        "勉強会の懇親会で在庫管理システムの刷新について相談を受けた。来月にもう一度連絡する約束, 予算は来期。"
    }


def test_an_address_broken_inside_a_character_is_whole() -> None:
    addresses = {person.address for person in sample("phone_v21_sjis.vcf").candidates}
    assert addresses == {"虎ノ門一丁目一番一号 能登ビル十階表通り"}


def test_the_rest_of_a_card_is_kept_too() -> None:
    first = sample("eight_cp932.csv").candidates[0]
    assert (first.department, first.title, first.urls) == ("経営企画室", "課長", ("https://example.com",))
    assert first.address == "〒105-0001 東京都港区虎ノ門1-1-1"


def test_both_ways_linkedin_writes_a_day_are_read() -> None:
    people = sample("linkedin_connections.csv").candidates
    assert [person.met_on for person in people[:2]] == [(date(2022, 2, 7),), (date(2024, 3, 12),)]
    assert people[0].urls == ("https://www.linkedin.com/in/user0",)


def test_labels_of_google_become_tags_but_its_own_do_not() -> None:
    assert [person.tags for person in sample("google_contacts.csv").candidates[:2]] == [(), ("勉強会",)]


def test_a_file_is_known_by_its_content_not_by_its_name() -> None:
    data = (FIXTURES / "phone_v21_sjis.vcf").read_bytes()
    assert read("list.csv", data).kind == "vcard"
    assert read("card.vcf", (FIXTURES / "eight_cp932.csv").read_bytes()).kind == "eight"
