"""What the monthly report says: the answers of 分析 as sentences, tables and drawings for paper.

Loads what draws. The workspace it is given has the clock of the report's last instant.
"""

from dataclasses import astuple, replace
from datetime import date, timedelta
from itertools import pairwise

from soloflow import i18n
from soloflow.charts.colours import DARK, LIGHT
from soloflow.charts.export import as_svg
from soloflow.charts.month_columns import month_figure
from soloflow.domain.dates import month_name, short_date, short_time
from soloflow.i18n import _, side_by_side
from soloflow.insights.happened import Happened, happened
from soloflow.insights.months import Month, monthly
from soloflow.insights.numbers import compute
from soloflow.insights.reduction import reduce_log
from soloflow.report.content import Picture, Report, Section, Table, Term
from soloflow.services import in_short, settings
from soloflow.services import report_answers as answers
from soloflow.services.funnel_words import caption
from soloflow.services.numbers import Overview
from soloflow.services.report_events import events
from soloflow.services.report_since import changed
from soloflow.services.reporting import Wanted
from soloflow.services.workspace import Workspace

_HALF_WIDTH = 500.0
"""Pixels of a drawing beside a table."""
_YEAR = 12


def report(ws: Workspace, shown: Overview, wanted: Wanted, *, made_on: date, is_running: bool) -> Report:
    """The pages; `ws` and `shown` as of the month's end, or now while it runs."""
    chosen = settings.load(ws.folder)
    month = wanted.month.replace(day=1)
    spans = _spans(ws, month)
    reduced = reduce_log(shown.log, shown.numbers.as_of_us)
    happened_by_month = [happened(reduced, *span) for span in spans]
    first = [*answers.lost(shown), *answers.cost(shown), *answers.after(shown)]
    second = [
        *answers.came_from(ws, shown),
        *answers.tried(ws, shown, month),
        *answers.to_come(ws, shown, wanted),
        *answers.causes(ws, shown),
        replace(
            _months(shown, happened_by_month, is_running=is_running),
            picture=_mechanisms(monthly(reduced, ws.zone, _YEAR), is_running=is_running),
            is_picture_beside=True,
        ),
        events(ws, shown, reduced, spans[-1], happened_by_month[-1], names=wanted.names),
    ]
    if first:
        second[0] = replace(second[0], opens_page=True)
    said, lines = _answer(shown)
    return Report(
        language=i18n.language(),
        kind=_("月報"),
        title=month_name(month, i18n.language()),
        maker=chosen.trade_name or chosen.name,
        day=ws.today().isoformat(),
        rests_on=_rests_on(ws, shown, is_running=is_running),
        made=_("{day} 作成").format(day=short_date(made_on, date.min, i18n.language())),  # with its year
        answer=said,
        lines=(*lines, *_since(ws, shown, month)),
        sections=(*first, *second),
        terms_title=_("数えかた"),
        terms=_terms(),
        dark=tuple(zip(astuple(LIGHT), astuple(DARK), strict=True)),
    )


def _since(ws: Workspace, shown: Overview, month: date) -> tuple[str, ...]:
    """Against the end of the month before, with the records of now."""
    before = compute(shown.log, ws.start_of_day_us(month) - 1, ws.zone)
    return changed(before, shown.numbers, month - timedelta(days=1))


def _spans(ws: Workspace, month: date) -> list[tuple[int, int]]:
    """First instants of the three months before, of the month, and after it: as [since, until) of each of the four."""
    starts = [(month + timedelta(days=31)).replace(day=1), month]
    for _before in range(3):
        starts.append((starts[-1] - timedelta(days=1)).replace(day=1))
    edges = [ws.start_of_day_us(day) for day in reversed(starts)]
    return list(pairwise(edges))


def _rests_on(ws: Workspace, shown: Overview, *, is_running: bool) -> str:
    words = caption(ws, shown)
    if is_running:
        return _("{caption}（月の途中、{time} 現在）").format(caption=words, time=short_time(shown.as_of.time()))
    return words


def _answer(shown: Overview) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not shown.numbers.prospects:
        none = _("まだ、工程に入った顧客がいません。")
        return (none,), (_("出会った人が工程を進むと、どこで離れることが多いか、どこまで確かかをここに書きます。"),)
    said = in_short.lines(shown)
    return tuple(said[:2]), (*said[2:], *_chances(shown))


def _chances(shown: Overview) -> list[str]:
    """How likely each step is the one with the lowest rate, as beside the verdict of 分析."""
    parts = [f"{name} {words}" for name, _chance, words in in_short.chances(shown)]
    if not parts:
        return []
    return [_("率がいちばん低い工程である確からしさ：{chances}").format(chances=side_by_side(parts))]


def _months(shown: Overview, before: list[Happened], *, is_running: bool) -> Section:
    """Counts only: of a few a month, a percentage would say nothing."""
    names = [month_name(date(one.year, one.month, 1), i18n.language(), short=True) for one in shown.months]
    if is_running:
        names[-1] = _("{month}（途中）").format(month=names[-1])
    rows = [
        (_("新しく工程に入った顧客"), [len(one.entered) for one in before]),
        (_("新しいお客様の受注"), [one.new_orders for one in shown.months]),
        (_("既存のお客様から"), [one.existing for one in shown.months]),
        (_("離れてから戻った顧客"), [len(one.returned) for one in before]),
    ]
    cells = tuple((name, *(f"{count:,}" for count in counts)) for name, counts in rows)
    table = Table(("", *names), cells, strong=len(names), is_narrow=True)
    return Section(_("この月と、前の3か月"), table=table, figures=answers.returned(shown))


def _mechanisms(months: tuple[Month, ...], *, is_running: bool) -> Picture | None:
    """Winning customers, and the good circle of existing ones: a year, month by month."""
    if not any(one.new_orders or one.existing for one in months):
        return None
    said = [
        _("{month}：新しいお客様の受注{new}件、既存のお客様から{existing}件").format(
            month=month_name(date(one.year, one.month, 1), i18n.language()), new=one.new_orders, existing=one.existing
        )
        for one in months
    ]
    drawn = month_figure(months, width=_HALF_WIDTH, is_running=is_running)
    return Picture(as_svg(drawn), _("。").join(said))


def _terms() -> tuple[Term, ...]:
    return (
        Term(_("顧客"), _("会社か、会社のない個人。連絡先の数ではありません。名簿にいるだけの人は入りません。")),
        Term(
            _("率"),
            _("1年以内に次の工程へ進む見込み。途中の顧客は「まだ決まっていない」として数え、離れた顧客とも進んだ顧客ともみなしません。進んだ数÷来た数とはちがいます（統計の名前は Aalen–Johansen 推定）。"),
        ),
        Term(_("帯"), _("本当の率があるとみてよい範囲（95 %）。件数が少ないほど広くなります。")),
        Term(
            _("n と 4/7"),
            _("n はその工程に来た顧客の数。10社になるまでは％にせず「進んだ数/来た数」で書きます。"),
        ),
        Term(_("少なくとも"), _("途中の顧客が、まだだれも1年待っていないので、率はこれから上がることがあります。")),
        Term(_("離脱"), _("その時点で離れたままの顧客。戻った顧客は入りません。")),
        Term(
            _("月の件数"),
            _("その月に、その工程へはじめて来た顧客の数。ひとつの顧客が同じ月に2つ進めば、工程ごとに数えます。"),
        ),
        Term(
            _("いつの記録か"),
            _("起きた日で数えます。あとから直したり書き足したりした記録は、直したあとの内容で入ります。「判断」の印の工程には、考えが入ります。"),
        ),
    )  # fmt: skip
