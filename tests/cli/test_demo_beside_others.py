"""The demo and the sample in folders that are not empty: what is not theirs stays to the byte."""

from pathlib import Path

import pytest

from soloflow import app, cli
from soloflow.domain.errors import UserError
from soloflow.services import sample


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_demo_leaves_a_profile_of_the_user_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--profile", str(tmp_path / "profile"), "add", "山田太郎 yamada@example.co.jp"]) == 0
    before = contents(tmp_path)
    assert cli.run(["demo", str(tmp_path)]) == 1
    assert "見本でないものがあります" in capsys.readouterr().err
    assert contents(tmp_path) == before


def test_the_demo_leaves_what_lies_beside_it_alone(tmp_path: Path) -> None:
    others = {"notes.txt": b"mine", "site/cv.pdf": b"mine", "charts/old.png": b"mine"}
    for name, content in others.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    for _again in range(2):
        assert cli.run(["demo", str(tmp_path)]) == 0
        assert contents(tmp_path).items() >= others.items()


def test_a_folder_called_sample_is_neither_filled_nor_removed(tmp_path: Path) -> None:
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / "tax.xlsx").write_bytes(b"mine")
    ws = app.open_workspace(tmp_path)
    with pytest.raises(UserError, match="何も変えていません"):
        sample.open_sample(ws)
    sample.remove(ws)
    ws.store.close()
    assert (tmp_path / "sample" / "tax.xlsx").read_bytes() == b"mine"
    assert [path.name for path in (tmp_path / "sample").iterdir()] == ["tax.xlsx"]


def test_the_sample_is_made_and_taken_away(tmp_path: Path) -> None:
    ws = app.open_workspace(tmp_path)
    sample.open_sample(ws).store.close()
    sample.open_sample(ws).store.close()
    sample.remove(ws)
    ws.store.close()
    assert not (tmp_path / "sample").exists()
