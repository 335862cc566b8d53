"""月報: the figures of the page as of the month's end, what happened, and what is refused."""

import errno
import os
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import html5lib
import pytest

from profiles import Clock, person
from soloflow import i18n
from soloflow.charts.rows import stage_rows
from soloflow.domain.errors import UserError
from soloflow.insights.words import verdict_sentences
from soloflow.report.content import Report, Section
from soloflow.services import experiments, in_short, numbers, process, prospects, reporting, sample, settings
from soloflow.services.answers import after_step, back_cast, leak, reasons, sources, what_if
from soloflow.services.experiments import Idea
from soloflow.services.reporting import Wanted
from soloflow.services.workspace import Workspace

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def customer(ws: Workspace, name: str, *steps: tuple[int, date], channel: int | None = None) -> int:
    made = prospects.add(ws, person(name), channel=channel).created[0]
    for stage, day in steps:
        process.move(ws, [made], stage, day)
    return made


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    sample.fill(ws)
    return ws


def section(report: Report, title: str) -> Section:
    return next(one for one in report.sections if one.title == title)


def listed(report: Report) -> dict[str, dict[str, str]]:
    return {one.title: {e.name: e.count for e in one.entries} for one in section(report, "この月のできごと").listings}


def month_rows(report: Report) -> dict[str, tuple[str, ...]]:
    table = section(report, "この月と、前の3か月").table
    assert table is not None
    return {row[0]: row[1:] for row in table.rows}


def pdf_text(ws: Workspace, wanted: Wanted, tmp_path: Path) -> str:
    file = reporting.write(ws, wanted, tmp_path / "月報.pdf")
    done = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return done.stdout


def pages(file: Path) -> int:
    told = subprocess.run(["pdfinfo", file], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages:")))


# The same figures as the page


def test_the_running_month_says_what_the_page_says(filled: Workspace, tmp_path: Path) -> None:
    shown = numbers.overview(filled)
    text = pdf_text(filled, Wanted(NOVEMBER), tmp_path)
    for sentence in verdict_sentences(shown.numbers):
        assert sentence in text
    for row in stage_rows(shown.numbers)[:-1]:
        line = next(one for one in text.splitlines() if one.split()[:2] == [str(row.stage), row.name])
        for figure in (row.advanced, row.still_open, row.lost, row.at_risk):
            assert f" {figure}" in line
        assert row.rate_text in line
        assert row.band_text in line
    for figure in in_short.figures(shown)[::3]:
        assert figure.rests_on.replace("\u00a0", " ") in text


def test_a_month_that_ended_is_counted_as_of_its_last_instant(ws: Workspace) -> None:
    customer(ws, "十月 の人", (1, date(2026, 10, 31)))
    customer(ws, "十一月 の人", (1, NOVEMBER))
    report = reporting.made(ws, Wanted(OCTOBER))
    assert report.rests_on == "10/31(土) まで・1社"
    assert month_rows(report)["新しく工程に入った顧客"] == ("0", "0", "0", "1")


def test_the_page_of_that_day_said_the_same(filled: Workspace) -> None:
    then = replace(filled, clock=lambda: datetime(2026, 10, 31, 14, 59, 59, 999_999, tzinfo=UTC))
    shown = numbers.overview(then)
    report = reporting.made(filled, Wanted(OCTOBER))
    assert list(report.answer) == verdict_sentences(shown.numbers)[:2]
    rows = month_rows(report)
    assert rows["新しいお客様の受注"] == tuple(str(one.new_orders) for one in shown.months)
    assert rows["既存のお客様から"] == tuple(str(one.existing) for one in shown.months)


def test_the_running_month_says_that_it_still_runs(filled: Workspace) -> None:
    report = reporting.made(filled, Wanted(NOVEMBER))
    assert report.rests_on.endswith("（月の途中、12:00 現在）")
    table = section(report, "この月と、前の3か月").table
    assert table is not None
    assert table.heads == ("", "8月", "9月", "10月", "11月（途中）")


def test_only_the_date_of_making_tells_two_reports_of_a_month_apart(
    filled: Workspace, clock: Clock, tmp_path: Path
) -> None:
    firsts = {
        ending: reporting.write(filled, Wanted(OCTOBER), tmp_path / f"1.{ending}").read_bytes()
        for ending in reporting.ENDINGS
    }
    for ending, first in firsts.items():
        assert reporting.write(filled, Wanted(OCTOBER), tmp_path / f"2.{ending}").read_bytes() == first
    assert "2026/11/21 作成" in firsts["html"].decode()
    clock.forward(days=40)
    later = reporting.write(filled, Wanted(OCTOBER), tmp_path / "3.html").read_text(encoding="utf-8")
    assert later.replace("2026/12/31 作成", "2026/11/21 作成").encode() == firsts["html"]


@pytest.mark.parametrize("month", [date(2025, 3, 1), date(2026, 6, 1), OCTOBER, NOVEMBER])
def test_every_figure_of_the_funnel_is_that_of_the_numbers_for_the_same_instant(
    filled: Workspace, month: date, tmp_path: Path
) -> None:
    after = (month + timedelta(days=31)).replace(day=1)
    end = datetime(after.year, after.month, 1, tzinfo=filled.zone) - timedelta(microseconds=1)
    expected = numbers.compute(filled, as_of=min(end, filled.now()))
    text = pdf_text(filled, Wanted(month), tmp_path)
    for row in stage_rows(expected)[:-1]:
        line = next(one for one in text.splitlines() if one.split()[:2] == [str(row.stage), row.name])
        words = line.replace("判断", "").split()
        assert [words[2], words[3], words[4], words[-1]] == [
            f"{n:,}" for n in (row.advanced, row.still_open, row.lost, row.at_risk)
        ]
        assert row.rate_text in line
        assert row.band_text in line


def test_every_sentence_is_an_answer_of_the_page_for_the_same_instant(filled: Workspace) -> None:
    then = replace(filled, clock=lambda: datetime(2026, 10, 31, 14, 59, 59, 999_999, tzinfo=UTC))
    shown = numbers.overview(then)
    report = reporting.made(filled, Wanted(OCTOBER))
    said = "".join(sentence for one in report.sections for sentence in one.sentences)
    stage = after_step.first_stage(shown)
    until = date(2027, 4, 30)
    for answer in (leak.answer(shown), after_step.answer(shown, stage), back_cast.answer(then, shown, 3, until)):
        assert "".join(answer.head) in said
    assert what_if.answer(shown, what_if.Moves()).head[0] in said
    assert reasons.answer(then, shown, 1).head[0] in said
    found = sources.answer(then, shown)
    table = section(report, "どこから来て、受注につながったか").table
    assert table is not None
    assert [row[1:] for row in table.rows] == [row.cells[1:7] for row in found.table.rows]
    back = shown.numbers.recycling
    (figure,) = section(report, "この月と、前の3か月").figures
    assert figure.value == f"{back.returned}/{back.parked}"


def test_the_drawing_compares_with_the_benchmark_that_the_page_compares_with(filled: Workspace) -> None:
    def drawn() -> str:
        picture = section(reporting.made(filled, Wanted(OCTOBER)), "どこで離れているか").picture
        assert picture is not None
        return picture.svg

    example = drawn()
    chosen = replace(settings.load(filled.folder), benchmark="own", own_benchmark="90 90 90 90 90 90 90 90")
    settings.save(filled.folder, chosen)
    assert drawn() != example
    assert "の率を目安まで上げると" in "".join(
        section(reporting.made(filled, Wanted(OCTOBER)), "直すと、受注は何件増えるか").sentences
    )


def test_the_answers_stand_in_the_order_of_the_page(filled: Workspace) -> None:
    experiments.start(filled, Idea("事例を持っていく", 3, date(2026, 9, 1), date(2027, 2, 1), 70))
    titles = [one.title for one in reporting.made(filled, Wanted(OCTOBER)).sections]
    assert titles == [
        "どこで離れているか", "直すと、受注は何件増えるか", "3 商談に来たあと", "どこから来て、受注につながったか", "試している改善策",
        "これからの受注と、会う数", "離れた理由", "この月と、前の3か月", "この月のできごと",
    ]  # fmt: skip


def test_what_rests_on_judgement_is_marked(filled: Workspace) -> None:
    experiments.start(filled, Idea("見積を早く出す", 4, date(2026, 9, 1), date(2027, 2, 1), 80))
    report = reporting.made(filled, Wanted(OCTOBER))
    table = section(report, "試している改善策").table
    assert table is not None
    assert "4 見込顧客（判断）" in {row[1] for row in table.rows}
    assert "見込み額（判断）" in "".join(section(report, "直すと、受注は何件増えるか").sentences)
    assert "4 見込顧客（判断）" in listed(report)["工程が進んだ"]


# What changed since the month before


def test_a_new_answer_says_what_the_one_before_was(ws: Workspace) -> None:
    for number in range(3):
        one = customer(ws, f"離れた {number}号", (1, date(2026, 8, 1)), *([(2, date(2026, 8, 2))] if number else []))
        process.lose(ws, [one], "budget", at=date(2026, 9, 1) if not number else date(2026, 10, 5))
    assert (
        "9月末の答えは、人数では1 集客、率では「まだ区別できない」でした。" in reporting.made(ws, Wanted(OCTOBER)).lines
    )


def test_the_rate_that_moved_most_is_told_with_its_counts_and_its_range(ws: Workspace) -> None:
    made = [customer(ws, f"来た {number}号", (1, date(2025, 3, 1))) for number in range(20)]
    for one in made[:10]:
        process.move(ws, [one], 2, date(2025, 4, 1))
    for number in range(60):
        one = customer(ws, f"後 {number}号", (1, date(2026, 10, 1)), (2, date(2026, 10, 2)))
    lines = reporting.made(ws, Wanted(OCTOBER)).lines
    assert lines[-1] == "いちばん動いた率は 1 集客の 50 % → 88 %（n=20 → 80）。9月末の帯 [30–70] の外に出ました。"


def test_an_unmoved_month_says_so(ws: Workspace) -> None:
    for number in range(20):
        customer(ws, f"来た {number}号", (1, date(2025, 3, 1)), *([(2, date(2025, 4, 1))] if number % 2 else []))
    lines = reporting.made(ws, Wanted(OCTOBER)).lines
    assert "9月末とくらべて、答えは同じです（人数：「まだなし」、率：「まだ区別できない」）。" in lines
    assert "率は、どの工程もほとんど動いていません。" in lines


def test_the_first_month_is_compared_with_nothing(ws: Workspace) -> None:
    customer(ws, "はじめ の人", (1, date(2026, 10, 3)))
    assert not [line for line in reporting.made(ws, Wanted(OCTOBER)).lines if "9月末" in line]


# What happened


def test_who_came_in_went_on_and_was_lost_is_counted_with_its_reason(ws: Workspace) -> None:
    channel = next(key for key, name in numbers_channels(ws) if name == "紹介")
    customer(ws, "前から の人", (1, date(2026, 9, 1)), (2, date(2026, 10, 5)), (3, date(2026, 10, 9)))
    customer(ws, "来た 人", (1, date(2026, 10, 2)), channel=channel)
    lost = customer(ws, "離れた 人", (1, date(2026, 9, 2)))
    process.lose(ws, [lost], "budget", at=date(2026, 10, 20))
    parked = customer(ws, "育成 の人", (1, date(2026, 9, 3)))
    process.recycle(ws, [parked], "timing", date(2027, 6, 1), at=date(2026, 10, 21))
    found = listed(reporting.made(ws, Wanted(OCTOBER)))
    assert found["新しく入った"] == {"紹介": "1"}
    assert found["工程が進んだ"] == {"2 問合せ": "1", "3 商談": "1"}
    assert found["離れた・育成へ"] == {"1 集客　予算が合わない": "1", "育成へ（また連絡する）": "1"}


def test_somebody_who_went_two_steps_is_one_customer_in_the_total(ws: Workspace) -> None:
    customer(ws, "速い 人", (1, date(2026, 9, 1)), (2, date(2026, 10, 5)), (3, date(2026, 10, 9)))
    went = section(reporting.made(ws, Wanted(OCTOBER)), "この月のできごと").listings[1]
    assert (went.total, [one.count for one in went.entries]) == ("1社", ["1", "1"])


def test_a_loss_that_was_taken_back_within_the_month_is_none(ws: Workspace) -> None:
    back = customer(ws, "戻った 人", (1, date(2026, 9, 1)))
    process.lose(ws, [back], "budget", at=date(2026, 10, 3))
    process.move(ws, [back], 1, date(2026, 10, 9))
    report = reporting.made(ws, Wanted(OCTOBER))
    assert listed(report)["離れた・育成へ"] == {}
    assert month_rows(report)["離れてから戻った顧客"] == ("0", "0", "0", "1")


def test_the_first_and_the_last_instant_belong_to_the_month(ws: Workspace) -> None:
    customer(ws, "はじめ の人", (1, OCTOBER))
    report = reporting.made(ws, Wanted(date(2026, 10, 17)))
    assert month_rows(report)["新しく工程に入った顧客"] == ("0", "0", "0", "1")


def test_names_are_left_out_unless_they_are_wanted(filled: Workspace, tmp_path: Path) -> None:
    with filled.store.read() as reader:
        names = {name for (name,) in reader.tuples("SELECT name FROM prospects") if len(name) > 4}
    without = reporting.write(filled, Wanted(NOVEMBER), tmp_path / "a.html").read_text(encoding="utf-8")
    assert not [name for name in names if name in without]
    named = reporting.made(filled, Wanted(NOVEMBER, names=True))
    who = [e.who for one in section(named, "この月のできごと").listings for e in one.entries]
    assert all(who)


def test_names_beyond_the_first_few_are_counted(ws: Workspace) -> None:
    for number in range(7):
        customer(ws, f"多い {number}号", (1, date(2026, 10, 2)))
    came = section(reporting.made(ws, Wanted(OCTOBER, names=True)), "この月のできごと").listings[0]
    assert came.entries[0].who == "多い 0号、多い 1号、多い 2号 ほか4社"


def test_an_erased_customer_counts_without_a_name(ws: Workspace) -> None:
    gone = customer(ws, "消える 人", (1, date(2026, 10, 2)))
    prospects.erase(ws, gone)
    came = section(reporting.made(ws, Wanted(OCTOBER, names=True)), "この月のできごと").listings[0]
    assert (came.total, came.entries[0].who) == ("1社", "消去した顧客")


def test_experiments_of_the_month_are_there_and_decided_ones_of_before_are_not(filled: Workspace) -> None:
    experiments.start(filled, Idea("事例を持っていく", 3, date(2026, 9, 1), date(2027, 2, 1), 70))
    table = section(reporting.made(filled, Wanted(OCTOBER)), "試している改善策").table
    assert table is not None
    assert "事例を持っていく" in [row[0] for row in table.rows]
    before = reporting.made(filled, Wanted(date(2026, 8, 1)))
    assert not [row for one in before.sections if one.table for row in one.table.rows if row[0] == "事例を持っていく"]


# Few, many, none


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_empty_profile_gives_one_honest_page(ws: Workspace, tmp_path: Path, language: str) -> None:
    i18n.set_language(language)
    report = reporting.made(ws, Wanted(OCTOBER))
    assert all(one.picture is None for one in report.sections)
    assert pages(reporting.write(ws, Wanted(OCTOBER), tmp_path / "a.pdf")) == 1


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("month", [date(2024, 11, 1), date(2025, 3, 1), date(2026, 2, 1), OCTOBER, NOVEMBER])
def test_any_month_takes_two_pages_and_is_valid_html(
    filled: Workspace, tmp_path: Path, month: date, language: str
) -> None:
    i18n.set_language(language)
    wanted = Wanted(month, names=True)
    assert pages(reporting.write(filled, wanted, tmp_path / "a.pdf")) == 2
    text = reporting.write(filled, wanted, tmp_path / "a.html").read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(text)
    assert "nan" not in text
    assert "None" not in text


@pytest.mark.parametrize("count", [1, 12])
def test_a_few_customers_give_counts_and_no_percentages(ws: Workspace, tmp_path: Path, count: int) -> None:
    for number in range(count):
        customer(
            ws, f"少ない {number}号", (1, date(2026, 9, 1)), *([(2, date(2026, 10, 5))] if number % 3 == 0 else [])
        )
    report = reporting.made(ws, Wanted(OCTOBER))
    drawing = section(report, "どこで離れているか").picture
    assert drawing is not None
    said = drawing.words.split("。")
    assert ("%" in said[0]) == (count >= 10)
    assert "%" not in said[1]
    assert pages(reporting.write(ws, Wanted(OCTOBER, names=True), tmp_path / "a.pdf")) == 2


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_fullest_month_still_takes_two_pages(ws: Workspace, tmp_path: Path, language: str) -> None:
    reasons = ("budget", "timing", "price", "requirements", "competitor", "inhouse", "no_reply", "never_fit", "other")
    channels = [key for key, _name in numbers_channels(ws)]
    for number in range(90):
        day = date(2026, 10, 1 + number % 28)
        steps = [(k, day) for k in range(1, 2 + number % 9)]
        one = customer(
            ws, f"とても長い名前の会社その{number}番目の事業所", *steps, channel=channels[number % len(channels)]
        )
        if number % 2:
            process.lose(ws, [one], reasons[number % 9], at=date(2026, 10, 29))
    for number in range(6):
        experiments.start(
            ws, Idea(f"{number} " + "とても長い改善策の名前" * 7, 1 + number, OCTOBER, date(2027, 2, 1), 70)
        )
    i18n.set_language(language)
    assert pages(reporting.write(ws, Wanted(OCTOBER, names=True), tmp_path / "a.pdf")) == 2


# What is refused


def test_a_month_to_come_is_refused_with_a_sentence(filled: Workspace) -> None:
    with pytest.raises(UserError, match="2026年12月はまだ来ていません。"):
        reporting.made(filled, Wanted(date(2026, 12, 1)))


def test_a_month_before_the_first_entry_is_refused_and_says_which_is_the_first(ws: Workspace) -> None:
    customer(ws, "最初 の人", (1, date(2026, 9, 1)))
    with pytest.raises(UserError, match="2026年8月には、まだ記録がありません。いちばん古い記録は2026年9月です。"):
        reporting.made(ws, Wanted(date(2026, 8, 31)))


@pytest.mark.parametrize("name", ["月報.txt", "月報", "月報.pdf.zip", ".pdf"])
def test_another_ending_is_refused_before_anything_is_written(ws: Workspace, tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="PDF か HTML"):
        reporting.write(ws, Wanted(OCTOBER), tmp_path / name)
    assert not (tmp_path / name).exists()


def test_the_ending_may_be_in_capitals(ws: Workspace, tmp_path: Path) -> None:
    assert reporting.write(ws, Wanted(OCTOBER), tmp_path / "A.PDF").read_bytes().startswith(b"%PDF-")


def test_a_place_that_cannot_be_written_is_said_and_leaves_nothing(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.html").mkdir()
    with pytest.raises(UserError, match="書けません"):
        reporting.write(ws, Wanted(OCTOBER), tmp_path / "a.html")
    with pytest.raises(UserError, match="書けません"):
        reporting.write(ws, Wanted(OCTOBER), tmp_path / "none" / "a.html")
    assert not list(tmp_path.rglob(".a.html*"))


@pytest.mark.parametrize("ending", reporting.ENDINGS)
def test_a_full_disk_leaves_the_report_that_stood_there(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    file = tmp_path / f"月報.{ending}"
    file.write_text("前の月報", encoding="utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match=r"に書けません（.*）。記録はそのままです。"):
        reporting.write(ws, Wanted(OCTOBER), file)
    assert file.read_text(encoding="utf-8") == "前の月報"
    assert not list(tmp_path.glob(".月報*"))


def test_a_file_of_that_name_is_replaced_and_its_neighbours_stay(ws: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "月報.html"
    file.write_text("前の月報", encoding="utf-8")
    (tmp_path / "月報.html.new").write_text("人のもの", encoding="utf-8")
    reporting.write(ws, Wanted(OCTOBER), file)
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (tmp_path / "月報.html.new").read_text(encoding="utf-8") == "人のもの"
    assert len(list(tmp_path.glob("*月報*"))) == 2


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_of_a_link_the_file_is_replaced(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "月報.html").symlink_to(tmp_path / "kept" / "a.html")
    reporting.write(ws, Wanted(OCTOBER), tmp_path / "月報.html")
    assert (tmp_path / "月報.html").is_symlink()
    assert (tmp_path / "kept" / "a.html").stat().st_size > 1000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files there")
def test_what_is_no_ordinary_file_is_neither_replaced_nor_called_written(ws: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "月報.html").symlink_to(tmp_path / "pipe")
    with pytest.raises(UserError, match="ふつうのファイルではない"):
        reporting.write(ws, Wanted(OCTOBER), tmp_path / "月報.html")
    assert (tmp_path / "pipe").is_fifo()
    assert len(list(tmp_path.glob(".*.new"))) == 0


def test_months_go_back_from_the_present_one_to_the_first_entry(ws: Workspace) -> None:
    assert reporting.months(ws) == (NOVEMBER,)
    customer(ws, "最初 の人", (1, date(2026, 8, 31)))
    assert reporting.months(ws) == (NOVEMBER, OCTOBER, date(2026, 9, 1), date(2026, 8, 1))


def numbers_channels(ws: Workspace) -> list[tuple[int, str]]:
    from soloflow.services.customers import channels

    return channels(ws)
