"""The title of a list says exactly who is listed: every mark and number of 分析 is asked for its own."""

from collections.abc import Iterator
from datetime import date

import pytest

from soloflow.charts.colours import LIGHT
from soloflow.domain.stages import FIRST, LAST
from soloflow.insights.behind import Who
from soloflow.insights.reduction import ADVANCED, LOST, OPEN
from soloflow.services import experiments, funnel_words, numbers, sample
from soloflow.services.answers import Answer, after_step, cohorts, leak, reasons, returns, sources, stays, whole
from soloflow.services.answers import experiments as tried
from soloflow.services.list_titles import list_title, whole_title
from soloflow.services.numbers import Overview, Scope
from soloflow.services.workspace import Workspace

OUTCOMES = {ADVANCED: ("進んだ", "受注した"), OPEN: ("途中",), LOST: ("離れた",)}
PAUSES = {"parked": "離脱・育成", "returned": "戻った", "advanced": "先へ進んだ", "ordered": "受注した"}


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    sample.fill(ws)
    return ws


def every_answer(ws: Workspace, shown: Overview) -> Iterator[Answer]:
    yield leak.answer(shown)
    yield returns.answer(shown, ws.zone)
    for by in (sources.CHANNELS, sources.ORIGINS):
        yield sources.answer(ws, shown, by)
    for stage in range(FIRST, LAST):
        yield reasons.answer(ws, shown, stage)
        yield after_step.answer(shown, stage)
        yield stays.answer(shown, stage)
        yield cohorts.answer(shown, ws.zone, stage)


def everybody(ws: Workspace, shown: Overview) -> set[Who]:
    """Whom the marks, cells and links of every tab count."""
    found: set[Who | None] = set()
    for one in every_answer(ws, shown):
        found |= {link.who for link in one.links} | {link.who for term in one.terms for link in term.links}
        for row in one.table.rows:
            found |= {row.counted(column) for column in range(len(row.cells))}
        if one.draw is not None and one.height:
            found |= {region.who for region in one.draw(LIGHT, 1156.0).regions}
    for terms in (whole.verdict(shown), whole.rates(shown), *whole.figures(shown)):
        found |= {link.who for term in terms for link in term.links}
    for row in funnel_words.rows(shown):
        found |= {row.who(outcome) for outcome in (None, ADVANCED, OPEN, LOST)}
    return {one for one in found if one is not None}


def is_spoken(title: str, who: Who) -> bool:
    """Whether a title says everything that chooses somebody out."""
    if who.pause:
        return PAUSES[who.pause] in title
    source = who.source if who.origin is None else who.origin
    where = source if source is not None else f"{who.stage}"
    said = [where in title]
    if who.outcome is not None and who.stage < LAST:
        said.append(any(word in title for word in OUTCOMES[who.outcome]))
    if who.reason is not None:
        said.append("理由" in title)
    if who.since_us is not None or who.until_us is not None:
        said.append("来た" in title and ("年" in title or "/" in title))
    return all(said)


@pytest.mark.parametrize(
    ("scope", "lens"),
    [
        (Scope(), ""),
        (Scope(months=12), "form"),
        (Scope(channel=2), "five_a"),
        (Scope(channel=2, months=24), "jobs"),
    ],
)
def test_every_mark_of_every_tab_is_spoken_whole(filled: Workspace, scope: Scope, lens: str) -> None:
    shown = numbers.overview(filled, scope, lens)
    titles: dict[str, set[Who]] = {}
    for who in everybody(filled, shown):
        title = whole_title(filled, shown, shown.scope, who, 12)
        assert "12社" in title
        assert is_spoken(title, who), (title, who)
        if scope.months is not None and not who.arrived:
            assert f"過去{scope.months}か月に入った" in title
        assert ("チャネル：" in title) is (scope.channel is not None)
        titles.setdefault(title, set()).add(who)
    assert len(titles) > 60
    for title, same in titles.items():  # two lists of one name hold the same customers
        assert len({numbers.customers_behind(shown, who) for who in same}) == 1, (title, same)


JANUARY, APRIL = 1_767_193_200_000_000, 1_774_969_200_000_000
"""The first instants of 2026/1/1 and 2026/4/1 in Tokyo."""
SECOND = 1_769_958_000_000_000
"""2026/2/2."""


@pytest.mark.parametrize(
    ("who", "title"),
    [
        (Who(3, LOST), "3 商談で離れた9社"),
        (Who(3, LOST, reason="budget"), "3 商談で離れた9社（理由：予算が合わない）"),
        (Who(3, LOST, reason=""), "3 商談で離れた9社（理由の記録なし）"),
        (Who(9), "9 紹介・クチコミに来た9社"),
        (Who(1, ADVANCED, target=5), "1 集客から 5 受注・申込みまで進んだ9社"),
        (Who(1, LOST, target=5), "1 集客から 5 受注・申込みまでに離れた9社"),
        (Who(1, OPEN, target=5), "1 集客から 5 受注・申込みへの途中の9社"),
        (Who(1, ADVANCED, target=2), "1 集客から進んだ9社"),
        (Who(2, since_us=JANUARY, until_us=APRIL), "2 問合せ・アポイントに来た9社（2026年1〜3月に来た）"),
        (Who(3, until_us=SECOND), "3 商談に来た9社（2/2(月)より前に来た）"),
        (Who(3, since_us=SECOND), "3 商談に来た9社（2/2(月)以降に来た）"),
        (Who(3, since_us=SECOND, until_us=APRIL), "3 商談に来た9社（2/2(月)〜3/31(火)に来た）"),
        (Who(5, since_us=JANUARY, until_us=APRIL, arrived=True), "5 受注・申込みに進んだ9社（2026年1〜3月に来た）"),
        (Who(source="勉強会"), "勉強会から来た9社"),
        (Who(origin="Java もくもく会", outcome=ADVANCED), "Java もくもく会から来て受注した9社"),
        (Who(pause="returned"), "離れてから戻った9社"),
        (Who(7, reached=True), "7 追加注文か、その先に来た9社"),
    ],
)
def test_a_title_reads_as_one_would_say_it(filled: Workspace, who: Who, title: str) -> None:
    assert whole_title(filled, numbers.overview(filled), Scope(), who, 9) == title


def test_period_channel_and_tag_are_added(filled: Workspace) -> None:
    with filled.store.write("", filled.now_us()) as work:
        tag = work.insert("tags", name="Java")
    shown = numbers.overview(filled)
    title = whole_title(filled, shown, Scope(channel=1, months=12, tag=tag), Who(1, LOST), 9)
    assert title.startswith("1 集客で離れた9社（過去12か月に入った・チャネル：")
    assert title.endswith("・タグ：Java）")
    arrived = whole_title(filled, shown, Scope(months=12), Who(5, since_us=JANUARY, arrived=True), 9)
    assert "過去12か月" not in arrived


def test_through_a_lens_its_step_is_named_with_its_stages(filled: Workspace) -> None:
    shown = numbers.overview(filled, lens="form")
    assert whole_title(filled, shown, Scope(), Who(2, ADVANCED, target=5), 66) == "2–4 見込顧客から進んだ66社"
    assert list_title(Who(2, ADVANCED, target=5), 66) == "2 問合せ・アポイントから 5 受注・申込みまで進んだ66社"


def test_before_and_after_an_experiment_are_told_apart(filled: Workspace) -> None:
    shown = numbers.overview(filled)
    answer = tried.playbook(filled, shown)
    if not answer.table.rows or answer.outcome is None:
        experiments.add(filled, "返信を早く", 1, date(2026, 6, 1), expected_rate=60)
        answer = tried.playbook(filled, shown)
    titles = [whole_title(filled, shown, Scope(), row.who, 9) for row in answer.table.rows if row.who is not None]
    assert len(titles) == len(set(titles)) >= 2
    assert "より前に来た" in titles[0]
    assert "来た" in titles[1]
