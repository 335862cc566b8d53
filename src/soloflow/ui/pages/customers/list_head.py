"""The top of the list: the view's name as a button, the count, 取り込む, filter, order, and the search below them.

Signals: `view_wanted()` for the list of views, `filter_wanted()`, `ordered(order)`.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.ui import icons
from soloflow.ui.context import Context
from soloflow.ui.pages.customers.sort_button import SortButton
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.buttons import PushButton, button, icon_button
from soloflow.ui.widgets.labels import label
from soloflow.ui.widgets.search_field import SearchField

CHEVRON = 16
SHORTEST = 72


class TitleButton(PushButton):
    """The page title that opens the list of views; a long name ends in …."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = ""
        styled(self, variant="heading")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(32)

    @property
    def title(self) -> str:
        """The name shown."""
        return self._title

    def set_title(self, title: str) -> None:
        """Show a name."""
        self._title = title
        self.setAccessibleName(_("しおり：{name}").format(name=title))
        self.setToolTip(_("{name}\n一覧を選ぶ、いまの条件を残す  V").format(name=title))
        self.updateGeometry()
        self.update()

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font("title", bold=True))

    def sizeHint(self) -> QSize:
        """Qt: the words and the sign that there is more."""
        return QSize(self._metrics().horizontalAdvance(self._title) + 4 + CHEVRON + 2, 32)

    def minimumSizeHint(self) -> QSize:
        """Qt: may become a few characters."""
        return QSize(min(SHORTEST, self.sizeHint().width()), 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: title and chevron; the edge for the keyboard is the style's."""
        super().paintEvent(event)  # it has no words that Qt knows of
        painter = QPainter(self)
        painter.setFont(self._theme.font("title", bold=True))
        painter.setPen(self._theme.color("ink"))
        metrics = self._metrics()
        words = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, self.width() - CHEVRON - 5)
        baseline = (self.height() + metrics.capHeight()) // 2
        painter.drawText(0, baseline, words)
        x = metrics.horizontalAdvance(words) + 4
        icons.paint(painter, self._theme, x, baseline - metrics.capHeight() / 2 - 8, "chevron-down", "ink2")


class ListHead(QWidget):
    """Two lines: title and buttons, search."""

    view_wanted = Signal()
    filter_wanted = Signal()
    ordered = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.title = TitleButton(context.theme)
        self.title.clicked.connect(self.view_wanted)
        self._count = label("", "label")
        self.bring = button(_("取り込む"), self._on_bring, small=True)
        self.bring.setAccessibleName(self.bring.text())
        icons.beside_text(self.bring, context.theme, "download")
        self.bring.setToolTip(
            _("名刺・連絡先のファイルを取り込む  Ctrl+I\nファイルは、画面のどこにでもドロップできます")
        )
        self.filter = icon_button(context.icon("filter"), _("絞り込む"), self.filter_wanted.emit, shortcut="F")
        self.sort = SortButton(context)
        self.sort.chosen.connect(self.ordered)
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        self._line.addWidget(self.title)
        self._line.addWidget(self._count)
        self._line.addStretch(1)
        for made in (self.bring, self.filter, self.sort):
            self._line.addWidget(made)
        self.search = SearchField(context.theme, _("名前、会社、メール、電話、メモの言葉"))
        self.search.setToolTip(
            _(
                "一覧の中をさがす  /\nかな・ローマ字・旧字、電話の一部、タグ（#在庫）、勉強会の名前、\n"
                "記録の言葉でも見つかります。空白で区切ると、すべてを含む人にしぼります。"
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._line)
        column.addWidget(self.search)

    def show_title(self, title: str) -> None:
        """Say what is listed."""
        self.title.set_title(title)
        self.fit(self.width())

    def show_count(self, text: str) -> None:
        """Say how many are listed."""
        self._count.setText(text)
        self.fit(self.width())

    def fit(self, room: int) -> None:
        """Where there is little room icons stand for 取り込む and for the order, then the count goes: the segments say it too."""
        for has_words, says_order, has_count in (
            (True, True, True),
            (False, True, True),
            (False, False, True),
            (False, False, False),
        ):
            self.bring.setText(self.bring.accessibleName() if has_words else "")
            styled(self.bring, variant=None if has_words else "quiet")
            self.sort.set_wordless(not says_order)
            self._count.setVisible(has_count)
            self._line.setSpacing(8 if says_order else 2)
            self._line.invalidate()
            if self._line.sizeHint().width() <= room:
                break

    def _on_bring(self) -> None:
        self._context.navigate("import")
