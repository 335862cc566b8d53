"""The shapes of names, companies, departments and titles as they stand in signatures, beyond those of a typed line."""

import re

WORD = re.compile(r"[^\s/|,、;]+")
READING = re.compile(r"[(\[]\s*(?P<reading>[ぁ-んァ-ヶー・\s･ｦ-ﾟ]{2,24}|[A-Za-z][A-Za-z.'\- ]{2,40})\s*[)\]]")
KANA_LINE = re.compile(r"[ぁ-んー]{1,8}[\s・]?[ぁ-んー]{1,8}|[ァ-ヶー]{1,10}[\s・][ァ-ヶー]{1,10}")
KATAKANA_NAME = re.compile(r"[ァ-ヶー]{2,10}(?:[・=][ァ-ヶー]{1,10}){1,3}")
LATIN_NAME = re.compile(
    r"(?:(?:Mr|Ms|Mrs|Dr|Prof)\.?\s+)?(?P<name>[A-Z][A-Za-z'’-]*\.?(?:\s+(?:[A-Z]\.|[A-Z][A-Za-z'’-]+|de|van|von|der|da|di)){1,3})"
)
DEGREE = re.compile(r",?\s*(?:Ph\.?\s?D\.?|MBA|M\.?D\.?|Esq\.?|CPA|PMP|Jr\.|Sr\.)$")
GLUED_TITLE = re.compile(
    r"(?P<title>代表取締役(?:社長|会長)?|取締役(?:社長|副社長|会長)?|代表社員|代表理事|代表|社長|会長|専務|常務|執行役員|本部長|事業部長|部長|次長|課長|係長|主任|室長|所長|店長|工場長|教授|准教授)(?P<name>[一-龥々〆ヶぁ-んァ-ヶー]{2,8})"
)
LATIN_FORM = re.compile(
    r"(?:^|(?<=[,|/] )|(?<=[|/]))(?P<company>(?:[A-Z0-9][\w&'.+-]*\s+|and\s+|of\s+|the\s+){0,6}[A-Z0-9][\w&'+-]*,?\s+"
    r"(?:Inc|Co\.?,?\s?Ltd|Ltd|LLC|LLP|Corp|Corporation|Company|GmbH|K\.\s?K|G\.\s?K|KK|GK|Limited|PLC|Pte\.?\s?Ltd|Holdings|Group|Studio|Works|Labs?|Technologies|Solutions|Systems|Software|Partners|Consulting|University|Bank|Foundation)\b\.?)(?=\s*(?:$|[|/,(]|\s\s))",
    re.ASCII,
)
LATIN_TITLE = re.compile(
    r"\b(?:engineer|developer|manager|director|designer|president|founder|consultant|owner|architect|analyst|officer|representative|executive|lead|leader"
    r"|head|chief|specialist|assistant|associate|professor|researcher|scientist|programmer|producer|editor|writer|freelancer?|partner|evangelist|advocate|marketer|recruiter"
    r"|accountant|lawyer|attorney|ceo|cto|coo|cfo|cio|cmo|cpo|vp|svp|evp|ciso)\b",
    re.IGNORECASE,
)
LATIN_DEPARTMENT = re.compile(
    r"\b(?:department|dept\.?|division|div\.|section|team|unit|headquarters|branch|office of|laborator(?:y|ies)|(?:sales|engineering|marketing|product|development|business|hr|human resources|legal|finance|it) (?:group|team|dept\.?|department|division|&.*))(?!\w)"
    r"|^(?:sales|engineering|marketing|product development|business development|human resources|customer success|design|research (?:and|&) development|r&d)$",
    re.IGNORECASE,
)
AT = re.compile(r"^(?P<title>.{2,40}?)(?:\s+(?:at|@)\s+)(?P<company>[A-Z0-9].{1,40})$")
MORE_TITLES = re.compile(
    r"[一-龥ァ-ヶー]{0,10}(?:代表|取締役|長|役|員|補佐|代理|心得|主幹|主席|主任|リーダー?|リード|マネージャー?|マネジャー?|エンジニア|デザイナー|ディレクター|アナリスト|コンサルタント|アーキテクト|スペシャリスト|エバンジェリスト|プログラマー?|士|師)(?:\([^()]{1,12}\))?"
)
MORE_DEPARTMENTS = re.compile(
    r"[^\s。、!?()]{1,20}(?:本部|事業部|部門|部|課|係|室|局|グループ|チーム|支店|支社|支部|営業所|工場|センター|研究室|研究科|学科|学部|研究所|オフィス|事業所|ユニット|ディビジョン)"
)
NOISE = re.compile(
    r"^(?:[\W_]|[（(]?(?:代|直|同上)[）)]?|(?:TEL|FAX|E?-?mail|URL|Mobile|携帯|電話|〒|HP|Web|and|at)\b[:.]?|兼|氏名|住所)+$",
    re.IGNORECASE,
)
