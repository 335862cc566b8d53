"""The report as PDF: two pages of A4 that can be read, searched and kept; the same bytes for the same report."""

import subprocess
from pathlib import Path

import pytest
from test_report_page import a_report

from soloflow.charts import fonts
from soloflow.report import typeset
from soloflow.report.content import Section


def made(tmp_path: Path, **more: object) -> Path:
    file = tmp_path / "report.pdf"
    file.write_bytes(typeset.pdf(a_report(**more), fonts.families(), fonts.folders()))
    return file


def asked(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def test_the_texts_are_text_in_their_order(tmp_path: Path) -> None:
    text = asked("pdftotext", "-layout", made(tmp_path), "-").replace(" ", "")
    places = [
        text.index(said)
        for said in ("2026年10月", "大きな文。", "どこで", "<b>社</b>", "できごと", "A&B", "改善策", "見込み")
    ]
    assert places == sorted(places)


def facts_of(file: Path) -> dict[str, str]:
    told = asked("pdfinfo", "-isodates", file)
    return {line.partition(":")[0]: line.partition(":")[2].strip() for line in told.splitlines()}


def test_what_fits_takes_one_page_and_everything_else_two(tmp_path: Path) -> None:
    assert facts_of(made(tmp_path))["Pages"] == "1"
    lines = tuple(f"文 {number}" for number in range(25))
    for count in (1, 2):
        sections = tuple(Section(f"節 {number}", lines, opens_page=number == 1) for number in range(2 * count))
        assert facts_of(made(tmp_path, sections=sections))["Pages"] == "2"


def test_it_is_a4_with_its_date_and_tags(tmp_path: Path) -> None:
    facts = facts_of(made(tmp_path))
    assert "A4" in facts["Page size"]
    assert facts["Title"] == "月報 2026年10月"
    assert facts["Tagged"] == "yes"
    assert facts["CreationDate"].startswith("2026-10-31")


def test_every_font_is_inside_and_can_be_searched(tmp_path: Path) -> None:
    rows = [line.split() for line in asked("pdffonts", made(tmp_path)).splitlines()[2:]]
    assert rows
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows), "embedded, a part of the font, with its Unicode"


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    assert made(tmp_path).read_bytes() == made(tmp_path).read_bytes()


@pytest.mark.parametrize(
    "title", ['#image("/etc/passwd")', "*太字* $x$ \\ #sys.version", "= 見出し", "@ref <label>", ""]
)
def test_what_users_wrote_is_never_a_command(tmp_path: Path, title: str) -> None:
    file = made(tmp_path, maker=title, sections=(Section("節", (title,)),))
    assert title[:6] in asked("pdftotext", file, "-")


def test_the_font_that_comes_along_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts.families.cache_clear()
    monkeypatch.setattr(fonts, "FAMILIES", ())
    try:
        file = made(tmp_path)
    finally:
        fonts.families.cache_clear()
    assert "IPAexGothic" in asked("pdffonts", file)
    assert "大きな文。" in asked("pdftotext", file, "-")
