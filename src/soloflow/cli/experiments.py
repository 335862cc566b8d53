"""`soloflow experiments`: what was tried, and what came of it."""

import argparse
from typing import TYPE_CHECKING

from soloflow.cli.parsing import opened, print_json
from soloflow.i18n import _, listed

if TYPE_CHECKING:
    from soloflow.cli.parsing import Commands


def add_to(commands: "Commands") -> None:
    """Make this command known."""
    parser = commands.add_parser("experiments", help=_("これまでの改善策と、その結果"))
    parser.options.add_argument("--json", action="store_true", help=_("JSON で出す"))
    parser.set_defaults(command=_experiments)


def _experiments(options: argparse.Namespace) -> int:
    from soloflow.services import experiment_verdicts, experiment_words

    with opened(options) as ws:
        found = experiment_verdicts.outcomes(ws)
        if options.json:
            print_json([experiment_verdicts.as_json(one) for one in found])
            return 0
        if not found:
            print(_("まだ改善策はありません。分析の「改善策」ではじめられます。"))
        for one in found:
            print(listed((one.experiment.name, experiment_words.facts(ws, one), one.words)))
            for line in experiment_words.heads(ws, one)[1:]:
                print(f"  {line}")
            if one.experiment.note:
                print("  " + _("学んだこと：{note}").format(note=one.experiment.note))
    return 0
