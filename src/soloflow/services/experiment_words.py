"""改善策 in words: what an expectation takes, and what came of a change."""

import math
from collections.abc import Sequence

from soloflow.i18n import _, listed
from soloflow.services import wording
from soloflow.services.experiment_plans import Ground, Plan
from soloflow.services.experiment_verdicts import FEWEST, TENDENCY, WAITING, Outcome
from soloflow.services.experiments import Experiment
from soloflow.services.workspace import Workspace

SHORTEST = 7.0
"""A rate within fewer days says nothing."""


_YEAR_DAYS, _LONG_YEARS = 365.25, 2
"""From so many years on a date alone would not be noticed as far away."""
_MOST_NAMED = 2


def overlap_sentence(ws: Workspace, others: Sequence[Experiment]) -> str:
    """That others run at the same stage at the same time; empty where none do."""
    if not others:
        return ""
    named = listed(
        _("「{name}」（{start}〜{end}）").format(
            name=one.name, start=wording.narrow_day(ws, one.started_on), end=wording.narrow_day(ws, one.decide_on)
        )
        for one in others[:_MOST_NAMED]
    )
    if len(others) > _MOST_NAMED:
        named = _("{names} ほか{count}件").format(names=named, count=len(others) - _MOST_NAMED)
    return _("同じ工程の{names}と時期が重なります。どちらが効いたのかは見分けられません。").format(names=named)


def recount_sentence(found: Outcome) -> str:
    """What the figures would be with the records of now; empty where they are the same."""
    again = found.recount
    if again is None:
        return ""
    counts = _("前{before}/{n}社、後{after}/{m}社").format(
        before=again.before.soon, n=again.before.n, after=again.after.soon, m=again.after.n
    )
    figures = came_of_it(again)
    said = _("{words}（{more}）").format(words=figures, more=counts) if figures and not is_few(again) else counts
    return _("判定のあとに足された・直された記録も入れると {figures} です。判定は変わりません。").format(figures=said)


def about(count: float) -> str:
    """A number of customers as one remembers it: up to the next ten from 100 on."""
    step = 10 if count >= 100 else 1
    return f"{math.ceil(count / step - 1e-9) * step:,}"


def rate_now(known: Ground) -> str:
    """The rate before the change beside the field of what is expected."""
    rate = known.rate
    if rate.advance is None:
        return _("いまの率は、まだわかりません")
    if rate.n < FEWEST:
        return _("いまは {advanced}/{n}社").format(advanced=int(known.before.advanced.sum()), n=rate.n)
    if not known.is_known:
        return _("いまの率は、まだわかりません（n={n}）").format(n=f"{rate.n:,}")
    said = (
        _("いまは1年以内に少なくとも {rate:.0f} %（n={n}）")
        if rate.lower_bound
        else _("いまは1年以内に {rate:.0f} %（n={n}）")
    )
    return said.format(rate=100 * rate.advance, n=f"{rate.n:,}")


def plan_sentences(ws: Workspace, known: Ground, plan: Plan) -> tuple[str, ...]:
    """How many it takes, and by when they will have come: the first is the main one."""
    if not known.before.n:
        missing = _("始める前に、{stage}に来た顧客がいないので、前と後をくらべられません。")
        return (
            missing.format(stage=wording.stage_name(known.stage)),
            _("何社か来てからはじめると、効いたかどうかがわかります。"),
        )
    if plan.rate is None:
        return (_("始める前の結果がまだ出ていないので、要る件数は出せません。"),)
    if plan.expected is None:
        return (_("期待する率を書くと、気づくのに要る件数がわかります。"),)
    if plan.needed is None:
        return (_("いまと同じ率なので、くらべる差がありません。"),)
    return (_needed(known, plan, plan.needed), _when_enough(ws, known, plan), *_doubts(known, plan))


def _needed(known: Ground, plan: Plan, needed: float) -> str:
    """Which difference it is that needs so many: the expected one, not the one that is seen so far."""
    if known.before.n < FEWEST or plan.rate is None or plan.expected is None:
        said = _("期待どおりの差に気づくには、前と後それぞれ約{count}社が要ります。")
        return said.format(count=about(needed))
    digits = 0 if round(100 * plan.rate) != round(100 * plan.expected) else 1
    return _(
        "期待どおりの差（判定日にくらべる{days:.0f}日以内で {rate} % → {expected} %）に気づくには、前と後それぞれ約{count}社が要ります。"
    ).format(
        days=plan.days, rate=f"{100 * plan.rate:.{digits}f}", expected=f"{100 * plan.expected:.{digits}f}",
        count=about(needed),
    )  # fmt: skip


def _when_enough(ws: Workspace, known: Ground, plan: Plan) -> str:
    if plan.needed is not None and plan.needed <= known.already:
        return _("始めてからの{count}社で、もうそろっています。").format(count=f"{known.already:,}")
    pace = {"days": known.pace_days, "count": f"{known.arrivals:,}"}
    if not known.arrivals:
        return _("この{days}日はだれも来ていないので、いつそろうかはわかりません。").format(**pace)
    if plan.enough_on is None:
        return _("今のペース（直近{days}日で{count}社）では、10年かけてもそろいません。").format(**pace)
    years = (plan.enough_on - known.today).days / _YEAR_DAYS
    if years >= _LONG_YEARS:
        slow = _("今のペース（直近{days}日で{count}社）では、{years:.0f}年ほどかかります（{year}年ごろ）。")
        return slow.format(**pace, years=years, year=plan.enough_on.year)
    day = wording.day(ws, plan.enough_on)
    return _("今のペース（直近{days}日で{count}社）なら、{day} ごろにそろいます。").format(**pace, day=day)


def shortfall(plan: Plan) -> str:
    """That the decision date will hardly tell, since too few will have come by then; empty where enough will."""
    if plan.needed is None or (plan.enough_on is not None and plan.enough_on <= plan.decide_on):
        return ""
    if not plan.by_then:
        said = _("今のペースでは、判定日までにだれも来ません。")
    elif plan.by_then < FEWEST:
        said = _("判定日までに来るのは約{count}社。{few}社に満たないと、判定できません。")
    elif plan.by_then < plan.needed / 2:
        said = _("判定日までに来るのは約{count}社なので、判定日も「傾向のみ」になりそうです。")
    else:
        said = _("判定日までに来るのは約{count}社。「傾向のみ」のまま終わるかもしれません。")
    return said.format(count=f"{plan.by_then:,}", few=FEWEST)


def _doubts(known: Ground, plan: Plan) -> tuple[str, ...]:
    said = []
    if plan.rate is not None and plan.expected is not None and plan.expected < plan.rate:
        said.append(_("いまの率より低い期待です。上がるはずの率を書いてください。"))
    if doubt := shortfall(plan):
        said.append(doubt)
    if plan.needed is not None and known.before.n < plan.needed:
        said.append(_("始める前の記録は{count}社なので、そちらも足りません。").format(count=f"{known.before.n:,}"))
    return tuple(said)


def points(value: float) -> str:
    """A difference in percentage points with its sign: +6, −16, ±0."""
    whole = round(value)
    return f"{whole:+d}".replace("-", "−") if whole else "±0"


def difference(before: float, after: float) -> str:
    """The points between two shares as both are read in whole percent: who takes one from the other finds the same."""
    return points(round(100 * after) - round(100 * before))


def is_few(found: Outcome) -> bool:
    """Whether counts must stand in the place of percentages."""
    change = found.change
    is_open = change is not None and not (change.before.n_eff and change.after.n_eff)
    return is_open or min(found.before.n, found.after.n) < FEWEST


def is_early(found: Outcome) -> bool:
    """Whether the change is too young for before and after to be compared at all."""
    return found.change is not None and found.change.horizon_days < SHORTEST


def verdict(found: Outcome) -> str:
    """The verdict where it stands without its figures: a tendency is neither a success nor a failure."""
    if found.verdict == TENDENCY:
        return _("{words}・効いたとは言えません").format(words=found.words)
    return found.words


def came_of_it(found: Outcome) -> str:
    """Before and after in the shortest form: 55 % → 72 %, or 12/40 → 2/5; empty before the decision date."""
    change, before, after = found.change, found.before, found.after
    if not found.is_due or change is None or change.before.advance is None or change.after.advance is None:
        return ""
    if is_few(found):
        return f"{before.soon}/{before.n} → {after.soon}/{after.n}"
    return f"{100 * change.before.advance:.0f} % → {100 * change.after.advance:.0f} %"


def facts(ws: Workspace, found: Outcome) -> str:
    """The stage, since when, and what is expected."""
    one = found.experiment
    said = [wording.stage_name(one.stage), _("{day}から").format(day=wording.day(ws, one.started_on))]
    if one.expected_rate is not None:
        said.append(_("期待 {rate} %").format(rate=one.expected_rate))
    return _("・").join(said)


def heads(ws: Workspace, found: Outcome) -> tuple[str, ...]:
    """The verdict, and the figures it rests on."""
    one = found.experiment
    name = wording.stage_name(one.stage)
    first = {
        "upcoming": _("{day}にはじまります。前と後は、それからくらべます。"),
        "waiting": _("{words}。"),
        "nobody": _("前か後に{stage}に来た顧客がいないので、判定できませんでした。"),
        "few": _("前か後が{few}社に満たないので、判定できませんでした。"),
        "improved": _("{stage}から進む率は上がりました（改善）。"),
        "worsened": _("{stage}から進む率は下がりました（悪化）。"),
        "tendency": _("{stage}から進む率は、変わったと言えるほどではありません（傾向のみ）。"),
    }[found.verdict].format(day=wording.day(ws, one.started_on), words=found.words, stage=name, few=FEWEST)
    second = _figures(found, name)
    if found.verdict == WAITING and not found.after.n:  # that nobody came is what there is to say
        return (second, first)
    return (first, second) if second else (first,)


def _figures(found: Outcome, name: str) -> str:
    change, before, after = found.change, found.before, found.after
    if found.verdict == "upcoming":
        return ""
    if change is None or change.before.advance is None or change.after.advance is None:
        missing = (
            _("始めてから、{stage}に来た顧客はまだいません（始める前は{n}社）。")
            if before.n
            else _("始める前に、{stage}に来た顧客がいないので、前と後をくらべられません。")
        )
        return missing.format(stage=name, n=f"{before.n:,}") if found.verdict == "waiting" else ""
    if is_early(found):
        return _("始めたばかりです。始めてから{days:.0f}日たつと、途中の様子が見えます。").format(days=2 * SHORTEST)
    if is_few(found):
        said = _("{days:.0f}日以内に進んだのは、始める前が{before}/{n}社、始めてからが{after}/{m}社です。")
        return said.format(days=change.horizon_days, before=before.soon, n=before.n, after=after.soon, m=after.n)
    old, new = round(100 * change.before.advance), round(100 * change.after.advance)
    return _("{days:.0f}日以内に進む率は {old} % → {new} %、差は {difference} ポイント（90 % の帯 {lo}〜{hi}）。").format(
        days=change.horizon_days, old=old, new=new, difference=difference(change.before.advance, change.after.advance), lo=points(100 * change.lo90), hi=points(100 * change.hi90)
    )  # fmt: skip
