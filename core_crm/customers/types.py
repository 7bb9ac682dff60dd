"""What others may hold of the customers room."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ContactChannel(StrEnum):
    """How a citizen wants to hear from the city."""

    SMS = "sms"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class CitizenCounts:
    """How often a citizen met the city, in all and by kind of meeting."""

    total: int
    by_kind: dict[str, int]


class CustomerState(StrEnum):
    """A merged customer is an alias of another; an erased one keeps no personal data."""

    ACTIVE = "active"
    MERGED = "merged"
    ERASED = "erased"


class Sex(StrEnum):
    """As the resident register has it; unknown is empty."""

    FEMALE = "F"
    MALE = "M"


class OrganisationKind(StrEnum):
    """What sort of body it is (법인·단체)."""

    COMPANY = "company"
    ASSOCIATION = "association"
    INSTITUTION = "institution"
    GROUP = "group"
    OTHER = "other"


class MemberRole(StrEnum):
    """As what a person acts for an organisation."""

    REPRESENTATIVE = "representative"
    CONTACT = "contact"
    MEMBER = "member"


class ContactKind(StrEnum):
    """What sort of further contact it is."""

    MOBILE = "mobile"
    HOME = "home"
    WORK = "work"
    FAX = "fax"
    EMAIL = "email"


class HouseholdRole(StrEnum):
    """Head (세대주) or member (세대원)."""

    HEAD = "head"
    MEMBER = "member"


class RelationKind(StrEnum):
    """How one citizen stands to another."""

    GUARDIAN = "guardian"
    PROXY = "proxy"
    PARENT = "parent"
    SPOUSE = "spouse"
    CARER = "carer"
    OTHER = "other"


class IdentifierKind(StrEnum):
    """Unique identifiers a city may hold on a basis (개인정보 보호법 시행령 제19조).

    Resident registration numbers are not among them: 제24조의2 needs a law for each use.
    """

    PASSPORT = "passport"
    FOREIGNER = "foreigner"
    DRIVER = "driver"


class ConsentSource(StrEnum):
    """Where a citizen said yes or no."""

    CONSENT_CENTRE = "consent_centre"
    FILING = "filing"
    OFFICIAL = "official"
    CALL = "call"
    IMPORT = "import"
    MESSAGE = "message"
    MERGE = "merge"


class PairState(StrEnum):
    """What a person decided about two who may be one."""

    OPEN = "open"
    DISMISSED = "dismissed"
    MERGED = "merged"
