"""`soloflow experiments`: what was tried and what came of it; begin one, mend its words, take it off."""

import argparse
import contextlib
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from soloflow.cli.parsing import opened, opened_to_read, print_json
from soloflow.domain.errors import UserError
from soloflow.i18n import _, listed, pgettext

if TYPE_CHECKING:
    from soloflow.cli.parsing import Commands
    from soloflow.services.experiments import Idea
    from soloflow.services.workspace import Workspace


def add_to(commands: "Commands") -> None:
    """Make these commands known."""
    parser = commands.add_parser(
        "experiments", help=_("これまでの改善策と、その結果。start ではじめる（plan は要る件数だけ）")
    )
    parser.add_argument(
        "action", nargs="?", choices=tuple(_ACTIONS), metavar="start|plan|edit|remove", help=_("することを選ぶ")
    )
    parser.add_argument(
        "what", nargs="?", default="", metavar=_("案|番号"), help=_("何を変えるか。edit と remove では番号")
    )
    options = parser.options
    options.add_argument("--stage", type=int, metavar="K", help=_("ねらう工程（1から8）"))
    options.add_argument(
        "--from", dest="started", type=_day, metavar=pgettext("option", "日付"), help=_("始める日（書かなければ今日）")
    )
    options.add_argument(
        "--decide", type=_day, metavar=pgettext("option", "日付"), help=_("判定日（書かなければ、件数がそろう日）")
    )
    options.add_argument("--expect", type=int, metavar="P", help=_("期待する率（1年以内、%%）"))
    options.add_argument("--channel", metavar=pgettext("option", "名前"), help=_("このチャネルの顧客だけを数える"))
    options.add_argument("--name", metavar=_("案"), help=_("edit：名前を直す"))
    options.add_argument("--note", metavar=_("文"), help=_("メモ。あとで、学んだこと"))
    options.add_argument("--json", action="store_true", help=_("JSON で出す"))
    parser.set_defaults(command=_experiments)


def _experiments(options: argparse.Namespace) -> int:
    if options.action is None:
        with opened_to_read(options) as ws:
            _list(ws, options)
    else:
        with opened(options) as ws:
            _ACTIONS[options.action](ws, options)
    return 0


def _list(ws: "Workspace", options: argparse.Namespace) -> None:
    from soloflow.services import experiment_verdicts, experiment_words

    found = experiment_verdicts.outcomes(ws)
    if options.json:
        print_json([experiment_verdicts.as_json(one) for one in found])
        return
    if not found:
        print(_("まだ改善策はありません。分析の「改善策」ではじめられます。"))
    for one in found:
        said = listed((one.experiment.name, experiment_words.facts(ws, one), one.words))
        print(f"{one.experiment.id}  {said}")
        for line in (*experiment_words.heads(ws, one)[1:], experiment_words.recount_sentence(one)):
            if line:
                print(f"  {line}")
        if one.experiment.note:
            print("  " + _("学んだこと：{note}").format(note=one.experiment.note))


def _start(ws: "Workspace", options: argparse.Namespace) -> None:
    from soloflow.services import experiments

    idea, said = _idea(ws, options)
    print(experiments.start(ws, idea).label)
    _print_plan(said)


def _plan(ws: "Workspace", options: argparse.Namespace) -> None:
    _print_plan(_idea(ws, options)[1])


def _print_plan(said: tuple[str, ...]) -> None:
    for line in said:
        print(f"  {line}")


def _idea(ws: "Workspace", options: argparse.Namespace) -> "tuple[Idea, tuple[str, ...]]":
    from soloflow.domain.stages import FIRST, LAST
    from soloflow.services import experiment_plans, experiment_words, experiments, wording

    if options.stage is None or not FIRST <= options.stage < LAST:
        raise UserError(_("ねらう工程を --stage で、1から8で書いてください。"))
    channel = None if options.channel is None else _channel(ws, options.channel)
    started = options.started or ws.today()
    known = experiment_plans.ground(ws, options.stage, started, channel)
    plan = experiment_plans.plan(known, options.expect, options.decide)
    idea = experiments.Idea(
        options.what, options.stage, started, plan.decide_on, options.expect, channel, options.note or ""
    )
    overlap = experiment_words.overlap_sentence(ws, experiments.overlapping(experiments.listed(ws), idea))
    decide = _("判定日は {day}。").format(day=wording.day(ws, plan.decide_on))
    said = (experiment_words.rate_now(known), *experiment_words.plan_sentences(ws, known, plan), decide, overlap)
    return idea, tuple(filter(None, said))


def _channel(ws: "Workspace", name: str) -> int:
    from soloflow.services.customers import channels

    known = {word: key for key, word in channels(ws)}
    if name not in known:
        raise UserError(
            _("「{name}」というチャネルはありません。あるのは {known} です。").format(name=name, known=listed(known))
        )
    return known[name]


def _edit(ws: "Workspace", options: argparse.Namespace) -> None:
    from soloflow.services import experiments

    key = _number(options.what)
    one = experiments.get(ws, key)
    if one is None:
        raise UserError(_("番号{id}の改善策はありません。soloflow experiments で見られます。").format(id=key))
    if any(value is not None for value in (options.stage, options.started, options.decide, options.channel)):
        raise UserError(
            _(
                "工程・始める日・判定日・チャネルは、公平に判定するため変えられません。まちがいなら、remove してはじめ直せます。"
            )
        )
    changes = experiments.edit(
        ws, key,
        name=one.name if options.name is None else options.name,
        expected_rate=one.expected_rate if options.expect is None else options.expect,
        note=one.note if options.note is None else options.note,
    )  # fmt: skip
    print(changes.label or _("変わったところはありません。"))


def _remove(ws: "Workspace", options: argparse.Namespace) -> None:
    from soloflow.services import experiments

    print(experiments.remove(ws, _number(options.what)).label)


def _number(text: str) -> int:
    if text.isascii() and text.isdecimal():
        return int(text)
    raise UserError(_("改善策の番号を書いてください（soloflow experiments で見られます）。"))


def _day(text: str) -> date:
    with contextlib.suppress(ValueError):
        found = date.fromisoformat(text)
        if 1900 <= found.year < 2200:
            return found
    raise argparse.ArgumentTypeError(
        _("「{text}」は日付として読めません。2026-11-24 のように書いてください。").format(text=text)
    )


_ACTIONS: dict[str, Callable[["Workspace", argparse.Namespace], None]] = {
    "start": _start, "plan": _plan, "edit": _edit, "remove": _remove,
}  # fmt: skip
