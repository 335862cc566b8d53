"""改善策: everything that was tried, what came of it, and the chosen one before and after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from soloflow.charts.before_after import HEIGHT, GroupRow, before_after_figure
from soloflow.i18n import _, sentences
from soloflow.insights.estimate import Within
from soloflow.insights.leak import FEW
from soloflow.insights.words import judgement_note, rate_words
from soloflow.services import experiment_verdicts as verdicts
from soloflow.services import experiment_words as words
from soloflow.services import experiments, vocabulary, wording
from soloflow.services.answers import Answer, Row, Table, Term, Who
from soloflow.services.experiment_plans import ground, plan
from soloflow.services.experiment_verdicts import Group, Outcome
from soloflow.services.in_short import percent
from soloflow.services.numbers import Overview
from soloflow.services.workspace import Workspace

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Tried:
    """One line of the list: what was tried, and what came of it."""

    id: int
    name: str
    verdict: str
    words: str
    facts: str
    """Stage, since when, what was expected."""
    came: str
    """Before and after in short; empty where nothing is known yet, and where the difference is none that can be told."""


@dataclass(frozen=True, slots=True)
class Playbook(Answer):
    """The answer for the chosen one, with the list beside it."""

    tried: tuple[Tried, ...] = ()
    outcome: Outcome | None = None
    outcomes: tuple[Outcome, ...] = ()
    """Of all of them, for choosing another one without counting anew."""


def playbook(
    ws: Workspace, shown: Overview, chosen: int | None = None, counted: tuple[Outcome, ...] | None = None
) -> Playbook:
    """The list, and the answer of the chosen one (the newest where it is gone). Reads the log: not on the GUI thread."""
    found = counted or verdicts.outcomes(ws, shown.log if shown.scope.is_whole else None)
    tried = tuple(_tried(ws, one) for one in found)
    if not found:
        return _nothing_yet()
    wanted = next((one for one in found if one.experiment.id == chosen), found[0])
    return replace(_answer(ws, shown, wanted), tried=tried, outcomes=found)


def _nothing_yet() -> Playbook:
    heads = (_("時期"), _("来た"))
    return Playbook((_("まだ改善策はありません。"),), (), Table(_("改善策"), heads, ()), (), tried=())


def _tried(ws: Workspace, found: Outcome) -> Tried:
    one = found.experiment
    came = "" if found.verdict == verdicts.TENDENCY else words.came_of_it(found)  # would read as a success or a failure
    return Tried(one.id, one.name, found.verdict, words.verdict(found), words.facts(ws, found), came)


def _answer(ws: Workspace, shown: Overview, found: Outcome) -> Playbook:
    rows = _chart_rows(ws, found)
    days = 0.0 if found.change is None else found.change.horizon_days
    expected = None if found.expected is None else (found.expected, f"{100 * found.expected:.0f} %")
    return Playbook(
        head=words.heads(ws, found),
        lines=_lines(ws, shown, found),
        table=_table(found, rows),
        terms=_terms(found),
        height=HEIGHT if rows else 0.0,
        draw=partial(before_after_figure, rows, days, expected),
        outcome=found,
    )


def _lines(ws: Workspace, shown: Overview, found: Outcome) -> tuple[str, ...]:
    one = found.experiment
    aimed = [one.name, wording.stage_name(one.stage), _("{day}から").format(day=wording.day(ws, one.started_on))]
    if one.channel_id is not None:
        channels = {word.id: word.name for word in vocabulary.words(ws, "channels")}
        aimed.append(_("{channel}の顧客だけ").format(channel=channels.get(one.channel_id, NOTHING)))
    day = wording.day(ws, one.decide_on)
    lines = [_("・").join(aimed)]
    if found.is_due:
        said = _("判定日 {day} になるまでに記録されたことで、一度だけ判定しました。")
        lines += [said.format(day=day), *filter(None, [words.recount_sentence(found)])]
    else:
        lines.append(_("判定日は {day}。それまでは、良く見えても悪く見えても決めません。").format(day=day))
    lines += _expectation(ws, shown, found)
    overlap = words.overlap_sentence(ws, experiments.overlapping(experiments.listed(ws), one, one.id))
    if overlap:
        lines.append(overlap)
    if not shown.scope.is_whole:
        lines.append(_("上の期間とチャネルは、ここには効きません。改善策ごとに決めた相手で数えています。"))
    return tuple(lines)


def _expectation(ws: Workspace, shown: Overview, found: Outcome) -> list[str]:
    one, change = found.experiment, found.change
    said = []
    if found.expected is not None and change is not None and not words.is_early(found):
        said.append(
            _("期待は1年以内に {rate} %。同じ{days:.0f}日以内に直すと {then:.0f} % です。").format(
                rate=one.expected_rate, days=change.horizon_days, then=100 * found.expected
            )
        )
    if not found.is_due and one.expected_rate is not None and found.before.n:
        is_read = shown.scope.is_whole and one.channel_id is None
        known = ground(ws, one.stage, one.started_on, one.channel_id, shown.log if is_read else None)
        ahead = plan(known, one.expected_rate, one.decide_on)
        said += [*words.plan_sentences(ws, known, ahead)[:2], *filter(None, [words.shortfall(ahead)])]
    if found.verdict == verdicts.TENDENCY and change is not None and change.needed_per_group is not None:
        said.append(
            _(
                "見えている {difference} ポイントの差が本物だとしても、気づくには前と後それぞれ約{count}社が要ります（いまは前{n}社・後{m}社）。"
            ).format(
                difference=words.difference(change.before.advance or 0.0, change.after.advance or 0.0),
                count=words.about(change.needed_per_group),
                n=f"{found.before.n:,}",
                m=f"{found.after.n:,}",
            )
        )
    return said


def _chart_rows(ws: Workspace, found: Outcome) -> tuple[GroupRow, ...]:
    change, one = found.change, found.experiment
    if change is None or words.is_early(found):
        return ()
    start = wording.narrow_day(ws, one.started_on)
    until = wording.narrow_day(ws, min(one.decide_on - timedelta(days=1), ws.today()))
    stage = one.stage
    return (
        _chart_row(
            _("始める前"), _("{day}より前").format(day=start), change.before, found.before,
            Who(stage, until_us=found.at_us),
        ),
        _chart_row(
            _("始めてから"), _("{start}〜{until}").format(start=start, until=until), change.after, found.after,
            Who(stage, since_us=found.at_us, until_us=found.as_of_us + 1),
        ),
    )  # fmt: skip


def _chart_row(name: str, when: str, within: Within, group: Group, who: Who) -> GroupRow:
    rate, band = rate_words(within, group.soon), _band(within)
    tooltip = _("{name}: {rate}{band}。{n}社のうち進んだ{advanced}・途中{still_open}・離れた{lost}").format(
        name=name, rate=rate, band=f" {band}" if band else "", n=f"{group.n:,}", advanced=f"{group.advanced:,}",
        still_open=f"{group.still_open:,}", lost=f"{group.lost:,}",
    )  # fmt: skip
    return GroupRow(
        name, when, within.advance if within.n_eff else None, within.lo, within.hi, rate, band, f"{within.n:,}",
        within.n < FEW, who, tooltip,
    )  # fmt: skip


def _band(within: Within) -> str:
    return f"[{100 * within.lo:.0f}–{100 * within.hi:.0f}]" if within.n_eff and within.n >= FEW else ""


def _table(found: Outcome, rows: Sequence[GroupRow]) -> Table:
    heads = (_("時期"), _("来た"), _("進んだ"), _("途中"), _("離れた"), _("率"), _("帯（95 %）"))
    lines = []
    for place, (name, group) in enumerate(((_("前"), found.before), (_("後"), found.after))):
        shown = rows[place] if rows else None
        counts = (f"{one:,}" for one in (group.n, group.advanced, group.still_open, group.lost))
        rate, band = (shown.rate_text, shown.band_text or NOTHING) if shown else (NOTHING, NOTHING)
        lines.append(Row((name, *counts, rate, band), shown.who if shown and group.n else None))
    change = found.change
    if rows and change is not None and not words.is_few(found):
        difference = words.difference(change.before.advance or 0.0, change.after.advance or 0.0)
        lo, hi, lo90, hi90 = (words.points(100 * one) for one in (change.lo, change.hi, change.lo90, change.hi90))
        lines.append(Row((_("差"), "", "", "", "", difference, f"[{lo}, {hi}]"), None, True))
        lines.append(Row((_("差の 90 %の帯"), "", "", "", "", "", f"[{lo90}, {hi90}]")))
    return Table(_("「{name}」の前と後").format(name=found.experiment.name), heads, tuple(lines))


def _terms(found: Outcome) -> tuple[Term, ...]:
    change = found.change
    chance = ""
    if found.is_due and change is not None:
        chance = " " + _("この改善策では {chance} です。").format(chance=percent(change.prob_improved))
    return (
        Term(
            _("前と後"),
            sentences((_("前は、始めた日までの記録だけで数えます（{n}社）。後は、始めた日からその工程に来た顧客です（{m}社）。途中の人は、まだ決まっていない人として数えます。").format(n=f"{found.before.n:,}", m=f"{found.after.n:,}"), judgement_note((found.experiment.stage,)))),
        ),
        Term(
            _("くらべる日数"),
            _("前と後を同じ日数でくらべるため、始めてからの日数の半分（最長180日）以内に次の工程へ進む率を使います。"),
        ),
        Term(
            _("改善・悪化・傾向のみ"),
            _("本当の率が上がった確からしさが 95 % 以上なら改善、5 % 以下なら悪化、あいだは傾向のみです。") + chance,
        ),
        Term(
            _("判定は一度だけ"),
            _("始めるときに決めた日に、一度だけ判定します。途中で何度も見て決めると、変わっていないのに約3割が「変わった」ことになるからです。判定日になるまでに記録されたことだけで数え、あとから足したり直したりしても判定は変わりません。"),
        ),
        Term(
            _("要る件数"),
            _("その大きさの差を5回に4回は見のがさないために、前と後それぞれに要る社数です。6.18 × (p₀q₀ + p₁q₁) ÷ (p₁ − p₀)²。"),
        ),
    )  # fmt: skip
