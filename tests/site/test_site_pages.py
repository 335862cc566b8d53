import dataclasses
import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import html5lib
import pytest
import tinycss2

from soloflow.site.build import build
from soloflow.site.content import SECTIONS, SiteContent, from_dict, to_dict
from soloflow.site.theme import load, themes

DAY = date(2026, 11, 16)
NASTY = "<script>x</script>\"'&"


def parsed(path: Path) -> Any:
    """The page as a tree; html5lib raises at the first parse error."""
    return tree_of(path.read_text("utf-8"))


@cache
def tree_of(text: str) -> Any:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def pages_of(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


@pytest.fixture
def built(sample: SiteContent, folder: Path) -> Path:
    build(sample, folder, built_on=DAY)
    return folder


def test_the_sample_fills_every_kind_of_page(built: Path) -> None:
    assert [page.relative_to(built).as_posix() for page in pages_of(built)] == [
        "404.html",
        "career/index.html",
        "contact/index.html",
        "index.html",
        "notes/index.html",
        "notes/no-lump-sum/index.html",
        "notes/winter-holidays/index.html",
        "privacy/index.html",
        "process/index.html",
        "services/index.html",
        "works/estimate-draft/index.html",
        "works/index.html",
        "works/photo-sorting/index.html",
        "works/schedule-notice/index.html",
    ]


def test_every_page_is_valid_enough_for_a_strict_parser(built: Path) -> None:
    for page in pages_of(built):
        tree = parsed(page)
        assert len(tree.findall(".//h1")) == 1, page
        assert tree.get("lang") == "ja"
        assert (tree.findtext(".//title") or "").endswith(("見本 陽太", "見本システム工房"))
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids))


def test_headings_never_skip_a_level(built: Path) -> None:
    for page in pages_of(built):
        levels = [int(each.tag[1]) for each in parsed(page).iter() if re.fullmatch("h[1-6]", str(each.tag))]
        steps = zip([0, *levels], levels, strict=False)
        assert all(after - before <= 1 for before, after in steps), (page, levels)


def test_no_page_asks_another_host_for_anything_or_runs_a_script(built: Path) -> None:
    for page in pages_of(built):
        for element in parsed(page).iter():
            if element.tag == "script":
                assert element.get("type") == "application/ld+json"
            assert not any(str(name).startswith("on") or name == "style" for name in element.attrib)
            loads = element.get("src") or (element.get("href") if element.get("rel") in {"stylesheet", "icon"} else "")
            assert not urlsplit(loads or "").netloc, (page, loads)
    css = next(built.glob("style.*.css")).read_text("utf-8")
    assert "@import" not in css
    assert all(address.startswith("data:image/svg+xml") for address in re.findall(r'url\("?([^")]*)', css))


@pytest.mark.parametrize("key", [key for key, _name in themes()])
def test_every_style_sheet_parses_without_an_error(key: str) -> None:
    assert list(css_errors(tinycss2.parse_stylesheet(load(key).css, skip_comments=True, skip_whitespace=True))) == []


def css_errors(rules: list[Any]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "error":
            yield rule.message
        elif rule.type == "at-rule" and rule.content and rule.lower_at_keyword == "media":
            yield from css_errors(tinycss2.parse_rule_list(rule.content, skip_whitespace=True))
        elif rule.type in {"qualified-rule", "at-rule"} and rule.content:
            blocks = tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
            yield from (each.message for each in blocks if each.type == "error")


def test_every_link_inside_the_site_finds_its_file_and_anchor(built: Path) -> None:
    for page in pages_of(built):
        for link in parsed(page).iter("a"):
            address = urlsplit(link.get("href"))
            if address.scheme:
                assert address.scheme in {"http", "https", "mailto", "tel"}
                continue
            start = built if address.path.startswith("/") else page.parent
            target = start / address.path.lstrip("/") if address.path else page
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), (page, link.get("href"))
            if address.fragment:
                assert parsed(target).find(f".//*[@id='{address.fragment}']") is not None


def test_home_is_small_enough_for_a_train_in_a_tunnel(built: Path) -> None:
    parts = [built / "index.html", next(built.glob("style.*.css"))]
    assert sum(len(gzip.compress(part.read_bytes(), 9, mtime=0)) for part in parts) <= 20 * 1024


def with_nasty_text(value: Any) -> Any:
    """Every free text of a content value becomes something that must be escaped."""
    if isinstance(value, tuple):
        return tuple(NASTY if isinstance(item, str) else with_nasty_text(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for each in dataclasses.fields(value):
            old = getattr(value, each.name)
            if isinstance(old, str):
                changed[each.name] = old if each.metadata else f"{each.name}{NASTY}"
            else:
                changed[each.name] = with_nasty_text(old)
        return dataclasses.replace(value, **changed)
    return value


def test_every_value_is_escaped_on_every_page(sample: SiteContent, folder: Path) -> None:
    nasty = with_nasty_text(sample)
    # a client's hidden name may stand nowhere, so here every client is shown by name
    items = tuple(
        dataclasses.replace(case, client=dataclasses.replace(case.client, visibility="name"))
        for case in nasty.cases.items
    )
    build(dataclasses.replace(nasty, cases=dataclasses.replace(nasty.cases, items=items)), folder, built_on=DAY)
    seen = ""
    for page in pages_of(folder):
        tree = parsed(page)
        for script in tree.iter("script"):
            assert script.get("type") == "application/ld+json", page
            assert json.loads(script.text)["@context"] == "https://schema.org"
        seen += page.read_text("utf-8")
    for word in ("headline", "tagline", "sentence", "terms", "industry", "answer", "category", "purpose", "to_write"):
        assert word == "to_write" or f"{word}&lt;script&gt;" in seen, word
    html5lib.parse((folder / "notes/feed.xml").read_text("utf-8"))


def test_structured_data_says_who_what_and_where(built: Path) -> None:
    def kinds(file: str) -> list[str]:
        return [json.loads(each.text)["@type"] for each in parsed(built / file).iter("script")]

    assert kinds("index.html") == ["ProfilePage"]
    assert kinds("services/index.html") == ["Service", "Service", "Service", "BreadcrumbList"]
    assert kinds("works/estimate-draft/index.html") == ["Article", "BreadcrumbList"]
    assert kinds("notes/no-lump-sum/index.html") == ["Article", "BreadcrumbList"]


def test_pages_tell_search_engines_their_address_and_text(built: Path) -> None:
    tree = parsed(built / "works/estimate-draft/index.html")
    address = "https://mihon-koubou.example/works/estimate-draft/"
    assert tree.find(".//link[@rel='canonical']").get("href") == address
    assert tree.find(".//meta[@property='og:url']").get("content") == address
    assert tree.find(".//meta[@name='description']").get("content").startswith("月18件の見積を")
    sitemap = (built / "sitemap.xml").read_text("utf-8")
    assert f"<loc>{address}</loc><lastmod>2026-11-16</lastmod>" in sitemap
    assert "404" not in sitemap
    assert "Sitemap: https://mihon-koubou.example/sitemap.xml" in (built / "robots.txt").read_text("utf-8")


def test_the_feed_is_well_formed_and_newest_first(built: Path) -> None:
    feed = ET.parse(built / "notes/feed.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.tag == f"{atom}feed"
    assert [entry.findtext(f"{atom}published") for entry in feed.iter(f"{atom}entry")] == [
        "2026-11-16T00:00:00+09:00",
        "2026-10-05T00:00:00+09:00",
    ]
    ET.parse(built / "sitemap.xml")
    ET.parse(built / "favicon.svg")


def test_the_first_week_has_home_and_contact_and_links_nothing_else(first_week: SiteContent, folder: Path) -> None:
    build(first_week, folder, built_on=DAY)
    assert [page.relative_to(folder).as_posix() for page in pages_of(folder)] == [
        "404.html",
        "contact/index.html",
        "index.html",
    ]
    text = (folder / "index.html").read_text("utf-8")
    assert "実績" not in text
    assert {link.get("href") for link in parsed(folder / "index.html").iter("a")} == {"#main", "./", "contact/"}


def test_nothing_said_still_gives_a_whole_site(folder: Path) -> None:
    build(SiteContent(), folder, built_on=DAY)
    assert [page.name for page in pages_of(folder)] == ["404.html", "index.html"]
    assert 'href="contact/"' not in (folder / "index.html").read_text("utf-8")
    assert not (folder / "sitemap.xml").exists()


@pytest.mark.parametrize("section", [key for key in SECTIONS if key not in {"profile", "home", "look"}])
def test_a_section_taken_away_leaves_no_link_behind(
    section: str, sample_document: dict[str, Any], folder: Path
) -> None:
    content = from_dict({key: value for key, value in sample_document.items() if key != section})
    build(content, folder, built_on=DAY)
    test_every_link_inside_the_site_finds_its_file_and_anchor(folder)


def test_a_slug_that_was_not_typed_is_counted_never_guessed(sample_document: dict[str, Any], folder: Path) -> None:
    document = json.loads(json.dumps(sample_document))
    document["cases"]["items"][1]["slug"] = ""
    build(from_dict(document), folder, built_on=DAY)
    assert (folder / "works/case-2/index.html").is_file()


def test_a_draft_is_neither_built_nor_linked(sample_document: dict[str, Any], folder: Path) -> None:
    document = json.loads(json.dumps(sample_document))
    document["cases"]["items"][1]["published"] = False
    build(from_dict(document), folder, built_on=DAY)
    assert not (folder / "works/photo-sorting").exists()
    assert all("photo-sorting" not in page.read_text("utf-8") for page in pages_of(folder))


def test_one_without_a_case_gets_the_full_width(first_week: SiteContent, folder: Path) -> None:
    build(first_week, folder, built_on=DAY)
    assert 'class="hero in alone"' in (folder / "index.html").read_text("utf-8")


def test_few_values_make_no_bars(sample_document: dict[str, Any], folder: Path) -> None:
    document = json.loads(json.dumps(sample_document))
    document["cases"]["items"][0]["series"]["values"] = [5, 4, 3, 2, 1]
    build(from_dict(document), folder, built_on=DAY)
    text = (folder / "index.html").read_text("utf-8")
    assert "<svg" not in text
    assert 'class="proof bare"' in text


def test_the_missing_page_finds_its_way_from_any_depth(sample_document: dict[str, Any], folder: Path) -> None:
    document = json.loads(json.dumps(sample_document))
    document["profile"]["base_url"] = "https://me.github.example/site/"
    build(from_dict(document), folder, built_on=DAY)
    text = (folder / "404.html").read_text("utf-8")
    assert 'href="/site/works/"' in text
    assert 'href="/site/style.' in text
    assert 'content="noindex"' in text


def test_the_mail_link_carries_subject_and_questions(built: Path) -> None:
    links = [link.get("href") for link in parsed(built / "contact/index.html").iter("a")]
    mail = next(link for link in links if link.startswith("mailto:"))
    assert mail.startswith("mailto:hello@mihon-koubou.example?subject=%E7%94%BB%E9%9D%A2")
    assert "%E2%96%A0" in mail


def test_content_comes_back_the_same_after_a_round_through_the_file(sample: SiteContent, folder: Path) -> None:
    build(sample, folder, built_on=DAY)
    again = build(from_dict(json.loads(json.dumps(to_dict(sample)))), folder, built_on=DAY)
    assert again.written == ()
