"""Somebody known who may be meant: one sentence and three answers, under the chips; it never takes the keyboard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from soloflow.i18n import _, side_by_side
from soloflow.services import wording
from soloflow.services.who_is_meant import Hint
from soloflow.ui import icons
from soloflow.ui.theme import Theme, styled
from soloflow.ui.widgets.buttons import ShortcutButton, button
from soloflow.ui.widgets.labels import ElidedLabel

PERSON, COMPANY, APART = "person", "company", "apart"
ANSWERS = (PERSON, COMPANY, APART)
HEIGHT, HIGH = 56, 96
"""One row, and two where the sentence and its answers do not fit beside each other."""
_LEFT, _RIGHT, _MARK, _GAP = 13, 12, 20, 12


class KnownPanel(QFrame):
    """The sentence is never shortened for the answers; `chosen(answer)` by button or Alt+1, 2, 3."""

    chosen = Signal(str)
    next_wanted = Signal()
    """Somebody else who fits is to be shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self.buttons: dict[str, ShortcutButton] = {}
        self.answers: tuple[str, ...] = ()
        styled(self, variant="warning")
        mark = QLabel()
        mark.setPixmap(icons.pixmap(theme, "warning", "warnt", 20, self.devicePixelRatioF()))
        self._head = ElidedLabel("", "strong")
        self._more = ElidedLabel("", "label")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._head)
        words.addWidget(self._more)
        words.addStretch(1)
        self.next = button("", small=True)
        self.next.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.next.clicked.connect(self.next_wanted)
        self.next.hide()
        self._answers = QWidget()
        self._buttons = QHBoxLayout(self._answers)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.setSpacing(_GAP)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(_GAP)
        self._beside.addWidget(mark)
        self._beside.addLayout(words, 1)
        self._beside.addWidget(self.next)
        self._beside.addWidget(self._answers)
        self._below = QHBoxLayout()
        self._below.setContentsMargins(_MARK + _GAP, 0, 0, 8)
        self._below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_LEFT, 0, _RIGHT, 0)
        column.setSpacing(0)
        column.addLayout(self._beside, 1)
        column.addLayout(self._below)
        self.setFixedHeight(HEIGHT)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says, both lines."""
        return f"{self._head.text()} {self._more.text()}"

    def show_hint(self, hint: Hint | None, answer: str | None, without_answer: str, more: int = 0) -> None:
        """Offer this hint; `answer` is what was chosen, `without_answer` what Enter alone does, which the primary button says.

        Somebody merely similar is asked about without a primary button. `more` others fit as well and are shown one by one.
        """
        if (hint, answer, without_answer, more) == self._shown:
            return
        self._shown = (hint, answer, without_answer, more)
        self.setVisible(hint is not None)
        if hint is None:
            self.answers = ()
            return
        self.next.setVisible(bool(more))
        self.next.setText(_("ほか{count}人  ↓").format(count=more))
        self.next.setToolTip(_("ほかに当てはまる人を見ます  ↓"))
        self._head.setText(_head(hint))
        self._more.setText(_more(hint, answer, without_answer, is_one_of_several=bool(more)))
        self._make_buttons(hint, answer or ("" if hint.kind == "similar" else without_answer))
        self.setAccessibleName(self.sentence)
        self._fit()

    def _fit(self) -> None:
        """Put the answers beside the sentence, or under it."""
        words = max(self._head.sizeHint().width(), self._more.sizeHint().width())
        others = sum(_GAP + made.sizeHint().width() for made in (self.next, self._answers) if not made.isHidden())
        fits = _LEFT + _MARK + _GAP + words + others + _RIGHT <= self.width()
        (self._below if fits else self._beside).removeWidget(self._answers)
        if fits:
            self._beside.addWidget(self._answers)
        else:
            self._below.insertWidget(0, self._answers)
        self._below.setContentsMargins(_MARK + _GAP, 0, 0, 0 if fits else 8)
        self.setFixedHeight(HEIGHT if fits else HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: there is more or less room."""
        super().resizeEvent(event)
        self._fit()

    def _make_buttons(self, hint: Hint, primary: str) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            widget: QWidget | None = item.widget()
            if widget is not None:
                for shortcut in widget.findChildren(QShortcut):
                    shortcut.setEnabled(False)
                widget.hide()
                widget.deleteLater()
        words = {
            PERSON: _("この人に足す"),
            COMPANY: _("同じ会社の連絡先に加える"),
            APART: _("別の会社") if hint.kind == "company" else _("別の人"),
        }
        wanted = [PERSON] if hint.contact is not None else []
        wanted += [COMPANY] if hint.company else []
        self.answers = (*wanted, APART)
        self.buttons = {}
        for answer in self.answers:
            keys = f"Alt+{ANSWERS.index(answer) + 1}"
            made = ShortcutButton(self._theme, words[answer], keys, primary=answer == primary)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.setProperty("answer", answer)
            made.clicked.connect(self._on_clicked)
            self.buttons[answer] = made
            self._buttons.addWidget(made)
            made.show()  # at once: its shortcut works only while it is seen

    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(str(sender.property("answer")))


def _head(hint: Hint) -> str:
    if hint.kind == "company":
        return _("{company}はもう顧客にいます").format(company=hint.company)
    if hint.kind == "sure":
        return _("{name}さんです（同じ連絡先）").format(name=hint.name)
    if hint.kind == "likely":
        return _("{name}さんがもういます").format(name=hint.name)
    return _("{name}さんかもしれません").format(name=hint.name or hint.company)


def _more(hint: Hint, answer: str | None, without_answer: str, *, is_one_of_several: bool) -> str:
    stage = wording.stage_name(hint.stage) if hint.stage is not None else _("名簿")
    company = _("同じ会社") if hint.is_colleague else hint.company or _("個人")
    where = (
        stage if hint.kind == "company" or (is_one_of_several and hint.is_colleague) else side_by_side((company, stage))
    )
    done = {
        PERSON: _("この人に足します"),
        COMPANY: _("同じ会社の連絡先に加えます"),
        APART: _("別の人として加えます"),
    }
    if answer is not None:
        return _("{where}。{what}").format(where=where, what=done[answer])
    alone = {
        PERSON: _("Enter でこの人に足します"),
        COMPANY: _("Enter だけなら連絡先に追加"),
        APART: _("Enter だけなら別の人"),
    }
    return _("{where}。{what}").format(where=where, what=alone[without_answer])
