"""A report as PDF, set by typst in this process: no program to start, no network.

The file is made to be kept and to be read aloud (PDF/A-2a, PDF/UA-1): every font inside, every drawing with its words, and as
its date the day it speaks of. When it was made stands on the page.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from soloflow import resources
from soloflow.report.content import Report


def pdf(report: Report, families: Sequence[str], font_folders: Sequence[Path]) -> bytes:
    """The report on A4. The same report and fonts give the same bytes.

    :param families: fonts by name, the preferred one first; one of them must have Japanese.
    :param font_folders: where their files lie; no other font of the system is looked at.
    """
    return _set(report, families, font_folders, "pdf")[0]


def pictures(report: Report, families: Sequence[str], font_folders: Sequence[Path], *, ppi: float) -> list[bytes]:
    """The pages as PNG, for looking at them."""
    return _set(report, families, font_folders, "png", ppi)


def _set(
    report: Report,
    families: Sequence[str],
    font_folders: Sequence[Path],
    form: Literal["pdf", "png"],
    ppi: float | None = None,
) -> list[bytes]:
    import typst  # 30 MB that only a report needs

    folder = resources.path("report")
    made: bytes | list[bytes] = typst.compile(
        str(folder / "monthly.typ"),
        root=str(folder),
        font_paths=[str(one) for one in font_folders],
        ignore_system_fonts=True,
        format=form,
        ppi=ppi,
        pdf_standards=["a-2a", "ua-1"],
        sys_inputs={"report": json.dumps(asdict(report) | {"families": list(families)})},
    )
    return made if isinstance(made, list) else [made]
