"""What the page shows when there is no table: how to begin, and what went wrong."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.empty import EmptyState

Act = Callable[[], object]


def invitation(theme: Theme, choose: Act) -> EmptyState:
    """What can be brought in, and the button for it."""
    return EmptyState(
        theme, "download", _("名刺や連絡先を取り込む"),
        _("Eight・Google・Outlook・LinkedIn などの CSV、Excel、vCard、QRコードの画像を選んでください。\n画面のどこにドロップしても、コピーした表を貼り付けてもかまいません。\n書き込む前に、ひとりずつ確かめられます。"),
        (_("ファイルを選ぶ"), choose),
    )  # fmt: skip


def failure(theme: Theme, error: UserError, choose: Act, better: tuple[str, Act] | None) -> EmptyState:
    """Why a file could not be read; `better` is what is worth a try before another file."""
    words = str(error).replace("。", "。\n").strip()
    other = (_("別のファイルを選ぶ"), choose)
    first, second = (better, other) if better else (other, None)
    return EmptyState(theme, "warning", _("読み込めませんでした"), words, first, second)


def ask_for_files(parent: QWidget) -> list[Path]:
    """The files that the user chooses; none when they think better of it."""
    kinds = _("連絡先（*.csv *.vcf *.tsv *.txt *.xlsx *.xlsm *.zip *.png *.jpg *.jpeg）") + ";;" + _("すべて（*）")
    found, _kind = QFileDialog.getOpenFileNames(
        parent, _("取り込むファイル"), str(Path.home()), kinds.replace("（", "(").replace("）", ")")
    )
    return [Path(one) for one in found]
