"""What the capture window shows: meetup bar, line, chips, panels, tonight's list, foot. It decides nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from soloflow.i18n import _, ngettext
from soloflow.services import evening
from soloflow.services.evening import Met
from soloflow.ui import icons
from soloflow.ui.capture.chips import ChipRow
from soloflow.ui.capture.evening_rows import EveningRows
from soloflow.ui.capture.evening_words import Words, wording_of
from soloflow.ui.capture.example import Example
from soloflow.ui.capture.known_panel import KnownPanel
from soloflow.ui.capture.line_field import LineField
from soloflow.ui.capture.many_panel import ManyPanel
from soloflow.ui.capture.meetup_bar import MeetupBar
from soloflow.ui.context import Context
from soloflow.ui.models.evening import EveningModel
from soloflow.ui.theme import styled
from soloflow.ui.widgets.buttons import button
from soloflow.ui.widgets.labels import ElidedLabel, key_hint, label, rule
from soloflow.ui.widgets.rows import OVERHANG, RowList


class Surface(QWidget):
    """Built anew when theme or language change."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        theme = context.theme
        self.context = context
        styled(self, variant="page")
        self.bar = MeetupBar(context)
        self.line = LineField(theme)
        self.chips = ChipRow(theme)
        self.chips.first_after = self.line
        self.known = KnownPanel(theme)
        self.many = ManyPanel()
        self.model = EveningModel(self)
        self.rows = RowList(EveningRows(theme))
        self.rows.setAccessibleName(self._words().listed)
        self.rows.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rows.setModel(self.model)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        outer.addWidget(rule("hairline"))
        outer.addLayout(self._middle(), 1)
        outer.addWidget(self._foot())

    def _middle(self) -> QVBoxLayout:
        grammar = QHBoxLayout()
        grammar.setSpacing(10)
        grammar.addWidget(label(_("1人1行"), "strong"))
        grammar.addWidget(label(_("名前　会社　話したこと　→ 次の一手"), "label"))
        grammar.addStretch(1)
        self._count = label("", "strong")
        self._in_funnel = label("", "label")
        self._with_step = label("", "label")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._count)
        head.addWidget(self._in_funnel)
        head.addStretch(1)
        head.addWidget(self._with_step)
        self.example = Example(self.context.theme, self.context.workspace)
        column = QVBoxLayout()
        column.setContentsMargins(20, 16, 20, 0)
        column.setSpacing(0)
        column.addLayout(grammar)
        column.addSpacing(6)
        column.addWidget(self.line)
        column.addSpacing(8)
        column.addWidget(self.chips)
        column.addSpacing(10)
        column.addWidget(self.known)
        column.addWidget(self.many)
        column.addSpacing(16)
        column.addLayout(head)
        column.addSpacing(4)
        column.addWidget(rule())
        listed = QHBoxLayout()  # the selection reaches beyond the text edge
        listed.setContentsMargins(20 - OVERHANG, 0, 20 - OVERHANG, 0)
        listed.addWidget(self.rows)
        whole = QVBoxLayout()
        whole.setSpacing(0)
        whole.addLayout(column)
        whole.addWidget(self.example, 1)
        whole.addLayout(listed, 1)
        return whole

    def _foot(self) -> QFrame:
        foot = styled(QFrame(), variant="footer")
        foot.setFixedHeight(52)
        self._mark = QLabel()
        self._state = ElidedLabel("", "small")
        self._problem = label("", "small", wrap=True)
        self.end = button(self._words().end)
        self.end.setToolTip(_("閉じます。書いたものはすべて残っています  Esc"))
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._state, 1)
        row.addWidget(self._problem, 1)
        self._keys = QWidget()
        keys_row = QHBoxLayout(self._keys)
        keys_row.setContentsMargins(0, 0, 8, 0)
        keys_row.setSpacing(16)
        for keys, words in (("↑", _("前の行を直す")), ("Alt+0", _("名簿のみ")), ("Ctrl+Z", _("取り消す"))):
            pair = QHBoxLayout()
            pair.setSpacing(4)
            pair.addWidget(key_hint(keys))
            pair.addWidget(label(words, "label"))
            keys_row.addLayout(pair)
        row.addWidget(self._keys)
        row.addWidget(self.end)
        self.say(_("Enter を押すたびに保存します"))
        return foot

    def _words(self) -> Words:
        return wording_of(evening.is_evening(self.context.workspace))

    def say(self, text: str, *, is_problem: bool = False) -> None:
        """The sentence at the foot; a problem is said whole, in the place of the keys."""
        icon, role = ("warning", "warnt") if is_problem else ("check", "ink2")
        self._mark.setPixmap(icons.pixmap(self.context.theme, icon, role, 16, self.devicePixelRatioF()))
        self._state.setText("" if is_problem else text)
        self._problem.setText(text if is_problem else "")
        self._state.setVisible(not is_problem)
        self._problem.setVisible(is_problem)
        self._keys.setVisible(not is_problem)

    @property
    def said(self) -> str:
        """What stands at the foot."""
        return self._problem.text() or self._state.text()

    def show_people(self, people: list[Met]) -> None:
        """Tonight's list and its figures."""
        self.model.show_people(people)
        self.rows.setVisible(bool(people))
        self.example.setVisible(not people)
        inside = evening.entered(people)
        planned = sum(bool(one.step) for one in people)
        words = self._words()
        self.end.setText(words.end)
        self._count.setText(words.count.format(count=len(people)) if people else words.none_yet)
        self._in_funnel.setText(
            ngettext("{count}社が集客に入ります", "{count}社が集客に入ります", inside).format(count=inside)
            if people
            else ""
        )
        self._with_step.setText(_("次の一手あり {count}人").format(count=planned) if people else "")
