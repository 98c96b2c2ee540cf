"""The tokens of the look: ramps of colour, an 8-point grid, four sizes of type, two weights.

Nothing outside this package names a colour or a size. Light and dark are two readings of the same ramps (`PALETTE_STEPS`).
The blue and the orange are a pair that people with any colour vision tell apart; red is kept for what needs a person now.
"""

from __future__ import annotations

from typing import NamedTuple

GRID = 8
"""The unit of the grid, in logical pixels; half of it is the smallest gap."""

SPACE_HALF, SPACE_1, SPACE_2, SPACE_3, SPACE_4 = GRID // 2, GRID, 2 * GRID, 3 * GRID, 4 * GRID

RADIUS = 6
RADIUS_SMALL = 4
CONTROL_HEIGHT = 4 * GRID
ROW_HEIGHT = 28
RAIL_WIDTH = 25 * GRID
RAIL_WIDTH_NARROW = 7 * GRID
NARROW_BELOW = 1080
"""Windows narrower than this (logical pixels) show the rail as icons and pages in one column."""

SIZE_SMALLEST = 9
"""For figures that have no room otherwise, and for nothing else."""
SIZE_CAPTION = 11
SIZE_BODY = 13
SIZE_HEADING = 15
SIZE_SENTENCE, SIZE_SENTENCE_NARROW = 20, 17
SIZE_FIGURE = 28
SIZE_ICON = 18

NO_LIMIT = 16_777_215
"""The widest a widget can be, as Qt has it."""

WEIGHT_REGULAR = 400
WEIGHT_STRONG = 600

RAMPS: dict[str, dict[int, str]] = {
    "neutral": {
        0: "#FFFFFF",
        25: "#F9FAFB",
        50: "#F3F5F7",
        100: "#E8ECEF",
        200: "#D8DFE4",
        300: "#BCC6CE",
        400: "#93A0AC",
        450: "#76838F",
        500: "#697682",
        600: "#505C67",
        700: "#3A4651",
        800: "#28323C",
        850: "#1E2730",
        900: "#171F27",
        950: "#10171D",
        1000: "#0A0F14",
    },
    "blue": {
        50: "#EAF3FA",
        100: "#D5E7F5",
        200: "#AFD0EA",
        300: "#82B7E0",
        400: "#57A0D8",
        500: "#2B85C6",
        600: "#0A67A3",
        700: "#085383",
        800: "#0E3C5C",
        900: "#122B3F",
    },
    "orange": {
        50: "#FCF3E2",
        100: "#F8E3BD",
        300: "#F0BE63",
        400: "#E69F00",
        500: "#C77700",
        600: "#9A5600",
        700: "#7D4500",
        800: "#4A3110",
        900: "#35260F",
    },
    "red": {
        50: "#FCECEA",
        100: "#F8D3CF",
        300: "#F79A8E",
        400: "#F27F71",
        600: "#B3261E",
        700: "#8F1D17",
        800: "#55201C",
        900: "#3A1A18",
    },
}

PALETTE_STEPS: dict[str, tuple[str, int, int]] = {
    # role: (ramp, step in light, step in dark)
    "ground": ("neutral", 50, 950),
    "rail": ("neutral", 100, 1000),
    "surface": ("neutral", 0, 900),
    "sunken": ("neutral", 25, 950),
    "hover": ("neutral", 100, 850),
    "line": ("neutral", 200, 800),
    "line_strong": ("neutral", 450, 500),
    "track": ("neutral", 100, 800),
    "text": ("neutral", 950, 100),
    "text_muted": ("neutral", 600, 400),
    "text_disabled": ("neutral", 400, 600),
    "accent": ("blue", 600, 400),
    "accent_hover": ("blue", 700, 300),
    "accent_soft": ("blue", 50, 900),
    "accent_line": ("blue", 200, 800),
    "on_accent": ("neutral", 0, 1000),
    "risk_raised": ("orange", 300, 600),
    "risk_high": ("orange", 500, 400),
    "risk_text": ("orange", 600, 300),
    "risk_soft": ("orange", 50, 900),
    "urgent": ("red", 600, 400),
    "urgent_soft": ("red", 50, 900),
    "urgent_line": ("red", 100, 800),
    "chart_books": ("neutral", 200, 800),
    "chart_books_edge": ("neutral", 400, 500),
    "chart_forecast": ("blue", 600, 400),
    "chart_last_year": ("neutral", 400, 500),
    "chart_capacity": ("neutral", 600, 400),
    "chart_event": ("orange", 500, 400),
    "chart_grid": ("neutral", 100, 850),
}


class Palette(NamedTuple):
    """One reading of the ramps: a ``#RRGGBB`` colour per role."""

    dark: bool
    ground: str
    rail: str
    surface: str
    sunken: str
    hover: str
    line: str
    line_strong: str
    track: str
    text: str
    text_muted: str
    text_disabled: str
    accent: str
    accent_hover: str
    accent_soft: str
    accent_line: str
    on_accent: str
    risk_raised: str
    risk_high: str
    risk_text: str
    risk_soft: str
    urgent: str
    urgent_soft: str
    urgent_line: str
    chart_books: str
    chart_books_edge: str
    chart_forecast: str
    chart_last_year: str
    chart_capacity: str
    chart_event: str
    chart_grid: str


def palette(*, dark: bool) -> Palette:
    """Derive the light or the dark palette from the ramps."""
    roles = {name: RAMPS[ramp][night if dark else day] for name, (ramp, day, night) in PALETTE_STEPS.items()}
    return Palette(dark=dark, **roles)


def roles() -> tuple[str, ...]:
    """Name every role a palette has."""
    return tuple(name for name in Palette._fields if name != "dark")


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#RRGGBB`` colours (WCAG 2.2, relative luminance), from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
