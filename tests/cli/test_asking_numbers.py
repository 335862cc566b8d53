"""What may be asked beside the figures: said wrongly, one clear sentence; said well, answered."""

import pytest

from soloflow import cli, i18n

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
