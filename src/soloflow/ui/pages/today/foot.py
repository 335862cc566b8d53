"""The foot of the day: the four roles and the one that is neglected; the tank: 12 months of inquiries."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from soloflow.i18n import N_, _, listed
from soloflow.services.today import ROLES, Figures
from soloflow.ui import icons
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import label

ROLE_NAMES = {
    "marketing": N_("マーケティング"),
    "sales": N_("営業"),
    "office": N_("事務"),
    "success": N_("カスタマーサクセス"),
}
HEIGHT = 104
LOW_HEIGHT = 64


class Foot(QFrame):
    """104 high; in a narrow window 64, with the roles only. Empty until the figures come: the rows above come first."""

    someone_wanted = Signal(str)
    """The role for which a customer is to be chosen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        styled(self, variant="footer")
        self._theme = theme
        self._is_narrow = False
        self._inside: _Inside | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self.set_narrow(is_narrow=False)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Leave the titles and the tank out where there is no room."""
        self._is_narrow = is_narrow
        self.setFixedHeight(LOW_HEIGHT if is_narrow else HEIGHT)
        if self._inside is not None:
            self._inside.set_narrow(is_narrow=is_narrow)

    def show_figures(self, figures: Figures) -> None:
        """Take the figures of now."""
        if self._inside is None:
            self._inside = _Inside(self._theme)
            self._inside.someone_wanted.connect(self.someone_wanted)
            self._inside.set_narrow(is_narrow=self._is_narrow)
            self._outer.addWidget(self._inside)
        self._inside.show_figures(figures)


class _Inside(QWidget):
    """The roles at the left, the tank at the right."""

    someone_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = _pair(_("4つの役割"), _("最後に手を動かした日"))
        self._roles = {role: _Role(theme, _(ROLE_NAMES[role])) for role in ROLES}
        self._button = button(_("お客様をひとり選ぶ"), self._choose, small=True)
        self._tank = _Tank(theme)
        self._neglected = ""
        roles = QHBoxLayout()
        roles.setSpacing(0)
        for role in self._roles.values():
            roles.addWidget(role)
        roles.addStretch(1)
        roles.addWidget(self._button)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._title)
        left.addLayout(roles)
        left.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(40)
        self._row.addLayout(left, 1)
        self._row.addWidget(self._tank)
        self._button.hide()

    def set_narrow(self, *, is_narrow: bool) -> None:
        self._title.setVisible(not is_narrow)
        self._tank.setVisible(not is_narrow)
        self._row.setContentsMargins(24, 10 if is_narrow else 15, 24, 8)

    def show_figures(self, figures: Figures) -> None:
        self._neglected = figures.neglected or ""
        for role, place in self._roles.items():
            place.show_days(figures.days_since_work[role], is_neglected=role == figures.neglected)
        self._button.setVisible(bool(self._neglected))
        if self._neglected:
            role_name = _(ROLE_NAMES[self._neglected])
            self._button.setToolTip(_("{role}として、いちばん長く話していない相手を開きます").format(role=role_name))
        self._tank.show_months(figures.inquiries_by_month, figures.nurture_count)

    def _choose(self) -> None:
        self.someone_wanted.emit(self._neglected)


class _Role(QWidget):
    """Name above, days below; the neglected one with icon and in bold. 130 wide."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._name = name
        self._mark = QLabel()
        self._mark.setPixmap(icons.pixmap(theme, "warning", "warnt", 16, self.devicePixelRatioF()))
        self._mark.hide()
        self._days = label()
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._mark)
        line.addWidget(self._days)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(label(name, "label"))
        column.addLayout(line)
        self.setMinimumWidth(130)

    def show_days(self, days: int | None, *, is_neglected: bool) -> None:
        """Say how long ago this role was worked on."""
        if days is None:
            words = _("まだ手つかず") if is_neglected else _("まだありません")
        elif is_neglected:
            words = _("{days}日 手つかず").format(days=days)
        else:
            words = _("今日") if days == 0 else _("昨日") if days == 1 else _("{days}日前").format(days=days)
        self._days.setText(words)
        styled(self._days, role="warn-strong" if is_neglected else None)
        self._mark.setVisible(is_neglected)
        self.setAccessibleName(f"{self._name} {words}")


class _Tank(QWidget):
    """Bars of 12 months and the sentence beside them. 368 wide."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._bars = Bars(theme)
        self._figure = label("", "acc-head")
        self._month = label()
        self._parked = label("", "second")
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._figure)
        first.addWidget(self._month)
        first.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(first)
        words.addWidget(self._parked)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self._bars)
        below.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(_pair(_("集客タンク"), _("問い合わせ 12か月")))
        column.addLayout(below)
        column.addStretch(1)
        self.setFixedWidth(368)

    def show_months(self, months: Sequence[int], parked: int) -> None:
        """Show the months, oldest first, and how many wait for their day."""
        self._bars.show_months(months)
        self._figure.setText(_("{count}件").format(count=months[-1]))
        self._month.setText(_("今月（先月 {count}件）").format(count=months[-2]))
        self._parked.setText(_("育成中 {count:,}社").format(count=parked))


class Bars(QWidget):
    """Twelve small bars, the present month in the accent; 140×38."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._months: tuple[int, ...] = ()
        self.setFixedSize(140, 38)

    def show_months(self, months: Sequence[int]) -> None:
        """Draw these; the highest fills the height."""
        self._months = tuple(months)
        counts = listed(f"{count}" for count in months)
        self.setAccessibleName(_("この12か月の問い合わせ：{counts}").format(counts=counts))
        self.setToolTip(self.accessibleName())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: bars on a line."""
        painter = QPainter(self)
        foot = self.height() - 1
        top = max(self._months, default=0)
        for number, count in enumerate(self._months):
            height = round((foot - 12 if top < 3 else foot) * count / top) if top else 0
            role = "acc" if number == len(self._months) - 1 else "opn" if self._theme.is_dark else "line2"
            painter.fillRect(QRect(number * 12, foot - height, 8, height), self._theme.color(role))
        painter.fillRect(0, foot, self.width(), 1, self._theme.color("line2"))


def _pair(title: str, words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(label(title, "strong"))
    row.addWidget(label(words, "label"), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(1)
    return made
