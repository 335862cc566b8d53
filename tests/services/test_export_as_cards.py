"""The contact book as vCard and as people.csv: whoever is stored is read back the same, and makes the same people again."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from people_of_any_kind import people
from profiles import open_workspace, person, reachable
from soloflow.capture.reading import read
from soloflow.domain.candidates import Candidate
from soloflow.domain.errors import UserError
from soloflow.services import exporting, importing, prospects, sample
from soloflow.services.workspace import Workspace
from soloflow.store.database import FILE_NAME
from soloflow.store.recognition import stored_people


def stored(ws: Workspace) -> list[Candidate]:
    with ws.store.read() as reader:
        return ordered(one for _contact, _prospect, one in stored_people(reader, ws.zone))


def ordered(found: object) -> list[Candidate]:
    plain = [replace(one, line=0, tags=tuple(sorted(one.tags))) for one in found]  # type: ignore[attr-defined]
    return sorted(plain, key=repr)


def cards(ws: Workspace, file: Path, version: str = "3.0", only: tuple[int, ...] | None = None) -> list[Candidate]:
    exporting.export_cards(ws, file, only, version)
    return ordered(read(file.name, file.read_bytes()).candidates)


@settings(max_examples=25)
@given(persons=st.lists(people(), min_size=1, max_size=4))
@example(persons=[Candidate(name="", company="アクメ", note="\nBEGIN:VCARD\n")])
def test_all_that_is_stored_comes_back_from_cards_and_table(template: Path, persons: list[Candidate]) -> None:
    with TemporaryDirectory() as folder:
        ws = open_workspace(Path(copy(template, Path(folder) / FILE_NAME)))
        try:
            for one in persons:
                prospects.add(ws, replace(one, kana=" ".join(one.kana.split())))
            kept = stored(ws)
            assert cards(ws, Path(folder) / "a.vcf", "3.0") == kept
            assert cards(ws, Path(folder) / "b.vcf", "4.0") == kept
            made = {path.name: path for path in exporting.export(ws, Path(folder) / "out")}
            assert ordered(read("people.csv", made["people.csv"].read_bytes()).candidates) == kept
            assert ordered(read("people.vcf", made["people.vcf"].read_bytes()).candidates) == kept
        finally:
            ws.store.close()


def test_days_on_which_somebody_was_met_are_written_and_read(ws: Workspace, tmp_path: Path) -> None:
    head = "会社名,部署名,役職,氏名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,名刺交換日"
    (tmp_path / "eight.csv").write_text(f"{head}\n,,,山田 太郎,t@example.jp,,,,,,,,,2026/03/20\n", encoding="utf-8")
    importing.commit(ws, importing.preview(ws, tmp_path / "eight.csv"))
    assert cards(ws, tmp_path / "out.vcf")[0].met_on == (date(2026, 3, 20),)


def test_an_import_of_the_cards_makes_the_same_people(ws: Workspace, tmp_path: Path) -> None:
    for number in range(3):
        prospects.add(ws, reachable(f"髙﨑 花{number}", f"㈱青空{number}", number))
    exporting.export_cards(ws, tmp_path / "out.vcf")
    (tmp_path / "other").mkdir()
    other = open_workspace(tmp_path / "other" / FILE_NAME)
    try:
        importing.commit(other, importing.preview(other, tmp_path / "out.vcf"))
        assert stored(other) == stored(ws)
    finally:
        other.store.close()


@pytest.mark.parametrize("version", exporting.CARD_VERSIONS)
def test_an_export_says_nothing_new_to_the_book_it_came_from(ws: Workspace, tmp_path: Path, version: str) -> None:
    sample.fill(ws)
    count = exporting.export_cards(ws, tmp_path / "out.vcf", version=version)
    items = importing.preview(ws, tmp_path / "out.vcf").items
    assert count > 100
    assert [item.verdict for item in items] == ["same"] * count


def test_only_the_chosen_customers_are_written(ws: Workspace, tmp_path: Path) -> None:
    made = [prospects.add(ws, reachable(f"山田 花{number}", f"青空{number}", number)).created[0] for number in range(3)]
    found = cards(ws, tmp_path / "out.vcf", only=(made[1],))
    assert [one.name for one in found] == ["山田 花1"]


def test_a_company_of_whom_nobody_is_known_is_a_card_of_its_own(ws: Workspace, tmp_path: Path) -> None:
    prospect = prospects.add(ws, person("山田 太郎", "アクメ")).created[0]
    with ws.store.read() as reader:
        contact = reader.ids("contacts")[-1]
    with ws.store.write("", ws.now_us()) as work:
        work.delete("contacts", contact)
    assert cards(ws, tmp_path / "out.vcf", only=(prospect,)) == [Candidate(company="アクメ")]


def test_a_file_that_cannot_be_written_is_named(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"out\.vcf に書き出せません"):
        exporting.export_cards(ws, tmp_path / "nowhere" / "out.vcf")


def test_an_empty_book_is_an_empty_file(ws: Workspace, tmp_path: Path) -> None:
    assert exporting.export_cards(ws, tmp_path / "out.vcf") == 0
    assert (tmp_path / "out.vcf").read_bytes() == b""
