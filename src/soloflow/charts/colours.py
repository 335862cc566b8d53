"""The colours a chart is drawn with; the same tokens as the window's."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ChartColours:
    """One theme. Text needs a contrast of 4.5 on `ground`, marks need 3."""

    ground: str
    ink: str
    second_ink: str
    """Second text and benchmark ticks."""
    label_ink: str
    """Axis labels, counts that matter less."""
    grid: str
    rule: str
    """Line between groups of stages, edge of tags."""
    accent: str
    """Rate dots."""
    advanced: str
    lost: str
    still_open: str
    """Hatch lines and edge; pale marks."""


LIGHT: Final = ChartColours(
    ground="#FFFFFF",
    ink="#1A1F20",
    second_ink="#465053",
    label_ink="#626C6F",
    grid="#E1E4E4",
    rule="#C9CECE",
    accent="#0A6674",
    advanced="#009E73",
    lost="#D55E00",
    still_open="#879092",
)
DARK: Final = ChartColours(
    ground="#16191A",
    ink="#E6EAEA",
    second_ink="#B4BDBF",
    label_ink="#949EA1",
    grid="#2C3234",
    rule="#40484A",
    accent="#5BBFCB",
    advanced="#009E73",
    lost="#D55E00",
    still_open="#7E898C",
)
