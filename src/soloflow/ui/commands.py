"""What can be done from the command field: every page, tab and action, found by the words people have for it.

Each ``Command`` carries search words in Japanese, kana and English beside its title, so that インポート, とりこむ and import
find the same line. What it does goes through `Context`, as a button would.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QTimer

from soloflow.i18n import _
from soloflow.ui.context import Context
from soloflow.ui.widgets.palette import Hit

Act = Callable[[], object]

PAGE_WORDS = {
    "today": "きょう today やること todo ホーム home",
    "customers": "こきゃく customers 連絡先 れんらくさき contacts 名簿 めいぼ",
    "board": "かくとくこうてい かんばん カンバン ボード board pipeline パイプライン",
    "insights": "ぶんせき insights analytics グラフ 数字 ファネル funnel",
    "site": "さいと ホームページ site website ウェブ web 宣伝",
    "settings": "せってい settings preferences オプション",
}


class Command(NamedTuple):
    """One line that can be found; `words` are search words with spaces between, in any language, and not shown."""

    group: str
    title: str
    words: str
    icon: str
    keys: str
    act: Act


def actions(context: Context, show_shortcuts: Act, leave: Act) -> tuple[Command, ...]:
    """Everything that can be done, in the order in which it is listed."""
    group = _("操作")
    found = (
        (_("人を記録する"), "記録 きろく 追加 ついか 新規 しんき new add capture record 勉強会 べんきょうかい meetup event", "plus", "Ctrl+N", context.open_capture),
        (_("名刺・連絡先を取り込む"), "取り込む 取込 とりこむ とりこみ インポート いんぽーと import csv vcard めいし eight", "download", "Ctrl+I", partial(context.navigate, "import")),
        (_("自分のQRを見せる"), "QR キューアール きゅーあーる 名刺 めいし 自分 じぶん リンク qr card share link", "qr", "", partial(_share, context)),
        (_("かさなりを見る"), "かさなり 重なり 重複 ちょうふく じゅうふく まとめる 統合 とうごう 名寄せ なよせ duplicates merge dedupe", "copy", "", partial(context.navigate, "duplicates", change_set=None)),
        (_("サイトを公開する"), "公開 こうかい publish パブリッシュ アップロード upload deploy", "globe", "", partial(context.navigate, "site")),
        (_("サイトをブラウザーで見る"), "ブラウザー ぶらうざ ブラウザで見る プレビュー preview browser", "globe", "", partial(context.navigate, "site", browser=True)),
        (_("控えを取る"), "控え ひかえ バックアップ ばっくあっぷ 保存 backup save", "box", "", partial(_back_up, context)),
        (_("顧客と記録を書き出す"), "書き出す かきだす 書き出し エクスポート えくすぽーと export csv json 出力", "document", "", partial(context.navigate, "settings", section="data")),
        (_("暗い表示にする"), "暗い くらい ダーク だーく ダークモード dark darkmode night", "moon", "", partial(_look, context, "dark")),
        (_("明るい表示にする"), "明るい あかるい ライト らいと ライトモード light lightmode", "sun", "", partial(_look, context, "light")),
        ("日本語にする", "日本語 にほんご japanese 言語 げんご language", "settings", "", partial(_speak, context, "ja")),
        ("Switch to English", "english 英語 えいご 言語 げんご language イングリッシュ", "settings", "", partial(_speak, context, "en")),
        (_("見本のデータを見る"), "見本 みほん サンプル さんぷる デモ sample demo example", "person", "", context.open_sample),
        (_("キー操作の一覧"), "ショートカット しょーとかっと ヘルプ へるぷ キーボード keyboard shortcuts help ?", "help", "F1", show_shortcuts),
        (_("取り消す"), "とりけす 元に戻す もとにもどす アンドゥ undo", "undo", "Ctrl+Z", context.undo),
        (_("やり直す"), "やりなおす リドゥ redo", "redo", "Ctrl+Shift+Z", context.redo),
        (_("SoloFlow を終える"), "終了 しゅうりょう 終わる 閉じる quit exit close", "cross", "Ctrl+Q", leave),
    )  # fmt: skip
    return tuple(Command(group, *one) for one in found)


def tabs(context: Context) -> tuple[Command, ...]:
    """The tabs of 設定, each found by its own name."""
    found = (
        ("profile", _("プロフィール"), "プロフィール profile 名前 屋号 なまえ やごう"),
        ("display", _("表示"), "表示 ひょうじ 見た目 みため display appearance 言語 language"),
        ("data", _("データ"), "データ data フォルダー folder 場所 検査"),
        ("lists", _("言葉"), "言葉 ことば チャネル タグ 理由 lists channels tags"),
        ("backups", _("控え"), "控え ひかえ バックアップ backups restore 復元"),
        ("history", _("履歴"), "履歴 りれき history 元に戻す"),
        (
            "imports",
            _("取り込みの履歴"),
            "取り込み とりこみ 取込 履歴 りれき 取り消す インポート import imports history undo csv vcard",
        ),
    )
    return tuple(
        Command(_("設定"), title, words, "settings", "", partial(context.navigate, "settings", section=key))
        for key, title, words in found
    )


def matching(commands: Sequence[Command], text: str) -> tuple[list[Hit], list[Hit]]:
    """(those that are called exactly so, those that are called something like it), in their order."""
    exact: list[Hit] = []
    alike: list[Hit] = []
    wanted = tuple(_key(word) for word in text.split())
    for one in commands:
        names = (_key(one.title), *map(_key, (*one.title.split(), *one.words.split())))
        hit = Hit(one.group, one.title, one.keys, one.icon, one.act)
        if _key(text) in names:
            exact.append(hit)
        elif wanted and all(any(_fits(name, word) for name in names) for word in wanted):
            alike.append(hit)
    return exact, alike


def _fits(name: str, word: str) -> bool:
    """Latin letters begin a word; of Japanese, which has no spaces, any part of it will do."""
    return name.startswith(word) if word.isascii() else word in name


def _key(text: str) -> str:
    from soloflow.domain.text import name_key  # its patterns are not needed before somebody types

    return name_key(text) or text.casefold()


def _look(context: Context, appearance: str) -> None:
    from soloflow.ui.pages.settings.personal import keep

    if keep(context, appearance=appearance) is not None:
        QTimer.singleShot(0, context, partial(context.set_appearance, appearance))


def _speak(context: Context, language: str) -> None:
    from soloflow.ui.pages.settings.personal import keep

    if keep(context, language=language) is not None:
        QTimer.singleShot(0, context, partial(context.set_language, language))


def _share(context: Context) -> None:
    from soloflow.services import sharing
    from soloflow.ui.share import open_share

    open_share(context, sharing.meetup_now(context.workspace))


def _back_up(context: Context) -> None:
    from soloflow.services import backups

    def take(_progress: object) -> Path:
        return backups.take(context.workspace)

    context.run_long(_("控えを取っています"), take, partial(_after_back_up, context))


def _after_back_up(context: Context, path: Path) -> None:
    context.notify(_("控えを取りました：{name}").format(name=path.name))
