"""Korean names in other signs: Latin letters as people spell themselves, and Chinese signs."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from rapidfuzz.distance import OSA

from core_crm.common.hangul import romanised

_SPELLED = (
    ("oo", "u"), ("ou", "u"), ("yeo", "yu"), ("yo", "yu"), ("eo", "u"), ("eu", "u"), ("ee", "i"),
    ("ae", "e"), ("ai", "e"), ("ui", "i"), ("ie", "i"), ("ch", "j"), ("ck", "k"), ("g", "k"),
    ("d", "t"), ("b", "p"), ("r", "l"), ("sh", "s"), ("ah", "a"), ("uh", "u"), ("wu", "u"),
    ("wh", "hw"), ("yi", "i"), ("x", "ks"), ("v", "p"), ("f", "p"), ("z", "j"),
)  # fmt: skip
"""Spellings that mean the same sounds, folded into one in this order."""
_LONG = 5  # of letters: from here on one may be wrong


@lru_cache(maxsize=1)
def _facts() -> dict[str, Any]:
    path = Path(settings.FIXTURES_DIR) / "names" / "spellings.yaml"
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


@lru_cache(maxsize=1)
def _readings() -> dict[str, frozenset[str]]:
    """A Chinese sign -> the syllables as which it is read in names."""
    found: dict[str, set[str]] = {}
    for syllable, signs in _facts()["hanja"].items():
        for sign in signs:
            found.setdefault(sign, set()).add(syllable)
    return {sign: frozenset(read) for sign, read in found.items()}


def is_read_as(hanja: str, hangul: str) -> bool:
    """May 金敏貞 be read 김민정? Sign by sign; one that is not known is taken for any but the
    first."""
    if len(hanja) != len(hangul) or hangul[0] not in _readings().get(hanja[0], ()):
        return False
    known = [_readings().get(sign) for sign in hanja[1:]]
    is_any_known = any(known) or len(hanja) == 1
    pairs = zip(known, hangul[1:], strict=True)
    return is_any_known and all(not read or syllable in read for read, syllable in pairs)


def is_spelled_as(latin: str, hangul: str) -> bool:
    """May `Min-Jeong KIM` be 김민정? The family first or last, one letter wrong in a long name."""
    letters = re.sub(r"[^a-z]", "", latin.lower())
    return any(_fits(letters, hangul, families) for families in (1, 2) if len(hangul) > families)


def _fits(letters: str, hangul: str, families: int) -> bool:
    given = folded(romanised(hangul[families:]))
    return any(
        _is_near(folded(rest), given) for rest in _without_family(letters, hangul[:families])
    )


def _without_family(letters: str, family: str) -> list[str]:
    """What is left of the letters when a spelling of the family is taken off either end."""
    spelled = {*_facts()["spellings"].get(family, ()), romanised(family)}
    first = [letters[len(one) :] for one in spelled if letters.startswith(one)]
    last = [letters[: -len(one)] for one in spelled if letters.endswith(one)]
    return [rest for rest in (*first, *last) if rest]


def _is_near(one: str, other: str) -> bool:
    allowed = 1 if min(len(one), len(other)) >= _LONG else 0
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


@lru_cache(maxsize=8192)
def folded(latin: str) -> str:
    """`young` and `yeong` alike, `Joon` and `jun`: one spelling of the same sounds."""
    for written, usual in _SPELLED:
        latin = latin.replace(written, usual)
    return re.sub(r"(.)\1", r"\1", latin)
