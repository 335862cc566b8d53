"""もしも: the two levers, more people in or a better rate, and what each would bring in a year."""

from dataclasses import dataclass
from datetime import tzinfo
from functools import partial

from soloflow.charts.order_bars import OrderRow, order_figure, order_height
from soloflow.domain.stages import FIRST, ORDER
from soloflow.i18n import _, sentences
from soloflow.insights.beta import Beta, belief
from soloflow.insights.leak import FEW
from soloflow.insights.levers import Orders, best_year, orders_interval
from soloflow.insights.reduction import reduce_log
from soloflow.insights.words import judgement_note, rate_words, short_name, stage_name
from soloflow.services.answers import Answer, Row, Table, Term
from soloflow.services.numbers import Overview

MORE, BETTER = 1.2, 5
"""What the rows for comparison move: a fifth more people, or five points on one rate."""
_FARTHEST = 20
_STEPS = range(FIRST, ORDER)


@dataclass(frozen=True, slots=True)
class Moves:
    """How far the levers stand: people times so much, and so many percentage points on the rate of one stage."""

    people: float = 1.0
    stage: int = FIRST
    points: int = 0

    @property
    def is_still(self) -> bool:
        """Whether nothing is moved."""
        return self.people == 1 and not self.points


def most_points(shown: Overview, stage: int) -> int:
    """As far as the lever goes, in whole points: to the ceiling or 20 points, and never beyond 100 %."""
    rate = shown.numbers.stages[stage - 1].main.advance or 0.0
    return min(round(100 * (1 - rate)), max(_FARTHEST, to_ceiling(shown, stage)))


def to_ceiling(shown: Overview, stage: int) -> int:
    """Points up to one's own best year, else the benchmark; below 0 where that lies lower than the rate of now."""
    rate = shown.numbers.stages[stage - 1].main.advance or 0.0
    return round(100 * (shown.numbers.what_if.ceilings[stage - 1] - rate))


def least_points(shown: Overview, stage: int) -> int:
    """As far as it may be lowered: to nothing."""
    return -round(100 * (shown.numbers.stages[stage - 1].main.advance or 0.0))


def people_words(shown: Overview, moves: Moves) -> str:
    """Where the first lever stands: how many came in a year, and how many it would be."""
    now = sum(shown.numbers.what_if.entries_365d)
    if moves.people == 1:
        return _("この1年と同じ {now}社").format(now=f"{now:,}")
    return _("{now}社 → {new}社（{times:.1f}倍）").format(
        now=f"{now:,}", new=f"{now * moves.people:,.0f}", times=moves.people
    )


def points_words(shown: Overview, moves: Moves) -> str:
    """Where the second lever stands: the rate as it is, and as it would be."""
    step = shown.numbers.stages[moves.stage - 1]
    now = f"{100 * (step.main.advance or 0):.0f} %" if step.at_risk >= FEW else f"{step.advanced}/{step.at_risk}"
    if not moves.points:
        return _("いまの率 {now}（n={n}）").format(now=now, n=f"{step.at_risk:,}")
    return _("{now} → {new:.0f} %（{points:+d} ポイント）").format(
        now=now, new=100 * _rate(shown, moves.stage, moves), points=moves.points
    )


def ceiling_words(shown: Overview, stage: int, zone: tzinfo) -> str:
    """How far the rate of a stage can be believed to go, and what says so."""
    best = best_year(reduce_log(shown.log, shown.numbers.as_of_us), stage, zone)
    rate = f"{100 * shown.numbers.what_if.ceilings[stage - 1]:.0f} %"
    if best is None:
        return _("縦線は目安の {rate}。\n20社以上来た年がないので、自分の実績はまだ使えません").format(rate=rate)
    said = _("縦線は、少なめにみた自分の最高 {rate}。\n{year}年（n={n}）の率の、95 % の下限です")
    if to_ceiling(shown, stage) < 0:
        said = _("縦線は、少なめにみた自分の最高 {rate}\n（{year}年、n={n}）。いまの率は、もう超えています")
    return said.format(rate=rate, year=best.name, n=f"{best.n:,}")


def answer(shown: Overview, moves: Moves) -> Answer:
    """Orders of a year as it is and with the levers moved; quick enough to be asked while a slider moves."""
    now = orders(shown, Moves())
    moved = orders(shown, moves)
    compared = [(_("今のまま"), Moves()), (_("出会いを {times:g}倍").format(times=MORE), Moves(people=MORE))]
    compared += [
        (
            _("{stage}の率を +{points} ポイント").format(stage=stage_name(k), points=BETTER),
            Moves(stage=k, points=BETTER),
        )
        for k in _STEPS
    ]
    rows = [(name, orders(shown, one), False) for name, one in compared]
    rows.append((_("選んだ組み合わせ"), moved, True))
    is_thin = sum(shown.numbers.what_if.entries_365d) < FEW
    most = max(1.0, *(one.hi for _name, one, _chosen in rows))
    return Answer(
        head=_head(shown, now, moved, moves),
        lines=_lines(shown, moves),
        table=_table(rows, now),
        terms=_terms(shown),
        height=order_height(len(rows)) if sum(shown.numbers.what_if.entries_365d) else 0.0,
        draw=partial(
            order_figure,
            _("1年の受注の見込み（帯は率の誤差、95 %）"),
            tuple(_row(name, one, now, chosen, is_thin=is_thin) for name, one, chosen in rows),
            most,
        ),
    )


def orders(shown: Overview, moves: Moves) -> Orders:
    """Orders in a year of the last 365 days' entries, walking on with the rates as moved."""
    entries = [moves.people * n for n in shown.numbers.what_if.entries_365d]
    found = orders_interval(entries, [_belief(shown, k, moves) for k in _STEPS])
    mean = _plain(shown, entries, moves)
    return Orders(mean, min(found.lo, mean), max(found.hi, mean))


def _rate(shown: Overview, k: int, moves: Moves) -> float:
    rate = shown.numbers.stages[k - 1].main.advance or 0.0
    return min(1.0, max(0.0, rate + (moves.points / 100 if k == moves.stage else 0.0)))


def _plain(shown: Overview, entries: list[float], moves: Moves) -> float:
    from soloflow.insights.levers import orders as reckoned

    return reckoned(entries, [_rate(shown, k, moves) for k in _STEPS])


def _belief(shown: Overview, k: int, moves: Moves) -> Beta:
    main = shown.numbers.stages[k - 1].main
    return belief(None if main.advance is None else _rate(shown, k, moves), main.n_eff)


def _head(shown: Overview, now: Orders, moved: Orders, moves: Moves) -> tuple[str, ...]:
    if not sum(shown.numbers.what_if.entries_365d):
        return (_("この1年に入った顧客がいないので、受注の見込みは出せません。"),)
    came = sum(shown.numbers.what_if.entries_365d)
    said = _(
        "今のままなら、この先1年の受注は平均{orders:.1f}件です（率の誤差で {lo:.0f}–{hi:.0f}件。実際はさらに上下します）。"
    )
    if came < FEW:
        said = _(
            "この1年に入ったのは{came}社だけ。見込みはまだあてになりません（平均{orders:.1f}件、率の誤差で {lo:.0f}–{hi:.0f}件）。"
        )
    first = said.format(came=came, orders=now.mean, lo=now.lo, hi=now.hi)
    if moves.is_still:
        return (first,) if came < FEW else (first, _compared(shown, now))
    words = _("{levers}と、{orders:.1f}件（率の誤差で {lo:.0f}–{hi:.0f}件）。いまより {difference:+.1f}件です。")
    return (
        first,
        words.format(levers=_levers(moves), orders=moved.mean, lo=moved.lo, hi=moved.hi, difference=_more(moved, now)),
    )


def _more(one: Orders, now: Orders) -> float:
    """How many more, as the difference of what is shown: nobody has to wonder at 0.6 and 0.8 that differ by 0.1."""
    return round(one.mean, 1) - round(now.mean, 1)


def _compared(shown: Overview, now: Orders) -> str:
    """What five points bring, step by step: the steps are told apart only where they differ by more than the band is wide."""
    moved = {k: orders(shown, Moves(stage=k, points=BETTER)) for k in _STEPS}
    gains = {k: _more(one, now) for k, one in moved.items()}
    best, least = max(gains.values()), min(gains.values())
    if best - least >= min(one.hi - one.lo for one in moved.values()):
        said = _("率を +{points} ポイント上げるなら、いちばん増えるのは {stage}（{most:.1f}件）です。")
        return said.format(points=BETTER, stage=stage_name(max(gains, key=lambda k: gains[k])), most=best)
    said = _(
        "どの工程の率を +{points} ポイント上げても、増えるのは{least:.1f}〜{most:.1f}件。どれが効くかは、まだ区別できません。"
    )
    return said.format(points=BETTER, least=least, most=best)


def _levers(moves: Moves) -> str:
    people = _("出会いを {times:.1f}倍にする").format(times=moves.people)
    rate = _("{stage}の率を {points:+d} ポイント動かす").format(stage=stage_name(moves.stage), points=moves.points)
    if not moves.points:
        return people
    return rate if moves.people == 1 else _("{people}うえ、{rate}").format(people=people, rate=rate)


def _lines(shown: Overview, moves: Moves) -> tuple[str, ...]:
    entries = shown.numbers.what_if.entries_365d
    came = _("・").join(
        _("{stage}に{count}社").format(stage=short_name(k), count=f"{n:,}")
        for k, n in zip(_STEPS, entries, strict=True)
        if n
    )
    lines = [
        _("この1年に入った{n}社（{came}）が、いまの率で進むとした件数です。").format(n=f"{sum(entries):,}", came=came)
    ]
    if moves.points > 0 and moves.points > to_ceiling(shown, moves.stage):
        beyond = _("{stage}の率が {rate:.0f} % より上に届くかは、これまでの実績ではまだ確かめられていません。")
        lines.append(
            beyond.format(stage=stage_name(moves.stage), rate=100 * shown.numbers.what_if.ceilings[moves.stage - 1])
        )
    return tuple(lines) if sum(entries) else ()


def _row(name: str, one: Orders, now: Orders, chosen: bool, *, is_thin: bool) -> OrderRow:
    tooltip = _("{name}：{orders:.1f}件 [{lo:.0f}–{hi:.0f}]、今のままより {difference:+.1f}件").format(
        name=name, orders=one.mean, lo=one.lo, hi=one.hi, difference=_more(one, now)
    )
    band = f"[{one.lo:.0f}–{one.hi:.0f}]"
    return OrderRow(name, one.mean, one.lo, one.hi, chosen, tooltip, f"{one.mean:.1f}", band, is_thin)


def _table(rows: list[tuple[str, Orders, bool]], now: Orders) -> Table:
    heads = (_("もしも"), _("1年の受注"), _("率の誤差（95 %）"), _("今のままとの差"))
    lines = tuple(
        Row((name, f"{one.mean:.1f}", f"[{one.lo:.1f}–{one.hi:.1f}]", f"{_more(one, now):+.1f}"), None, chosen)
        for name, one, chosen in rows
    )
    return Table(_("もしも動かしたら、1年の受注"), heads, lines)


def _terms(shown: Overview) -> tuple[Term, ...]:
    steps = [shown.numbers.stages[k - 1] for k in _STEPS]
    rates = _("、").join(
        _("{stage} {rate}（n={n}）").format(
            stage=stage_name(step.stage), rate=rate_words(step.main, step.advanced), n=f"{step.at_risk:,}"
        )
        for step in steps
    )
    came = _("、").join(
        _("{stage} {count}社").format(stage=stage_name(k), count=f"{n:,}")
        for k, n in zip(_STEPS, shown.numbers.what_if.entries_365d, strict=True)
    )
    return (
        Term(
            _("1年の受注"),
            sentences((_("この1年に入った社数に、入った工程から受注までの率を掛けて足した件数です。入った工程：{came}。率：{rates}。わからない率は0とします。").format(came=came, rates=rates), judgement_note(_STEPS))),
        ),
        Term(_("帯"), _("率の誤差だけを見こんだ 95 % の帯です。会う数のぶれと、たまたまのぶれは入っていないので、実際の件数はもっと上下します。")),
        Term(
            _("自分の実績"),
            _("20社以上来た年のうち、率の控えめな見積もり（95 %の下限）がいちばん高かった年の率です。そういう年がなければ目安を使います。超えて動かすと、そう書きます。"),
        ),
    )  # fmt: skip
