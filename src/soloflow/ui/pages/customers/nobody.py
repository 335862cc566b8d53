"""What the page says while there is nobody to show."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.ui.context import Context
from soloflow.ui.widgets.buttons import LinkButton
from soloflow.ui.widgets.empty import EmptyState


def nobody_known(context: Context) -> QWidget:
    """The empty page: what it is for, one button, and the other ways in."""
    page = EmptyState(
        context.theme,
        "customers",
        _("出会った人を、ここで育てます"),
        _("名刺やアドレス帳を取り込むか、ひとりずつ書きとめると、\nいまの工程と次の一手がここに並びます。"),
        (_("名刺・アドレス帳を取り込む"), partial(context.navigate, "import")),
        (_("ひとり書きとめる（Ctrl+N）"), context.open_capture),
    )
    column = page.layout()
    assert isinstance(column, QVBoxLayout)
    sample = LinkButton(_("見本で試す"), context.open_sample)
    column.insertWidget(column.count() - 1, sample, 0, Qt.AlignmentFlag.AlignHCenter)
    return page


def nobody_chosen(context: Context) -> QWidget:
    """Beside a list in which nobody is chosen."""
    return EmptyState(context.theme, "person", _("だれも選ばれていません"), _("左の一覧から選ぶと、ここに開きます。"))
