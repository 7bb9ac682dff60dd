"""What two records say of each other: weighed evidence, as Fellegi and Sunter weigh it.

A weight is about log2 of how much more often this is seen of one person written down twice than of
two persons. The weights are set by hand from invented crowds (ADR 0023) and can be told one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from math import exp2
from typing import NamedTuple
from uuid import UUID

from rapidfuzz.distance import OSA

from core_crm.common.similarity import (
    AddressLikeness,
    NameLikeness,
    address_likeness,
    name_likeness,
)
from core_crm.customers.types import Evidence, EvidenceCode

Code = EvidenceCode
WEIGHTS: Mapping[EvidenceCode, float] = {
    Code.NAME_SAME: 6,
    Code.NAME_SPACED: 6,
    Code.NAME_TURNED: 5,
    Code.NAME_SPELLED: 5,
    Code.NAME_CLOSE: 4,
    Code.NAME_OTHER: -30,  # a family shares everything else
    Code.PHONE_SAME: 9,
    Code.PHONE_OTHER: -1,
    Code.EMAIL_SAME: 9,
    Code.EMAIL_OTHER: -0.5,
    Code.CONTACT_BEFORE: 7,
    Code.BIRTH_SAME: 6,
    Code.BIRTH_SWAPPED: 5,
    Code.BIRTH_CLOSE: -1,
    Code.BIRTH_OTHER: -10,
    Code.HOME_SAME: 5,
    Code.BUILDING_SAME: 3,
    Code.ADDRESS_OTHER: -0.5,
    Code.SEX_OTHER: -4,
    Code.FAMILY: -10,
}
LEAST = 12.0
"""From here on two records are suggested to a person."""
LEAST_AT_ENTRY = 9.0
"""While somebody is being written down a question is cheap: less is enough."""
EVEN = 9.0
"""Where it is as likely that they are two: of all that are compared, few are one."""
SURE = 0.9999
_NAMES = {
    NameLikeness.SAME: Code.NAME_SAME,
    NameLikeness.SPACED: Code.NAME_SPACED,
    NameLikeness.TURNED: Code.NAME_TURNED,
    NameLikeness.SPELLED: Code.NAME_SPELLED,
    NameLikeness.CLOSE: Code.NAME_CLOSE,
    NameLikeness.OTHER: Code.NAME_OTHER,
}
_HOMES = {
    AddressLikeness.HOME: Code.HOME_SAME,
    AddressLikeness.BUILDING: Code.BUILDING_SAME,
    AddressLikeness.OTHER: Code.ADDRESS_OTHER,
}


class Known(NamedTuple):
    """What is compared of one record, in the form in which it is kept."""

    id: UUID
    name: str
    phone: str
    email: str
    birth_on: date | None
    sex: str
    address: str
    address_detail: str
    district_code: str


COLUMNS = ", ".join(Known._fields)


def evidence_of(one: Known, other: Known) -> tuple[Evidence, ...]:
    """All that the two records say of each other; the order of the two does not matter."""
    found = [
        _NAMES.get(name_likeness(one.name, other.name)),
        _equal(one.phone, other.phone, Code.PHONE_SAME, Code.PHONE_OTHER),
        _equal(one.email, other.email, Code.EMAIL_SAME, Code.EMAIL_OTHER),
        _birth(one.birth_on, other.birth_on),
        _home(one, other),
        _equal(one.sex, other.sex, None, Code.SEX_OTHER),
    ]
    return weighed(code for code in found if code is not None)


def weighed(codes: Iterable[EvidenceCode]) -> tuple[Evidence, ...]:
    return tuple(Evidence(code.value, WEIGHTS[code]) for code in codes)


def total(evidence: Iterable[Evidence]) -> float:
    return sum(one.weight for one in evidence)


def likelihood(evidence: Iterable[Evidence]) -> float:
    """How likely it is one person, above 0 and below 1: as the weights have it, not counted."""
    return min(round(1 / (1 + exp2(EVEN - total(evidence))), 4), SURE)


def _equal(
    one: str, other: str, same: EvidenceCode | None, differs: EvidenceCode
) -> EvidenceCode | None:
    """Nothing, when one of them is not known."""
    if not one or not other:
        return None
    return same if one == other else differs


def _birth(one: date | None, other: date | None) -> EvidenceCode | None:
    if one is None or other is None:
        return None
    if one == other:
        return Code.BIRTH_SAME
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return Code.BIRTH_SWAPPED
    written = OSA.distance(f"{one:%Y%m%d}", f"{other:%Y%m%d}", score_cutoff=1)
    return Code.BIRTH_CLOSE if written == 1 else Code.BIRTH_OTHER


def _home(one: Known, other: Known) -> EvidenceCode | None:
    alike = address_likeness(one.address, one.address_detail, other.address, other.address_detail)
    return _HOMES.get(alike)
