"""What is written out says the same as what is inside, and the sample comes and goes without a trace."""

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from profiles import person, reachable
from soloflow.domain.errors import UserError
from soloflow.services import customers, exporting, history, integrity, numbers, process, prospects, sample, today
from soloflow.services.workspace import Workspace


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    sample.fill(ws)
    return ws


def test_the_numbers_of_an_export_are_those_of_the_program(filled: Workspace, tmp_path: Path) -> None:
    ids = customers.listing(filled, customers.Filter(standing="active"), "name").ids
    process.move(filled, ids[:3], 6)
    process.lose(filled, ids[3:5], "budget")
    prospects.remove(filled, ids[5:7])
    history.undo(filled)
    prospects.remove(filled, ids[7:8])
    prospects.erase(filled, ids[8])
    made = {path.name: path for path in exporting.export(filled, tmp_path / "out")}
    outside, dropped = numbers.of_files(made["events.csv"], made["prospects.csv"], filled.now(), filled.zone)
    inside = numbers.compute(filled)
    assert dropped == ()
    assert numbers.as_json(outside, filled.zone) == numbers.as_json(inside, filled.zone)


def test_everything_is_exported_and_can_be_exported_again(ws: Workspace, tmp_path: Path) -> None:
    prospect = prospects.add(ws, reachable("髙橋 咲", "株式会社アクメ", 1), stage=2).created[0]
    prospects.note(ws, prospect, "note", "改行\nと,コンマ")
    for _time in range(2):
        made = exporting.export(ws, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in made)
    content = json.loads((tmp_path / "out" / "everything.json").read_text(encoding="utf-8"))
    assert content["activities"][0]["text"] == "改行\nと,コンマ"
    with (tmp_path / "out" / "people.csv").open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    assert [(row["customer"], row["name"], row["emails"], row["stage"]) for row in rows] == [
        ("株式会社アクメ", "髙橋 咲", "user1@example.jp", "2")
    ]


def test_an_export_into_a_file_is_refused_with_a_sentence(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match=r"out に書き出せません"):
        exporting.export(ws, tmp_path / "out")


def test_the_sample_is_sound_and_shows_work_in_every_part(filled: Workspace) -> None:
    assert integrity.faults(filled) == ()
    page = today.today(filled)
    assert page.overdue_count
    assert page.today_count
    assert page.recontacts
    assert not page.is_empty
    assert all(customers.counts(filled, customers.Filter())[standing] for standing in ("active", "nurture", "lost"))


def test_the_sample_lives_beside_the_users_records_and_leaves_them_alone(ws: Workspace) -> None:
    prospects.add(ws, person("山田 太郎"))
    other = sample.open_sample(ws)
    assert sample.is_sample(other)
    assert len(customers.listing(other, customers.Filter()).ids) > 50
    other.store.close()
    sample.remove(ws)
    assert len(customers.listing(ws, customers.Filter()).ids) == 1
    assert not sample.folder(ws).exists()


def test_a_profile_is_empty_again_once_its_only_customer_is_erased(ws: Workspace) -> None:
    prospect = prospects.add(ws, person("山田 太郎"), stage=1).created[0]
    assert not today.today(ws).is_empty
    prospects.erase(ws, prospect)
    assert today.today(ws).is_empty


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file may grow beyond 2,000 bytes, as on a disk that is nearly full."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_where_the_disk_is_full_nothing_half_written_stays(
    filled: Workspace, tmp_path: Path, small_files: None
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "events.csv").write_text("before", encoding="utf-8")
    with pytest.raises(UserError, match="空きと権限"):
        exporting.export(filled, out)
    with pytest.raises(UserError, match="空きと権限"):
        exporting.export_cards(filled, out / "all.vcf")
    assert [path.name for path in out.iterdir()] == ["events.csv"]
    assert (out / "events.csv").read_text(encoding="utf-8") == "before"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files there")
def test_what_is_no_ordinary_file_is_not_replaced_by_an_export(filled: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "all.vcf").symlink_to(tmp_path / "pipe")
    with pytest.raises(UserError, match="ふつうのファイルではない"):
        exporting.export_cards(filled, tmp_path / "all.vcf")
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_of_a_link_the_export_replaces_the_file(filled: Workspace, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "all.vcf").symlink_to(tmp_path / "kept" / "a.vcf")
    exporting.export_cards(filled, tmp_path / "all.vcf")
    assert (tmp_path / "all.vcf").is_symlink()
    assert (tmp_path / "kept" / "a.vcf").read_bytes().startswith(b"BEGIN:VCARD")
