"""How alike two names or two addresses are, in steps that can be told to a person."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from core_crm.common.hangul import letters_of, parts_of
from core_crm.common.search import words
from core_crm.common.similarity_spellings import is_read_as, is_spelled_as

MOST_WRONG = 1  # letters of a Hangul name; two would make sisters one person
LEAST_ALIKE = 90.0  # percent of an address whose numbers are the same


class NameLikeness(StrEnum):
    """From the same to another; UNKNOWN when one has no name."""

    SAME = "same"
    SPACED = "spaced"  # 김 하늘, 김하느ㄹ
    TURNED = "turned"  # 하늘 김
    SPELLED = "spelled"  # 金하늘, Kim Haneul
    CLOSE = "close"  # one letter, or two syllables in each other's place
    OTHER = "other"
    UNKNOWN = "unknown"


class AddressLikeness(StrEnum):
    """The same home, the same building, another place; UNKNOWN when one has no address."""

    HOME = "home"
    BUILDING = "building"
    OTHER = "other"
    UNKNOWN = "unknown"


def name_likeness(one: str, other: str) -> NameLikeness:
    """How alike two names are; the order of the two does not matter."""
    first, second = sorted((squeezed(one), squeezed(other)))
    if not first or not second:
        return NameLikeness.UNKNOWN
    if one == other:
        return NameLikeness.SAME
    is_turned = _is_turned(first, second) or sorted(words(one)) == sorted(words(other))
    ways = (
        (NameLikeness.SPACED, letters_of(first) == letters_of(second)),
        (NameLikeness.TURNED, is_turned),
        (NameLikeness.SPELLED, _is_in_other_signs(first, second)),
        (NameLikeness.CLOSE, _is_close(first, second)),
    )
    return next((likeness for likeness, holds in ways if holds), NameLikeness.OTHER)


def _is_turned(first: str, second: str) -> bool:
    """The family's name at the other end, of one syllable or two; only of Hangul names."""
    if len(first) != len(second) or not _is_hangul(first) or len(first) < 3:
        return False
    return any(
        second == first[at:] + first[:at] or first == second[at:] + second[:at]
        for at in (1, 2)[: len(first) - 2]
    )


def _is_in_other_signs(first: str, second: str) -> bool:
    """One in Hangul, the other in Latin or in Chinese signs."""
    for hangul, other in ((first, second), (second, first)):
        if _is_hangul(hangul) and not _is_hangul(other):
            if other.isascii():
                return is_spelled_as(other, hangul)
            return is_read_as(other, hangul)
    return False


def _is_close(first: str, second: str) -> bool:
    if _is_hangul(first) and sorted(first) == sorted(second):
        return True
    one, other = letters_of(first), letters_of(second)
    if min(len(one), len(other)) < 4:
        return False
    return OSA.distance(one, other, score_cutoff=MOST_WRONG) <= MOST_WRONG


def address_likeness(one: str, detail: str, other: str, other_detail: str) -> AddressLikeness:
    """Blanks, signs and what stands in brackets do not matter; the numbers do."""
    if not one or not other:
        return AddressLikeness.UNKNOWN
    if not _is_one_building(address_key(one), address_key(other)):
        return AddressLikeness.OTHER
    same = squeezed(detail) == squeezed(other_detail)
    return AddressLikeness.HOME if same else AddressLikeness.BUILDING


def _is_one_building(one: str, other: str) -> bool:
    if one == other:
        return True
    numbers = re.findall(r"\d+", one)
    is_same_number = bool(numbers) and numbers == re.findall(r"\d+", other)
    return is_same_number and fuzz.ratio(one, other) >= LEAST_ALIKE


@lru_cache(maxsize=8192)
def squeezed(text: str) -> str:
    """In small letters, without blanks and signs."""
    return "".join(words(text))


@lru_cache(maxsize=8192)
def address_key(text: str) -> str:
    """An address without what is often left out: the neighbourhood in brackets, and of a government
    what it is (부산광역시, 부산)."""
    return squeezed(re.sub(r"\(.*?\)|(?:특별자치|특별|광역)[시도]", " ", text))


def _is_hangul(text: str) -> bool:
    return all(parts_of(sign) for sign in text)
