"""What the search finds a customer by: one rule for every writer, rows and COPY alike."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from core_crm.common.search import MOST_PAIRS, initials, words

LAST_DIGITS = 4
NAMES_KEPT = 20_000


def terms_of(name: str, address: str = "", phone: str = "") -> list[str]:
    """Pairs of signs of the name and the address, the name's initials, and `#4211` of the phone.

    Each once, in the order of their first place; at most some sixty for an ordinary person.
    """
    found = [*_of_name(name), *_pairs(address)]
    if len(phone) >= LAST_DIGITS:
        found.append(f"#{phone[-LAST_DIGITS:]}")
    return list(dict.fromkeys(found))


@lru_cache(maxsize=NAMES_KEPT)
def _of_name(name: str) -> tuple[str, ...]:
    """Many people have the same name: a list of a million holds a hundredth of that."""
    return (*_pairs(name), *_pairs(initials(name)))


def _pairs(text: str) -> list[str]:
    """As `common.search.bigrams`, some of them twice."""
    signs = "".join(words(text))
    return [one + two for one, two in pairwise(signs[:MOST_PAIRS])]
