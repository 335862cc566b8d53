"""What people call their columns, in Japanese and English."""

import re
import unicodedata
from functools import lru_cache

_AROUND = re.compile(r"[\s_\-.:：*＊※/／()（）\[\]【】「」<>#＃\"']+|必須|任意|required|optional|様$")

EXACT = {
    "name": "氏名 お名前 名前 フルネーム 担当者 担当者名 ご担当者 ご担当者名 担当 名前漢字 氏名漢字 参加者 参加者名 代表者 代表者名 宛名 連絡先名 表示名"
    " name fullname contact contactname contactperson person displayname attendee attendeename participant",
    "family": "姓 苗字 名字 氏 姓漢字 せい lastname family familyname surname lname",
    "given": "名 名漢字 めい firstname given givenname forename fname",
    "kana": "フリガナ ふりがな よみがな ヨミガナ 読み仮名 読みがな よみ 読み カナ かな kana furigana yomi reading phonetic",
    "kana_family": "姓カナ 姓フリガナ 姓ふりがな 姓かな 姓よみ 姓読み セイ フリガナ姓 ふりがな姓 カナ姓 lastnamekana familynamekana kanalastname"
    " phoneticlastname lastnamephonetic familynameyomi surnameyomi",
    "kana_given": "名カナ 名フリガナ 名ふりがな 名かな 名よみ 名読み メイ フリガナ名 ふりがな名 カナ名 firstnamekana givennamekana kanafirstname"
    " phoneticfirstname firstnamephonetic givennameyomi givenyomi",
    "company": "会社 会社名 企業 企業名 社名 貴社名 御社名 法人名 勤務先 勤務先名 組織 組織名 団体 団体名 団体企業名 所属会社 所属企業 所属団体 所属組織"
    " 取引先 取引先名 屋号 店名 店舗名 company companyname organization organisation organizationname org corporation employer account"
    " accountname business businessname firm",
    "department": "部署 部署名 部門 部門名 所属 所属部署 所属先 部課 部課名 課 department dept division section team",
    "title": "役職 役職名 肩書 肩書き 職位 職種 職業 title jobtitle position role job occupation",
    "mail": "メール メールアドレス eメール eメールアドレス 電子メール 電子メールアドレス アドレス pcメール 連絡先メール mail email emailaddress mailaddress"
    " primaryemail",
    "phone": "電話 電話番号 連絡先電話番号 お電話番号 tel telno 番号 phone phonenumber telephone telephonenumber",
    "mobile": "携帯 携帯電話 携帯番号 携帯電話番号 スマホ mobile mobilephone mobilenumber cell cellphone cellular",
    "direct": "直通 直通電話 直通番号 tel直通 電話直通 direct directline directphone ddi",
    "company_phone": "代表電話 代表番号 会社電話 会社電話番号 tel会社 電話会社 勤務先電話 勤務先電話番号 tel代表 workphone businessphone companyphone"
    " officephone mainphone",
    "fax": "fax ファックス ファクス faxno fax番号 faxnumber businessfax",
    "url": "url ホームページ hp ウェブサイト webサイト web サイト ウェブ リンク website homepage webpage site link linkedin facebook x twitter github blog"
    " ブログ プロフィールurl",
    "postal": "郵便番号 〒 郵便 zip zipcode postal postalcode postcode",
    "address": "住所 住所1 住所2 住所3 所在地 会社住所 勤務先住所 都道府県 県 市区町村 市町村 区市町村 町名 番地 町名番地 丁目番地 建物 建物名 ビル ビル名"
    " マンション address address1 address2 street streetaddress city state prefecture building",
    "note": "メモ 備考 コメント 摘要 補足 その他 特記事項 自由記入 自由記述 ノート メモ書き 覚え書き 覚書 note notes memo"
    " memos remark remarks comment comments description",
    "tag": "タグ 分類 カテゴリ カテゴリー グループ ラベル 区分 tag tags label labels category categories group groups",
    "met_on": "名刺交換日 交換日 会った日 出会った日 面談日 面会日 訪問日 来場日 来場日時 参加日 参加日時 受付日時 出席日時 初回面談日 接触日 日付 日時 date meton"
    " metat met meetingdate connectedon visited attendedat checkedinat",
    "ignore": "no 番号順 id 連番 通番 管理番号 顧客番号 会員番号 受付番号 性別 年齢 生年月日 誕生日 会社名カナ 会社名フリガナ 会社名かな 会社カナ 会社フリガナ"
    " 企業名カナ 企業名フリガナ 社名カナ 社名フリガナ 法人名カナ 登録日 登録日時 作成日 作成日時 更新日 更新日時 最終更新日 gender sex age birthday birthdate"
    " dateofbirth created createdat updated updatedat photo 写真 敬称 prefix suffix nameprefix namesuffix",
}  # fmt: skip
"""Words by field, in the form of `word_key`."""

_WITHIN = (
    ("ignore", re.compile(r"(会社|企業|法人|社名|団体|組織|部署|住所).*(カナ|かな|フリガナ|ふりがな|よみ|読み|kana)|生年月日|birth|パスワード|password")),
    ("mail", re.compile(r"メール|e?mail")),
    ("fax", re.compile(r"fax|ファックス|ファクス")),
    ("mobile", re.compile(r"携帯|スマホ|mobile|cell")),
    ("direct", re.compile(r"直通|direct(line|phone|tel)")),
    ("company_phone", re.compile(r"代表(電話|tel|番号)|(tel|電話|phone).*(代表|会社|main|work|office)|(会社|work|office|main|business).*(電話|tel|phone)")),
    ("phone", re.compile(r"電話|tel(?!egram)|phone(?!tic)")),
    ("kana_family", re.compile(r"(姓|せい|last|family|sur).*(カナ|かな|フリガナ|ふりがな|よみ|読み|kana|yomi|phonetic)|(カナ|かな|フリガナ|ふりがな|kana|phonetic).*(姓|last|family)")),
    ("kana_given", re.compile(r"(^名|first|given).*(カナ|かな|フリガナ|ふりがな|よみ|読み|kana|yomi|phonetic)|(カナ|かな|フリガナ|ふりがな|kana|phonetic).*(名$|first|given)")),
    ("kana", re.compile(r"フリガナ|ふりがな|カナ$|かな$|よみ$|読み|furigana|kana|phonetic")),
    ("postal", re.compile(r"郵便|zip|postal|postcode")),
    ("address", re.compile(r"住所|所在地|都道府県|市区町村|番地|建物|address|street|prefecture")),
    ("company", re.compile(r"会社名|企業名|法人名|社名|団体名|勤務先|company|organi[sz]ation|employer")),
    ("department", re.compile(r"部署|部門|所属|department|division")),
    ("title", re.compile(r"役職|肩書|職位|jobtitle|position")),
    ("family", re.compile(r"(氏名|名前|name).*(姓|last|family)|^姓|lastname|familyname|surname")),
    ("given", re.compile(r"(氏名|名前|name).*(名$|first|given)|firstname|givenname")),
    ("url", re.compile(r"url|ホームページ|ウェブ|website|homepage|linkedin|facebook|twitter|github|instagram")),
    ("name", re.compile(r"氏名|お?名前|担当者|fullname|contactname|参加者")),
    ("met_on", re.compile(r"交換日|会った|面談日|訪問日|来場日|参加日|meton|connectedon")),
    ("tag", re.compile(r"タグ|カテゴリ|グループ|ラベル|分類|^tags?$|categor|label")),
    ("note", re.compile(r"メモ|備考|コメント|感想|要望|質問|ご意見|ひとこと|ひと言|一言|メッセージ|内容|話した|会話|覚え?書き?|note|memo|remark|comment|message")),
)  # fmt: skip
"""Words within longer headings, the more telling ones first: メールアドレス（会社） is a mail, 会社電話 is a number."""


@lru_cache(maxsize=2048)
def word_key(heading: str) -> str:
    """A heading for comparing: width, case, spaces and marks such as ※必須 do not matter."""
    return _AROUND.sub("", unicodedata.normalize("NFKC", heading).casefold().strip())


_FIELDS = {word_key(word): one for one, words in EXACT.items() for word in words.split()}
_NUMBERED = re.compile(r"(.*?\D)\d{1,2}")
_LONGEST_HEADING = 60
"""A longer cell is a sentence (the question of a form), in which single words say little."""


def is_note_word(heading: str) -> bool:
    """Whether a heading says no more than that this is a note."""
    return _FIELDS.get(word_key(heading)) == "note"


@lru_cache(maxsize=2048)
def field_of(heading: str) -> str | None:
    """The field that a heading names, or None."""
    key = word_key(heading) if len(heading) <= 2 * _LONGEST_HEADING else ""
    if not key:
        return None
    if key in _FIELDS:
        return _FIELDS[key]
    if found := _NUMBERED.fullmatch(key):  # 電話番号2, email 1
        return field_of(found[1])
    if len(key) > _LONGEST_HEADING:
        return None
    return next((one for one, word in _WITHIN if word.search(key)), None)
