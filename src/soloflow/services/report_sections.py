"""What the monthly report says: the answers of 分析 as sentences, tables and drawings for paper.

Loads what draws. The workspace it is given has the clock of the report's last instant.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from soloflow import i18n
from soloflow.charts.colours import LIGHT
from soloflow.charts.export import as_svg
from soloflow.charts.funnel import funnel_figure
from soloflow.charts.month_columns import month_figure
from soloflow.charts.rows import stage_rows
from soloflow.domain.dates import month_name, short_time
from soloflow.i18n import _, side_by_side
from soloflow.insights.happened import Happened, happened
from soloflow.insights.months import Month, monthly
from soloflow.insights.reduction import reduce_log
from soloflow.report.content import Figure, Picture, Report, Section, Table, Term
from soloflow.services import experiment_verdicts, experiment_words, in_short, settings, when, wording
from soloflow.services.answers import back_cast, leak, reasons, sources
from soloflow.services.funnel_words import caption
from soloflow.services.numbers import Overview
from soloflow.services.report_events import events, shortened
from soloflow.services.reporting import Wanted
from soloflow.services.workspace import Workspace

_WIDTH = 880.0
"""Pixels of the drawings: on 178 mm of paper their texts are 7.5 points."""
_LOW_WIDTH = 960.0
"""For a drawing that need not be so high."""
_YEAR = 12
_MOST_SOURCES = 8
_MOST_DRAWN = 5
_MOST_EXPERIMENTS = 4
_LONGEST_NAME = 36


def report(ws: Workspace, shown: Overview, wanted: Wanted, *, is_running: bool) -> Report:
    """The two pages; `ws` and `shown` as of the month's end, or now while it runs."""
    chosen = settings.load(ws.folder)
    month = wanted.month.replace(day=1)
    spans = _spans(ws, month)
    reduced = reduce_log(shown.log, shown.numbers.as_of_us)
    happened_by_month = [happened(reduced, *span) for span in spans]
    sections = [
        *_funnel(ws, shown),
        replace(
            _months(shown, happened_by_month, is_running=is_running),
            picture=_mechanisms(monthly(reduced, ws.zone, _YEAR), is_running=is_running),
        ),
        replace(
            events(ws, shown, reduced, spans[-1], happened_by_month[-1], names=wanted.names),
            opens_page=bool(shown.numbers.prospects),
        ),
        *_experiments(ws, shown, month),
        *_sources(ws, shown),
        *_aim(ws, shown, wanted),
    ]
    answer, lines = _answer(shown)
    return Report(
        language=i18n.language(),
        kind=_("月報"),
        title=month_name(month, i18n.language()),
        maker=chosen.trade_name or chosen.name,
        day=ws.today().isoformat(),
        rests_on=_rests_on(ws, shown, is_running=is_running),
        answer=answer,
        lines=lines,
        sections=tuple(sections),
        terms_title=_("数えかた"),
        terms=_terms(),
    )


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


def _funnel(ws: Workspace, shown: Overview) -> list[Section]:
    if not shown.numbers.prospects:
        return []
    drawn = as_svg(funnel_figure(shown.numbers, width=_WIDTH))
    said = [
        _("{stage}：来た{n}、進んだ{advanced}、途中{still_open}、離脱{lost}、率 {rate}").format(
            stage=wording.stage_name(row.stage), n=row.at_risk, advanced=row.advanced, still_open=row.still_open,
            lost=row.lost, rate=f"{row.rate_text} {row.band_text}".rstrip(),
        )
        for row in stage_rows(shown.numbers)[:-1]
    ]  # fmt: skip
    return [
        Section(
            _("どこで離れているか"),
            (*_causes(ws, shown), *leak.answer(shown).head),
            picture=Picture(drawn, _("。").join(said)),
        )
    ]


def _causes(ws: Workspace, shown: Overview) -> list[str]:
    """The commonest reason where most are lost, and where the rate is or may be the lowest."""
    ranking = shown.numbers.leak.ranking
    steps = dict.fromkeys((ranking.most_lost_stage, ranking.verdict.stage or ranking.verdict.candidates[0]))
    return [reasons.answer(ws, shown, k).head[0] for k in steps if k and shown.numbers.stages[k - 1].lost]


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
    orders, _new, _existing, returned = in_short.figures(shown)
    beside = [
        Figure(one.title, one.value, one.unit, one.rests_on) for one in (orders, returned) if shown.numbers.prospects
    ]
    return Section(_("この月と、前の3か月"), table=Table(("", *names), cells, strong=len(names)), figures=tuple(beside))


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
    drawn = month_figure(months, width=_LOW_WIDTH, is_running=is_running)
    return Picture(as_svg(drawn), _("。").join(said))


def _experiments(ws: Workspace, shown: Overview, month: date) -> list[Section]:
    """Those that were running in the month, or whose verdict fell into it."""
    found = [
        one
        for one in experiment_verdicts.outcomes(ws, shown.log)
        if one.experiment.started_on <= ws.today() and one.experiment.decide_on >= month
    ]
    if not found:
        return []
    rows = []
    for one in found[:_MOST_EXPERIMENTS]:
        tried = one.experiment
        rows.append((
            shortened(tried.name, _LONGEST_NAME), wording.stage_name(tried.stage), wording.day(ws, tried.started_on), wording.day(ws, tried.decide_on),
            experiment_words.came_of_it(one) or "—", one.words,
        ))  # fmt: skip
    heads = (_("改善策"), _("ねらう工程"), _("開始"), _("判定日"), _("前後の率"), _("判定"))
    left = len(found) - len(rows)
    notes = (_("ほかに{count}件").format(count=left),) if left else ()
    return [Section(_("試している改善策"), table=Table(heads, tuple(rows), is_text=True), notes=notes)]


def _sources(ws: Workspace, shown: Overview) -> list[Section]:
    answer = sources.answer(ws, shown)
    rows = [row.cells[:7] for row in answer.table.rows]
    if not rows:
        return []
    left = len(rows) - _MOST_SOURCES
    notes = (_("ほかに{count}種類").format(count=left),) if left > 0 else ()
    table = Table(answer.table.heads[:7], tuple((_(row[0]), *row[1:]) for row in rows[:_MOST_SOURCES]))
    picture = None
    if answer.draw is not None and len(rows) <= _MOST_DRAWN:
        picture = Picture(as_svg(answer.draw(LIGHT, _WIDTH)), answer.table.name)
    return [Section(_("どこから来て、受注につながったか"), answer.head[1:], picture, table, notes=notes)]


def _aim(ws: Workspace, shown: Overview, wanted: Wanted) -> list[Section]:
    if not shown.numbers.prospects:
        return []
    until = when.months_from_now(ws, wanted.within_months)
    answer = back_cast.answer(ws, shown, wanted.orders, until)
    return [Section(_("目標までに会う数"), (_paragraph(answer.head), *answer.lines))]


def _paragraph(sentences: tuple[str, ...]) -> str:
    """Sentences as one paragraph, with the space that English needs between them."""
    return (" " if i18n.language() == "en" else "").join(sentences)


def _terms() -> tuple[Term, ...]:
    return (
        Term(_("顧客"), _("会社か、会社のない個人。連絡先の数ではありません。名簿にいるだけの人は入りません。")),
        Term(
            _("率"),
            _("1年以内に次の工程へ進む見込み。途中の顧客は「まだ決まっていない」として数え、離れた顧客とも進んだ顧客ともみなしません（競合リスクの Aalen–Johansen 推定）。"),
        ),
        Term(_("帯"), _("本当の率があるとみてよい範囲（95 %）。件数が少ないほど広くなります。")),
        Term(
            _("n と 4/7"),
            _("n はその工程に来た顧客の数。10社になるまでは％にせず「進んだ数/来た数」で書きます。"),
        ),
        Term(_("少なくとも"), _("来てから1年たった顧客がまだいないので、率はこれから上がることがあります。")),
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
