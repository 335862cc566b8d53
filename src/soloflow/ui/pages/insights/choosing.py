"""Controls that tabs of 分析 share."""

from PySide6.QtWidgets import QComboBox

from soloflow.domain.stages import LAST, STAGES
from soloflow.i18n import _
from soloflow.services.numbers import Overview
from soloflow.ui.widgets.figure_field import leave_wheel


def stage_box() -> QComboBox:
    """A choice among the steps 1 to 8; nothing is chosen until figures are there."""
    made = leave_wheel(QComboBox())
    made.setAccessibleName(_("工程"))
    made.setToolTip(_("どの工程を見るか"))
    for one in STAGES[: LAST - 1]:
        name = f"{one.number} {_(one.title)}"
        made.addItem(_("{stage}（判断）").format(stage=name) if one.is_judgement else name, one.number)
    made.setCurrentIndex(-1)
    return made


def chosen_stage(box: QComboBox, shown: Overview) -> int:
    """The step of the box; at first the one with the lowest rate, which the box then shows."""
    if box.currentIndex() < 0:
        from soloflow.services.answers.after_step import first_stage

        box.setCurrentIndex(box.findData(first_stage(shown)))
    return int(box.currentData())
