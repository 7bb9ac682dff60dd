"""Korean search: bigrams kept in an array column, found by a GIN index and checked again.

pg_trgm cannot serve two-syllable words; a bigram can. A one-syllable query has no index to use:
callers ask for two or more signs.
"""

from __future__ import annotations

import re
from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)

MAX_BIGRAMS = 600
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST, _LAST, _PER_INITIAL = 0xAC00, 0xD7A3, 588


def words(text: str) -> list[str]:
    """Runs of letters and digits, lower case."""
    return re.findall(r"\w+", text.lower())


def bigrams(text: str, *, limit: int = MAX_BIGRAMS) -> list[str]:
    """Every two neighbouring signs of each word, once, sorted; a one-sign word stands alone."""
    found: set[str] = set()
    for word in words(text):
        found.update(word[i : i + 2] for i in range(len(word) - 1))
        if len(word) == 1:
            found.add(word)
        if len(found) >= limit:
            break
    return sorted(found)[:limit]


def initials(text: str) -> str:
    """The initial consonants (초성): `홍길동` → `ㅎㄱㄷ`; other signs stay."""
    return "".join(_initial(sign) for sign in text)


def _initial(sign: str) -> str:
    place = ord(sign)
    if not _FIRST <= place <= _LAST:
        return sign
    return _INITIALS[(place - _FIRST) // _PER_INITIAL]


def is_initials(text: str) -> bool:
    """Did the person type initial consonants only?"""
    signs = text.replace(" ", "")
    return len(signs) >= 2 and all(sign in _INITIALS for sign in signs)


def search_filter(queryset: QuerySet[M], *, terms: str, text: str, query: str) -> QuerySet[M]:
    """Rows whose bigram column `terms` holds the query's bigrams and whose `text` has its words.

    The array test uses the GIN index; the second removes rows that hold the bigrams scattered.
    """
    wanted = bigrams(query)
    if not wanted:
        return queryset.none()
    found = queryset.filter(**{f"{terms}__contains": wanted})
    for word in words(query):
        found = found.filter(**{f"{text}__icontains": word})
    return found
