"""The shades that follow from one colour, in the steps of KRDS's own scale."""

from __future__ import annotations

from core_crm.identity.contrast import LEAST_FOR_TEXT, contrast, mixed

WHITE, BLACK, CANVAS = "#ffffff", "#000000", "#f4f5f6"  # CANVAS: KRDS gray-5, behind all pages
LIGHTER = {5: 0.93, 10: 0.86, 20: 0.7, 30: 0.5, 40: 0.28, 50: 0.0}
DARKER = {70: 0.3, 80: 0.55, 90: 0.75, 95: 0.85}


def shades(colour: str) -> dict[int, str]:
    """KRDS step -> colour; step 60, for words and buttons, is the colour itself."""
    lighter = {step: mixed(colour, WHITE, share) for step, share in LIGHTER.items()}
    darker = {step: mixed(colour, BLACK, share) for step, share in DARKER.items()}
    return {**lighter, 60: colour, **darker}


def weakest_contrast(colour: str) -> float:
    """The lowest ratio at which words in this colour, or white ones on it, are ever shown."""
    grounds = (WHITE, CANVAS, shades(colour)[5])
    return min(contrast(colour, ground) for ground in grounds)


def is_readable(colour: str) -> bool:
    return weakest_contrast(colour) >= LEAST_FOR_TEXT
