"""Finds shipped files, in an installed wheel (soloflow/_resources) as well as in a checkout (resources/)."""

from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """The folder that holds every shipped file that is not Python."""
    here = Path(__file__).resolve().parent
    installed = here / "_resources"
    return installed if installed.is_dir() else here.parents[1] / "resources"


def path(*parts: str) -> Path:
    """The file `resources/<parts>`; existence is the caller's concern."""
    return root().joinpath(*parts)
