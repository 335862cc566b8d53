"""What the page shows when there is no table: how to begin, and what went wrong."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from soloflow.domain.errors import UserError
from soloflow.i18n import _
from soloflow.services.import_items import Preview
from soloflow.services.import_words import kind_name, problem_line
from soloflow.ui.theme import Theme
from soloflow.ui.widgets.empty import EmptyState

Act = Callable[[], object]
SHOWN = 5
"""Problems that are named where there is nothing else to show."""


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


def nobody(theme: Theme, preview: Preview, choose: Act, better: tuple[str, Act] | None) -> EmptyState:
    """A file of a known shape in which there is nobody, with what became of its rows."""
    kind = kind_name(preview.reading.kind)
    some = _("{file}は{kind}ですが、{rows}行のどれからも人を読み取れませんでした。")
    none = _("{file}は{kind}ですが、人の行がありません。")
    words = some if preview.reading.rows else none
    lines = [words.format(file=preview.name, kind=kind, rows=f"{preview.reading.rows:,}")]
    problems = preview.reading.problems
    lines += [problem_line(one.line, one.field, one.message) for one in problems[:SHOWN]]
    lines += [_("ほか {count}件").format(count=len(problems) - SHOWN)] if len(problems) > SHOWN else []
    lines.append(_("何も取り込んでいません。"))
    other = (_("別のファイルを選ぶ"), choose)
    first, second = (better, other) if better else (other, None)
    return EmptyState(theme, "warning", _("取り込める人がいません"), "\n".join(lines), first, second)


def ask_for_files(parent: QWidget) -> list[Path]:
    """The files that the user chooses; none when they think better of it."""
    kinds = _("連絡先（*.csv *.vcf *.tsv *.txt *.xlsx *.xlsm *.zip *.png *.jpg *.jpeg）") + ";;" + _("すべて（*）")
    found, _kind = QFileDialog.getOpenFileNames(
        parent, _("取り込むファイル"), str(Path.home()), kinds.replace("（", "(").replace("）", ")")
    )
    return [Path(one) for one in found]
