"""The words of the board: what stands on a card, over a column, in a tooltip."""

from dataclasses import dataclass
from datetime import date

from soloflow import i18n
from soloflow.domain import dates
from soloflow.domain.stages import CUSTOMER_FORM, FIVE_A, LAST, LensStep, stage
from soloflow.i18n import N_, NP_, _, ngettext, pgettext
from soloflow.services import wording
from soloflow.services.customers import CustomerRow
from soloflow.services.numbers import RateLine
from soloflow.services.today import STUCK_DAYS

QUESTIONS_FROM = 3
"""From this stage on a card shows how many of the eight questions are answered."""
MINDED = range(2, 5)
"""Stages in which standing still is a warning, as on 今日."""
ENOUGH = 10
"""Below so many cases a rate is no rate yet, only counts."""

NAME_LIMIT = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card, and whether it warns."""

    text: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that stand together under one head."""

    title: str
    sentence: str
    first: int
    last: int


def _of_lens(steps: tuple[LensStep, ...]) -> tuple[Group, ...]:
    return tuple(Group(step.name, "", step.first, step.last) for step in steps)


LENSES = {
    "stages": (
        Group(NP_("lens", "獲得"), N_("新しいお客様をむかえる"), 1, 4),
        Group(NP_("lens", "提供"), N_("届けて、使いはじめる"), 5, 6),
        Group(NP_("lens", "関係"), N_("続き、広がる"), 7, 9),
    ),
    "form": _of_lens(CUSTOMER_FORM),
    "five_a": _of_lens(FIVE_A),
}
LENS_NAMES = {"stages": N_("9工程"), "form": N_("顧客の形"), "five_a": N_("5A")}


def clipped(name: str) -> str:
    """A name inside a sentence, so that the end of the sentence is still seen."""
    return name if len(name) <= NAME_LIMIT else f"{name[: NAME_LIMIT - 1]}…"


def count(number: int) -> str:
    """39社."""
    return ngettext("{count}社", "{count}社", number).format(count=f"{number:,}")


def head_count(number: int) -> str:
    """39社 over a column of 120, where a longer language has room for the figure only."""
    return pgettext("column head", "{count}社").format(count=f"{number:,}")


def day(value: date, today: date) -> str:
    """11/24: the day of the week is in the tooltip, a card has no room for it."""
    return dates.short_date(value, today, i18n.language()).partition("(")[0].strip()


def plan(card: CustomerRow, today: date) -> Line:
    """The next step with its day: 今日 18:30 電話, 2日遅れ 返事, 次の一手なし."""
    if card.plan is None:
        return Line(_("次の一手なし"), card.stage in MINDED)
    what = card.plan.text or _(wording.PLAN_KINDS.get(card.plan.kind, wording.PLAN_KINDS["other"]))
    late = dates.days_between(card.plan.due_on, today)
    if late > 0:
        return Line(_("{days}日遅れ {what}").format(days=late, what=what), late=True)
    when = _("今日") if late == 0 else day(card.plan.due_on, today)
    time = card.plan.due_time if late == 0 else ""
    return Line(" ".join(part for part in (when, time, what) if part))


def waiting(card: CustomerRow) -> Line:
    """How long the customer has stood here: 12日, 41日 停滞."""
    days = card.days_in_stage
    if days is None:
        return Line("")
    if days > STUCK_DAYS and card.stage in MINDED:
        return Line(_("{days}日 停滞").format(days=f"{days:,}"), late=True)
    return Line(_("{days}日").format(days=f"{days:,}"))


def person(card: CustomerRow) -> str:
    """Who it is at the company; nothing where the customer is the person."""
    return "" if card.contact_name == card.name else card.contact_name


def sentence(card: CustomerRow, today: date) -> str:
    """The whole card in lines, for its tooltip and for screen readers."""
    lines = [" ".join(part for part in (card.name, person(card)) if part), plan(card, today).text]
    if card.plan is not None:
        lines[1] = _("{words}（{more}）").format(
            words=lines[1], more=dates.short_date(card.plan.due_on, today, i18n.language())
        )
    if card.days_in_stage is not None:
        lines.append(_at_stage(card.days_in_stage) + _stuck_word(card))
    if card.expected_yen is not None:
        lines.append(_("見込み {yen}（判断）").format(yen=wording.amount(card.expected_yen)))
    if (card.stage or 0) >= QUESTIONS_FROM:
        lines.append(_("8つの質問 {answered}/8").format(answered=card.answered))
    return "\n".join(lines)


def _at_stage(days: int) -> str:
    return ngettext("この工程に{days}日", "この工程に{days}日", days).format(days=f"{days:,}")


def _stuck_word(card: CustomerRow) -> str:
    return _("（停滞）") if waiting(card).late else ""


def rate(number: int, line: RateLine | None) -> tuple[str, str]:
    """The two lines of a column head on going on to the next stage: 58 % [51–64] and n=254; only counts below ten cases."""
    if number == LAST:
        return "—", _("最後の工程")
    if line is None:
        return "", ""
    if line.rate is None or not line.n:
        return "—", _("まだ記録なし")
    if line.n < ENOUGH:
        return f"{line.advanced}/{line.n}", _("n={n} まだ少ない").format(n=line.n)
    words = _("n={n} 少なくとも") if line.is_lower_bound else "n={n}"
    if stage(number + 1).is_judgement:  # where the judged stage begins, its own name bears the mark
        words = _("{basis}・判断").format(basis=words)
    return f"{_percent(line.rate)} % [{_percent(line.lo)}–{_percent(line.hi)}]", words.format(n=f"{line.n:,}")


def _reading(line: RateLine) -> list[str]:
    """How to read that rate, in short; the whole is on 分析."""
    if line.rate is None or not line.n:
        return []
    if line.n < ENOUGH:
        return [_("{few}社になるまでは、進んだ数/来た数です。").format(few=ENOUGH)]
    found = [
        _("率は、来てから1年以内に次へ進む見込みです。"),
        _("まだ途中の人（進行中と育成中）のぶんも入れて見積もります。"),
        _("[ ] は 95 % の幅、n はこの工程に来た数です。"),
    ]
    if line.is_lower_bound:
        found.append(_("「少なくとも」は、まだ1年たった記録がないための低めの見積もりです。"))
    return found


def _percent(share: float) -> int:
    return round(100 * share)


def column_tip(number: int, cards: int, yen: int | None, line: RateLine | None) -> str:
    """Everything about a column: its full name, the change of mind, when it is reached, count, yen and rate."""
    one = stage(number)
    kind = _("判断") if one.is_judgement else _("事実")
    lines = [
        f"{number} {_(one.full_name)}",
        _("お客様の心：{change}").format(change=_(one.change_of_mind)),
        _("目安：{criterion}（{kind}）").format(criterion=_(one.reached_when), kind=kind),
        _("進行中 {count}").format(count=count(cards)),
    ]
    if yen is not None:
        lines.append(_("見込み {yen}（判断）").format(yen=wording.amount(yen)))
    share, basis = rate(number, line)
    if line is not None and number != LAST:
        lines.append(_("次の工程へ {rate}（{basis}）").format(rate=share, basis=basis))
        lines += _reading(line)
    return "\n".join(lines)
