"""Did you mean …? What to add to a message about a word that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` 혹시 ‘received’인가요?`, or "" when nothing known is near."""
    near = get_close_matches(word, list(known), n=1)
    return f" 혹시 ‘{near[0]}’인가요?" if near else ""
