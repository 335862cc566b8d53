"""理由: why they left at a step that is chosen."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from soloflow.domain.stages import LAST
from soloflow.i18n import _
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace
from soloflow.ui.context import Context
from soloflow.ui.pages.insights.answer_pane import AnswerPane
from soloflow.ui.pages.insights.choosing import chosen_stage, stage_box

if TYPE_CHECKING:  # loads numpy, which comes with the first figures
    from soloflow.services.answers import Answer


class ReasonsTab(AnswerPane):
    """At first the step that loses the most."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("離れた理由の割合"))
        self.stage = stage_box()
        self.controls.addWidget(self.stage)
        self.stage.activated.connect(self.ask_again)

    def arrive(self, **args: object) -> None:
        """`stage=3` chooses that step."""
        if isinstance(stage := args.get("stage"), int) and stage < LAST:
            self.stage.setCurrentIndex(self.stage.findData(stage))
            self.ask_again()

    def ask(self, shown: Overview) -> "Callable[[], Answer]":
        """The chosen step, at first the one whose likely cause the verdict tells."""
        from soloflow.services.causes import leaking_step

        if self.stage.currentIndex() < 0:
            self.stage.setCurrentIndex(self.stage.findData(leaking_step(shown)))
        return partial(_reasons, self.context.workspace, shown, chosen_stage(self.stage, shown))


def _reasons(ws: Workspace, shown: Overview, stage: int) -> "Answer":
    from soloflow.services.answers import reasons

    return reasons.answer(ws, shown, stage)
