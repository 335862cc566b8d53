"""What a single word of a line is by its looks: a company, a title, a department, or part of a sentence."""

import re

from soloflow.capture.line_names import is_given, is_kanji, is_surname, may_be_given, split_full_name

_FORM = (
    r"株式会社|有限会社|合同会社|合資会社|合名会社|相互会社|一般社団法人|一般財団法人|公益社団法人|公益財団法人|社団法人|財団法人"
    r"|特定非営利活動法人|NPO法人|医療法人|学校法人|社会福祉法人|税理士法人|監査法人|弁護士法人|協同組合"
    r"|\((?:株|有|同|資|名|社|財|一社|一財|医|学|福|独|特非)\)|[㈱㈲㈳㈶]"
)
_HAS_FORM = re.compile(_FORM)
_ONLY_FORM = re.compile(rf"(?:{_FORM})+")
_LATIN_FORM = re.compile(r"[A-Za-z0-9&.-]+,?(?:Inc|Ltd|LLC|Corp|GmbH)\.?", re.IGNORECASE)
_ENDINGS = """
    製作所 工業 工業所 商店 商会 商事 食品 システム システムズ ソフト ソフトウェア 銀行 信用金庫 大学 高校 専門学校 学園 事務所 法律事務所
    クリニック 医院 病院 歯科 薬局 印刷 物流 運輸 運送 倉庫 電機 電気 電子 電工 機械 精機 精密 鉄工 鉄工所 金属 化学 化成 製薬 製菓 製紙
    紙器 繊維 織物 染工 木工 木材 建設 建築 工務店 設備 不動産 住宅 ホーム 工房 製鋼 製鉄 産業 興業 物産 農園 牧場 水産 酒造 酒店 書店
    出版 新聞社 新聞 放送 テレビ 広告 デザイン スタジオ ラボ テクノ テクノロジー テクノロジーズ テック エンジニアリング コンサルティング
    ソリューション ソリューションズ サービス ホールディングス グループ コーポレーション カンパニー パートナーズ ワークス スクリーン プレス
    市役所 区役所 役場 県庁 商工会 商工会議所 協会 組合 研究所 塾 美容室 旅館 ホテル 食堂 カフェ 保険 証券 税理士事務所 会計事務所
    ファーム フーズ モータース 自動車 電力 ガス 通信 警備 メディア エージェンシー
"""
_COMPANY_ENDINGS = tuple(_ENDINGS.split())
_TITLES = (
    "代表取締役社長|代表取締役会長|代表取締役|取締役|代表社員|代表理事|代表|社長|会長|専務|常務|監査役|執行役員|役員|本部長|事業部長|統括部長"
    "|部長|次長|課長代理|課長補佐|課長|係長|主任|主査|主事|室長|局長|所長|店長|店主|工場長|支店長|支社長|センター長|班長|院長|園長|校長|学長|理事長|理事"
    "|事務局長|教授|准教授|講師|助教|顧問|相談役|参与|部門長|編集長|マネージャー?|マネジャー|リーダー|チーフ|エンジニア|プログラマー?|デザイナー|ディレクター"
    "|プロデューサー|プランナー|コンサルタント|アーキテクト|アナリスト|ライター|オーナー|創業者|経営者|個人事業主|税理士|会計士|社労士|弁護士|診断士|担当"
    "|CEO|CTO|COO|CFO|CIO|CMO|CISO|CPO|VPoE|VPoP|EM|PM|PMO|PdM|PjM|SE|PL|SRE"
)
_FREELANCE = re.compile(
    rf"(?:フリー(?:ランス)?|個人)の?[^\s。、!?()ぁ-ん]{{0,8}}?(?:{_TITLES}|カメラマン|フォトグラファー|イラストレーター|マーケター|開発者|編集者?|記者|通訳|翻訳者?"
    r"|作家|写真家|建築家|研究者)|自営業?"
)
_LATIN_TITLE = re.compile(
    r"(?:(?:senior|lead|chief|product|project|sales|software|web|general|account)\s?)?"
    r"(?:engineer|developer|manager|director|designer|president|founder|consultant|owner|ceo|cto|coo|cfo|cio|cmo|vp)",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"(?P<before>[^\s。、!?()ぁ-ん]{{0,8}}?)(?:{_TITLES})(?:兼?(?:{_TITLES}))*")
_ENDS_WITH_TITLE = re.compile(
    r"(?P<name>[^\s。、!?()]{1,4}?)(?P<title>代表取締役|取締役|部長|課長|係長|次長|主任|社長|会長|専務|常務|室長|所長|店長|工場長|教授)$"
)
_BUSINESS = re.compile(
    r"営業|製造|技術|開発|総務|経理|人事|企画|情報|情シス|システム|生産|品質|購買|資材|物流|財務|法務|広報|宣伝|販売|事業|業務|管理|設計|工務|経営|海外|国内|地域"
    r"|東日本|西日本|マーケ|セールス|プロダクト|シニア|テック|リード|チーフ|IT|DX|Web|副|元|前|担当|第[一二三四五\d]"
)
_DEPARTMENT = re.compile(
    r"[^\s。、!?()がをはにでも]{1,14}(?:本部|事業部|部門|部|課|室|局|チーム|グループ|支店|支社|営業所|工場)|情シス"
)
_NO_DEPARTMENT = re.compile(r".*(?:教室|会議室|美容室|全部|一部|大部|外部|内部|幹部|放課|日課|郵便局|薬局|倶楽部)$")
_POST = re.compile(r"(?P<company>[^\s。、!?()がをはにで]{2,30})の(?P<post>[^\sの]{2,14})")
_AREA = re.compile(
    r"情シス|情報システム|総務|経理|人事|営業|開発|企画|広報|法務|購買|製造|技術|財務|物流|品質管理|生産管理|マーケティング|マーケ|サポート|カスタマーサポート"
)
_BOTH = re.compile(r"(?P<department>\S{2,}[部課室])(?P<title>部長|課長|係長|主任|室長|次長|課長代理)$")
_HONORIFIC = re.compile(r"(?P<name>[^\s。、!?()がをはにで]{1,10}?)(?:さん|様|さま|氏|先生|殿|くん|君|ちゃん)")
_OF_COMPANY = re.compile(
    r"(?P<company>[^\s。、!?()がをはにで]{2,20})の(?P<name>[^\s。、!?()がをはにでの]{1,10})(?:さん|様|氏)"
)

_SENTENCE = re.compile(
    r"[。!?！？…]|なし・|\d(?:年|か月|月|日|時間?|分|人|名|社|件|台|回|個|割|%|万|円)"
    r"|^(?:(?:まだ|もう)(?=[^ぁ-ん])|今度|来期|今期|今年|来年|昨年|以前|最近|将来|現在)|[一-龥々ァ-ヶーA-Za-z0-9](?:が(?![丘関原浜島岡谷崎池沢])|を|は|に|で|も|から|まで)|^(?:が|を|は|に|で|と|の|も)(?=[^ぁ-ん])"
    r"|(?:たい|たく|する|した|して|ます|です|ない|なし|いる|ある|そう|った|てる|れる|める|ほしい|らしい|ください|かも|れた|えた|だ|こと|っぽい|ごろ|くらい|ぐらい|だけ|のみ)$"
    r"|(?:希望|検討|相談|興味|予定|課題|限界|刷新|不足|未定|必要|重要|依頼|済み?|有り|無し|以上|程度|目標|困難|導入|移行|募集|見積|紹介|改善|自動化|効率化|一元化|使用|利用|経由)$"
    r"|(?:検討|導入|開発|募集|準備|計画|相談|使用|利用|移行|運用|転職|休職|起業)中$"
)
_BUSINESS_NOUN = re.compile(
    r"在庫|受注|発注|請求|採用|予算|業務|転職|導入|名刺|飲食|製造業?|小売業?|建設業?|商社|営業|経営|開発|企画|技術|総務|経理|人事|学生|無職|独立|副業|社長|部長|課長|来期|今期|年内"
)
_PARTICLE_FIRST = re.compile(r"[がにはもとの](?=[^ぁ-ん])|を|で(?![もすき])")
_LATIN = re.compile(r"[A-Za-z][A-Za-z.'’-]*")


def has_company_form(word: str) -> bool:
    """Say whether 株式会社, (株), ㈱, Inc. or another company form is part of the word."""
    return _HAS_FORM.search(word) is not None or _LATIN_FORM.fullmatch(word) is not None


def is_only_form(word: str) -> bool:
    """Say whether a word is a company form with nothing beside it, as in 「株式会社 アクメ」."""
    return _ONLY_FORM.fullmatch(word) is not None


def has_company_ending(word: str) -> bool:
    """Say whether a word ends as many companies do: 山田製作所, カワセミ食品."""
    return word.endswith(_COMPANY_ENDINGS) and word not in _COMPANY_ENDINGS and not is_sentence(word)


def is_title(word: str) -> bool:
    """Say whether a word is a post: 課長, 営業部長, シニアエンジニア, CTO; 田中部長 is a name with one."""
    if _LATIN_TITLE.fullmatch(word) or _FREELANCE.fullmatch(word):
        return True
    match = _TITLE.fullmatch(word)
    return match is not None and (not match["before"] or _BUSINESS.match(match["before"]) is not None)


def is_department(word: str) -> bool:
    """Say whether a word is a department: 営業部, 情報システム課; 長谷部 and 服部 are people."""
    if len(word) < 3 or is_surname(word) or is_sentence(word):
        return False
    return _DEPARTMENT.fullmatch(word) is not None and not _NO_DEPARTMENT.match(word)


def split_department_title(word: str) -> tuple[int, int] | None:
    """Tell where 営業部課長 parts into department and title: the two lengths."""
    match = _BOTH.fullmatch(word)
    return (len(match["department"]), len(match["title"])) if match and is_department(match["department"]) else None


def split_name_title(word: str) -> tuple[int, int] | None:
    """Tell where 田中部長 parts into name and title: the two lengths."""
    match = _ENDS_WITH_TITLE.fullmatch(word)
    if match is None or is_title(word) or is_sentence(match["name"]):
        return None
    return len(match["name"]), len(match["title"])


def without_honorific(word: str) -> str:
    """Cut さん, 様, 氏 … off a name; "" if the word carries none."""
    match = _HONORIFIC.fullmatch(word)
    return match["name"] if match else ""


def split_company_person(word: str) -> tuple[int, int] | None:
    """Tell where アクメの田中さん names company and person: the two lengths."""
    match = _OF_COMPANY.fullmatch(word)
    return (len(match["company"]), len(match["name"])) if match else None


def split_company_post(word: str) -> tuple[int, int] | None:
    """Tell where ひかり物流の情シス names a company and what somebody is there: the two lengths."""
    match = _POST.fullmatch(word)
    if match is None or is_title(word):
        return None
    post = match["post"]
    fits = is_title(post) or is_department(post) or _AREA.fullmatch(post)
    return (len(match["company"]), len(post)) if fits else None


def is_sentence(word: str) -> bool:
    """Say whether a word looks like something said rather than a name: particles, verb endings, 検討中, great length."""
    return len(word) > 20 or _SENTENCE.search(word) is not None


def goes_on(word: str) -> bool:
    """Say whether a word continues the one before it: 「で限界」 after 「Excel」."""
    return _PARTICLE_FIRST.match(word) is not None


def split_name_company(word: str) -> int:
    """Tell where 山田太郎(株)アクメ, typed without a space, goes over to the company; 0 if it does not."""
    match = _HAS_FORM.search(word)
    if match is None or match.end() == len(word):
        return 0
    name = word[: match.start()]
    return match.start() if is_surname(name) or split_full_name(name)[0] else 0


def may_be_name(word: str) -> bool:
    """Say whether a word in first place can be a person's name."""
    return (
        is_surname(word)
        or is_given(word)
        or split_full_name(word)[0] != ""
        or _kana(word)
        or not (is_sentence(word) or _NOT_WORD.fullmatch(word))
    )


def may_be_company(word: str, latin_name: bool) -> bool:
    """Say whether a word in the place of the company can be one; small Latin words after a Latin name are a sentence."""
    if is_sentence(word) or _NOT_WORD.fullmatch(word) or _BUSINESS_NOUN.fullmatch(word):
        return False
    if "@" in word or ":" in word:
        return False  # an address or a link that is still being typed
    return not (latin_name and word[0].islower())


_NOT_WORD = re.compile(r"[\W\d_]*")


def _kana(word: str) -> bool:
    return re.fullmatch(r"[ぁ-ん]{2,8}", word) is not None and not re.search(r"(?:たい|ます|です|ください|ない)$", word)


def is_latin_part(word: str) -> bool:
    """Say whether a word can be part of a Latin name: Lisa, O'Brien, M."""
    return _LATIN.fullmatch(word) is not None and word[0].isupper()


def belong_together(family: str, given: str, company_follows: bool) -> bool:
    """Say whether two words at the start are one person: 佐藤 花子, やまだ たろう, John Smith.

    Company after name is the usual order, so the second word must be known or shaped as a given name. If a company is
    certain elsewhere in the line, two short words in kanji are enough; a single kanji is hardly ever a company.
    """
    if has_company_ending(given) or is_sentence(given) or _BUSINESS_NOUN.search(given) or is_title(given):
        return False
    if is_latin_part(family) and is_latin_part(given):
        return True
    if re.fullmatch(r"[ぁ-ん]{2,5}", family) and re.fullmatch(r"[ぁ-ん]{2,4}", given):
        return True
    if not (is_surname(family) or (is_kanji(family) and len(family) <= 3)):
        return False
    if is_given(given) or (is_surname(family) and may_be_given(given)):
        return True
    if is_surname(family) and is_kanji(given) and len(given) == 1:
        return True
    return company_follows and is_kanji(given) and len(given) <= 3
