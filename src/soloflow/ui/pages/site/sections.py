"""The sections of サイト and their fields, in the words of somebody who writes for engineers."""

from soloflow.i18n import N_, NP_
from soloflow.ui.pages.site.description import Field, Section

HOME, PAGES, FINISH = N_("ホーム"), N_("ページ"), N_("整える")
_SLUG_HINT = N_("半角の英小文字・数字・ハイフン")
_MONTH = "2026-04"
_MARKDOWN_HINT = N_("Markdown で書けます")


def _answer(path: str, label: str, hint: str) -> tuple[Field, Field]:
    return (
        Field(f"{path}.answer", label, hint, length=12),
        Field(f"{path}.sentence", N_("その理由をひと言"), kind="text", length=60, rows=2),
    )


AUDIENCE = Section(
    "audience", N_("誰に・何を"), N_("ホームのいちばん上に出ます"), HOME,
    (
        Field("home.for_whom", N_("誰に"), N_("ひとりの顔が浮かぶように"), "text", 40, 2, N_("月末の棚卸しで帰れなくなる、食品メーカーの現場の方へ")),
        Field("home.headline", N_("見出し"), N_("その人の困りごとが終わった様子を"), "text", 30, 2, N_("棚卸しの夜を、\n夕方までに終えます。")),
        Field("home.lede", N_("何を"), N_("道具ではなく、変わることを"), "text", 90, 3, N_("いまの Excel を生かしたまま、3か月で在庫と原価が同じ画面で見えるようにします。")),
        Field("", N_("4つの答え"), N_("見出しの下に並びます"), "heading"),
        *_answer("home.who", N_("「誰に」の答え"), N_("太字の短い答え")),
        *_answer("home.what", N_("「何を」の答え"), N_("渡すものを名詞で")),
        Field("", N_("ここに出す実績"), N_("数字がいちばん効きます"), "heading"),
        Field("home.proof", N_("見出しの横の数字"), N_("選ばなければ最初の実績"), "choice", source="cases"),
        Field("home.feature", N_("大きく見せる実績"), N_("選ばなければ最初の実績"), "choice", source="cases"),
        Field("home.description", N_("検索結果の説明"), N_("空なら「何を」が使われます"), "text", 120, 2),
    ),
)  # fmt: skip
SELLING = Section(
    "selling", N_("どう売るか"), N_("最初の一歩を、小さく、はっきりと"), HOME,
    (
        Field("home.action", N_("最初の一歩"), N_("ボタンの言葉。相手がすることを動詞で"), length=16, example=N_("30分、画面を見ながら話す")),
        Field("home.action_short", N_("短いボタン"), N_("ページの右上に出ます"), length=8, example=N_("相談する")),
        Field("home.action_note", N_("ボタンのそば"), N_("押す前の心配をひとつ消す"), length=24, example=N_("無料・2営業日以内にお返事します")),
        *_answer("home.how", N_("「どのように」の答え"), N_("太字の短い答え")),
        Field("", N_("ページの終わりのよびかけ"), N_("読みおえた人に"), "heading"),
        Field("home.closing.headline", N_("よびかけ"), kind="text", length=30, rows=2),
        Field("home.closing.text", N_("続き"), N_("断ってもよいことも書くと、押しやすくなります"), "text", 90),
    ),
)  # fmt: skip
CAREER = Section(
    "career", N_("経歴"), N_("なぜあなたに頼むのか"), HOME,
    (
        *_answer("home.why", N_("「なぜ」の答え"), N_("ホームに出る短い答え")),
        Field("career.reason", N_("ホームに出す経歴"), N_("ふたつの文で。仕事に効く経験から"), "text", 80),
        Field("career.summary", N_("職務要約"), N_("経歴のページのはじめに"), "text", 300, 4),
        Field("career.own_work", N_("独立してから"), N_("一行で"), length=60),
        Field(
            "career.projects", N_("案件"), N_("新しいものから"), "list", noun=NP_("one", "案件"), title=("title", "client"), aside=("start",),
            item=(
                Field("title", N_("したこと"), N_("変わったことで"), length=30),
                Field("client", N_("お客様"), N_("出してよい書き方で"), example=N_("食品卸・従業員14名")),
                Field("start", N_("はじまり"), example=_MONTH),
                Field("end", N_("おわり"), N_("空なら、いまも続いています"), example=_MONTH),
                Field("role", N_("役割")),
                Field("text", N_("内容"), kind="text", length=160),
                Field("technology", N_("技術"), N_("1行にひとつ"), "lines"),
                Field("case", N_("くわしい実績"), kind="choice", source="cases"),
            ),
        ),
        Field(
            "career.jobs", N_("勤め先"), N_("新しいものから"), "list", noun=NP_("one", "勤め先"), title=("company",), aside=("start",),
            item=(
                Field("company", N_("会社")),
                Field("start", N_("はじまり"), example=_MONTH),
                Field("end", N_("おわり"), N_("空なら、いまも続いています"), example=_MONTH),
                Field("role", N_("役割")),
                Field("text", N_("内容"), kind="text", length=160),
                Field("technology", N_("技術"), N_("1行にひとつ"), "lines"),
            ),
        ),
        Field(
            "career.skills", N_("スキル"), N_("分野ごとに"), "list", noun=NP_("one", "分野"), title=("category",),
            item=(
                Field("category", N_("分野"), example=N_("言語")),
                Field(
                    "items", N_("スキル"), kind="list", noun=NP_("one", "スキル"), title=("name",), aside=("years",),
                    item=(Field("name", N_("名前")), Field("years", N_("経験年数"), example="8")),
                ),
            ),
        ),
        Field(
            "career.certificates", N_("資格"), kind="list", noun=NP_("one", "資格"), title=("name",), aside=("year",),
            item=(Field("name", N_("名前")), Field("year", N_("取った年"), example="2024")),
        ),
        Field("", N_("これから"), N_("頼めるかどうかを、先に伝える"), "heading"),
        Field("career.availability.hours", N_("稼働"), example=N_("週3日まで")),
        Field("career.availability.next_free", N_("次に空くとき"), example=N_("2027年2月から")),
        Field("career.availability.place", N_("場所"), example=N_("オンライン、月1回の訪問")),
    ),
)  # fmt: skip
PROFILE = Section(
    "profile", N_("名前と連絡先"), N_("どのページにも出ます"), HOME,
    (
        Field("profile.name", N_("お名前")),
        Field("profile.kana", N_("よみ"), example=N_("さえき ゆうと")),
        Field("profile.trade_name", N_("屋号")),
        Field("profile.tagline", N_("ひと言"), N_("名前の下に。誰の、何を"), length=30),
        Field("profile.mark", N_("印の一文字"), N_("空なら名前の最後の字"), length=1),
        Field("profile.mail", N_("メール"), N_("問い合わせの届くところ"), example="hello@example.jp"),
        Field("profile.phone", N_("電話"), N_("書かなくてもかまいません")),
        Field("profile.place", N_("場所"), example=N_("長野県松本市")),
        Field("profile.since", N_("独立した年月"), example="2020-10"),
        Field("profile.base_url", N_("サイトのアドレス"), N_("公開したあとのホームの場所"), example="https://example.jp/"),
    ),
)  # fmt: skip
OFFERS = Section(
    "offers", N_("サービス"), N_("ひとつずつ、値段といっしょに"), PAGES, counted="offers.items",
    fields=(
        Field("offers.lede", N_("はじめのひと言"), kind="text", length=60, rows=2),
        Field(
            "offers.items", N_("サービス"), N_("頼まれたい順に"), "list", noun=NP_("one", "サービス"), title=("name",), aside=("price",),
            item=(
                Field("name", N_("名前"), N_("お客様が口にする言葉で"), length=16),
                Field("slug", N_("アドレスの名前"), _SLUG_HINT, example="stock"),
                Field("text", N_("説明"), N_("変わることを"), "text", 90),
                Field("price", N_("値段"), N_("幅でもかまいません"), example=N_("60万円〜")),
                Field("duration", N_("期間"), example=N_("約2か月")),
                Field("for_whom", N_("向いている会社"), length=40),
                Field("includes", N_("ふくまれるもの"), N_("1行にひとつ"), "lines"),
                Field("detail", N_("くわしく"), _MARKDOWN_HINT, "markdown", rows=5),
            ),
        ),
    ),
)  # fmt: skip
HOW = Section(
    "how", N_("進め方・料金"), N_("お金と順番の心配を消す"), PAGES,
    (
        Field("how.lede", N_("はじめのひと言"), kind="text", length=60, rows=2),
        Field(
            "how.steps", N_("進め方"), N_("3〜5段で"), "list", noun=NP_("one", "段"), title=("name",), aside=("price",),
            item=(
                Field("name", N_("すること"), N_("相手から見た動詞で"), length=12, example=N_("見せてもらう")),
                Field("text", N_("説明"), kind="text", length=60, rows=2),
                Field("price", N_("値段"), example=N_("無料")),
                Field("terms", N_("条件"), example=N_("固定額・検収後払い")),
            ),
        ),
        Field("how.terms", N_("取引の条件"), _MARKDOWN_HINT, "markdown", rows=5),
        Field(
            "how.questions", N_("よくある質問"), N_("断る理由になるものから"), "list", noun=NP_("one", "質問"), title=("question",),
            item=(Field("question", N_("質問"), length=30), Field("answer", N_("答え"), _MARKDOWN_HINT, "markdown", 120)),
        ),
    ),
)  # fmt: skip
CASES = Section(
    "cases", N_("実績"), N_("1件目がいちばん効きます"), PAGES, counted="cases.items",
    fields=(
        Field("cases.lede", N_("はじめのひと言"), kind="text", length=60, rows=2),
        Field(
            "cases.items", N_("実績"), N_("見せたい順に"), "list", noun=NP_("one", "実績"), title=("title", "short"), aside=("client.industry",),
            item=(
                Field("title", N_("題"), N_("変わった数字を入れて"), "text", 30, 2, N_("見積1件を、\n4時間から50分へ")),
                Field("short", N_("短い題"), length=14),
                Field("slug", N_("アドレスの名前"), _SLUG_HINT, example="estimate-draft"),
                Field("published", N_("サイトに出す"), kind="tick"),
                Field("summary", N_("要約"), kind="text", length=90),
                Field("", N_("お客様"), N_("許しをもらった書き方だけを出します"), "heading"),
                Field("client.name", N_("社名"), N_("「社名を出す」のときだけ出ます")),
                Field(
                    "client.visibility", N_("社名の出し方"), kind="choice",
                    choices=(("hidden", N_("出さない")), ("industry", N_("業種だけ出す")), ("name", N_("社名を出す"))),
                ),
                Field("client.industry", N_("業種の書き方"), example=N_("食品卸・従業員14名")),
                Field("client.permission", N_("許しの記録"), N_("サイトには出ません"), example=N_("2026-06-12 メールで確認")),
                Field("", N_("数字"), N_("お客様と測ったもの"), "heading"),
                Field(
                    "results", N_("変わった数字"), kind="list", noun=NP_("one", "数字"), title=("label",), aside=("after",),
                    item=(
                        Field("label", N_("何の"), example=N_("見積1件にかかる時間")),
                        Field("before", N_("前"), example="240"),
                        Field("after", N_("あと"), example="50"),
                        Field("unit", N_("単位"), example=N_("分")),
                        Field("how", N_("測り方"), N_("いつ、だれが"), length=40),
                    ),
                ),
                Field("series.label", N_("グラフの題")),
                Field("series.values", N_("グラフの数"), N_("古いほうから、空白で区切って"), "numbers", example="238 190 118 52"),
                Field("series.first", N_("左端の言葉"), example=N_("導入前")),
                Field("series.last", N_("右端の言葉"), example=N_("12週目")),
                Field("", N_("物語"), N_("困りごと、したこと、そのあと"), "heading"),
                Field("problem", N_("困りごと"), _MARKDOWN_HINT, "markdown", 200, 4),
                Field(
                    "done", N_("したこと"), kind="list", noun=NP_("one", "したこと"), title=("opening",),
                    item=(Field("opening", N_("太字のはじまり"), length=20), Field("text", N_("続き"), kind="text", length=120)),
                ),
                Field("after", N_("そのあと"), _MARKDOWN_HINT, "markdown", 160, 4),
                Field("quote.text", N_("お客様の言葉"), N_("かっこは付けずに"), "text", 60, 2),
                Field("quote.who", N_("だれの"), example=N_("専務")),
                Field("", N_("記録"), "", "heading"),
                Field("start", N_("はじまり"), example=_MONTH),
                Field("end", N_("おわり"), example=_MONTH),
                Field("role", N_("役割"), example=N_("調査・設計・開発（1名）")),
                Field("offer", N_("どのサービス"), kind="choice", source="offers"),
                Field("technology", N_("技術"), N_("1行にひとつ"), "lines"),
            ),
        ),
    ),
)  # fmt: skip
VOICES = Section(
    "voices", N_("お客様の声"), N_("直さず、そのままの言葉で"), PAGES, counted="voices.items",
    fields=(
        Field(
            "voices.items", N_("声"), N_("載せてよいと言われたものだけ"), "list", noun=NP_("one", "声"), title=("text",), aside=("who",),
            item=(Field("text", N_("言葉"), N_("かっこは付けずに"), "text", 60), Field("who", N_("だれの"), N_("出してよい書き方で"))),
        ),
    ),
)  # fmt: skip
NOTES = Section(
    "notes", N_("お知らせ・記事"), N_("困りごとの答えを、ひとつずつ"), PAGES, counted="notes.items",
    fields=(
        Field("notes.lede", N_("はじめのひと言"), kind="text", length=60, rows=2),
        Field(
            "notes.items", N_("記事"), kind="list", noun=NP_("one", "記事"), title=("title",), aside=("date",),
            item=(
                Field("title", N_("題"), length=32),
                Field("slug", N_("アドレスの名前"), _SLUG_HINT, example="first-note"),
                Field("published", N_("サイトに出す"), kind="tick"),
                Field("date", N_("日付"), example="2026-11-21"),
                Field("updated", N_("直した日"), N_("直したときだけ"), example="2026-11-21"),
                Field("summary", N_("要約"), N_("一覧と検索結果に出ます"), "text", 90, 2),
                Field("text", N_("本文"), _MARKDOWN_HINT, "markdown", rows=10),
            ),
        ),
    ),
)  # fmt: skip
CONTACT = Section(
    "contact", N_("お問い合わせ"), N_("書く前と、送ったあとの不安を消す"), PAGES,
    (
        Field("contact.lede", N_("はじめのひと言"), kind="text", length=60, rows=2),
        Field("contact.to_write", N_("書いてもらうこと"), N_("1行にひとつ。メールの下書きになります"), "lines", rows=4),
        Field("contact.after", N_("送ったあとのこと"), N_("1行にひとつ、順番に"), "lines", rows=4),
        Field("contact.subject", N_("メールの件名"), N_("空ならボタンの言葉")),
        Field("contact.purpose", N_("連絡先の使いみち"), N_("何に使い、何に使わないか"), "text", 80, 2),
    ),
)  # fmt: skip
PRIVACY = Section(
    "privacy", N_("プライバシーポリシー"), N_("お名前とメールを預かるので"), PAGES,
    (
        Field("privacy.text", N_("本文"), _MARKDOWN_HINT, "markdown", rows=14),
        Field("privacy.updated", N_("さいごに直した日"), example="2026-11-21"),
    ),
)  # fmt: skip
LOOK = Section(
    "look", N_("見た目"), N_("すぐにプレビューへ映ります"), FINISH,
    (
        Field("look.theme", N_("テーマ"), kind="choice", source="themes"),
        Field("look.accent", N_("色"), N_("読みにくい色は、読める濃さまで動かします"), "colour", example="#0b5e68"),
    ),
)  # fmt: skip
TARGET = Section("target", N_("公開先"), N_("サイトを置くところ"), FINISH)

SECTIONS = (AUDIENCE, SELLING, CAREER, PROFILE, OFFERS, HOW, CASES, VOICES, NOTES, CONTACT, PRIVACY, LOOK, TARGET)
