"""Did you mean …? What to add to a message about a word that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or "" when none is near."""
    return next(iter(get_close_matches(word, list(known), n=1)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` 혹시 ‘received’인가요?`, or "" when nothing known is near."""
    near = nearest(word, known)
    return f" 혹시 ‘{near}’인가요?" if near else ""
