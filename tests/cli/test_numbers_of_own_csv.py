"""`soloflow numbers --events`: a log from elsewhere whose columns, lines or times are not as they should be."""

import json
from pathlib import Path

import pytest

from soloflow import cli, i18n
from soloflow.domain.process import Kind

Printed = pytest.CaptureFixture[str]
HEAD = "prospect_id,to_stage,at,kind\n"
GOOD = "A,1,2026-01-01,enter\n"


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    monkeypatch.setenv("COLUMNS", "1000")
    i18n.set_language("ja")


def ask(tmp_path: Path, events: str, *more: str, prospects: str | None = None) -> int:
    (tmp_path / "log.csv").write_text(events, encoding="utf-8")
    words = ["numbers", "--events", str(tmp_path / "log.csv"), "--as-of", "2026-09-30", *more]
    if prospects is not None:
        (tmp_path / "who.csv").write_text(prospects, encoding="utf-8")
        words += ["--prospects", str(tmp_path / "who.csv")]
    return cli.run(words)


@pytest.mark.parametrize("prospects", ["", HEAD + GOOD, "prospect_id,name\nA,x\n", "source,expected_yen\n紹介,1\n"])
def test_customers_without_their_columns_are_refused(tmp_path: Path, capsys: Printed, prospects: str) -> None:
    assert ask(tmp_path, HEAD + GOOD, prospects=prospects) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "列" in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("column", ["source", "expected_yen"])
def test_one_of_the_facts_is_enough(tmp_path: Path, column: str) -> None:
    assert ask(tmp_path, HEAD + GOOD, prospects=f"prospect_id,{column}\nA,1\n") == 0


def test_a_log_without_lines_gives_no_zeros(tmp_path: Path, capsys: Printed) -> None:
    assert ask(tmp_path, HEAD, "--json") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "log.csv には、数えられる行がありません。\n"


def test_a_log_of_which_nothing_can_be_used_says_why_and_gives_no_zeros(tmp_path: Path, capsys: Printed) -> None:
    assert ask(tmp_path, HEAD + "A,1,soon,enter\n") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "log.csv 2行目を読み飛ばしました（at を日時として読めません）",
        "log.csv には、数えられる行がありません。",
    ]


def test_of_many_bad_lines_twenty_are_named_and_the_rest_counted_by_reason(tmp_path: Path, capsys: Printed) -> None:
    bad = "A,1,soon,enter\n" * 1500 + "A,10,2026-01-01,advance\n" * 30
    assert ask(tmp_path, HEAD + GOOD + bad, "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["prospects"] == 1
    lines = said.err.splitlines()
    assert len(lines) == 22
    assert lines[19].startswith("log.csv 22行目を読み飛ばしました")
    assert lines[20:] == [
        "log.csv ほか1,480行（at を日時として読めません）",
        "log.csv ほか30行（to_stage が1〜9の工程ではありません）",
    ]


def test_entries_after_the_instant_are_counted_as_left_out(tmp_path: Path, capsys: Printed) -> None:
    assert ask(tmp_path, HEAD + GOOD + "A,2,2026-10-01,advance\nB,1,2027-01-01,enter\n") == 0
    assert capsys.readouterr().err == "2026/09/30 00:00 より後の2件は数えていません。\n"


def test_where_everything_lies_after_the_instant_there_are_no_zeros(tmp_path: Path, capsys: Printed) -> None:
    assert ask(tmp_path, HEAD + "B,1,2027-01-01,enter\n") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "log.csv の移動は、どれも 2026/09/30 00:00 より後です。--as-of を確かめてください。\n"


def test_an_unknown_kind_is_answered_with_the_known_ones(tmp_path: Path, capsys: Printed) -> None:
    assert ask(tmp_path, HEAD + GOOD + "A,2,2026-02-01,leap\n") == 0
    said = capsys.readouterr().err
    assert all(kind.value in said for kind in Kind)


def test_the_help_names_the_columns_and_the_kinds(capsys: Printed) -> None:
    with pytest.raises(SystemExit):
        cli.run(["numbers", "--help"])
    said = capsys.readouterr().out
    columns = ("prospect_id", "to_stage", "at", "kind", "seq", "from_stage", "reason", "source", "expected_yen")
    assert all(word in said for word in (*columns, *(kind.value for kind in Kind)))
