"""people.csv of an export is read back the same, and brought into an empty profile it makes the same people."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from profiles import open_workspace, person, reachable
from soloflow.capture.reading import read
from soloflow.domain.candidates import Candidate, Phone
from soloflow.services import exporting, importing, prospects, sample
from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME
from soloflow.store.recognition import stored_people


def stored(ws: Workspace) -> list[Candidate]:
    """Everybody, in an order of their own."""
    with ws.store.read() as reader:
        return ordered([one for _contact, _prospect, one in stored_people(reader, ws.zone)])


def ordered(people: list[Candidate]) -> list[Candidate]:
    plain = [replace(one, line=0, tags=tuple(sorted(one.tags))) for one in people]
    return sorted(plain, key=lambda one: (one.company, one.name, one.emails, one.note))


def exported(ws: Workspace, folder: Path) -> Path:
    return next(path for path in exporting.export(ws, folder) if path.name == "people.csv")


@pytest.fixture
def awkward(ws: Workspace) -> Workspace:
    """People with everything that a table can get wrong."""
    people = (
        reachable("髙橋 咲", "株式会社アクメ", 1),
        replace(
            reachable("渡邉, \"花\" 子", "㈱青空;製作所", 2),
            kana="ワタナベ ハナコ", department="営業\t部", title="課長", address="東京都 港区①", note="一行目\n二行目, \"三\"；",
            phones=(Phone("(03) 1234-5678 内線12", "company"), Phone("090-1111-2222", "mobile"), Phone("03-1111-2222", "fax")),
            urls=("https://example.jp/?a=1,2;3", "https://connpass.com/user/dev_01/"), emails=("h@example.jp", "h2@example.jp"),
        ),
        person("山田太郎", emails=("taro@example.jp",)),
        person("", emails=("nameless@example.jp",)),
        person("小林 さくら", "小林 さくら"),
    )  # fmt: skip
    for one in people:
        prospects.add(ws, one)
    return ws


def test_the_table_says_exactly_what_is_stored(awkward: Workspace, tmp_path: Path) -> None:
    reading = read("people.csv", exported(awkward, tmp_path / "out").read_bytes())
    assert (reading.kind, reading.problems, reading.unread) == ("soloflow", (), 0)
    assert ordered(list(reading.candidates)) == stored(awkward)


def test_the_sample_comes_back_whole(ws: Workspace, tmp_path: Path) -> None:
    sample.fill(ws)
    reading = read("people.csv", exported(ws, tmp_path / "out").read_bytes())
    assert len(reading.candidates) == reading.rows > 100
    assert ordered(list(reading.candidates)) == stored(ws)


def test_an_import_of_the_export_makes_the_same_people(awkward: Workspace, tmp_path: Path) -> None:
    path = exported(awkward, tmp_path / "out")
    other = open_workspace(tmp_path / "other" / FILE_NAME)
    try:
        preview = importing.preview(other, path)
        _changes, report = importing.commit(other, preview)
        assert (report.rows, report.created) == (5, 5)
        assert stored(other) == stored(awkward)
        assert exported(other, tmp_path / "again").read_bytes() == path.read_bytes()
    finally:
        other.store.close()


def test_the_days_on_which_somebody_was_met_come_back(ws: Workspace, tmp_path: Path) -> None:
    head = "会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,名刺交換日"
    cards = [f",,,山田 太郎,t@example.jp,,,,,,,,,2026/{month}/20" for month in ("03", "11")]
    (tmp_path / "eight.csv").write_text("\n".join((head, *cards, "")), encoding="utf-8")
    importing.commit(ws, importing.preview(ws, tmp_path / "eight.csv"))
    found = read("people.csv", exported(ws, tmp_path / "out").read_bytes()).candidates[0]
    assert found.met_on == (date(2026, 3, 20), date(2026, 11, 20))


def test_a_note_of_a_thousand_lines_comes_back(ws: Workspace, tmp_path: Path) -> None:
    note = "\n".join(f'"{line}", と;' for line in range(1000))
    prospects.add(ws, replace(person("山田 太郎", "アクメ"), note=note))
    prospects.add(ws, person("鈴木 一郎", "あおば"))
    found = read("people.csv", exported(ws, tmp_path / "out").read_bytes()).candidates
    assert [(one.name, one.note) for one in found] == [("山田 太郎", note), ("鈴木 一郎", "")]


def test_two_of_one_mail_stay_two(ws: Workspace, tmp_path: Path) -> None:
    for name in ("山田 太郎", "山田"):
        prospects.add(ws, person(name, f"{name}商店", emails=("same@example.jp",)))
    assert len(read("people.csv", exported(ws, tmp_path / "out").read_bytes()).candidates) == 2


def test_an_export_of_an_earlier_version_is_read_too(tmp_path: Path) -> None:
    head = "prospect_id,customer,standing,stage,name,family,given,kana,department,title,emails,phones,urls,address,note,tags"
    text = f"{head}\n1,アクメ,active,2,山田 太郎,山田,太郎,,,,a@example.jp ::: b@example.jp,03-1 ::: 090-2,,,,甲 ::: 乙\n2,鈴木,book,,鈴木,,,,,,,,,,,\n"
    first, alone = read("x", text.encode("utf-8-sig")).candidates
    assert (first.company, first.emails, first.tags) == ("アクメ", ("a@example.jp", "b@example.jp"), ("甲", "乙"))
    assert first.phones == (Phone("03-1", "other"), Phone("090-2", "other"))
    assert (alone.name, alone.company) == ("鈴木", "")
