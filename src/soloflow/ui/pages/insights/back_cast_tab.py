"""逆算: so many orders by a day, and the people to meet for that."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from soloflow.i18n import _
from soloflow.services import when, wording
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.answer_pane import AnswerPane
from soloflow.ui.widgets.date_field import DateField
from soloflow.ui.widgets.figure_field import FigureField
from soloflow.ui.widgets.labels import label

if TYPE_CHECKING:  # loads numpy, which comes with the first figures
    from soloflow.services.answers import Answer

USUAL_ORDERS, USUAL_MONTHS = 3, 6
MOST_ORDERS = 1000


class BackCastTab(AnswerPane):
    """Half a year and three orders to begin with."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("30日に会う社数"))
        ws = context.workspace
        self.day = DateField(
            partial(when.read_day, ws), partial(wording.day, ws), when.months_from_now(ws, USUAL_MONTHS), self._refuse
        )
        self.day.field.setAccessibleName(_("いつまでに"))
        self.orders = FigureField(_("受注の件数"), 1, MOST_ORDERS, suffix=_("件"))
        self.orders.setValue(USUAL_ORDERS)
        self.controls.addWidget(self.day)
        self.controls.addWidget(label(_("までに受注")))
        self.controls.addWidget(self.orders)
        self.day.changed.connect(self._on_changed)
        self.orders.valueChanged.connect(self._on_changed)

    def _refuse(self, day: date) -> str:
        """Orders can be had by a day to come only; the day from before holds on."""
        ws = self.context.workspace
        if day > ws.today():
            return ""
        before = self.day.day or when.months_from_now(ws, USUAL_MONTHS)
        return _("明日からの日付を書いてください（いまは {day}までの計算です）").format(day=wording.day(ws, before))

    def ask(self, shown: Overview) -> "Callable[[], Answer]":
        """The aim as it stands; without a day half a year from now."""
        ws = self.context.workspace
        until = self.day.day or when.months_from_now(ws, USUAL_MONTHS)
        return partial(_back_cast, ws, shown, self.orders.whole, until)

    @Slot(object)
    def _on_changed(self, _what: object) -> None:
        self.ask_again()


def _back_cast(ws: Workspace, shown: Overview, orders: int, until: date) -> "Answer":
    from soloflow.services.answers import back_cast

    return back_cast.answer(ws, shown, orders, until)
