import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from soloflow.site.build import build
from soloflow.site.check import Finding, check
from soloflow.site.content import SiteContent, from_dict

TODAY = date(2026, 11, 21)


def changed(document: dict[str, Any], path: str, value: Any) -> SiteContent:
    """The sample with one value replaced; the path is written like "cases.items.0.title"."""
    copy = json.loads(json.dumps(document))
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    spot = copy
    for step in steps:
        spot = spot[step]
    spot[last] = value
    return from_dict(copy)


def where(findings: tuple[Finding, ...]) -> set[tuple[str, str, str]]:
    return {(finding.severity, finding.section, finding.field) for finding in findings}


def test_the_sample_has_nothing_to_mend(sample: SiteContent, folder: Path) -> None:
    build(sample, folder, built_on=TODAY)
    assert check(sample, folder, today=TODAY) == ()


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("profile.mail", "", ("error", "profile", "mail")),
        ("profile.name", "", ("error", "profile", "name")),
        ("profile.base_url", "", ("warning", "profile", "base_url")),
        ("privacy.text", "", ("warning", "privacy", "text")),
        ("home.headline", "", ("error", "home", "headline")),
        ("home.who.answer", "とても長くて一目では読めない答え", ("hint", "home", "who.answer")),
        ("home.why.answer", "", ("warning", "home", "why.answer")),
        ("home.proof", "gone", ("warning", "home", "proof")),
        ("offers.items", [], ("hint", "offers", "items")),
        ("offers.items.1.price", "", ("warning", "offers", "items[1].price")),
        ("cases.items.2.problem", "", ("warning", "cases", "items[2].problem")),
        ("cases.items.0.summary", "", ("warning", "cases", "items[0].summary")),
        ("cases.items.1.slug", "estimate-draft", ("error", "cases", "slug")),
        ("notes.items.0.slug", "winter-holidays", ("error", "notes", "slug")),
        ("offers.items.0.slug", "photos", ("error", "offers", "slug")),
        ("cases.items.1.after", "[次](/works/none/)", ("error", "cases", "items[1]")),
        ("privacy.text", "[x](../contact/#nowhere)", ("error", "privacy", "text")),
        ("home.lede", "そらみみ建装と", ("error", "home", "lede")),
        ("cases.items.0.quote.who", "そよかぜ住建合同会社", ("error", "cases", "items[0].quote.who")),
        ("look.accent", "#ffee00", ("hint", "look", "accent")),
        ("look.theme", "nowhere", ("error", "look", "theme")),
        ("how.lede", "", ("warning", "how", "lede")),
    ],
)
def test_each_fault_is_found_where_it_is_mended(
    path: str, value: Any, expected: tuple[str, str, str], sample_document: dict[str, Any]
) -> None:
    assert expected in where(check(changed(sample_document, path, value), today=TODAY))


def test_an_internal_link_that_arrives_is_no_fault(sample_document: dict[str, Any]) -> None:
    content = changed(
        sample_document, "privacy.text", "[a](/works/) [b](../contact/) [c](#main) [d](https://a.example)"
    )
    assert check(content, today=TODAY) == ()


def test_a_career_without_news_for_long_is_said_with_its_months(sample: SiteContent) -> None:
    assert check(sample, today=date(2026, 11, 30)) == ()
    (finding,) = check(sample, today=date(2026, 12, 1))
    assert (finding.section, finding.field) == ("career", "projects")
    assert "7か月" in finding.message


def test_serious_findings_come_first() -> None:
    severities = [finding.severity for finding in check(SiteContent(), today=TODAY)]
    assert severities == sorted(severities, key=("error", "warning", "hint").index)
    assert severities[0] == "error"


def test_an_old_build_that_still_names_a_client_is_found(
    sample: SiteContent, sample_document: dict[str, Any], folder: Path
) -> None:
    build(sample, folder, built_on=TODAY)
    now_hidden = changed(sample_document, "cases.items.1.client.visibility", "hidden")
    now_hidden = dataclasses.replace(now_hidden, career=dataclasses.replace(now_hidden.career, projects=()))
    found = check(now_hidden, folder, today=TODAY)
    assert any("works/photo-sorting/index.html" in finding.message for finding in found)


def test_a_file_lost_from_the_folder_is_found(sample: SiteContent, folder: Path) -> None:
    build(sample, folder, built_on=TODAY)
    (folder / "works/index.html").unlink()
    assert any("works/index.html" in finding.message for finding in check(sample, folder, today=TODAY))
