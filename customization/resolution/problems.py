"""A finding about documents: where, what to mend, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from customization.resolution.trees import Path, dotted


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `meant`: the nearest thing that would have been right, if any."""

    path: Path
    message: str
    meant: str = ""

    def __str__(self) -> str:
        hint = f" — 혹시 '{self.meant}'?" if self.meant else ""
        return f"{dotted(self.path)}: {self.message}{hint}"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like it; "" when none does."""
    return next(iter(get_close_matches(word, [str(one) for one in known], n=1)), "")
