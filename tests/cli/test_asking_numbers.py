"""What may be asked beside the figures: said wrongly, one clear sentence; said well, answered."""

import json

import pytest

from soloflow import cli, i18n, resources

Printed = pytest.CaptureFixture[str]
CHANGE = ["--change-at", "2026-01-01", "--change-stage", "1"]
TOGETHER = "--change-at と --change-stage は一緒に使ってください。"
AIM = "--target-orders と --target-days は一緒に使ってください。"


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    i18n.set_language("ja")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (CHANGE[:2], TOGETHER),
        (CHANGE[2:], TOGETHER),
        (["--change-days", "30"], "--change-days は --change-at と --change-stage と一緒に使ってください。"),
        ([*CHANGE[:2], "--change-days", "30"], TOGETHER),
        ([*CHANGE[:3], "0"], "--change-stage: 「0」は工程の番号ではありません（1から8まで）"),
        ([*CHANGE[:3], "9"], "--change-stage: 「9」は工程の番号ではありません（1から8まで）"),
        ([*CHANGE[:3], "1.5"], "--change-stage: 「1.5」は工程の番号ではありません（1から8まで）"),
        (
            ["--change-at", "soon", *CHANGE[2:]],
            "--change-at: 「soon」は日時として読めません。2026-09-30T18:00:00+09:00 のように書いてください。",
        ),
        ([*CHANGE, "--change-days", "0"], "--change-days: 「0」は日数ではありません（0より大きく36500まで）"),
        ([*CHANGE, "--change-days", "many"], "--change-days: 「many」は日数ではありません（0より大きく36500まで）"),
        (["--target-orders", "3"], AIM),
        (["--target-days", "90"], AIM),
        (
            ["--target-orders", "0", "--target-days", "90"],
            "--target-orders: 「0」は件数ではありません（1から10000まで）",
        ),
        (
            ["--target-orders", "2.5", "--target-days", "90"],
            "--target-orders: 「2.5」は件数ではありません（1から10000まで）",
        ),
        (
            ["--target-orders", "3", "--target-days", "nan"],
            "--target-days: 「nan」は日数ではありません（0より大きく36500まで）",
        ),
        (["--prospects", "p.csv"], "--prospects は --events と一緒に使ってください。"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_asked_wrongly_is_answered_with_one_sentence(
    arguments: list[str], sentence: str, capsys: Printed
) -> None:
    with pytest.raises(SystemExit) as left:
        cli.run(["numbers", *arguments])
    assert left.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[-2:] == [f"使い方が違います: {sentence}", "説明を見るには: soloflow numbers --help"]


SAMPLE = ["--events", str(resources.path("sample", "events.csv")), "--as-of", "2026-11-21T12:00:00+09:00"]


def asked(capsys: Printed, *arguments: str) -> str:
    assert cli.run(["numbers", *SAMPLE, *arguments]) == 0
    return capsys.readouterr().out


def test_an_aim_is_answered_in_the_table(capsys: Printed) -> None:
    found = json.loads(asked(capsys, "--target-orders", "30", "--target-days", "360", "--json"))["back_cast"]
    said = asked(capsys, "--target-orders", "30", "--target-days", "360")
    lines = [line.split("  ") for line in said.splitlines()]
    assert any(line[0].startswith("逆算：360日以内に受注30件（n=") for line in lines)
    assert ["平均して届く", f"{found['contacts_per_30d_mean']:.0f}社"] in [[one[0], one[-1].strip()] for one in lines]
    assert ["5回に4回は届く", f"{found['contacts_per_30d_80pct']}社"] in [[one[0], one[-1].strip()] for one in lines]
    assert f"平均{found['from_open_pipeline']:.1f}件" in said


def test_before_and_after_are_figures_without_a_verdict(capsys: Printed) -> None:
    question = ("--change-at", "2026-05-01T00:00:00+09:00", "--change-stage", "1", "--change-days", "60")
    found = json.loads(asked(capsys, *question, "--json"))["change"]
    said = asked(capsys, *question)
    table = said[said.index("前と後") :]
    before, after, difference = table.splitlines()[1:4]
    for line, side in ((before, found["before"]), (after, found["after"])):
        rate, band = f"{100 * side['advance']:.0f} %", f"[{100 * side['lo']:.0f}–{100 * side['hi']:.0f}]"
        assert " ".join(line.split()[1:]) == f"{rate} {band} {side['n']}"
    assert before.startswith("前 ")
    assert after.startswith("後 ")
    assert f"[{100 * found['lo']:+.0f}〜{100 * found['hi']:+.0f}]" in difference
    assert not any(word in said for word in ("改善", "悪化", "傾向のみ"))


def test_that_nothing_can_be_compared_is_said(capsys: Printed) -> None:
    said = asked(capsys, "--change-at", "2027-05-01", "--change-stage", "1")
    assert said.splitlines()[-1] == (
        "前と後はまだくらべられません。始めた日時の前にも後にも、1 集客に来た顧客が要ります。"
    )


def test_without_a_question_the_table_ends_with_the_answer(capsys: Printed) -> None:
    assert "逆算" not in asked(capsys)
