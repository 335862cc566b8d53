"""逆算: how many people to meet a month for so many orders by a day."""

from datetime import date
from functools import partial

from soloflow.charts.order_bars import OrderRow, order_figure, order_height
from soloflow.domain.stages import FIRST, ORDER
from soloflow.i18n import _
from soloflow.insights.back_cast import BackCast, Target, back_cast
from soloflow.insights.leak import FEW
from soloflow.insights.log import DAY_US
from soloflow.insights.reduction import OPEN, Reduced, reduce_log
from soloflow.services import wording
from soloflow.services.answers import Answer, Link, Row, Table, Term, Who
from soloflow.services.funnel_words import list_title
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace

_RECENT = 90
_PERIOD = 30
_ROUGH = 20
"""So few results make a rough guide."""


def answer(ws: Workspace, shown: Overview, orders: int, until: date) -> Answer:
    """Contacts per 30 days for `orders` orders from now until a later day."""
    days = max(1, (until - ws.today()).days)
    reduced = reduce_log(shown.log, shown.numbers.as_of_us)
    found = back_cast(reduced, Target(orders, float(days)))
    pace = _pace(reduced)
    rows = _rows(found, pace, is_thin=_is_rough(shown, found))
    most = max(1.0, *(row.mean for row in rows))
    return Answer(
        head=_head(ws, shown, found, until, pace),
        lines=_lines(ws, shown, found, until, pace),
        table=_table(found, days, shown.numbers.direct_to_order.n),
        terms=_terms(shown, found),
        height=order_height(len(rows)) if found.contacts_per_30d_mean else 0.0,
        links=_links(shown),
        draw=partial(order_figure, _("月（30日）に会う社数"), rows, most),
    )


def _links(shown: Overview) -> tuple[Link, ...]:
    """Those who are open, the nearest to an order first."""
    counts = {k: shown.numbers.stages[k - 1].open for k in range(ORDER - 1, FIRST - 1, -1)}
    return tuple(
        Link(_("{list}を見る").format(list=list_title(Who(k, OPEN), count)), Who(k, OPEN))
        for k, count in counts.items()
        if count
    )


def _is_rough(shown: Overview, found: BackCast) -> bool:
    """Whether what it rests on is too little to be followed."""
    return shown.numbers.direct_to_order.n < FEW or found.n_eff < _ROUGH


def _pace(reduced: Reduced) -> float:
    """People who came in at stage 1 per 30 days, over the last 90."""
    first = reduced.first_us[reduced.entry_stage == FIRST, FIRST - 1]
    recent = int((first > reduced.as_of_us - _RECENT * DAY_US).sum())
    return recent * _PERIOD / _RECENT


def _head(ws: Workspace, shown: Overview, found: BackCast, until: date, pace: float) -> tuple[str, ...]:
    day = wording.day(ws, until)
    if found.contacts_per_30d_mean is None and shown.ordered:
        late = _("{day}までに新しく会って受注まで進むのは、これまでの日数では間に合いません。")
        return (late.format(day=day), _("期日を先に延ばすと、逆算できます。"))
    if found.contacts_per_30d_mean is None:
        return (_("集客から受注まで進んだ顧客がまだいないので、逆算できません。"),)
    if not found.contacts_per_30d_mean:
        open_ones = _("いま途中の顧客{count}社から、{day}までに平均{mean:.1f}件の受注が見込めます。")
        return (
            open_ones.format(count=f"{_still_open(shown):,}", day=day, mean=found.from_open_pipeline),
            _("{orders}件に届く見込みですが、確実ではありません。").format(orders=found.target_orders),
        )
    if _is_rough(shown, found):
        few = _("集客から始めた{n}社のうち、受注は{ordered}社。逆算の土台にするには、まだ少なすぎます。")
        rough = _("この記録だけで計算すると、{day}までに受注{orders}件には月に{mean}社。あてにはなりません。")
        return (
            few.format(n=shown.numbers.direct_to_order.n, ordered=shown.ordered),
            rough.format(day=day, orders=found.target_orders, mean=_people(found.contacts_per_30d_mean)),
        )
    first = _("{day}までに受注{orders}件なら、月に{mean}社に会う計算です。").format(
        day=day, orders=found.target_orders, mean=_people(found.contacts_per_30d_mean)
    )
    cautious = _cautious(found)
    if cautious is None:
        return (first, _("余裕をみた社数は、今の件数ではまだ出せません。"))
    second = _("5回に4回は間に合うようにするなら、月に{cautious}社です（直近90日は月に{pace}社）。")
    return (first, second.format(cautious=f"{cautious:,}", pace=_people(pace)))


def _cautious(found: BackCast) -> int | None:
    """The number that suffices four times in five; None where results are so few that it comes out below the mean."""
    cautious, mean = found.contacts_per_30d_80pct, found.contacts_per_30d_mean
    return None if cautious is None or mean is None or cautious < mean else cautious


def _people(count: float) -> str:
    return f"{count:,.1f}".removesuffix(".0") if 0 < count < 10 else f"{count:,.0f}"


def _still_open(shown: Overview) -> int:
    return sum(step.open for step in shown.numbers.stages[: ORDER - 1])


def _lines(ws: Workspace, shown: Overview, found: BackCast, until: date, pace: float) -> tuple[str, ...]:
    if found.contacts_per_30d_mean == 0:
        later = _("会う数を減らすと、{day}より後の受注が減ります（直近90日は月に{pace}社）。")
        return (later.format(day=wording.day(ws, until), pace=_people(pace)),)
    count = _still_open(shown)
    if not count:
        return (_("受注までの途中にいる顧客は、いまいません。"),)
    if found.from_open_pipeline < 0.05:
        return (_("いま途中の顧客{count}社からは、それまでの受注をまだ見込めません。").format(count=f"{count:,}"),)
    said = _("いま途中の顧客{count}社から、それまでに平均{orders:.1f}件の受注が見込めます。確実ではありません。")
    return (said.format(count=f"{count:,}", orders=found.from_open_pipeline),)


def _rows(found: BackCast, pace: float, *, is_thin: bool) -> tuple[OrderRow, ...]:
    wanted = [(_("平均して届く"), found.contacts_per_30d_mean, False)]
    wanted.append((_("5回に4回は届く"), _cautious(found), True))
    wanted.append((_("直近90日のペース"), pace, False))
    return tuple(
        OrderRow(
            name,
            count,
            count,
            count,
            chosen,
            _("{name}：月（30日）に{count}社").format(name=name, count=_people(count)),
            _people(count),
            is_thin=is_thin,
        )
        for name, count, chosen in wanted
        if count is not None
    )


def _table(found: BackCast, days: int, n: int) -> Table:
    rows = []
    for place, share in enumerate(found.contact_to_order):
        left = days - (place + 0.5) * _PERIOD
        text = "—" if share is None or n < FEW else _share(share)
        rows.append(
            Row(
                (
                    _("{month}か月目に会う顧客").format(month=place + 1),
                    _("{days:.0f}日").format(days=max(0, left)),
                    text,
                )
            )
        )
    heads = (_("いつ会うか"), _("期日まで（月の真ん中から）"), _("それまでに受注する率（n={n}）").format(n=f"{n:,}"))
    return Table(_("会う時期ごとの、間に合って受注する率"), heads, tuple(rows))


def _share(share: float) -> str:
    """That nobody ordered so soon yet does not say that it is in vain."""
    if not share:
        return _("まだ例なし")
    return _("1 %未満") if share < 0.005 else f"{100 * share:.0f} %"


def _terms(shown: Overview, found: BackCast) -> tuple[Term, ...]:
    direct = shown.numbers.direct_to_order
    return (
        Term(
            _("受注する率"),
            _("集客から始めた{n}社が、会ってから何日で受注したかを直に数えた率です（いままでに受注{ordered}社）。30日ごとに、その真ん中で会うとして数えます。期日に近いほど、間に合う率は下がります。").format(n=f"{direct.n:,}", ordered=f"{shown.ordered:,}"),
        ),
        Term(
            _("途中の顧客からの見込み"),
            _("いま途中の顧客それぞれが、待っている日数もふまえて期日までに受注する見込みの合計です（{orders:.1f}件）。平均なので、これより少ないこともあります。目標から差し引きます。").format(orders=found.from_open_pipeline),
        ),
        Term(
            _("5回に4回は届く社数"),
            _("新しく会う顧客について、率のぶれと、たまたまのぶれを見こんで、8割の確からしさで目標に届く、いちばん少ない社数です。途中の顧客からの見込みは、平均（端数は切り捨て）とします。"),
        ),
    )  # fmt: skip
