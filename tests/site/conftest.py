"""The sample site, whole and in its smallest form."""

import json
from pathlib import Path
from typing import Any

import pytest

from soloflow import resources
from soloflow.site.content import SiteContent, from_dict


@pytest.fixture(scope="session")
def sample_document() -> dict[str, Any]:
    return json.loads(resources.path("sample", "site.json").read_text("utf-8"))


@pytest.fixture
def sample(sample_document: dict[str, Any]) -> SiteContent:
    return from_dict(sample_document)


@pytest.fixture
def first_week(sample_document: dict[str, Any]) -> SiteContent:
    """Only profile, home and contact: what a beginner has after the first evening."""
    kept = {key: sample_document[key] for key in ("profile", "home", "contact")}
    return from_dict(json.loads(json.dumps(kept)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "public"
