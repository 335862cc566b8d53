"""逆算: how many people to meet a month for so many orders by a day."""

from datetime import date
from functools import partial

from soloflow.charts.order_bars import OrderRow, order_figure, order_height
from soloflow.domain.stages import FIRST
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
    rows = _rows(found, pace, is_thin=shown.numbers.direct_to_order.n < FEW)
    most = max(1.0, *(row.mean for row in rows))
    step = shown.numbers.stages[FIRST - 1]
    return Answer(
        head=_head(ws, shown, found, until, pace),
        lines=_lines(shown, found),
        table=_table(found, days, shown.numbers.direct_to_order.n),
        terms=_terms(shown, found),
        height=order_height(len(rows)) if found.contacts_per_30d_mean is not None else 0.0,
        links=(
            (Link(_("{list}を見る").format(list=list_title(Who(FIRST, OPEN), step.open)), Who(FIRST, OPEN)),)
            if step.open
            else ()
        ),
        draw=partial(order_figure, _("30日に会う社数"), rows, most),
    )


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
        return (
            _("{day}までに受注{orders}件は、いま途中の顧客だけで届く見込みです。").format(
                day=day, orders=found.target_orders
            ),
        )
    if shown.numbers.direct_to_order.n < FEW:
        few = _("集客から始めた{n}社のうち、受注は{ordered}社。逆算の土台にするには、まだ少なすぎます。")
        rough = _("いまの数では、{day}までに受注{orders}件なら、月に{mean}社に会う計算です。")
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


def _lines(shown: Overview, found: BackCast) -> tuple[str, ...]:
    said = _("いま途中の顧客から、それまでに約{orders:.1f}件の受注が見込めます。").format(
        orders=found.from_open_pipeline
    )
    lines = [
        said if found.from_open_pipeline >= 0.05 else _("いま途中の顧客からは、それまでの受注をまだ見込めません。")
    ]
    is_said = shown.numbers.direct_to_order.n < FEW or found.contacts_per_30d_mean is None
    if found.n_eff and found.n_eff < _ROUGH and not is_said:
        said = _("もとになる結果がまだ {n:.0f}件分なので、目安として見てください。")
        lines.append(said.format(n=max(1.0, found.n_eff)))
    return tuple(lines)


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
            _("{name}：30日に{count}社").format(name=name, count=_people(count)),
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
        text = "—" if share is None or n < FEW else f"{100 * share:.0f} %"
        rows.append(
            Row(
                (
                    _("{month}か月目に会う顧客").format(month=place + 1),
                    _("{days:.0f}日").format(days=max(0, left)),
                    text,
                )
            )
        )
    heads = (_("いつ会うか"), _("残りの日数"), _("それまでに受注する率（n={n}）").format(n=f"{n:,}"))
    return Table(_("会う時期ごとの、間に合って受注する率"), heads, tuple(rows))


def _terms(shown: Overview, found: BackCast) -> tuple[Term, ...]:
    direct = shown.numbers.direct_to_order
    return (
        Term(
            _("受注する率"),
            _("集客から始めた{n}社が、会ってから何日で受注したかを直に数えた率です（いままでに受注{ordered}社）。30日ごとに、その真ん中で会うとして数えます。期日に近いほど、間に合う率は下がります。").format(n=f"{direct.n:,}", ordered=f"{shown.ordered:,}"),
        ),
        Term(
            _("途中の顧客からの見込み"),
            _("いま途中の顧客それぞれが、待っている日数もふまえて期日までに受注する見込みの合計です（{orders:.1f}件）。目標から差し引きます。").format(orders=found.from_open_pipeline),
        ),
        Term(
            _("5回に4回は届く社数"),
            _("率のぶれと、たまたまのぶれを見こんで、8割の確からしさで目標に届く、いちばん少ない社数です。"),
        ),
    )  # fmt: skip
