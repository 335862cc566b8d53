"""The tabs of 分析 beside 全体, one per question, in the order in which one asks."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from soloflow.i18n import N_, _
from soloflow.services.numbers import Overview
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.answer_pane import AnswerPane

if TYPE_CHECKING:  # loads numpy, which comes with the first figures
    from soloflow.services.answers import Answer


class TabEntry(NamedTuple):
    """A tab; the title is translated where it is shown."""

    key: str
    title: str
    make: Callable[[Context], AnswerPane]


class LeakTab(AnswerPane):
    """What each leak costs."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("工程ごとの漏れと、直したときの受注"))

    def ask(self, shown: Overview) -> "Callable[[], Answer]":
        """The leak of these figures."""
        return partial(_leak, shown)


def _leak(shown: Overview) -> "Answer":
    from soloflow.services.answers import leak

    return leak.answer(shown)


TABS: tuple[TabEntry, ...] = (TabEntry("leak", N_("漏れ"), LeakTab),)
