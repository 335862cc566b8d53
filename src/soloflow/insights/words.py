"""The numbers in words: a plain table for the terminal, and the sentences that answer the question."""

import unicodedata
from datetime import UTC, datetime, timedelta, tzinfo

from soloflow.domain.stages import LAST, STAGES
from soloflow.i18n import _, ngettext
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
    if ranking.verdict.stage is None and _is_known(ranking):
        sentences.append(_what_would_tell(ranking.verdict))
    sentences.append(_after_order(after))
    return sentences


def rate_words(within: Within, successes: int) -> str:
    """A rate as it may be shown: counts below ten prospects, 少なくとも for a lower bound, — for nothing."""
    if within.advance is None or not within.n_eff:
        return "—"
    shown = f"{successes}/{within.n}" if within.n < FEW else f"{100 * within.advance:.0f} %"
    return _("少なくとも {rate}").format(rate=shown) if within.lower_bound else shown


def stage_name(stage: int) -> str:
    """Number and name of a stage, as in sentences: 3 商談."""
    return f"{stage} {_(STAGES[stage - 1].title)}"


def _most_lost(ranking: Ranking) -> str:
    if ranking.most_lost_stage is None:
        return _("受注までに離れた顧客は、まだいません。")
    lost = ranking.lost_count[ranking.stages.index(ranking.most_lost_stage)]
    name = stage_name(ranking.most_lost_stage)
    return _("いちばん多く離れているのは {stage}（{count}社）。").format(stage=name, count=f"{lost:,}")


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
        return _("候補は {first}と {second}。今の件数では当分わかりません。").format(first=first, second=second)
    if not verdict.needed.prospects:
        return _("候補は {first}と {second}。どちらかの結果がまだ足りません。").format(first=first, second=second)
    return _("候補は {first}と {second}。見分けるには、この2工程であと約{count}社の結果が要ります。").format(
        first=first, second=second, count=f"{_rounded(verdict.needed.prospects):,}"
    )


def _is_known(ranking: Ranking) -> bool:
    """Whether both candidates have a rate at all."""
    return all(ranking.rates[ranking.stages.index(stage)] is not None for stage in ranking.verdict.candidates)


def _after_order(ranking: Ranking) -> str:
    verdict = ranking.verdict
    if not _is_known(ranking):
        return _("受注のあとの率は、まだわかりません。")
    if verdict.stage is None:
        return _("受注のあとは {stage}が低めですが、ここもまだ区別できません。").format(
            stage=stage_name(verdict.candidates[0])
        )
    text = {
        "sure": _("受注のあとは {stage}がいちばん低い。これは確かです。"),
        "probable": _("受注のあとは、たぶん {stage} がいちばん低いです。"),
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
    name = f"{step.stage} {_(STAGES[step.stage - 1].title)}"
    return [name, *counts, rate_words(main, step.advanced), band, str(main.n)]


def _padded(row: list[str], widths: list[int]) -> str:
    cells = [row[0] + " " * (widths[0] - _width(row[0]))]
    cells += [" " * (width - _width(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True)]
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Columns in a terminal: full-width characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
