"""The numbers in words: a plain table for the terminal, and the sentences that answer the question."""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from soloflow.domain.stages import LAST, STAGES
from soloflow.i18n import _, ngettext, pgettext
from soloflow.insights.change import Change
from soloflow.insights.estimate import Within
from soloflow.insights.leak import FEW, Ranking, Verdict
from soloflow.insights.numbers import Numbers, StageNumbers

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def numbers_table(numbers: Numbers, zone: tzinfo) -> str:
    """The same for a terminal: one line per stage, then the answer to "which step loses the most"."""
    head = [_("工程"), _("来た"), _("進んだ"), _("途中"), _("離脱"), _("1年以内に進む率"), _("95 %の帯"), "n"]
    rows = [head, *(_table_row(step) for step in numbers.stages)]
    last = [f"{LAST} {_(STAGES[-1].title)}", str(numbers.snapshot.ever_reached[-1])]
    rows.append(last + [""] * (len(head) - len(last)))
    when = _local(numbers.as_of_us, zone)
    title = ngettext("{date} まで・{count}社", "{date} まで・{count}社", numbers.prospects).format(
        date=f"{when:%Y/%m/%d %H:%M}", count=numbers.prospects
    )
    asked = [
        line for part in (_back_cast_lines(numbers), _change_lines(numbers.change)) if part for line in ("", *part)
    ]
    return "\n".join([title, "", *_aligned(rows), "", *verdict_sentences(numbers), *asked])


def verdict_sentences(numbers: Numbers) -> list[str]:
    """Which step loses the most: by count, by rate, how many more would tell, and the same after the order."""
    ranking, after = numbers.leak.ranking, numbers.leak_after_order
    sentences = [_most_lost(ranking), _lowest(ranking.verdict)]
    if ranking.verdict.stage is None and not is_thin(numbers):
        sentences.append(_what_would_tell(ranking.verdict))
    sentences.append(_after_order(after, numbers))
    return sentences


def is_thin(numbers: Numbers) -> bool:
    """Whether a candidate for the lowest rate before the order has too few customers for a rate: then chances say nothing yet."""
    return any(numbers.stages[k - 1].at_risk < FEW for k in numbers.leak.ranking.verdict.candidates)


def rate_words(within: Within, successes: int) -> str:
    """A rate as it may be shown: counts below ten prospects, 少なくとも for a lower bound, — for nothing."""
    if within.advance is None or not within.n_eff:
        return "—"
    shown = f"{successes}/{within.n}" if within.n < FEW else f"{100 * within.advance:.0f} %"
    return _("少なくとも {rate}").format(rate=shown) if within.lower_bound else shown


def stage_name(stage: int) -> str:
    """Number and name of a stage, as in sentences: 3 商談."""
    return f"{stage} {_(STAGES[stage - 1].title)}"


def short_name(stage: int) -> str:
    """The name alone, where the number beside counts would read as one of them: 商談."""
    return _(STAGES[stage - 1].name)


def judgement_note(stages: Iterable[int]) -> str:
    """That rates from these stages to the next rest on a judgement; empty where facts alone decide."""
    resting = [k for k in stages if is_judged(k)]
    if not resting:
        return ""
    judged = stage_name(next(one.number for one in STAGES if one.is_judgement))
    if len(resting) == 1:
        return _("{stage}かどうかは「判断」なので、この率には考えが入ります。").format(stage=judged)
    return _("{stage}かどうかは「判断」なので、{steps}の率には考えが入ります。").format(
        stage=judged, steps=_("と").join(str(k) for k in resting)
    )


def is_judged(stage: int, target: int | None = None) -> bool:
    """Whether the rate from a stage to `target` (the next one) rests on a judgement: where it begins, or what it reaches."""
    return STAGES[stage - 1].is_judgement or STAGES[(target or stage + 1) - 1].is_judgement


def marked_name(stage: int) -> str:
    """The same with the mark of a judgement, as in tables and choices: 4 見込顧客（判断）."""
    name = stage_name(stage)
    return _("{stage}（判断）").format(stage=name) if STAGES[stage - 1].is_judgement else name


def _most_lost(ranking: Ranking) -> str:
    if ranking.most_lost_stage is None:
        return _("受注までに離れた顧客は、まだいません。")
    most = max(ranking.lost_count)
    names = [stage_name(k) for k, lost in zip(ranking.stages, ranking.lost_count, strict=True) if lost == most]
    text = {
        1: _("いちばん多く離れているのは {stage}（{count}社）。"),
        2: _("いちばん多く離れているのは{stage}（どちらも{count}社）。"),
    }.get(len(names), _("いちばん多く離れているのは{stage}（どれも{count}社）。"))
    if len(names) > 1:  # a number that follows と would read as a count
        names = [_("「{stage}」").format(stage=one) for one in names]
    *others, last = names
    return text.format(
        stage=_("と").join([pgettext("enumeration", "と").join(others), last] if others else [last]),
        count=f"{most:,}",
    )


def _lowest(verdict: Verdict) -> str:
    if verdict.stage is None:
        return _("進む率がいちばん低い工程は、まだ区別できません。")
    text = {
        "sure": _("進む率がいちばん低いのは {stage}。これは確かです。"),
        "probable": _("進む率がいちばん低いのは、たぶん {stage}。"),
    }[verdict.certainty]
    return text.format(stage=stage_name(verdict.stage))


def _what_would_tell(verdict: Verdict) -> str:
    first, second = (stage_name(stage) for stage in verdict.candidates)
    if verdict.needed is None or verdict.needed.prospects is None:
        return _("候補は「{first}」と「{second}」。今の件数では当分わかりません（10倍より多く要ります）。").format(
            first=first, second=second
        )
    if not verdict.needed.prospects:
        return _("候補は「{first}」と「{second}」。どちらかの結果がまだ足りません。").format(first=first, second=second)
    return _("候補は「{first}」と「{second}」。見分けるには、この2工程であと約{count}社の結果が要ります。").format(
        first=first, second=second, count=f"{_rounded(verdict.needed.prospects):,}"
    )


def _after_order(ranking: Ranking, numbers: Numbers) -> str:
    verdict = ranking.verdict
    if numbers.stages[(verdict.stage or verdict.candidates[0]) - 1].at_risk < FEW:
        return _("受注のあとの率は、まだわかりません（1工程{few}社から比べます）。").format(few=FEW)
    if verdict.stage is None:
        return _("受注のあとは {stage}が低めですが、ここもまだ区別できません。").format(
            stage=stage_name(verdict.candidates[0])
        )
    text = {
        "sure": _("受注のあとは {stage}がいちばん低い。これは確かです。"),
        "probable": _("受注のあとは、たぶん {stage}がいちばん低いです。"),
    }[verdict.certainty]
    return text.format(stage=stage_name(verdict.stage))


def _rounded(count: int) -> int:
    """Two significant digits: the aid is rough and must not look exact."""
    step: int = 10 ** max(0, len(str(count)) - 2)
    return -(-count // step) * step


def _local(at_us: int, zone: tzinfo) -> datetime:
    return (_EPOCH + timedelta(microseconds=at_us)).astimezone(zone)


def _table_row(step: StageNumbers) -> list[str]:
    main = step.main
    band = f"[{100 * main.lo:.0f}–{100 * main.hi:.0f}]" if main.n_eff else "—"
    counts = [str(n) for n in (step.at_risk, step.advanced, step.open, step.lost)]
    return [marked_name(step.stage), *counts, rate_words(main, step.advanced), band, str(main.n)]


def _back_cast_lines(numbers: Numbers) -> list[str]:
    """Contacts that an aim takes, on average and to be on the safe side; empty where nobody asked."""
    found = numbers.back_cast
    if found is None:
        return []
    title = _("逆算：{days:g}日以内に受注{orders}件（n={n}）").format(
        days=found.target_days, orders=found.target_orders, n=f"{numbers.direct_to_order.n:,}"
    )
    mean, cautious = found.contacts_per_30d_mean, found.contacts_per_30d_80pct
    if cautious is not None and (mean is None or cautious < mean):
        cautious = None  # so few results that the careful number comes out below the mean
    rows = [
        ["", _("30日ごとに会う社数")],
        [_("平均して届く"), "—" if mean is None else _("{count}社").format(count=f"{mean:,.{int(0 < mean < 10)}f}")],
        [_("5回に4回は届く"), "—" if cautious is None else _("{count}社").format(count=f"{cautious:,}")],
    ]
    pipeline = _("いま途中の顧客からは、平均{count}件の受注が見込めます（差し引いてあります）。")
    return [title, *_aligned(rows), pipeline.format(count=f"{found.from_open_pipeline:,.1f}")]


def _change_lines(found: Change | None) -> list[str]:
    """Before and after a change as figures; a verdict is given on the decision date, which is not known here."""
    if found is None:
        return []
    head = [_("前と後：{stage}").format(stage=stage_name(found.stage))]
    head += [_("{days:g}日以内に進む率").format(days=round(found.horizon_days, 1)), _("95 %の帯"), "n"]
    sides = [_side_row(_("前"), found.before), _side_row(_("後"), found.after)]
    difference = [_("差"), "—", "—", ""]
    is_few = min(found.before.n, found.after.n) < FEW
    if not is_few:
        difference[1] = _("{points:+d} ポイント").format(points=round(100 * found.difference))
        difference[2] = f"[{100 * found.lo:+.0f}〜{100 * found.hi:+.0f}]"
    note = [_("{few}社に満たないと、率にはしません。").format(few=FEW)] if is_few else []
    return [*_aligned([head, *sides, difference]), *note]


def _side_row(name: str, side: Within) -> list[str]:
    if side.n < FEW or side.advance is None or not side.n_eff:
        return [name, "—", "—", str(side.n)]
    return [name, rate_words(side, 0), f"[{100 * side.lo:.0f}–{100 * side.hi:.0f}]", str(side.n)]


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(_width(row[c]) for row in rows) for c in range(len(rows[0]))]
    return [_padded(row, widths) for row in rows]


def _padded(row: list[str], widths: list[int]) -> str:
    cells = [row[0] + " " * (widths[0] - _width(row[0]))]
    cells += [" " * (width - _width(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True)]
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Columns in a terminal: full-width characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
