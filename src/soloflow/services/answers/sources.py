"""流入元: which sources and meetups are worth it, by the rate to the order and by what they cost."""

from dataclasses import dataclass, replace
from functools import partial

from soloflow.charts.forest import ForestWords, SourceRow, forest_figure, forest_height
from soloflow.domain.money import yen
from soloflow.i18n import _, pgettext, sentences
from soloflow.insights.beta import belief, prob_lowest
from soloflow.insights.leak import FEW
from soloflow.insights.reduction import ADVANCED, reduce_log
from soloflow.insights.sources import SameStage, SourceRate, same_stage, source_rates
from soloflow.insights.words import rate_words, stage_name
from soloflow.services import settings
from soloflow.services.answers import Answer, Link, Row, Table, Term, Who
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace
from soloflow.store import log as stored

CHANNELS, ORIGINS = "channels", "origins"
_MOST_ROWS = 20
_NAMED = 3
_SURE, _PROBABLE = 0.95, 0.80


@dataclass(frozen=True, slots=True)
class _Source:
    """One source with its counts and the cost of its meetups in yen."""

    rate: SourceRate
    who: Who
    cost_yen: int | None

    @property
    def ordered(self) -> int:
        """How many ordered."""
        return self.rate.ordered

    @property
    def name(self) -> str:
        """As it is shown: the channels every profile starts with follow the language."""
        return _(self.rate.name)


_Best = tuple[_Source, float]
"""The source that most probably has the highest rate, and how probable that is."""


def answer(ws: Workspace, shown: Overview, by: str = CHANNELS) -> Answer:
    """Rates by channel, or by concrete source with the cost of meetups."""
    sources = _sources(ws, shown, by)
    rows = tuple(_chart_row(one) for one in sources[:_MOST_ROWS])
    best = _clearest(sources)
    fair = _from_where_it_comes_in(shown, best[0], by) if best else None
    return Answer(
        head=_head(sources, best, fair),
        lines=(*_compared(best, fair), *_lines(ws, shown, sources, by)),
        table=_table(sources),
        terms=_terms(ws, sources, by),
        height=forest_height(rows) if rows else 0.0,
        links=_links(sources, best),
        draw=partial(forest_figure, _words(), rows),
    )


def _words() -> ForestWords:
    heads = (_("ここだけの率"), "n", _("費用/社"), _("費用/受注"))
    return ForestWords(
        _("1年以内に受注する率"), _("入った工程から（流入元で入る工程がちがいます）・帯は 95 %"), heads,
        _("ほかもふまえた率：全体に寄せた率"),
        _("ここだけの率：受注÷来た とはちがいます"), _("ほかもふまえた率"),
    )  # fmt: skip


def _sources(ws: Workspace, shown: Overview, by: str) -> list[_Source]:
    as_of_us = shown.numbers.as_of_us
    rates = shown.numbers.sources
    if by == ORIGINS:
        rates = source_rates(shown.log, reduce_log(shown.log, as_of_us), by_origin=True)
    costs = _costs(ws, by)
    found = []
    for rate in rates:
        who = Who(source=rate.name) if by == CHANNELS else Who(origin=rate.name)
        found.append(_Source(rate, who, costs.get(rate.name)))
    return found


def _costs(ws: Workspace, by: str) -> dict[str, int]:
    """Fees and one's own hours of the meetups of every source, in yen; where neither is known there is no cost."""
    hourly = settings.load(ws.folder).hourly_yen
    with ws.store.read() as reader:
        known = stored.meetup_costs_by_channel(reader) if by == CHANNELS else stored.meetup_costs(reader)
    return {
        name: (fee or 0) + round((minutes or 0) * hourly / 60)
        for name, (fee, minutes) in known.items()
        if fee is not None or (minutes and hourly)
    }


def _head(sources: list[_Source], best: _Best | None, fair: SameStage | None) -> tuple[str, ...]:
    if not sources:
        return (_("流入元のわかる顧客は、まだいません。"),)
    return (_most(sources), sentences((_best(sources, best), _further_on(best, fair))))


def _most(sources: list[_Source]) -> str:
    """Where most come from; several that bring as many are named together."""
    n = max(one.rate.raw.n for one in sources)
    first = [one for one in sources if one.rate.raw.n == n]
    if len(sources) == 1:
        said = _("来ているのは、いまのところ「{name}」からだけです（{n}社、うち受注{ordered}社）。")
        return said.format(name=first[0].name, n=f"{n:,}", ordered=f"{first[0].ordered:,}")
    if len(first) == 1:
        said = _("いちばん多く来ているのは「{name}」（{n}社、うち受注{ordered}社）。")
        return said.format(name=first[0].name, n=f"{n:,}", ordered=f"{first[0].ordered:,}")
    names = pgettext("sources", "・").join(one.name for one in first[:_NAMED])
    if len(first) > _NAMED:
        names = _("{names} など{count}か所").format(names=names, count=len(first))
    return _("いちばん多く来ているのは、{names}（それぞれ{n}社）。").format(names=names, n=f"{n:,}")


def _clearest(sources: list[_Source]) -> _Best | None:
    """The source with the highest rate; None while that cannot be told."""
    if len(sources) < 2:
        return None
    lost = [
        belief(None if one.rate.raw.advance is None else 1 - one.rate.raw.advance, one.rate.raw.n_eff)
        for one in sources
    ]
    chances = prob_lowest(lost)
    order = sorted(range(len(sources)), key=lambda place: (-chances[place], place))
    best, second = (sources[place] for place in order[:2])
    is_thin = min(best.rate.raw.n, second.rate.raw.n) < FEW
    return None if is_thin or chances[order[0]] < _PROBABLE else (best, chances[order[0]])


def _best(sources: list[_Source], best: _Best | None) -> str:
    if len(sources) < 2:
        return _("くらべるには、流入元がふたつ要ります。")
    if best is None:
        return _("受注につながる率がいちばん高い流入元は、まだ区別できません。")
    source, chance = best
    text = (
        _("受注につながる率がいちばん高いのは「{name}」（{n}社）で、これは確かです。")
        if chance >= _SURE
        else _("受注につながる率がいちばん高いのは、たぶん「{name}」（{n}社）です。")
    )
    return text.format(name=source.name, n=f"{source.rate.raw.n:,}")


def _from_where_it_comes_in(shown: Overview, best: _Source, by: str) -> SameStage | None:
    reduced = reduce_log(shown.log, shown.numbers.as_of_us)
    return same_stage(shown.log, reduced, best.rate.name, by_origin=by == ORIGINS)


def _further_on(best: _Best | None, fair: SameStage | None) -> str:
    """That who comes in near the order gets there more often anyway; empty where the source begins with the others."""
    if best is None or fair is None:
        return ""
    return _("ただし{n}社のうち{entered}社は {stage}から入ったので、その分高く出ます。").format(
        n=f"{best[0].rate.raw.n:,}", entered=f"{fair.entered:,}", stage=stage_name(fair.stage)
    )


def _compared(best: _Best | None, fair: SameStage | None) -> tuple[str, ...]:
    """The same source and the others from the same stage on."""
    if best is None or fair is None:
        return ()
    said = _(
        "{stage}に来てからの率でくらべると、「{name}」は{mine}（{n}社）、ほかの流入元は{others}（{m}社）です。"
    ).format(
        stage=stage_name(fair.stage), name=best[0].name, mine=rate_words(fair.mine, fair.mine_ordered), n=f"{fair.mine.n:,}",
        others=rate_words(fair.others, fair.others_ordered), m=f"{fair.others.n:,}",
    )  # fmt: skip
    return (sentences((said, _sureness(fair))),)


def _sureness(fair: SameStage) -> str:
    lost = [belief(None if one.advance is None else 1 - one.advance, one.n_eff) for one in (fair.mine, fair.others)]
    chance = max(prob_lowest(lost))
    if min(fair.mine.n, fair.others.n) < FEW or chance < _PROBABLE:
        return _("この差は、まだ区別できません。")
    return _("この差は確かです。") if chance >= _SURE else _("たぶん差があります。")


def _lines(ws: Workspace, shown: Overview, sources: list[_Source], by: str) -> tuple[str, ...]:
    lines = []
    without = shown.numbers.prospects - sum(one.rate.raw.n for one in sources)
    if without > 0:
        lines.append(
            _("流入元がわからないか、受注より後から入った{count}社は入れていません。").format(count=f"{without:,}")
        )
    dear = [one for one in sources if one.cost_yen and one.ordered]
    if len(dear) > 1:
        cheap = min(dear, key=lambda one: (one.cost_yen or 0) / one.ordered)
        lines.append(
            _("受注1件あたりの費用がいちばん安いのは {name}（{cost}、受注{ordered}件）です。").format(
                name=cheap.name, cost=yen(round((cheap.cost_yen or 0) / cheap.ordered)), ordered=f"{cheap.ordered:,}"
            )
        )
    if (by == ORIGINS or any(one.cost_yen is not None for one in sources)) and not settings.load(ws.folder).hourly_yen:
        lines.append(_("設定で「1時間の値段」を入れると、かけた時間も費用に入ります。"))
    if len(sources) > _MOST_ROWS:
        lines.append(_("図には多い順に{count}件まで。残りは表にあります。").format(count=_MOST_ROWS))
    return tuple(lines)


def _links(sources: list[_Source], best: _Best | None) -> tuple[Link, ...]:
    """The source with the highest rate first, where it is named; then those that bring the most."""
    from soloflow.services.funnel_words import list_title

    first = [] if best is None else [best[0]]
    named = [*first, *(one for one in sources if one not in first)]
    return tuple(Link(_("{list}を見る").format(list=list_title(one.who, one.rate.raw.n)), one.who) for one in named[:2])


def _rate_text(one: _Source) -> str:
    raw = one.rate.raw
    if raw.n < FEW or raw.advance is None:
        return f"{one.ordered}/{raw.n}"
    percent = f"{100 * raw.advance:.0f} %"
    return _("少なくとも {rate}").format(rate=percent) if raw.lower_bound else percent


def _yen_or_nothing(cost_yen: int | None) -> str:
    return "—" if cost_yen is None else yen(cost_yen)


def _cost_texts(one: _Source) -> tuple[str, str] | None:
    if one.cost_yen is None:
        return None
    per_order = yen(round(one.cost_yen / one.ordered)) if one.ordered else "—"
    return yen(round(one.cost_yen / one.rate.raw.n)), per_order


def _chart_row(one: _Source) -> SourceRow:
    raw, pooled = one.rate.raw, one.rate.pooled
    tooltip = _("{name}: {n}社が来て{ordered}社が受注。ここだけの率 {rate}、ほかもふまえた率 {pooled}").format(
        name=one.name, n=f"{raw.n:,}", ordered=f"{one.ordered:,}", rate=_rate_text(one), pooled=_pooled_text(one)
    )  # fmt: skip
    if one.cost_yen is not None:
        tooltip += _("、費用 {cost}").format(cost=yen(one.cost_yen))
    own, is_band_only = _own_dot(one)
    return SourceRow(
        one.name, own, raw.lo, raw.hi, pooled.mean, pooled.lo, pooled.hi, _rate_text(one), f"{raw.n:,}", _cost_texts(one),
        one.who, tooltip, _pooled_text(one), raw.n < FEW, raw.lower_bound, is_band_only,
    )  # fmt: skip


def _own_dot(one: _Source) -> tuple[float | None, bool]:
    """Where the own rate stands, of a few at the fraction that is written; and whether no dot can stand there."""
    raw = one.rate.raw
    if not raw.n_eff:
        return None, False
    share = one.ordered / raw.n
    return (raw.advance, False) if raw.n >= FEW else (share, not raw.lo <= share <= raw.hi)


def _pooled_text(one: _Source) -> str:
    """The pooled rate with its interval; of a few customers it is mostly that of all the others, and no percentage."""
    pooled = one.rate.pooled
    if one.rate.raw.n < FEW:
        return "—"
    return f"{100 * pooled.mean:.0f} % [{100 * pooled.lo:.0f}–{100 * pooled.hi:.0f}]"


def _table(sources: list[_Source]) -> Table:
    band = _("帯（95 %）")
    heads = [_("流入元"), _("来た"), pgettext("counted", "受注"), _("ほかもふまえた率"), band, _("ここだけの率"), band]
    with_costs = any(one.cost_yen is not None for one in sources)
    if with_costs:
        heads += [_("費用"), _("費用/社"), _("費用/受注")]
    rows = []
    for one in sources:
        costs = (_yen_or_nothing(one.cost_yen), *(_cost_texts(one) or ("—", "—"))) if with_costs else ()
        cells = (one.name, f"{one.rate.raw.n:,}", f"{one.ordered:,}", *_rate_cells(one), *costs)
        rows.append(Row(cells, one.who, by_cell=((2, replace(one.who, outcome=ADVANCED)),) if one.ordered else ()))
    name = _("流入元ごとの、受注につながる率と費用") if with_costs else _("流入元ごとの、受注につながる率")
    return Table(name, tuple(heads), tuple(rows))


def _rate_cells(one: _Source) -> tuple[str, str, str, str]:
    """Pooled rate and interval, own rate and interval."""
    raw, pooled = one.rate.raw, one.rate.pooled
    if raw.n < FEW:
        return "—", "—", _rate_text(one), "—"
    band = f"[{100 * raw.lo:.0f}–{100 * raw.hi:.0f}]" if raw.n_eff else "—"
    return f"{100 * pooled.mean:.0f} %", f"[{100 * pooled.lo:.0f}–{100 * pooled.hi:.0f}]", _rate_text(one), band


def _terms(ws: Workspace, sources: list[_Source], by: str) -> tuple[Term, ...]:
    terms = [
        Term(
            _("ここだけの率"),
            _("その流入元から来た顧客だけで、入った工程（1〜4）から数えて、1年以内に受注する見込みです。途中の人は「まだ決まっていない」として数えるので、受注した数÷来た数とはちがいます（統計の名前は Aalen–Johansen 推定）。10社になるまでは「受注した数/来た数」で出します。先の工程から入る流入元は、その分高く出ます。"),
        ),
        Term(
            _("ほかもふまえた率"),
            _("件数の少ない流入元の率は、まぐれで高くも低くも出ます。そこで、全体の傾向に少し寄せてくらべます。件数が多いほど、寄せかたは小さくなります（階層ベータ二項モデル）。10社になるまでは％を出しません。"),
        ),
    ]  # fmt: skip
    if by == ORIGINS or any(one.cost_yen is not None for one in sources):
        hourly = settings.load(ws.folder).hourly_yen
        hour = yen(hourly) if hourly else _("未設定")
        terms.append(
            Term(
                _("費用"),
                _("勉強会の参加費と、かけた時間×1時間の値段（{hour}）の合計を、来た社数と受注の件数で割った額です。チャネルの費用は、そのチャネルの勉強会をすべて足したものです。わかるのは勉強会の費用だけで、広告費などは入りません。").format(hour=hour),
            )
        )  # fmt: skip
    terms.append(
        Term(
            _("確か・たぶん・まだ区別できない"),
            _("ぶれを見こんで、その流入元の本当の率がいちばん高い確率が、95 %以上なら「確か」、80 %以上なら「たぶん」、それより低ければ「まだ区別できない」と書きます。{few}社に満たない流入元は判定に出しません。").format(few=FEW),
        )
    )  # fmt: skip
    total = sum(one.rate.raw.n for one in sources)
    terms.append(
        Term(_("数えた顧客"), _("流入元がわかり、受注より前から入った{count}社です。").format(count=f"{total:,}"))
    )
    return tuple(terms)
