"""The numbers in words: a plain table for the terminal, and the sentences that answer the question."""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from soloflow.domain.stages import LAST, STAGES
from soloflow.i18n import _, ngettext, pgettext
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
    widths = [max(_width(row[c]) for row in rows) for c in range(len(head))]
    when = _local(numbers.as_of_us, zone)
    title = ngettext("{date} まで・{count}社", "{date} まで・{count}社", numbers.prospects).format(
        date=f"{when:%Y/%m/%d %H:%M}", count=numbers.prospects
    )
    lines = [_padded(row, widths) for row in rows]
    return "\n".join([title, "", *lines, "", *verdict_sentences(numbers)])


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


def _padded(row: list[str], widths: list[int]) -> str:
    cells = [row[0] + " " * (widths[0] - _width(row[0]))]
    cells += [" " * (width - _width(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True)]
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Columns in a terminal: full-width characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
