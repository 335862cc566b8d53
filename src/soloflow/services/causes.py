"""The likely cause of a leak: which reason those who left at a step gave most often, and how sure that is. Loads numpy."""

from soloflow.i18n import _
from soloflow.insights.leak import FEW
from soloflow.insights.reasons import prob_most_frequent
from soloflow.insights.words import stage_name
from soloflow.services.numbers import Overview

SURE, PROBABLE = 0.95, 0.80
_NAMED = 2


def leaking_step(shown: Overview) -> int:
    """The step in question: lowest rate, or likeliest to be; where too few of them gave a reason, the one that loses the most."""
    ranking = shown.numbers.leak.ranking
    asked = ranking.verdict.stage or ranking.verdict.candidates[0]
    most = ranking.most_lost_stage or asked
    return most if known(shown, asked) < FEW <= known(shown, most) or not shown.lost_for[asked] else asked


def known(shown: Overview, stage: int) -> int:
    """How many of those lost at a stage have a reason."""
    return sum(count for code, count in shown.lost_for[stage].items() if code)


def reasons_of(shown: Overview, stage: int) -> list[tuple[str, int]]:
    """Code and count of the reasons given at a stage, the most frequent first."""
    return [(code, count) for code, count in shown.lost_for[stage].most_common() if code]


def reason_name(shown: Overview, code: str) -> str:
    """What a reason is called on the screen."""
    return _(shown.reason_names.get(code, code)) if code else _("理由の記録なし")


def cause_sentence(shown: Overview, stage: int) -> str:
    """Why they left at a stage: the most frequent reason in words of certainty, and how many have no reason. Empty where nobody left."""
    lost, told = shown.lost_for[stage].total(), known(shown, stage)
    if not lost:
        return ""
    if not told:
        return _("{stage}で離れた{lost}社には、理由の記録がありません。").format(
            stage=stage_name(stage), lost=f"{lost:,}"
        )
    given = reasons_of(shown, stage)
    name, count = given[0]
    return _words([count for _code, count in given]).format(
        group=_group(stage, lost, told),
        reasons=_listed(shown, given),
        reason=reason_name(shown, name),
        count=f"{count:,}",
    )


def _words(counts: list[int]) -> str:
    if sum(counts) < FEW:
        return _("{group}、理由は {reasons}です。")
    chance = max(prob_most_frequent(counts))
    if chance >= SURE:
        return _("{group}、「{reason}」がいちばん多い（{count}社）。これは確かです。")
    if chance >= PROBABLE:
        return _("{group}、いちばん多いのはたぶん「{reason}」（{count}社）です。")
    return _("{group}、いちばん多い理由をまだ区別できません（{reasons}）。")


def _group(stage: int, lost: int, told: int) -> str:
    words = (
        _("{stage}で離れた{lost}社では")
        if lost == told
        else _("{stage}で離れた{lost}社のうち、理由のわかる{told}社では")
    )
    return words.format(stage=stage_name(stage), lost=f"{lost:,}", told=f"{told:,}")


def _listed(shown: Overview, given: list[tuple[str, int]]) -> str:
    named = [
        _("「{reason}」{count}社").format(reason=reason_name(shown, code), count=f"{count:,}")
        for code, count in given[:_NAMED]
    ]
    listed = _("・").join(named)
    return _("{reasons}ほか").format(reasons=listed) if len(given) > _NAMED else listed
