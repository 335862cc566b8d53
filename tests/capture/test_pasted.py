"""Whatever is pasted into the one line: signatures, lists, cards, rows, links. Values are compared field by field; everybody is invented."""

import os
import random
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soloflow.capture.pasted import parse_many, parse_part, read_pasted
from soloflow.domain.candidates import Candidate, Phone

TODAY = date(2026, 11, 21)
MANY_EXAMPLES = 2000 if os.environ.get("SOLOFLOW_THOROUGH") else 150
NOT_COMPARED = {"family", "given"}


def people(text: str, asked: str = "") -> list[Candidate]:
    return [parse_part(text, part, TODAY).candidate for part in read_pasted(text, asked).parts]


def values(person: Candidate) -> dict[str, object]:
    """The fields that say something."""
    found = {name: getattr(person, name) for name in Candidate.__slots__ if name not in NOT_COMPARED}
    return {name: value for name, value in found.items() if value not in ("", (), None, 0)}


def company(number: str) -> Phone:
    return Phone(number, "company")


def mobile(number: str) -> Phone:
    return Phone(number, "mobile")


def fax(number: str) -> Phone:
    return Phone(number, "fax")


def direct(number: str) -> Phone:
    return Phone(number, "direct")


def other(number: str) -> Phone:
    return Phone(number, "other")


SIGNATURES: dict[str, tuple[str, dict[str, object]]] = {
    "the usual Japanese signature": (
        """------------------------------
株式会社アクメ　営業部　課長
山田 太郎（やまだ たろう）
〒100-0001 東京都千代田区千代田1-1
アクメビル5F
TEL：03-1234-5678（代）　FAX：03-1234-5679
携帯：090-1234-5678
E-mail：taro@acme.example
URL：https://www.acme.example/
------------------------------""",
        {
            "name": "山田 太郎", "kana": "ヤマダ タロウ", "company": "株式会社アクメ", "department": "営業部", "title": "課長",
            "emails": ("taro@acme.example",), "urls": ("https://www.acme.example/",),
            "phones": (company("03-1234-5678"), fax("03-1234-5679"), mobile("090-1234-5678")),
            "address": "〒100-0001 東京都千代田区千代田1-1 アクメビル5F",
        },
    ),
    "equal signs and everything on lines of its own": (
        """===================================
豊橋テクノ株式会社
製造本部 生産管理部
部長
梶 真由
Kaji Mayu
〒440-0075
愛知県豊橋市花田町1-2-3
Tel: 0532-12-3456
Mail: mayu.kaji@toyohashi-techno.example
===================================""",
        {
            "name": "梶 真由", "company": "豊橋テクノ株式会社", "department": "製造本部 生産管理部", "title": "部長",
            "emails": ("mayu.kaji@toyohashi-techno.example",), "phones": (company("0532-12-3456"),),
            "address": "〒440-0075 愛知県豊橋市花田町1-2-3", "note": "Kaji Mayu",
        },
    ),
    "stars and full width throughout": (
        """＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊
うさみ紙器　有限会社
代表取締役　宇佐美　純
ＴＥＬ：０４８－１２３－４５６７
ＦＡＸ：０４８－１２３－４５６８
Ｅ－ｍａｉｌ：ｊｕｎ＠ｕｓａｍｉ．ｅｘａｍｐｌｅ
＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊""",
        {
            "name": "宇佐美 純", "company": "うさみ紙器 有限会社", "title": "代表取締役", "emails": ("jun@usami.example",),
            "phones": (company("048-123-4567"), fax("048-123-4568")),
        },
    ),
    "a box of lines": (
        """┏━━━━━━━━━━━━━━━━━━━━┓
┃ カワセミ食品株式会社
┃ 情報システム部　主任
┃ 十河　太郎
┃ 📞 06-1234-5678
┃ ✉ sogo@kawasemi.example
┗━━━━━━━━━━━━━━━━━━━━┛""",
        {
            "name": "十河 太郎", "company": "カワセミ食品株式会社", "department": "情報システム部", "title": "主任",
            "emails": ("sogo@kawasemi.example",), "phones": (company("06-1234-5678"),),
        },
    ),
    "squares before the labels": (
        """◆◇◆━━━━━━━━━━━━━━
佐藤 花子
合同会社あおば企画
■TEL：03-9876-5432
■Mobile：080-1111-2222
■Mail：hanako@aoba.example
■HP：https://aoba.example/
━━━━━━━━━━━━━━◆◇◆""",
        {
            "name": "佐藤 花子", "company": "合同会社あおば企画", "emails": ("hanako@aoba.example",),
            "phones": (company("03-9876-5432"), mobile("080-1111-2222")), "urls": ("https://aoba.example/",),
        },
    ),
    "letters of the name spread out": (
        """株式会社 小暮織物
営業企画室 室長
小　暮　正　人
kogure@kogure-ori.example
0277-12-3456""",
        {
            "name": "小暮 正人", "company": "株式会社 小暮織物", "department": "営業企画室", "title": "室長",
            "emails": ("kogure@kogure-ori.example",), "phones": (company("0277-12-3456"),),
        },
    ),
    "English with the usual two dashes": (
        """--
Taro Yamada
Senior Software Engineer
Blue Works
taro@blueworks.example | +81-90-1234-5678
https://github.com/taro-y
1-2-3 Shibuya, Shibuya-ku
Tokyo 150-0002, Japan""",
        {
            "name": "Taro Yamada", "company": "Blue Works", "title": "Senior Software Engineer",
            "emails": ("taro@blueworks.example",), "phones": (mobile("+81-90-1234-5678"),), "urls": ("https://github.com/taro-y",),
            "address": "1-2-3 Shibuya, Shibuya-ku Tokyo 150-0002, Japan",
        },
    ),
    "English in one line with bars": (
        """Lisa Bennett | Head of Product | Acme Inc.
lisa@acme.example | +1 (415) 555-0132 | www.acme.example""",
        {
            "name": "Lisa Bennett", "company": "Acme Inc.", "title": "Head of Product", "emails": ("lisa@acme.example",),
            "phones": (company("+1 (415) 555-0132"),), "urls": ("www.acme.example",),
        },
    ),
    "engineer at a company": (
        """John Smith
Engineer at Northwind Systems
M: +44 20 7946 0958
E: john@northwind.example""",
        {
            "name": "John Smith", "company": "Northwind Systems", "title": "Engineer", "emails": ("john@northwind.example",),
            "phones": (mobile("+44 20 7946 0958"),),
        },
    ),
    "kanji and romaji on two lines, where the romaji is known": (
        """山田 健二
Kenji Yamada
株式会社みどり設計
kenji@midori.example""",
        {"name": "山田 健二", "kana": "ヤマダ ケンジ", "company": "株式会社みどり設計", "emails": ("kenji@midori.example",)},
    ),
    "romaji in brackets": (
        """田中 陽子 (Yoko Tanaka)
フリーランスデザイナー
yoko@tanaka-design.example
Instagram: @yoko_design""",
        {
            "name": "田中 陽子", "kana": "タナカ ヨウコ", "title": "フリーランスデザイナー", "emails": ("yoko@tanaka-design.example",),
            "urls": ("https://www.instagram.com/yoko_design/",),
        },
    ),
    "hiragana above the name": (
        """なかむら さくら
中村 桜
一般社団法人まちの学び舎
TEL/FAX 045-123-4567
sakura@manabiya.example""",
        {
            "name": "中村 桜", "kana": "ナカムラ サクラ", "company": "一般社団法人まちの学び舎", "emails": ("sakura@manabiya.example",),
            "phones": (company("045-123-4567"),),
        },
    ),
    "labels with colons for everything": (
        """会社名：株式会社ひかり物流
部署：情報システム課
役職：係長
氏名：小林 誠
フリガナ：コバヤシ マコト
住所：埼玉県川口市本町1-2-3
電話：048-222-3333
メール：makoto@hikari.example""",
        {
            "name": "小林 誠", "kana": "コバヤシ マコト", "company": "株式会社ひかり物流", "department": "情報システム課", "title": "係長",
            "address": "埼玉県川口市本町1-2-3", "phones": (company("048-222-3333"),), "emails": ("makoto@hikari.example",),
        },
    ),
    "labels in brackets": (
        """【氏名】渡辺 直樹
【会社】渡辺工務店
【TEL】042-555-0001
【携帯】070-5555-0001
【Mail】naoki@watanabe-k.example""",
        {
            "name": "渡辺 直樹", "company": "渡辺工務店", "phones": (company("042-555-0001"), mobile("070-5555-0001")),
            "emails": ("naoki@watanabe-k.example",),
        },
    ),
    "a direct line and an extension": (
        """日野精機株式会社
設計部 設計二課
高橋 大輔
直通：042-111-2222　代表：042-111-0000（内線 345）
takahashi@hino.example""",
        {
            "name": "高橋 大輔", "company": "日野精機株式会社", "department": "設計部 設計二課", "emails": ("takahashi@hino.example",),
            "phones": (direct("042-111-2222"), company("042-111-0000 内線345")),
        },
    ),
    "title and name without a space": (
        """株式会社つばめ印刷
代表取締役社長鈴木一郎
〒955-0001 新潟県三条市1-1-1
TEL 0256-11-2222""",
        {
            "name": "鈴木 一郎", "company": "株式会社つばめ印刷", "title": "代表取締役社長", "address": "〒955-0001 新潟県三条市1-1-1",
            "phones": (company("0256-11-2222"),),
        },
    ),
    "two offices keep the second as a note": (
        """株式会社ふたば
井上 恵
本社：〒100-0005 東京都千代田区丸の内1-1-1
大阪支店：〒530-0001 大阪府大阪市北区梅田1-1-1
megumi@futaba.example""",
        {
            "name": "井上 恵", "company": "株式会社ふたば", "address": "〒100-0005 東京都千代田区丸の内1-1-1",
            "note": "〒530-0001 大阪府大阪市北区梅田1-1-1", "emails": ("megumi@futaba.example",),
        },
    ),
    "a slogan and opening hours are kept as a note": (
        """*****************
ものづくりの明日をつくる
株式会社野田スクリーン
野田 あずさ
azusa@noda-screen.example
営業時間 9:00-17:00
*****************""",
        {
            "name": "野田 あずさ", "company": "株式会社野田スクリーン", "emails": ("azusa@noda-screen.example",),
            "note": "ものづくりの明日をつくる\n営業時間 9:00-17:00",
        },
    ),
    "a company in Latin letters before its form": (
        """Acme Japan株式会社
カスタマーサクセス部
マネージャー　松本 亮
ryo.matsumoto@acme-japan.example""",
        {
            "name": "松本 亮", "company": "Acme Japan株式会社", "department": "カスタマーサクセス部", "title": "マネージャー",
            "emails": ("ryo.matsumoto@acme-japan.example",),
        },
    ),
    "a form before Latin words": (
        """株式会社Blue Works
CTO 清水 翔太
shota@blueworks.example""",
        {"name": "清水 翔太", "company": "株式会社Blue Works", "title": "CTO", "emails": ("shota@blueworks.example",)},
    ),
    "two titles joined by 兼": (
        """斎藤製作所株式会社
代表取締役社長 兼 CEO
斎藤 隆
takashi@saito-ss.example
https://saito-ss.example""",
        {
            "name": "斎藤 隆", "company": "斎藤製作所株式会社", "title": "代表取締役社長 兼 CEO", "emails": ("takashi@saito-ss.example",),
            "urls": ("https://saito-ss.example",),
        },
    ),
    "an address written against robots": (
        """木村 学
木村会計事務所
manabu[at]kimura.example""",
        {"name": "木村 学", "company": "木村会計事務所", "emails": ("manabu@kimura.example",)},
    ),
    "what Outlook makes of an address": (
        """森 誠
株式会社もり
mori@mori.example<mailto:mori@mori.example>
03-2222-3333""",
        {"name": "森 誠", "company": "株式会社もり", "emails": ("mori@mori.example",), "phones": (company("03-2222-3333"),)},
    ),
    "GitHub and X by label": (
        """池田 涼
フリーランスエンジニア
GitHub: ikeda-ryo / X: @ikeda_ryo
ryo@ikeda.example""",
        {
            "name": "池田 涼", "title": "フリーランスエンジニア", "emails": ("ryo@ikeda.example",),
            "urls": ("https://github.com/ikeda-ryo", "https://x.com/ikeda_ryo"),
        },
    ),
    "a katakana name": (
        """リサ・ベネット
ブルーワークス株式会社
lisa@blueworks.example""",
        {"name": "リサ・ベネット", "company": "ブルーワークス株式会社", "emails": ("lisa@blueworks.example",)},
    ),
    "a rare name beside a post": (
        """我孫子 洋之進
千鳥電機株式会社 技術本部 主席研究員
abiko@chidori.example""",
        {
            "name": "我孫子 洋之進", "company": "千鳥電機株式会社", "department": "技術本部", "title": "主席研究員",
            "emails": ("abiko@chidori.example",),
        },
    ),
    "the company only in the mail host": (
        """橋本 結衣
フォレスト
yui@foresuto.example
TEL 03-1111-9999""",
        {"name": "橋本 結衣", "company": "フォレスト", "emails": ("yui@foresuto.example",), "phones": (company("03-1111-9999"),)},
    ),
    "a university": (
        """東海学園大学 工学部 情報学科
教授　山崎 博
〒465-0001 愛知県名古屋市名東区1-2
yamazaki@tokai-g.example""",
        {
            "name": "山崎 博", "company": "東海学園大学", "department": "工学部 情報学科", "title": "教授",
            "address": "〒465-0001 愛知県名古屋市名東区1-2", "emails": ("yamazaki@tokai-g.example",),
        },
    ),
    "English with a department": (
        """Emily Carter
Product Development Department
Northwind Co., Ltd.
Tel: +81-3-1234-5678
emily.carter@northwind.example""",
        {
            "name": "Emily Carter", "department": "Product Development Department", "company": "Northwind Co., Ltd.",
            "phones": (company("+81-3-1234-5678"),), "emails": ("emily.carter@northwind.example",),
        },
    ),
    "a tag and a next step typed behind": (
        """株式会社みなと
石川 徹
toru@minato.example
#在庫 → 火 メール""",
        {"name": "石川 徹", "company": "株式会社みなと", "emails": ("toru@minato.example",), "tags": ("在庫",)},
    ),
    "only company, post and name": (
        """株式会社さくら電子
品質保証部 部長
後藤 満""",
        {"name": "後藤 満", "company": "株式会社さくら電子", "department": "品質保証部", "title": "部長"},
    ),
    "two numbers in one line": (
        """原田 進
原田鉄工所
TEL 0574-11-2222 / 携帯 090-7777-8888""",
        {"name": "原田 進", "company": "原田鉄工所", "phones": (company("0574-11-2222"), mobile("090-7777-8888"))},
    ),
    "dots in the number": (
        """Ken Ito
Orange Studio
T. 03.1234.0000
ken@orange.example""",
        {"name": "Ken Ito", "company": "Orange Studio", "phones": (company("03.1234.0000"),), "emails": ("ken@orange.example",)},
    ),
    "brackets in the number": (
        """岡田 稔
岡田商店
電話 (0463)12-3456
okada@okada.example""",
        {"name": "岡田 稔", "company": "岡田商店", "phones": (company("(0463)12-3456"),), "emails": ("okada@okada.example",)},
    ),
    "a postal code without a hyphen": (
        """前田 茜
株式会社まえだ
〒9200001 石川県金沢市千木町1-1
akane@maeda.example""",
        {"name": "前田 茜", "company": "株式会社まえだ", "address": "〒920-0001 石川県金沢市千木町1-1", "emails": ("akane@maeda.example",)},
    ),
    "numbers that say what they are behind them": (
        """一般財団法人 日本まちづくり協会
事務局長補佐　西園寺　公子
E-mail: kimiko@machi.example / saionji@machi.example
TEL:03-1111-2222(直通) 090-3333-4444(携帯)""",
        {
            "name": "西園寺 公子", "company": "一般財団法人 日本まちづくり協会", "title": "事務局長補佐",
            "emails": ("kimiko@machi.example", "saionji@machi.example"), "phones": (direct("03-1111-2222"), mobile("090-3333-4444")),
        },
    ),
    "dots and a company of many lines": (
        """∴‥∵‥∴‥∵‥∴‥∴‥∵‥∴‥∵‥∴
　株式会社ニワ
　ソリューション事業部
　第二開発グループ
　シニアマネージャー
　丹羽　悠斗（にわ　ゆうと）

　〒460-0001
　愛知県名古屋市中区三の丸3-1-1
　三の丸ビル　10階
　Tel：052-123-4567（部門代表）
　Mobile：080-1234-9999
　Web：https://www.niwa.example
∴‥∵‥∴‥∵‥∴‥∴‥∵‥∴‥∵‥∴""",
        {
            "name": "丹羽 悠斗", "kana": "ニワ ユウト", "company": "株式会社ニワ", "department": "ソリューション事業部 第二開発グループ",
            "title": "シニアマネージャー", "phones": (company("052-123-4567"), mobile("080-1234-9999")),
            "urls": ("https://www.niwa.example",), "address": "〒460-0001 愛知県名古屋市中区三の丸3-1-1 三の丸ビル 10階",
        },
    ),
    "pictures as labels and two scripts on one line": (
        """Yuki Tanaka / 田中 由紀
Designer @ Studio Kumo
📱 090-2222-3333
✉️ yuki@kumo.example
🌐 kumo.example""",
        {
            "name": "田中 由紀", "kana": "タナカ ユキ", "company": "Studio Kumo", "title": "Designer", "emails": ("yuki@kumo.example",),
            "phones": (mobile("090-2222-3333"),), "urls": ("kumo.example",),
        },
    ),
    "a degree, and the company behind the title": (
        """Best regards,

Maria Garcia-Lopez, PhD
VP of Engineering, Contoso
+1-415-555-0199 | maria@contoso.example""",
        {
            "name": "Maria Garcia-Lopez", "company": "Contoso", "title": "VP of Engineering", "emails": ("maria@contoso.example",),
            "phones": (company("+1-415-555-0199"),),
        },
    ),
    "slashes between everything": (
        """近藤 環 / 株式会社ほしぞら / 企画部
tamaki@hoshizora.example / 03-3333-4444""",
        {
            "name": "近藤 環", "company": "株式会社ほしぞら", "department": "企画部", "emails": ("tamaki@hoshizora.example",),
            "phones": (company("03-3333-4444"),),
        },
    ),
}  # fmt: skip

MAILS: dict[str, tuple[str, dict[str, object]]] = {
    "a whole mail with its signature": (
        """差出人: 山田 太郎 <taro@acme.example>
宛先: 私 <me@solo.example>
件名: 在庫管理の件
日時: 2026年11月20日 10:00

株式会社ソロ
中田様

お世話になっております。アクメの山田です。
先日の夜話ではありがとうございました。
在庫の件、来週ご相談させてください。

よろしくお願いいたします。

------------------------------
株式会社アクメ
山田 太郎
TEL：03-1234-5678
taro@acme.example
------------------------------""",
        {
            "name": "山田 太郎", "company": "株式会社アクメ", "emails": ("taro@acme.example",), "phones": (company("03-1234-5678"),),
            "note": "在庫管理の件\n株式会社ソロ\n先日の夜話ではありがとうございました。\n在庫の件、来週ご相談させてください。",
        },
    ),
    "a quoted mail": (
        """> 佐藤です。見積をお願いします。
>
> --
> 佐藤 花子
> あおば印刷株式会社
> hanako@aoba.example
> 080-1234-5678""",
        {
            "name": "佐藤 花子", "company": "あおば印刷株式会社", "emails": ("hanako@aoba.example",), "phones": (mobile("080-1234-5678"),),
            "note": "佐藤です。見積をお願いします。",
        },
    ),
    "the newest mail of a thread is the one that counts": (
        """Thanks, see you on Tuesday.

Lisa Bennett
Blue Works Inc.
lisa@blueworks.example

On Mon, Nov 16, 2026 at 10:00 AM, Taro Nakata <me@solo.example> wrote:
> Would Tuesday be fine for you?
>
> Taro Nakata
> 090-0000-0000""",
        {"name": "Lisa Bennett", "company": "Blue Works Inc.", "emails": ("lisa@blueworks.example",), "note": "Thanks, see you on Tuesday."},
    ),
    "a forwarded mail": (
        """---------- Forwarded message ---------
From: Emily Carter <emily@northwind.example>
Date: Fri, Nov 20, 2026
Subject: Inventory
To: <me@solo.example>

Could we talk about it next week?

Emily Carter
Northwind Ltd.
+44 20 7946 0958""",
        {
            "name": "Emily Carter", "company": "Northwind Ltd.", "emails": ("emily@northwind.example",),
            "phones": (company("+44 20 7946 0958"),), "note": "Inventory\nCould we talk about it next week?",
        },
    ),
    "only the head of a mail": (
        "From: 田中 一郎 <ichiro@tanaka.example>\nTo: me@solo.example\nSubject: 名刺交換のお礼",
        {"name": "田中 一郎", "emails": ("ichiro@tanaka.example",), "note": "名刺交換のお礼"},
    ),
    "a From line with the company in brackets": (
        "From: 田中 一郎（田中工業） <ichiro@tanaka.example>\nDate: Fri, 20 Nov 2026",
        {"name": "田中 一郎", "company": "田中工業", "emails": ("ichiro@tanaka.example",)},
    ),
    "a From line in encoded words": (
        "From: =?UTF-8?B?5bGx55SwIOWkqumDjg==?= <taro@acme.example>\nDate: Fri, 20 Nov 2026",
        {"name": "山田 太郎", "emails": ("taro@acme.example",)},
    ),
    "who wrote what is quoted": (
        """2026年11月20日(金) 10:00 佐々木 亮 <ryo@sasaki.example>:
> 来週の件、承知しました。""",
        {"name": "佐々木 亮", "emails": ("ryo@sasaki.example",), "note": "来週の件、承知しました。"},
    ),
    "an answer above what it quotes": (
        """佐藤 花子
あおば印刷 デザイン課
hanako@aoba.example

> 中田さん
> ---
> 中田 圭
> nakata@solo.example""",
        {"name": "佐藤 花子", "company": "あおば印刷", "department": "デザイン課", "emails": ("hanako@aoba.example",)},
    ),
    "a mail that is signed with a first name": (
        "Dear all,\n\nPlease find attached the slides.\nWe could talk about it on Monday.\n\nBest,\nTaro",
        {"name": "Taro", "note": "Please find attached the slides.\nWe could talk about it on Monday."},
    ),
    "a mail that is signed with a name only": (
        "お世話になっております。\n見積をお願いできますでしょうか。\n\n山田",
        {"name": "山田", "note": "見積をお願いできますでしょうか。"},
    ),
    "a notice of lawyers is not kept": (
        """--
Ken Ito
Orange Studio
ken@orange.example

This e-mail is confidential and intended only for the named recipient.""",
        {"name": "Ken Ito", "company": "Orange Studio", "emails": ("ken@orange.example",)},
    ),
}  # fmt: skip

TWO_CARDS = (
    "BEGIN:VCARD\nVERSION:3.0\nN:山田;太郎;;;\nFN:山田 太郎\nORG:株式会社アクメ;営業部\nTEL;TYPE=CELL:090-1234-5678\nADR:;;千代田1-1;千代田区;東京都;100-0001;\nNOTE:夜話で会った\nEND:VCARD\n"
    "BEGIN:VCARD\nVERSION:3.0\nFN:佐藤 花子\nEMAIL:hanako@aoba.example\nEND:VCARD"
)
LISTS: dict[str, tuple[str, list[dict[str, object]]]] = {
    "names and mails with commas": (
        "山田 太郎 <taro@acme.example>, 佐藤 花子 <hanako@aoba.example>",
        [{"name": "山田 太郎", "emails": ("taro@acme.example",)}, {"name": "佐藤 花子", "emails": ("hanako@aoba.example",)}],
    ),
    "semicolons, as Outlook writes them": (
        "Yamada Taro <taro@acme.example>; Sato Hanako <hanako@aoba.example>;",
        [{"name": "Yamada Taro", "emails": ("taro@acme.example",)}, {"name": "Sato Hanako", "emails": ("hanako@aoba.example",)}],
    ),
    "quoted names with commas in them": (
        '"山田, 太郎" <taro@acme.example>, "Bennett, Lisa" <lisa@acme.example>',
        [{"name": "山田 太郎", "emails": ("taro@acme.example",)}, {"name": "Lisa Bennett", "emails": ("lisa@acme.example",)}],
    ),
    "bare addresses": (
        "taro@acme.example\nhanako@aoba.example, ken@orange.example",
        [{"emails": ("taro@acme.example",)}, {"emails": ("hanako@aoba.example",)}, {"emails": ("ken@orange.example",)}],
    ),
    "one per line with companies in brackets": (
        "山田 太郎（アクメ） <taro@acme.example>\n佐藤 花子（あおば印刷） <hanako@aoba.example>\n",
        [
            {"name": "山田 太郎", "company": "アクメ", "emails": ("taro@acme.example",)},
            {"name": "佐藤 花子", "company": "あおば印刷", "emails": ("hanako@aoba.example",)},
        ],
    ),
    "a To line": (
        "To: 山田 太郎 <taro@acme.example>, hanako@aoba.example",
        [{"name": "山田 太郎", "emails": ("taro@acme.example",)}, {"emails": ("hanako@aoba.example",)}],
    ),
    "a single From line": (
        "差出人: 佐々木 亮 <ryo@sasaki.example>",
        [{"name": "佐々木 亮", "emails": ("ryo@sasaki.example",)}],
    ),
    "one person in the order of an address book": (
        '"Bennett, Lisa" <lisa@acme.example>',
        [{"name": "Lisa Bennett", "emails": ("lisa@acme.example",)}],
    ),
    "company before the name": (
        "株式会社アクメ 山田太郎 <taro@acme.example>, あおば印刷 佐藤花子 <hanako@aoba.example>",
        [
            {"name": "山田 太郎", "company": "株式会社アクメ", "emails": ("taro@acme.example",)},
            {"name": "佐藤 花子", "company": "あおば印刷", "emails": ("hanako@aoba.example",)},
        ],
    ),
    "people one per line": (
        "十河 カワセミ食品 在庫が Excel で限界\n梶 真由 豊橋テクノ 社内で相談してから\n柴崎 浩 hiroshi@shibasaki.example\n中田 圭",
        [
            {"name": "十河", "company": "カワセミ食品", "note": "在庫が Excel で限界"},
            {"name": "梶 真由", "company": "豊橋テクノ", "note": "社内で相談してから"},
            {"name": "柴崎 浩", "emails": ("hiroshi@shibasaki.example",)},
            {"name": "中田 圭"},
        ],
    ),
    "a numbered list with companies in brackets": (
        "1. 山田 太郎（アクメ）\n2. 佐藤 花子（あおば印刷）\n10) 鈴木 健（ミライ）",
        [
            {"name": "山田 太郎", "company": "アクメ"}, {"name": "佐藤 花子", "company": "あおば印刷"},
            {"name": "鈴木 健", "kana": "ミライ"},
        ],
    ),
    "a list with bullets": (
        "・山田 太郎　アクメ　在庫の話\n・佐藤 花子　あおば印刷　ECの話",
        [
            {"name": "山田 太郎", "company": "アクメ", "note": "在庫の話"},
            {"name": "佐藤 花子", "company": "あおば印刷", "note": "ECの話"},
        ],
    ),
    "a company over its people": (
        "株式会社アクメ\n山田 太郎 taro@acme.example\n佐藤 花子 hanako@acme.example",
        [
            {"name": "山田 太郎", "company": "株式会社アクメ", "emails": ("taro@acme.example",)},
            {"name": "佐藤 花子", "company": "株式会社アクメ", "emails": ("hanako@acme.example",)},
        ],
    ),
    "names only": ("Taro Yamada\nLisa Bennett\n佐藤 花子", [{"name": "Taro Yamada"}, {"name": "Lisa Bennett"}, {"name": "佐藤 花子"}]),
    "people with a number each": (
        "山田 太郎 株式会社アクメ 課長 03-1234-5678\n佐藤 花子 あおば印刷 080-1111-2222",
        [
            {"name": "山田 太郎", "company": "株式会社アクメ", "title": "課長", "phones": (other("03-1234-5678"),)},
            {"name": "佐藤 花子", "company": "あおば印刷", "phones": (mobile("080-1111-2222"),)},
        ],
    ),
    "two signatures one after the other": (
        """山田 太郎
株式会社アクメ
taro@acme.example

佐藤 花子
あおば印刷株式会社
hanako@aoba.example""",
        [
            {"name": "山田 太郎", "company": "株式会社アクメ", "emails": ("taro@acme.example",)},
            {"name": "佐藤 花子", "company": "あおば印刷株式会社", "emails": ("hanako@aoba.example",)},
        ],
    ),
    "names with the mail below, without blank lines": (
        "山田 太郎\ntaro@acme.example\n佐藤 花子\nhanako@aoba.example",
        [{"name": "山田 太郎", "emails": ("taro@acme.example",)}, {"name": "佐藤 花子", "emails": ("hanako@aoba.example",)}],
    ),
    "a card list of the web: company first": (
        "株式会社アクメ\n山田 太郎\n営業部 課長\n株式会社ふたば\n佐藤 花子\n総務部 部長",
        [
            {"name": "山田 太郎", "company": "株式会社アクメ", "department": "営業部", "title": "課長"},
            {"name": "佐藤 花子", "company": "株式会社ふたば", "department": "総務部", "title": "部長"},
        ],
    ),
    "rows of a spreadsheet with a head": (
        "会社名\t部署\t氏名\tメール\t携帯\n株式会社アクメ\t営業部\t山田 太郎\ttaro@acme.example\t090-1234-5678\nあおば印刷\t\t佐藤 花子\thanako@aoba.example\t",
        [
            {
                "name": "山田 太郎", "company": "株式会社アクメ", "department": "営業部", "emails": ("taro@acme.example",),
                "phones": (mobile("090-1234-5678"),),
            },
            {"name": "佐藤 花子", "company": "あおば印刷", "emails": ("hanako@aoba.example",)},
        ],
    ),
    "rows without a head": (
        "山田 太郎\tアクメ\ttaro@acme.example\n佐藤 花子\tあおば印刷\thanako@aoba.example\n鈴木 健\tミライ\tken@mirai.example",
        [
            {"name": "山田 太郎", "company": "アクメ", "emails": ("taro@acme.example",)},
            {"name": "佐藤 花子", "company": "あおば印刷", "emails": ("hanako@aoba.example",)},
            {"name": "鈴木 健", "company": "ミライ", "emails": ("ken@mirai.example",)},
        ],
    ),
    "family and given name in columns of their own": (
        "姓\t名\t会社\n山田\t太郎\tアクメ\n佐藤\t花子\tあおば",
        [{"name": "山田 太郎", "company": "アクメ"}, {"name": "佐藤 花子", "company": "あおば"}],
    ),
    "rows with commas under a head": (
        "氏名,会社,メール\n山田 太郎,アクメ,taro@acme.example\n佐藤 花子,あおば,hanako@aoba.example",
        [
            {"name": "山田 太郎", "company": "アクメ", "emails": ("taro@acme.example",)},
            {"name": "佐藤 花子", "company": "あおば", "emails": ("hanako@aoba.example",)},
        ],
    ),
    "people whose number stands below": (
        "山田 太郎 アクメ 部長\n080-1111-2222\n佐藤 花子 あおば 課長\n090-3333-4444",
        [
            {"name": "山田 太郎", "company": "アクメ", "title": "部長", "phones": (mobile("080-1111-2222"),)},
            {"name": "佐藤 花子", "company": "あおば", "title": "課長", "phones": (mobile("090-3333-4444"),)},
        ],
    ),
    "one row": (
        "株式会社アクメ\t山田 太郎\t03-1234-5678",
        [{"name": "山田 太郎", "company": "株式会社アクメ", "phones": (other("03-1234-5678"),)}],
    ),
    "two vCards": (
        TWO_CARDS,
        [
            {
                "name": "山田 太郎", "company": "株式会社アクメ", "department": "営業部", "phones": (mobile("090-1234-5678"),),
                "address": "〒100-0001 東京都千代田区千代田1-1", "note": "夜話で会った",
            },
            {"name": "佐藤 花子", "emails": ("hanako@aoba.example",)},
        ],
    ),
    "a vCard cut out of a mail that quotes it": (
        "名刺をお送りします。\n> BEGIN:VCARD\n> VERSION:3.0\n> FN:鈴木 健\n> TEL:03-1234-5678\n> END:VCARD\n",
        [{"name": "鈴木 健", "phones": (other("03-1234-5678"),)}],
    ),
    "a vCard without its end": (
        "BEGIN:VCARD\nVERSION:4.0\nFN:鈴木 健\nTITLE:部長",
        [{"name": "鈴木 健", "title": "部長"}],
    ),
    "MECARD": (
        "MECARD:N:山田,太郎;SOUND:ヤマダ,タロウ;TEL:09012345678;EMAIL:taro@acme.example;ADR:東京都港区芝1-2-3;NOTE:夜話;;",
        [
            {
                "name": "山田 太郎", "kana": "ヤマダ タロウ", "phones": (mobile("09012345678"),), "emails": ("taro@acme.example",),
                "address": "東京都港区芝1-2-3", "note": "夜話",
            }
        ],
    ),
    "two MECARDs": (
        "MECARD:N:山田,太郎;;\nMECARD:N:佐藤,花子;EMAIL:hanako@aoba.example;;",
        [{"name": "山田 太郎"}, {"name": "佐藤 花子", "emails": ("hanako@aoba.example",)}],
    ),
    "links of one site are several people": (
        "https://github.com/hanako\nhttps://github.com/kenji-s",
        [
            {"name": "hanako", "handle": "hanako", "urls": ("https://github.com/hanako",)},
            {"name": "kenji-s", "handle": "kenji-s", "urls": ("https://github.com/kenji-s",)},
        ],
    ),
    "links of several sites are one person": (
        "https://github.com/hanako\nhttps://x.com/hanako_dev?s=20",
        [{"name": "hanako", "handle": "hanako", "urls": ("https://github.com/hanako", "https://x.com/hanako_dev")}],
    ),
}  # fmt: skip

LINKS: dict[str, tuple[str, dict[str, object]]] = {
    "LinkedIn with a cipher behind the name": (
        "https://www.linkedin.com/in/taro-yamada-1a2b3c/",
        {"name": "Taro Yamada", "urls": ("https://www.linkedin.com/in/taro-yamada-1a2b3c",)},
    ),
    "LinkedIn in kanji": (
        "https://jp.linkedin.com/in/%E5%A4%AA%E9%83%8E-%E5%B1%B1%E7%94%B0-12345?trk=x",
        {"name": "山田 太郎", "urls": ("https://www.linkedin.com/in/%E5%A4%AA%E9%83%8E-%E5%B1%B1%E7%94%B0-12345",)},
    ),
    "GitHub without a name": ("github.com/taro-y", {"name": "taro-y", "handle": "taro-y", "urls": ("https://github.com/taro-y",)}),
    "X": ("https://twitter.com/hanako_dev", {"name": "hanako_dev", "handle": "hanako_dev", "urls": ("https://x.com/hanako_dev",)}),
    "note": ("https://note.com/mio/n/n123", {"name": "mio", "handle": "mio", "urls": ("https://note.com/mio",)}),
    "connpass": ("https://connpass.com/user/hiro/", {"name": "hiro", "handle": "hiro", "urls": ("https://connpass.com/user/hiro/",)}),
    "Facebook with a name": (
        "https://www.facebook.com/taro.yamada.52",
        {"name": "Taro Yamada", "urls": ("https://www.facebook.com/taro.yamada.52",)},
    ),
    "Eight says nothing about the name": (
        "https://8card.net/virtual_cards/AbC12xYz",
        {"urls": ("https://8card.net/virtual_cards/AbC12xYz",)},
    ),
    "a link beside a name": (
        "山田 太郎 アクメ https://zenn.dev/taroy",
        {"name": "山田 太郎", "company": "アクメ", "urls": ("https://zenn.dev/taroy",)},
    ),
    "a page of the site itself is nobody's": ("https://github.com/features", {"urls": ("https://github.com/features",)}),
    "several links in one line": (
        "https://qiita.com/mio https://zenn.dev/mio",
        {"name": "mio", "handle": "mio", "urls": ("https://qiita.com/mio", "https://zenn.dev/mio")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", [*SIGNATURES, *MAILS])
def test_a_signature_is_one_person_with_every_field(name):
    text, wanted = (SIGNATURES | MAILS)[name]
    assert [values(person) for person in people(text)] == [wanted]


@pytest.mark.parametrize("name", list(SIGNATURES))
def test_line_ends_of_windows_make_no_difference(name):
    text, wanted = SIGNATURES[name]
    assert [values(person) for person in people(text.replace("\n", "\r\n"))] == [wanted]


@pytest.mark.parametrize("name", list(LISTS))
def test_a_list_is_everybody_in_it(name):
    text, wanted = LISTS[name]
    assert [values(person) for person in people(text)] == wanted


@pytest.mark.parametrize("name", list(LINKS))
def test_a_link_says_whose_page_it_is(name):
    text, wanted = LINKS[name]
    assert [values(person) for person in people(text)] == [wanted]


def test_a_handle_is_marked_as_one():
    (line,) = parse_many("https://github.com/hanako", TODAY)
    assert [chip.display for chip in line.chips if chip.field == "name"] == ["hanako（GitHub）"]


def test_every_value_of_a_signature_knows_its_place():
    text = SIGNATURES["the usual Japanese signature"][0]
    (part,) = read_pasted(text).parts
    places = {piece.field: text[piece.start : piece.end] for piece in part.pieces}
    assert places["email"] == "E-mail：taro@acme.example"
    assert places["company"] == "株式会社アクメ"
    assert places["address"] == "〒100-0001 東京都千代田区千代田1-1\nアクメビル5F"


def test_the_next_step_behind_a_signature_is_understood():
    (line,) = parse_many(SIGNATURES["a tag and a next step typed behind"][0], TODAY)
    assert (line.follow_up.kind, line.follow_up.due) == ("mail", date(2026, 11, 24))


def test_what_is_undecided_can_be_read_the_other_way():
    text = "山田 太郎\nアクメ\ntaro@acme.example"
    read = read_pasted(text)
    assert (read.kind, len(read.parts), len(read.other)) == ("signature", 1, 3)
    assert [values(one) for one in people(text)] == [
        {"name": "山田 太郎", "company": "アクメ", "emails": ("taro@acme.example",)}
    ]
    assert len(people(text, "many")) == 3


def test_lines_of_people_may_be_one_person_after_all():
    text = "山田 太郎\nアクメ"
    assert len(people(text)) == 2
    (one,) = people(text, "one")
    assert (one.name, one.company) == ("山田 太郎", "アクメ")


def test_a_clear_signature_leaves_no_doubt():
    assert read_pasted(SIGNATURES["the usual Japanese signature"][0]).other == ()


def test_lines_know_their_numbers():
    read = read_pasted("佐藤 アクメ\n\n（メモ）隣の人\n鈴木 健 ミライ")
    assert [(part.line, part.pieces) for part in read.parts] == [(1, None), (3, None), (4, None)]


def test_of_a_very_long_thread_the_newest_mail_counts():
    newest = "差出人: 山田 太郎 <taro@acme.example>\n件名: 在庫\n\nお願いします。\n\n--\n株式会社アクメ\n山田 太郎\nTEL 03-1234-5678\n\n"
    (one,) = people(
        newest + "On Mon, Nov 16, 2026, Ken Ito <ken@orange.example> wrote:\n" + "> 長い引用です。\n" * 4000
    )
    assert (one.name, one.company, one.emails) == ("山田 太郎", "株式会社アクメ", ("taro@acme.example",))


def test_no_line_of_a_list_is_left_out():
    text = "山田 太郎 アクメ\n（メモ）懇親会で隣だった人\n佐藤 花子 あおば印刷"
    read = read_pasted(text)
    assert [text[part.start : part.end] for part in read.parts] == text.split("\n")


ANY = st.text(max_size=400)
PIECES = st.sampled_from(
    [
        *("株式会社アクメ", "山田 太郎", "山田", "TEL: 03-1234-5678", "taro@acme.example", "------", "〒100-0001", "→ 火 メール", "> "),
        *("BEGIN:VCARD", "END:VCARD", "FN:佐藤", "MECARD:N:山田,太郎;;", "\t", "\n", "\r\n", " ", "<", ">", ",", ";", "From: ", "https://x.com/a"),
        *("営業部 課長", "Taro Yamada", "On Monday, A <a@b.example> wrote:", '"', "東京都港区1-2", "（", "）", "\u2028", "\0", "👪", "ｱｲｳ", "#在庫"),
    ]
)  # fmt: skip
MIXED = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=24).map("".join)


@settings(max_examples=MANY_EXAMPLES, deadline=None)
@given(st.one_of(ANY, MIXED), st.sampled_from(["", "one", "many"]))
def test_any_text_gives_people_who_say_something(text, asked):
    read = read_pasted(text, asked)
    assert bool(read.parts) == bool(text.strip()) or read.kind != "lines"
    for part in (*read.parts, *read.other):
        assert 0 <= part.start <= part.end <= len(text)
        person = parse_part(text, part, TODAY)
        if part.pieces is not None:
            assert person.chips
        assert all(chip.value.strip() for chip in person.chips)
        assert all(0 <= chip.start <= chip.end for chip in person.chips)


JUNK = {
    "letters": lambda chance: "a" * 1_000_000,
    "spaces": lambda chance: " " * 1_000_000,
    "lines": lambda chance: "\n" * 1_000_000,
    "dashes": lambda chance: "-" * 1_000_000,
    "digits": lambda chance: "0" * 1_000_000,
    "at signs": lambda chance: "a@" * 500_000,
    "brackets": lambda chance: "<" * 1_000_000,
    "quotes": lambda chance: '"' * 1_000_000,
    "quoting": lambda chance: "> " * 500_000,
    "tabs": lambda chance: "\t" * 1_000_000,
    "commas": lambda chance: "a," * 500_000,
    "colons": lambda chance: "TEL:" * 250_000,
    "dots": lambda chance: "a." * 500_000,
    "numbers": lambda chance: "03-1234-5678 " * 77_000,
    "short lines": lambda chance: "山田\n" * 330_000,
    "rows": lambda chance: "a\tb\n" * 250_000,
    "mails": lambda chance: "a@b.example," * 83_000,
    "begins": lambda chance: "BEGIN:VCARD\n" * 83_000,
    "mecards": lambda chance: "MECARD:" * 142_000,
    "froms": lambda chance: "From: a\n" * 125_000,
    "wrote": lambda chance: "On " + "x " * 499_000 + "wrote:",
    "anything": lambda chance: "".join(chance.choices("山田太郎aZ09@.<>\"',;:\t\n -=/()（）→#〒", k=1_000_000)),
    "long lines of a signature": lambda chance: "\n".join("TEL: " + "0" * 10_000 for _line in range(100)),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(JUNK))
def test_a_megabyte_of_junk_is_read_within_seconds(kind):
    text = JUNK[kind](random.Random(7))
    began = time.process_time()
    read_pasted(text)
    assert time.process_time() - began < 12
