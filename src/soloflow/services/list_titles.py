"""What to call the customers behind a mark of 分析: who exactly is listed. Loads numpy."""

from datetime import date, timedelta

from soloflow import i18n
from soloflow.domain.dates import month_name
from soloflow.domain.stages import LAST, LENSES
from soloflow.i18n import _, pgettext, side_by_side
from soloflow.insights.behind import ADVANCED_AFTER_RETURN, ORDERED_AFTER_RETURN, PARKED, RETURNED, Who
from soloflow.insights.reduction import ADVANCED, LOST, OPEN
from soloflow.insights.words import stage_name
from soloflow.services import wording
from soloflow.services.causes import reason_name
from soloflow.services.numbers import Overview, Scope
from soloflow.services.workspace import Workspace


def list_title(who: Who, count: int, name: str = "") -> str:
    """For a place where period, channel and reason are seen anyway: 3 商談で離れた41社. `name` stands for the stage where it is another."""
    source = who.origin if who.source is None else who.source
    if who.pause:
        words = _pause_words()[who.pause]
    elif who.arrived:
        words = _("{stage}に進んだ{count}社")
    elif who.reached:
        words = _("{stage}に来た{count}社") if name else _("{stage}か、その先に来た{count}社")
    elif source is not None:
        words = _source_words()[who.outcome]
    elif who.target not in (None, who.stage + 1) and not name:
        words = _way_words()[who.outcome]
    else:
        words = _stage_words()[None if who.stage == LAST else who.outcome]
    return words.format(
        stage=name or stage_name(who.stage),
        target=stage_name(who.target or min(LAST, who.stage + 1)),
        source=_(source) if source else "",
        count=f"{count:,}",
    )


def whole_title(ws: Workspace, shown: Overview, scope: Scope, who: Who, count: int) -> str:
    """For a list that stands alone, with reason, time, and whom the filters chose out:

    3 商談で離れた9社（理由：連絡がとれない・過去12か月に入った・チャネル：勉強会）
    """
    parts = side_by_side((_reason(shown, who), _time(ws, who), *_filters(ws, scope, who)))
    title = list_title(who, count, _lens_step(shown, who))
    return _("{title}（{parts}）").format(title=title, parts=parts) if parts else title


def _lens_step(shown: Overview, who: Who) -> str:
    """The step of the lens that is looked through, with its stages: 2–4 見込顧客. Empty where a single stage is meant."""
    if shown.lens is None or not (who.target or who.reached) or who.pause or who.arrived:
        return ""
    targets = {rate.first: rate.target for rate in shown.lens.rates}
    step = next((one for one in LENSES[shown.lens.key] if one.first == who.stage), None)
    if step is None or targets.get(step.first) != who.target:
        return ""
    stages = str(step.first) if step.first == step.last else f"{step.first}–{step.last}"
    return f"{stages} {pgettext('lens', step.name)}"


def _reason(shown: Overview, who: Who) -> str:
    if who.reason is None:
        return ""
    return _("理由：{reason}").format(reason=reason_name(shown, who.reason)) if who.reason else _("理由の記録なし")


def _time(ws: Workspace, who: Who) -> str:
    """When they came to the stage: whole months as such, else days. A bound that nobody can be beyond is none."""
    since = None if who.since_us is None else wording.date_of(ws, who.since_us)
    until = None if who.until_us is None or who.until_us > ws.now_us() else wording.date_of(ws, who.until_us)
    if since is None:
        return "" if until is None else _("{day}より前に来た").format(day=wording.day(ws, until))
    if until is None:
        return _("{day}以降に来た").format(day=wording.day(ws, since))
    if since.day == until.day == 1:
        return _("{months}に来た").format(months=_months(since, until - timedelta(days=1)))
    last = wording.date_of(ws, (who.until_us or 0) - 1)
    return _("{first}〜{last}に来た").format(first=wording.day(ws, since), last=wording.day(ws, last))


def _months(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return month_name(first, i18n.language())
    if first.year == last.year:
        return _("{year}年{first}〜{last}月").format(year=first.year, first=first.month, last=last.month)
    return _("{first}〜{last}").format(first=_months(first, first), last=_months(last, last))


def _filters(ws: Workspace, scope: Scope, who: Who) -> list[str]:
    found = []
    if scope.months is not None and not who.arrived:  # the figures of a month count everybody, whenever they came in
        found.append(_("過去{months}か月に入った").format(months=scope.months))
    if scope.channel is not None:
        found.append(_("チャネル：{name}").format(name=_(_row_name(ws, "channels", scope.channel))))
    if scope.tag is not None:
        found.append(_("タグ：{name}").format(name=_row_name(ws, "tags", scope.tag)))
    return found


def _row_name(ws: Workspace, table: str, row: int) -> str:
    with ws.store.read() as reader:
        return str(reader.get(table, row)["name"]) if row in reader.ids(table) else _("消えたもの")


def _stage_words() -> dict[int | None, str]:
    return {
        ADVANCED: _("{stage}から進んだ{count}社"),
        OPEN: _("{stage}で途中の{count}社"),
        LOST: _("{stage}で離れた{count}社"),
        None: _("{stage}に来た{count}社"),
    }


def _way_words() -> dict[int | None, str]:
    """From a stage to one farther on."""
    return {
        ADVANCED: _("{stage}から {target}まで進んだ{count}社"),
        OPEN: _("{stage}から {target}への途中の{count}社"),
        LOST: _("{stage}から {target}までに離れた{count}社"),
        None: _("{stage}に来た{count}社"),
    }


def _source_words() -> dict[int | None, str]:
    return {
        ADVANCED: _("{source}から来て受注した{count}社"),
        OPEN: _("{source}から来て途中の{count}社"),
        LOST: _("{source}から来て離れた{count}社"),
        None: _("{source}から来た{count}社"),
    }


def _pause_words() -> dict[str, str]:
    return {
        PARKED: _("離脱・育成になった{count}社"),
        RETURNED: _("離れてから戻った{count}社"),
        ADVANCED_AFTER_RETURN: _("戻って先へ進んだ{count}社"),
        ORDERED_AFTER_RETURN: _("戻って受注した{count}社"),
    }
