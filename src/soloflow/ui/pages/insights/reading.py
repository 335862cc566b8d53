"""率の読みかた: what a rate of the charts says, in plain words and with the user's own counts as the example."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from soloflow.i18n import _
from soloflow.services.numbers import Overview
from soloflow.ui.widgets.labels import label

if TYPE_CHECKING:  # loads numpy, which is imported with the first figures
    from soloflow.services.funnel_words import StageNumbers

WIDTH = 420


class Reading(QWidget):
    """The words under their title; has the keyboard, so that Esc closes the panel and a reader reads it aloud."""

    def __init__(self, shown: Overview, days: int) -> None:
        super().__init__()
        said = lines(shown, days)
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("率の読みかた"))
        self.setAccessibleDescription("\n".join(said))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("率の読みかた"), "strong"))
        for line in said:
            words = label(line, "second", wrap=True)
            words.setFixedHeight(words.heightForWidth(WIDTH))  # else the panel opens as high as for a narrower one
            column.addWidget(words)


def lines(shown: Overview, days: int) -> list[str]:
    """The explanation for rates within so many days, a paragraph each; it begins with an example where there is one."""
    from soloflow.services.funnel_words import FEW, MAIN_HORIZON

    period = _("1年") if days == MAIN_HORIZON else _("{days}日").format(days=days)
    example = _example(shown)
    return [
        *([] if example is None else _told(example, days, period)),
        _("途中は、進行中と育成中を合わせた数です。獲得工程の列に並ぶのは、進行中のお客様だけです。"),
        _(
            "「少なくとも」が付くのは、その工程に来てから{period}たった記録がまだないときの、低めの見積もりです。"
        ).format(period=period),
        _("n は、その工程に来た数です。{few}社になるまでは、％ではなく「進んだ数/来た数」で出します。").format(few=FEW),
    ]  # fmt: skip


def _example(shown: Overview) -> "StageNumbers | None":
    """The first stage with enough customers for a rate, else the first that anybody came to."""
    from soloflow.services.funnel_words import FEW

    steps = shown.numbers.stages
    enough = (step for step in steps if step.at_risk >= FEW)
    return next(enough, None) or next((step for step in steps if step.at_risk), None)


def _told(step: "StageNumbers", days: int, period: str) -> list[str]:
    from soloflow.services.funnel_words import FEW, stage_name

    counts = _(
        "たとえば {stage}：来た{came}社のうち、進んだのは{advanced}社、離れたのは{lost}社、まだ途中が{open}社（うち育成{nurture}社）。"
    ).format(
        stage=stage_name(step.stage), came=f"{step.at_risk:,}", advanced=f"{step.advanced:,}", lost=f"{step.lost:,}",
        open=f"{step.open:,}", nurture=f"{step.nurture:,}",
    )  # fmt: skip
    rate = step.within[days]
    if step.at_risk < FEW or rate.advance is None or not rate.n_eff:
        return [counts]
    shown, plain = round(100 * rate.advance), round(100 * step.advanced / step.at_risk)
    why = _("途中の人もいずれ一部は進むので、ただ割った {plain} %（{advanced}/{came}）では低く出ます。")
    if shown <= plain:
        why = _(
            "ただ割ると {plain} %（{advanced}/{came}）ですが、途中の人の結果はまだわからず、かかった日数もまちまちです。"
        )
    told = _(
        "そこで、途中の人のぶんも入れて「来てから{period}以内に進む見込み」を見積もっています。それが {rate} です。"
    )
    in_words = _("少なくとも {rate}").format(rate=f"{shown} %") if rate.lower_bound else f"{shown} %"
    band = _("[{lo:.0f}–{hi:.0f}] は 95 % の幅です。ほんとうの率は、たいていこの間にあり、数が増えるほど狭くなります。")
    return [
        counts,
        why.format(plain=plain, advanced=f"{step.advanced:,}", came=f"{step.at_risk:,}"),
        told.format(period=period, rate=in_words),
        band.format(lo=100 * rate.lo, hi=100 * rate.hi),
    ]
