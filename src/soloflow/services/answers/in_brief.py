"""All answers of 分析 in brief: the questions in the order in which one asks, each with its sentence and the tab that says more.

Every sentence is that of the tab itself: nothing is reckoned here that is not reckoned there.
"""

from datetime import date

from soloflow.i18n import _, sentences
from soloflow.services import experiment_verdicts, in_short, wording
from soloflow.services.answers import (
    Answer,
    Row,
    Table,
    Term,
    after_step,
    back_cast,
    leak,
    reasons,
    returns,
    sources,
    stays,
    what_if,
)
from soloflow.services.causes import leaking_step
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace


def answer(ws: Workspace, shown: Overview, orders: int, until: date) -> Answer:
    """A row per question; `orders` by `until` is the aim of the last but one."""
    rows = [
        _row(_("どこで離れているか"), tuple(in_short.lines(shown)[:2]), "whole"),
        _row(_("直すと、受注は何件増えるか"), leak.answer(shown).head, "leak"),
        _row(_("なぜ離れるか"), reasons.answer(ws, shown, leaking_step(shown)).head[:1], "reasons"),
        _row(_("そのあとどうなるか"), _after(shown), "after"),
        _row(_("どの流入元がよいか"), sources.answer(ws, shown).head, "sources"),
        _row(_("改善策は効いたか"), _tried(ws, shown), "experiments"),
        _row(_("このまま進むと"), what_if.answer(shown, what_if.Moves()).head[:1], "what_if"),
        _row(_("何社に会えばよいか"), back_cast.answer(ws, shown, orders, until).head, "back_cast"),
        _row(_("戻ってきたか"), returns.answer(shown, ws.zone).head[:1], "returns"),
    ]
    table = Table(_("問いと、いまの答え"), (_("問い"), _("いまの答え")), tuple(rows))
    term = Term(
        _("ひと目で"),
        _(
            "どの文も、それぞれのタブの答えそのものです。数えかたと、もとになった件数は、タブの「どう計算した？」にあります。"
        ),
    )
    return Answer((_("いまの記録から言えること"),), (), table, (term,))


def _row(question: str, said: tuple[str, ...], tab: str) -> Row:
    return Row((question, sentences(said)), tab=tab)


def _after(shown: Overview) -> tuple[str, ...]:
    stage = after_step.first_stage(shown)
    return (*after_step.answer(shown, stage).head[:1], *stays.answer(shown, stage).head[:1])


def _tried(ws: Workspace, shown: Overview) -> tuple[str, ...]:
    """The last verdict, and when the next one is due."""
    found = experiment_verdicts.outcomes(ws, shown.log if shown.scope.is_whole else None)
    if not found:
        return (_("まだ何も試していません。"),)
    decided = [one for one in found if one.is_due]
    running = [one for one in found if not one.is_due and one.verdict != experiment_verdicts.UPCOMING]
    said = []
    if decided:
        last = max(decided, key=lambda one: one.experiment.decide_on)
        said.append(_judged(last))
    if running:
        following = min(one.experiment.decide_on for one in running)
        words = _("いま{count}つを試していて、次の判定は {day} です。")
        said.append(words.format(count=len(running), day=wording.day(ws, following)))
    if not said:
        following = min(one.experiment.started_on for one in found)
        said.append(_("次の改善策は {day} にはじまります。").format(day=wording.day(ws, following)))
    return tuple(said)


def _judged(found: experiment_verdicts.Outcome) -> str:
    words = {
        experiment_verdicts.TENDENCY: _("「{name}」は{words}で、効いたとは言えません（前{n}社・後{m}社）。"),
        experiment_verdicts.FEW: _("「{name}」は、件数が足りないので判定できませんでした（前{n}社・後{m}社）。"),
        experiment_verdicts.NOBODY: _("「{name}」は、件数が足りないので判定できませんでした（前{n}社・後{m}社）。"),
    }.get(found.verdict, _("「{name}」の判定は「{words}」です（前{n}社・後{m}社）。"))
    return words.format(name=found.experiment.name, words=found.words, n=f"{found.before.n:,}", m=f"{found.after.n:,}")
