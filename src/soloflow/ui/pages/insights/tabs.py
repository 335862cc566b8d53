"""The tabs of 分析 beside 全体, one per question, in the order in which one asks."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from soloflow.i18n import N_, _
from soloflow.services.numbers import Overview
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.answer_pane import AnswerPane
from soloflow.ui.pages.insights.choosing import chosen_stage, stage_box

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


class AfterStepTab(AnswerPane):
    """What happens after a step that is chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("来てからの日数と、どうなったか"))
        self.stage = stage_box()
        self.controls.addWidget(self.stage)
        self.stage.activated.connect(self.ask_again)

    def ask(self, shown: Overview) -> "Callable[[], Answer]":
        """The chosen step, at first the one that loses the most."""
        return partial(_after_step, shown, chosen_stage(self.stage, shown))


def _after_step(shown: Overview, stage: int) -> "Answer":
    from soloflow.services.answers import after_step

    return after_step.answer(shown, stage)


TABS: tuple[TabEntry, ...] = (
    TabEntry("leak", N_("漏れ"), LeakTab),
    TabEntry("after", N_("その後"), AfterStepTab),
)
