"""The report as HTML: valid, whole in itself, everything said once, nothing taken for markup."""

import re
from html.parser import HTMLParser

import html5lib
import pytest

from soloflow.report import page
from soloflow.report.content import Entry, Figure, Listing, Picture, Report, Section, Table, Term

SVG = '<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg xmlns="http://www.w3.org/2000/svg" width="10pt" height="5pt" viewBox="0 0 10 5"><path d="M0 0"/></svg>\n'


def a_report(**more: object) -> Report:
    sections = (
        Section("どこで", ("文ひとつ。",), Picture(SVG, 'ことば "引用" & <印>')),
        Section(
            "月", table=Table(("", "9月", "10月"), (("<b>社</b>", "1", "2"),), strong=2),
            figures=(Figure("100社", "13", "件", "[9–17]"),),
        ),
        Section(
            "できごと", listings=(Listing("入った", "2社", (Entry("紹介", "2社", "A & B"),), ""), Listing("離れた", "0社", (), "いません。")),
            notes=("ほか",), opens_page=True,
        ),
        Section("改善策", table=Table(("名前", "判定"), (("案", "まだ"),), is_text=True)),
    )  # fmt: skip
    values: dict[str, object] = {
        "language": "ja", "kind": "月報", "title": "2026年10月", "maker": "<工房>", "day": "2026-10-31", "rests_on": "10/31 まで", "made": "11/21 作成",
        "answer": ("大きな文。",), "lines": ("細かな文。",), "sections": sections, "terms_title": "数えかた", "terms": (Term("率", "見込み"),),
    }  # fmt: skip
    return Report(**(values | more))  # type: ignore[arg-type]


class Visible(HTMLParser):
    """The texts that a reader sees."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed(text)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())


def test_the_file_is_valid_html() -> None:
    html5lib.HTMLParser(strict=True).parse(page.html(a_report()))


def test_nothing_is_loaded_and_nothing_runs() -> None:
    text = page.html(a_report())
    assert not re.search(r"<(script|link|img|iframe|object)\b|@import|url\(|\son\w+=|\b(src|href)=", text)


def test_what_users_wrote_is_text_and_never_markup() -> None:
    text = page.html(a_report())
    assert "<b>社</b>" not in text
    assert "&lt;b&gt;社&lt;/b&gt;" in text
    assert "A &amp; B" in text
    assert 'aria-label="ことば &quot;引用&quot; &amp; &lt;印&gt;"' in text


def test_a_drawing_takes_the_width_of_the_page_and_keeps_its_shape() -> None:
    opening = re.search(r"<svg[^>]*>", page.html(a_report()))
    assert opening is not None
    assert 'viewBox="0 0 10 5"' in opening.group()
    assert "width=" not in opening.group()
    assert 'role="img"' in opening.group()


@pytest.mark.parametrize(
    "said", ["文ひとつ。", "大きな文。", "細かな文。", "いません。", "[9–17]", "ほか", "見込み", "<工房>", "数えかた"]
)
def test_everything_is_said(said: str) -> None:
    assert said in Visible(page.html(a_report())).texts


def test_an_empty_maker_leaves_no_trace() -> None:
    assert "maker" not in page.html(a_report(maker="")).partition("<body>")[2]


def test_drawings_follow_a_dark_screen_and_stay_light_on_paper() -> None:
    drawn = SVG.replace('d="M0 0"', 'd="M0 0" style="fill: #1a1f20"')
    sections = (Section("どこで", picture=Picture(drawn, "ことば")),)
    text = page.html(a_report(sections=sections, dark=(("#1A1F20", "#E6EAEA"),)))
    assert 'style="fill: var(--drawn-1a1f20, #1a1f20)"' in text
    assert "@media screen and (prefers-color-scheme: dark) { :root { --drawn-1a1f20: #E6EAEA; } }" in text


def test_a_picture_may_stand_beside_its_table() -> None:
    table = Table(("", "9月"), (("社", "1"),), is_narrow=True)
    section = Section("月", picture=Picture(SVG, "ことば"), table=table, is_picture_beside=True)
    text = page.html(a_report(sections=(section,)))
    html5lib.HTMLParser(strict=True).parse(text)
    assert text.index('class="beside half"') < text.index('class="narrow"') < text.index("<svg")


def test_it_says_when_it_was_made() -> None:
    assert Visible(page.html(a_report())).texts.count("11/21 作成") == 2


def test_a_number_stays_in_one_line_with_what_it_counts() -> None:
    text = page.html(a_report(answer=("いちばん多いのは「単価が合わない」1,204社です。",)))
    assert '「単価が合わない」<span class="unbroken">1,204社</span>です。' in text
