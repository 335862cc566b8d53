"""The tabs of 分析 beside 全体, one per question, in the order in which one asks."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Slot

from soloflow.i18n import N_, _
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.answer_pane import AnswerPane
from soloflow.ui.pages.insights.choosing import chosen_stage, stage_box
from soloflow.ui.widgets.segments import Segment, Segments

if TYPE_CHECKING:  # loads numpy, which comes with the first figures
    from soloflow.services.answers import Answer


AFTER, STAYS, COHORTS = "after", "stays", "cohorts"
"""What the tab その後 shows of a step."""


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
    """What happens after a step that is chosen, how long they stay there, and whether that changes by quarter."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("工程に来てからのこと"))
        self.stage = stage_box()
        self.by = Segments(
            context.theme,
            [Segment(AFTER, _("進みかた")), Segment(STAYS, _("滞在日数")), Segment(COHORTS, _("四半期ごと"))],
            name=_("来てからの、何を見るか"),
        )
        self.controls.addWidget(self.stage)
        self.controls.addWidget(self.by)
        self.stage.activated.connect(self.ask_again)
        self.by.chosen.connect(self._on_chosen)

    def arrive(self, **args: object) -> None:
        """`by="stays"` or `by="cohorts"` shows that."""
        if (wanted := args.get("by")) in (AFTER, STAYS, COHORTS):
            self.by.choose(str(wanted))
            self.ask_again()

    @Slot(str)
    def _on_chosen(self, _by: str) -> None:
        self.ask_again()

    def ask(self, shown: Overview) -> "Callable[[], Answer]":
        """The chosen step, at first the one that loses the most."""
        return partial(_of_step, self.context.workspace, shown, chosen_stage(self.stage, shown), self.by.key)


def _of_step(ws: Workspace, shown: Overview, stage: int, by: str) -> "Answer":
    from soloflow.services.answers import after_step, cohorts, stays

    if by == STAYS:
        return stays.answer(shown, stage)
    return cohorts.answer(shown, ws.zone, stage) if by == COHORTS else after_step.answer(shown, stage)


class SourcesTab(AnswerPane):
    """Channels, or meetups and links one by one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("流入元ごとの、受注につながる率"))
        self.by = Segments(
            context.theme,
            [Segment("channels", _("チャネル")), Segment("origins", _("勉強会・リンク"))],
            name=_("流入元の細かさ"),
        )
        self.controls.addWidget(self.by)
        self.by.chosen.connect(self._on_chosen)

    @Slot(str)
    def _on_chosen(self, _by: str) -> None:
        self.ask_again()

    def ask(self, shown: Overview) -> "Callable[[], Answer]":
        """The sources as finely as chosen."""
        return partial(_sources, self.context.workspace, shown, self.by.key)


def _sources(ws: Workspace, shown: Overview, by: str) -> "Answer":
    from soloflow.services.answers import sources

    return sources.answer(ws, shown, by)


class ReturnsTab(AnswerPane):
    """Who came back, and the two mechanisms month by month."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("月ごとの、新しいお客様と既存のお客様"))

    def ask(self, shown: Overview) -> "Callable[[], Answer]":
        """A year of these figures."""
        return partial(_returns, self.context.workspace, shown)


def _returns(ws: Workspace, shown: Overview) -> "Answer":
    from soloflow.services.answers import returns

    return returns.answer(shown, ws.zone)


def _from(module: str, tab: str, context: Context) -> AnswerPane:
    """A tab in a module of its own, which the first picture does not wait for."""
    made: AnswerPane = getattr(import_module(f"soloflow.ui.pages.insights.{module}"), tab)(context)
    return made


TABS: tuple[TabEntry, ...] = (
    TabEntry("brief", N_("ひと目で"), partial(_from, "in_brief_tab", "InBriefTab")),
    TabEntry("leak", N_("漏れ"), LeakTab),
    TabEntry("reasons", N_("理由"), partial(_from, "reasons_tab", "ReasonsTab")),
    TabEntry("after", N_("その後"), AfterStepTab),
    TabEntry("sources", N_("流入元"), SourcesTab),
    TabEntry("experiments", N_("改善策"), partial(_from, "experiments_tab", "ExperimentsTab")),
    TabEntry("what_if", N_("もしも"), partial(_from, "what_if_tab", "WhatIfTab")),
    TabEntry("back_cast", N_("逆算"), partial(_from, "back_cast_tab", "BackCastTab")),
    TabEntry("returns", N_("戻りと受注"), ReturnsTab),
)
