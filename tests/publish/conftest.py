"""Fixtures of the publishing tests; what they are made of is in published_to.py."""

from pathlib import Path

import pytest
from published_to import Remote, write_site


@pytest.fixture(autouse=True)
def _own_git_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests see neither the settings nor the keys of whoever runs them."""
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Somebody\n\temail = somebody@example.jp\n[init]\n\tdefaultBranch = main\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.delenv("GIT_SSH_COMMAND", raising=False)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "built")


@pytest.fixture
def remote(tmp_path: Path) -> Remote:
    return Remote(tmp_path)
