"""`soloflow report`: the file, the refusals, and nothing loaded before it is asked for."""

from pathlib import Path

import pytest

from soloflow import app, cli


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOLOFLOW_NOW", "2026-11-21T12:00:00+09:00")
    app.open_workspace(tmp_path / "profile").store.close()


def run(tmp_path: Path, *arguments: str) -> int:
    return cli.run(["--profile", str(tmp_path / "profile"), "report", *arguments])


@pytest.mark.parametrize("name", ["a.pdf", "a.html"])
def test_the_report_is_written_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(tmp_path, "--month", "2026-10", str(tmp_path / name)) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / name)
    assert (tmp_path / name).stat().st_size > 1000


def test_without_a_month_it_is_the_present_one(tmp_path: Path) -> None:
    assert run(tmp_path, str(tmp_path / "a.html")) == 0
    assert "2026年11月" in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "month",
    ["2026-13", "2026-1", "26-10", "2026/10", "10-2026", "２０２６-10", "0000-01", "9999-12", "", "-", "2026-10-01"],
)
def test_what_is_no_month_is_wrong_usage(tmp_path: Path, month: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(tmp_path, "--month", month, str(tmp_path / "a.pdf"))
    assert ended.value.code == 2
    assert "2026-10 のように" in capsys.readouterr().err


def test_a_refusal_is_a_sentence_and_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--month", "2026-12", str(tmp_path / "a.pdf")) == 1
    assert capsys.readouterr().err == "2026年12月はまだ来ていません。今月か、それより前の月を選んでください。\n"
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize("months", ["0", "61", "x"])
def test_an_aim_must_be_within_five_years(tmp_path: Path, months: str) -> None:
    with pytest.raises(SystemExit):
        run(tmp_path, "--target-months", months, str(tmp_path / "a.pdf"))
