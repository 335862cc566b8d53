"""What changed since the month before: whether the answer is the same, and which rate moved."""

from datetime import date

from soloflow import i18n
from soloflow.domain.dates import month_name
from soloflow.i18n import _, sentences
from soloflow.insights.leak import FEW, Ranking
from soloflow.insights.numbers import Numbers, StageNumbers
from soloflow.insights.words import judgement_note
from soloflow.services.wording import stage_name


def changed(before: Numbers, now: Numbers, month: date) -> tuple[str, ...]:
    """Sentences about now against the end of `month`; empty where nobody was in the funnel then."""
    if not before.prospects:
        return ()
    name = month_name(month, i18n.language(), short=True)
    return tuple(one for one in (_answer(before, now, name), _rate(before, now, name)) if one)


def _answer(before: Numbers, now: Numbers, month: str) -> str:
    if _verdict(before.leak.ranking) == _verdict(now.leak.ranking):
        said = _("{month}末とくらべて、答えは同じです（人数：{most}、率：{lowest}）。")
    else:
        said = _("{month}末の答えは、人数では{most}、率では{lowest}でした。")
    most, lowest = _verdict(before.leak.ranking)
    return said.format(
        month=month,
        most=stage_name(most) if most else _("「まだなし」"),
        lowest=stage_name(lowest) if lowest else _("「まだ区別できない」"),
    )


def _verdict(ranking: Ranking) -> tuple[int | None, int | None]:
    return ranking.most_lost_stage, ranking.verdict.stage


def _rate(before: Numbers, now: Numbers, month: str) -> str:
    """The rate that moved most, and whether it left the range it had: a few months' customers move it within that anyway."""
    pairs = [
        (old, new) for old, new in zip(before.stages, now.stages, strict=True) if _is_known(old) and _is_known(new)
    ]
    if not pairs:
        return ""
    old, new = max(pairs, key=lambda pair: abs(_percent(pair[1]) - _percent(pair[0])))
    if round(_percent(old)) == round(_percent(new)):
        return _("率は、どの工程もほとんど動いていません。")
    is_inside = old.main.lo <= _percent(new) / 100 <= old.main.hi
    words = (
        _("いちばん動いた率は {stage}の {old:.0f} % → {new:.0f} %（n={n} → {m}）。{month}末の帯の中なので、変わったとは言えません。")
        if is_inside
        else _("いちばん動いた率は {stage}の {old:.0f} % → {new:.0f} %（n={n} → {m}）。{month}末の帯 [{lo:.0f}–{hi:.0f}] の外に出ました。")
    )  # fmt: skip
    said = words.format(
        stage=stage_name(new.stage), old=_percent(old), new=_percent(new), n=f"{old.at_risk:,}", m=f"{new.at_risk:,}",
        month=month, lo=100 * old.main.lo, hi=100 * old.main.hi,
    )  # fmt: skip
    return sentences((said, judgement_note((new.stage,))))


def _is_known(step: StageNumbers) -> bool:
    return step.at_risk >= FEW and step.main.advance is not None and step.main.n_eff > 0


def _percent(step: StageNumbers) -> float:
    return 100 * (step.main.advance or 0.0)
