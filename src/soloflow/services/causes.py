"""The likely cause of a leak: which reason those who left at a step gave most often, and how sure that is. Loads numpy."""

from collections import Counter

from soloflow.i18n import _
from soloflow.insights.leak import FEW
from soloflow.insights.reasons import prob_most_frequent
from soloflow.insights.words import is_thin, stage_name
from soloflow.services.numbers import Overview

SURE, PROBABLE = 0.95, 0.80
_NAMED = 2
"""Reasons that are named while the most frequent cannot be told."""


def step_in_question(shown: Overview) -> int:
    """The step with the lowest rate, or the likeliest to have it; while all are thin, where most are lost."""
    ranking = shown.numbers.leak.ranking
    likely = ranking.verdict.stage or ranking.verdict.candidates[0]
    return ranking.most_lost_stage or likely if is_thin(shown.numbers) else likely


def leaking_step(shown: Overview) -> int:
    """The step with the lowest rate; while that is not told, the likelier one with reasons enough, else where most are lost."""
    ranking = shown.numbers.leak.ranking
    asked, most = ranking.verdict.candidates[0], ranking.most_lost_stage
    if ranking.verdict.stage is not None and shown.lost_for[ranking.verdict.stage]:
        return ranking.verdict.stage
    return asked if known(shown, asked) >= FEW or most is None else most


def known(shown: Overview, stage: int) -> int:
    """How many of those lost at a stage have a reason."""
    return sum(count for code, count in shown.lost_for[stage].items() if code)


def reasons_of(shown: Overview, stage: int) -> list[tuple[str, int]]:
    """Code and count of the reasons given at a stage, the most frequent first; of two as frequent the one more given elsewhere."""
    everywhere = sum(shown.lost_for.values(), Counter[str]())
    given = [(code, count) for code, count in shown.lost_for[stage].items() if code]
    return sorted(given, key=lambda one: (-one[1], -everywhere[one[0]], one[0]))


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
    words = _few_words(lost, told) if told < FEW else _words([count for _code, count in given])
    return words.format(
        group=_group(stage, lost, told),
        stage=stage_name(stage),
        lost=f"{lost:,}",
        reasons=_listed(shown, given, FEW if told < FEW else _NAMED),
        reason=reason_name(shown, name),
        count=f"{count:,}",
    )


def _few_words(lost: int, told: int) -> str:
    if lost == told == 1:
        return _("{stage}で離れた1社の理由は「{reason}」です。")
    return _("{stage}で離れた{lost}社の理由は、{reasons}です。") if lost == told else _("{group}、{reasons}です。")


def _words(counts: list[int]) -> str:
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


def _listed(shown: Overview, given: list[tuple[str, int]], most: int) -> str:
    named = [
        _("「{reason}」{count}社").format(reason=reason_name(shown, code), count=f"{count:,}")
        for code, count in given[:most]
    ]
    listed = _("・").join(named)
    return _("{reasons}ほか").format(reasons=listed) if len(given) > most else listed
