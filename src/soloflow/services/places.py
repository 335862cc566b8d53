"""Where the user's data lies. Loads next to nothing: a second start asks for it before anything else."""

from pathlib import Path


def default_profile() -> Path:
    """The user's data folder, as the system has it."""
    from platformdirs import user_data_path

    return user_data_path("SoloFlow", appauthor=False, roaming=False)
