"""Which words are Japanese names: small tables of frequent ones, and what the last character gives away."""

import re
from functools import cache

from soloflow.domain.romaji import romaji_variants
from soloflow.domain.text import VARIANTS

_FOLD = str.maketrans({other: group[0] for group in VARIANTS.split() for other in group[1:]})

_SURNAMES = frozenset(
    """
    佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎 森 池田 橋本
    阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原
    三浦 中野 中川 原田 松田 竹内 小野 田村 中山 和田 石田 森田 上田 原 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島
    工藤 谷口 今井 高田 増田 丸山 杉山 村田 大塚 新井 小山 平野 藤本 河野 上野 野口 武田 松井 千葉 菅原 岩崎 木下 久保 佐野
    野村 松尾 市川 菊地 菊池 杉本 古川 大西 島田 水野 桜井 高野 渡部 吉川 山内 西田 飯田 西川 小松 北村 安田 五十嵐 川口 関
    平田 中田 久保田 服部 東 岩田 土屋 川崎 福島 本田 辻 樋口 秋山 田口 永井 中西 吉村 川上 石原 大橋 松岡 馬場 浜田 森本 矢野
    浅野 松下 星野 大久保 吉岡 小池 野田 荒木 大谷 松浦 熊谷 黒田 尾崎 永田 川村 望月 田島 荒井 大島 堀 早川 菅 栗原 広瀬 横田
    石橋 岡崎 萩原 平井 山中 片山 三宅 小沢 児玉 富田 細川 西山 成田 北川 内藤 宮田 須藤 矢島 榎本 福井 大石 南 白井 片岡 中井
    上原 内山 天野 西尾 奥村 村山 武藤 小西 足立 根本 関口 吉野 桑原 多田 大川 松村 柳沢 小田 平山 今村 泉 川田 横井 杉浦 吉沢
    岸本 田辺 津田 田代 堀内 荻野 坂口 岩本 黒川 奥田 松原 三好 安部 本間 日高 大森 辻村 下田 落合 堀田 戸田 土井 柴崎 宇佐美
    十河 小暮 梶 梶原 梶田 小宮 小宮山 崎山 篠原 篠田 相馬 相沢 青山 浅井 飯塚 生田 池上 石塚 市原 稲垣 稲葉 井口 今野 岩井 植田
    植木 植村 臼井 内海 江口 及川 大沢 大竹 大場 大村 大山 岡 岡村 岡部 奥野 長田 尾形 小倉 笠原 角田 金井 神田 神谷 川島 河合
    川合 川西 神戸 岸 岸田 北 北原 木原 桐生 久米 倉田 黒木 黒沢 郡司 越智 古賀 小泉 甲斐 河村 小森 佐伯 坂田 坂井 桜庭 佐久間
    笹川 沢田 塩田 宍戸 志村 渋谷 島 島村 下村 白石 城田 新谷 新田 杉田 須田 瀬戸 園田 高井 高島 高山 滝沢 竹田 竹中 武井 立花
    谷 谷川 玉井 玉木 千田 塚本 塚田 築地 土田 堤 津村 寺田 寺島 東海林 徳永 豊田 内野 長尾 長島 長沢 中尾 中沢 中谷 永野 永山 仲田
    西 西岡 西野 西本 西沢 沼田 根岸 野崎 能登 長谷部 畑 畑中 服部 花田 羽田 林田 原口 春日 東山 日野 平川 平林 深沢 福岡 福本
    福永 藤川 藤沢 藤村 藤岡 二宮 古田 古谷 星 細田 堀江 堀口 本多 前川 牧野 町田 松永 松崎 松山 丸田 溝口 三上 三木 水谷 水口
    南野 宮川 宮沢 宮下 向井 村井 村松 村瀬 室井 茂木 森川 森下 森山 八木 柳 柳田 柳原 矢部 山岸 山根 山川 山村 湯浅 横尾 吉井
    吉本 米田 米山 若林 渡会 綾部 磯部 日下部 園部 金 李 張 陳 王 劉 朴 我妻 阿久津 芦田 安達 有馬 飯島 伊東 岩瀬 上村 宇野 遠山
    大木 大西 大平 小原 小野寺 加賀 柿本 影山 笠井 柏木 勝又 加納 鎌田 上条 河原 川端 神崎 北野 木内 桐山 日比野 藤崎 船橋 本庄
    真鍋 丹羽 三沢 皆川 宮野 武者小路 百瀬 守屋 門脇 安井 矢沢 山際 結城 横川 吉原 和久井 目黒 勅使河原 西園寺 伊集院 御手洗
    """.translate(_FOLD).split()
)

_GIVEN = frozenset(
    """
    太郎 次郎 二郎 三郎 一郎 花子 健 健一 健太 健太郎 健二 大輔 大介 大樹 大地 翔 翔太 翔平 拓也 拓真 拓海 拓 達也 達郎 哲也 哲
    直樹 直人 直子 直美 和也 和彦 和子 和樹 和美 浩 浩一 浩二 浩之 浩司 博 博之 弘 裕 裕一 裕子 裕介 裕美 隆 隆之 孝 孝之 貴 貴之
    貴史 誠 誠一 真 真一 真由 真由美 真理 真理子 真紀 学 豊 剛 勇 勝 実 進 稔 修 修一 修平 茂 清 正 正人 正樹 正和 正之 正志
    雅 雅人 雅之 雅彦 昌 昌也 智 智也 智子 智之 智美 知 知子 知美 友 友美 優 優子 優太 優斗 優花 悠 悠斗 悠太 悠人 結衣 結菜 結
    陽 陽子 陽介 陽太 陽菜 洋 洋介 洋子 洋平 洋一 亮 亮太 亮介 涼 涼太 諒 遼 蓮 蒼 湊 樹 新 仁 大 匠 駿 隼 隼人 颯太 海斗 陸
    圭 圭一 圭介 圭子 恵 恵子 恵美 恵理 啓 啓介 啓太 啓子 敬 敬子 慶 慶太 純 純一 純子 淳 淳一 潤 準 順子 順 俊 俊介 俊一 俊之
    聡 聡子 聡美 諭 悟 徹 透 徳 努 勉 務 司 守 衛 薫 馨 渚 望 希 希美 光 光一 光男 輝 輝之 明 明子 明美 明日香 彰 章 晃 晃一
    昭 昭彦 朗 幸 幸子 幸一 幸雄 由美 由美子 由紀 由紀子 由香 由佳 有紀 有香 美咲 美穂 美香 美紀 美樹 美和 美奈 美奈子 美智子
    麻衣 麻美 麻由 麻里 彩 彩香 彩花 綾 綾子 綾香 絵美 絵里 絵理 愛 愛子 愛美 桜 桃子 葵 凛 凛子 楓 茜 紗希 沙織 香織 香 香奈
    佳奈 佳代 佳子 加奈 加奈子 奈々 奈緒 奈美 菜々子 菜摘 夏美 夏子 千春 千尋 千晶 千恵 春香 春菜 遥 遥香 悠香 久美 久美子 公子
    典子 紀子 規子 則子 敏 敏之 敏子 敏夫 義 義之 義男 良 良太 良子 良平 龍 龍一 龍太郎 竜也 崇 崇史 武 武史 毅 猛 剛志 篤 篤志
    敦 敦子 敦史 礼子 玲 玲子 玲奈 瑞希 瑞穂 萌 舞 舞子 文 文子 文彦 史 歩 歩美 静香 静 節子 栄 栄一 英 英樹 英明 英二 英子
    瑛太 秀 秀樹 秀明 秀人 宏 宏之 宏樹 寛 寛之 寛子 広 広志 広樹 康 康平 康弘 康介 靖 泰 泰介 保 治 祐 祐介 祐子 祐樹 佑介 佑樹
    忍 晶 晶子 昇 昌子 昌平 満 充 元 元気 渉 航 航平 航太 周 周平 舜 瞬 瞳 睦 睦美 涼子 律 律子 里美 里香 里奈 理恵 理沙 理子 莉子
    """.translate(_FOLD).split()
)
_GIVEN_ENDS = frozenset("子郎美恵介也斗哉彦輔奈菜香織樹太平男夫雄司志史之乃代江佳穂希紗".translate(_FOLD))
_THINGS = "製菓 和菓子 野菜 帽子 電子 玩具 調子 様子 椅子 菓子 世代 時代 歴史 公平 水平 太平 建築 設計 印刷 運送"
_NOT_GIVEN = frozenset(_THINGS.split())

_SURNAME_READINGS = """
    サトウ スズキ タカハシ タナカ イトウ ワタナベ ヤマモト ナカムラ コバヤシ カトウ ヨシダ ヤマダ ササキ ヤマグチ マツモト イノウエ
    キムラ ハヤシ サイトウ シミズ ヤマザキ ヤマサキ モリ イケダ ハシモト アベ イシカワ ヤマシタ ナカジマ ナカシマ イシイ オガワ マエダ
    オカダ ハセガワ フジタ ゴトウ コンドウ ムラカミ エンドウ アオキ サカモト フクダ オオタ ニシムラ フジイ カネコ オカモト フジワラ
    ミウラ ナカノ ナカガワ ハラダ マツダ タケウチ オノ タムラ ナカヤマ ワダ イシダ モリタ ウエダ ウチダ シバタ サカイ ミヤザキ ヨコヤマ
    タカギ アンドウ ミヤモト オオノ コジマ クドウ タニグチ イマイ ソゴウ ソゴ カジ ノダ ウサミ シバサキ コグレ ナカタ ハマダ サキヤマ
"""
_GIVEN_READINGS = """
    タロウ ハナコ ケンジ ケンタ ケンイチ ダイスケ ショウタ ショウ タクヤ ナオキ ナオコ カズヤ カズコ ヒロシ ヒロコ ユウコ ユウスケ
    タカシ マコト マユミ マナブ ユタカ アキラ アキコ トモコ トモヤ ユウ ヨウコ ヨウスケ リョウ リョウタ ケイ ケイコ ジュン ジュンコ
    シュン サトシ サトミ サトル トオル カオル ヒカル ユミ ユミコ ユキ ユキコ ミサキ ミホ ミカ マイ アヤ アヤカ エミ エリ アイ サクラ
    モモコ アオイ リン カエデ アカネ サオリ カオリ カナ カナコ ナツミ チヒロ ハルカ クミコ ノリコ レイコ マイコ フミコ アユミ ヒデキ
    コウジ コウヘイ ヤスシ ワタル ヒトミ リサ リナ アズサ アスカ メグミ ノゾミ マリ マリコ ミキ エイタ ユイ ハルト ソウタ エミリ
"""
_KANA_SURNAMES = frozenset(_SURNAME_READINGS.split())
_KANA_GIVEN = frozenset(_GIVEN_READINGS.split())
_KANJI = re.compile(r"[一-龥々〆ヶ﨑-﨩𠮷]+")
_HIRAGANA = re.compile(r"[ぁ-んー]+")
_GIVEN_IN_HIRAGANA = re.compile(r"(?!です|さん|さま|くん|から|まで|より|だけ|には|とは|では)[ぁ-んー]{2,4}")


def is_kanji(word: str) -> bool:
    """Say whether a word is written in kanji throughout."""
    return _KANJI.fullmatch(word) is not None


def is_surname(word: str) -> bool:
    """Say whether a word is a frequent surname, 異体字 (髙橋, 渡邉) included, or the reading of one in katakana."""
    return word.translate(_FOLD) in _SURNAMES or word in _KANA_SURNAMES


def is_kana_name_part(word: str, given: bool) -> bool:
    """Say whether katakana is the reading of a frequent surname or, if `given`, of a given name."""
    return word in (_KANA_GIVEN if given else _KANA_SURNAMES)


@cache
def _by_romaji() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The frequent readings by every way of writing them in Latin letters: surnames, given names."""
    found: tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]] = ({}, {})
    for table, readings in zip(found, (_KANA_SURNAMES, _KANA_GIVEN), strict=True):
        for kana in sorted(readings, key=lambda word: (-len(word), word)):
            for latin in romaji_variants(kana):
                table[latin] = (*table.get(latin, ()), kana)
    return found


def kana_of_romaji(word: str, given: bool) -> tuple[str, ...]:
    """The frequent surnames or given names (in katakana) that are written so in Latin letters: Yamada, Kenji, Ohno."""
    return _by_romaji()[given].get(word.lower(), ())


def is_given(word: str) -> bool:
    """Say whether a word is a frequent given name in kanji or katakana."""
    return word.translate(_FOLD) in _GIVEN or word in _KANA_GIVEN


def may_be_given(word: str) -> bool:
    """Say whether a word has the shape of a given name: 2–4 hiragana, or kanji that end as given names do."""
    if is_given(word):
        return True
    if _HIRAGANA.fullmatch(word):
        return 2 <= len(word) <= 4
    plain = word.translate(_FOLD)
    return is_kanji(word) and len(word) in (2, 3) and plain[-1] in _GIVEN_ENDS and word not in _NOT_GIVEN


def split_full_name(name: str) -> tuple[str, str]:
    """Split 山田太郎 into (山田, 太郎) where a frequent surname makes it safe; else ("", "").

    The longest surname wins. A surname of one character needs a given name that is known (森誠, 林太郎).
    """
    if is_surname(name):
        return "", ""
    for size in range(min(4, len(name) - 1), 0, -1):
        family, given = name[:size], name[size:]
        if not is_surname(family) or len(given) > 4:
            continue
        if is_kanji(family):
            short = size == 1 and not is_given(given)
            if not short and (
                (is_kanji(given) and len(given) <= 3) or _GIVEN_IN_HIRAGANA.fullmatch(given) or is_given(given)
            ):
                return family, given
        elif is_given(given):
            return family, given
    return "", ""
