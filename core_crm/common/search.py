"""Korean search: pairs of neighbouring signs in an array column, found by GIN and checked again.

pg_trgm cannot serve two-syllable words; pairs can. Blanks are left out of what is kept, since
불법주차 is as often written 불법 주차: a query finds both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

from django.db.models import F, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower, Replace, StrIndex
from django.db.models.lookups import GreaterThan

M = TypeVar("M", bound=Model)

MOST_PAIRS = 4000  # of one text; a longer text is found by its first 4,000 different pairs
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST, _LAST, _PER_INITIAL = 0xAC00, 0xD7A3, 588
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width signs of an IME


def words(text: str) -> list[str]:
    """Runs of letters and digits, in small letters."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).translate(_WIDE).lower())


def bigrams(text: str) -> list[str]:
    """What to keep for a text: every two neighbouring signs, blanks left out, each once."""
    return _pairs("".join(words(text)))[:MOST_PAIRS]


def search_terms(*, title: str, body: str) -> list[str]:
    """What to keep for something with a title: its pairs, and those of the title's initials."""
    pairs = [*bigrams(f"{title} {body}"), *_pairs("".join(words(initials(title))))]
    return list(dict.fromkeys(pairs))


def _pairs(signs: str) -> list[str]:
    return list(dict.fromkeys(signs[i : i + 2] for i in range(len(signs) - 1)))


def initials(text: str) -> str:
    """The initial consonants (초성): `홍길동` → `ㅎㄱㄷ`; other signs stay."""
    return "".join(_initial(sign) for sign in unicodedata.normalize("NFC", text))


def _initial(sign: str) -> str:
    place = ord(sign)
    if not _FIRST <= place <= _LAST:
        return sign
    return _INITIALS[(place - _FIRST) // _PER_INITIAL]


def is_initials(text: str) -> bool:
    """Did the person type initial consonants only, two or more?"""
    signs = text.replace(" ", "")
    return len(signs) >= 2 and all(sign in _INITIALS for sign in signs)


def search_filter(
    queryset: QuerySet[M], *, terms: str, text: Sequence[str], query: str
) -> QuerySet[M]:
    """Rows whose array column `terms` holds the query's pairs, and whose columns `text` its words.

    The array test uses the GIN index; the second look, blanks left out, removes rows that hold the
    pairs scattered. Initials have no second look. A query of one sign has no pair and so no index:
    the caller's newest-first walk bounds it. An empty query finds nothing.
    """
    asked = words(query)
    if not asked:
        return queryset.none()
    pairs = [pair for word in asked for pair in _pairs(word)]
    found: QuerySet[M] = queryset.filter(**{f"{terms}__contains": pairs}) if pairs else queryset
    squeezed = {f"_{name}_squeezed": _squeezed(name) for name in text}
    found = found.alias(**squeezed)
    for word in asked:
        if not is_initials(word):
            found = found.filter(_any_holds(list(squeezed), word))
    return found


def _squeezed(column: str) -> Lower:
    """In small letters, without blanks, as queries are."""
    return Lower(Replace(F(column), Value(" "), Value(""), output_field=TextField()))


def _any_holds(columns: Sequence[str], word: str) -> Q:
    """By position, not by LIKE: for LIKE the planner expects next to nothing, and would rather sort
    every row of a frequent word than walk an order in which it meets fifty of them at once."""
    condition = Q()
    for column in columns:
        condition |= Q(GreaterThan(StrIndex(F(column), Value(word)), 0))
    return condition
