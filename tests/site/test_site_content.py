from typing import Any

import pytest

from soloflow.domain.errors import UserError
from soloflow.site.content import SECTIONS, SiteContent, from_dict, section_from_dict, section_to_dict, to_dict


def test_a_document_survives_reading_and_writing(sample_document: dict[str, Any]) -> None:
    content = from_dict(sample_document)
    assert from_dict(to_dict(content)) == content
    assert to_dict(content)["cases"]["items"][0]["results"][0]["after"] == "50"


def test_the_sections_are_the_fields_of_the_site(sample: SiteContent) -> None:
    assert set(to_dict(sample)) == set(SECTIONS)


def test_every_section_can_be_kept_by_itself(sample: SiteContent) -> None:
    whole = {key: section_to_dict(getattr(sample, key)) for key in SECTIONS}
    assert all(section_from_dict(key, whole[key]) == getattr(sample, key) for key in SECTIONS)


def test_missing_keys_are_empty() -> None:
    assert from_dict({}) == SiteContent()
    assert from_dict({"home": {"headline": "見出し"}}).home.lede == ""


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"profile": {"nmae": "x"}}, "profile.nmae"),
        ({"extra": {}}, "extra"),
        ({"profile": {"mail": "not a mail"}}, "profile.mail"),
        ({"profile": {"base_url": "javascript:alert(1)"}}, "profile.base_url"),
        ({"profile": {"base_url": "https://[broken"}}, "profile.base_url"),
        ({"profile": {"language": "fr"}}, "profile.language"),
        ({"cases": {"items": [{"slug": "日本語"}]}}, "cases.items[0].slug"),
        ({"cases": {"items": [{"slug": "../up"}]}}, "cases.items[0].slug"),
        ({"cases": {"items": [{}, {"start": "2026-13"}]}}, "cases.items[1].start"),
        ({"cases": {"items": [{"series": {"values": ["1"]}}]}}, "cases.items[0].series.values[0]"),
        ({"cases": {"items": [{"published": "yes"}]}}, "cases.items[0].published"),
        ({"cases": {"items": {}}}, "cases.items"),
        ({"cases": []}, "cases"),
        ({"look": {"accent": "red"}}, "look.accent"),
        ({"home": {"headline": 3}}, "home.headline"),
    ],
)
def test_what_cannot_be_read_is_refused_by_the_name_of_its_field(document: dict[str, Any], field: str) -> None:
    with pytest.raises(UserError, match=field.replace("[", r"\[").replace(".", r"\.")):
        from_dict(document)


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(UserError) as raised:
        from_dict({"profile": {"mail": "x", "since": "y"}, "look": {"accent": "z"}})
    assert all(field in str(raised.value) for field in ("profile.mail", "profile.since", "look.accent"))


def test_control_signs_that_no_page_may_hold_are_dropped() -> None:
    assert from_dict({"home": {"headline": "あ\x00い\r\nう\ufffe "}}).home.headline == "あい\nう"
