"""How well a text can be told from its ground: the contrast ratio of WCAG 2.2, 1 to 21."""

from __future__ import annotations

LEAST_FOR_TEXT = 4.5
"""WCAG 2.2, 1.4.3 (AA), for texts of ordinary size; KWCAG 2.2 asks the same."""

Channels = tuple[int, int, int]


def channels(colour: str) -> Channels:
    """Red, green and blue, 0 to 255, of `#0b50d0`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white), as WCAG defines it."""
    red, green, blue = (_linear(one / 255) for one in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours; their order does not matter."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """The colour with so much (0 to 1) of the other in it."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(mine + (its - mine) * share):02x}" for mine, its in pairs)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
