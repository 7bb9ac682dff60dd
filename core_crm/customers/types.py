"""What others may hold of the customers room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from core_crm.events import Event


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


class ConsentPurpose(StrEnum):
    """What a citizen is asked for; each is asked by itself (개인정보 보호법 제22조)."""

    SERVICE = "service"
    SURVEY = "survey"
    MARKETING = "marketing"
    MARKETING_NIGHT = "marketing_night"


ADVERTISING = frozenset({ConsentPurpose.MARKETING, ConsentPurpose.MARKETING_NIGHT})


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


class EvidenceCode(StrEnum):
    """What speaks for two records being one person, or against it (중복의 근거)."""

    NAME_SAME = "name_same"
    NAME_SPACED = "name_spaced"
    NAME_TURNED = "name_turned"
    NAME_SPELLED = "name_spelled"
    NAME_CLOSE = "name_close"
    NAME_OTHER = "name_other"
    PHONE_SAME = "phone_same"
    PHONE_OTHER = "phone_other"
    EMAIL_SAME = "email_same"
    EMAIL_OTHER = "email_other"
    CONTACT_BEFORE = "contact_before"
    BIRTH_SAME = "birth_same"
    BIRTH_SWAPPED = "birth_swapped"
    BIRTH_CLOSE = "birth_close"
    BIRTH_OTHER = "birth_other"
    HOME_SAME = "home_same"
    BUILDING_SAME = "building_same"
    ADDRESS_OTHER = "address_other"
    SEX_OTHER = "sex_other"
    FAMILY = "family"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that two records say of each other. `weight` in bits: above 0 for one person,
    below 0 for two."""

    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class ConsentChanged(Event):
    """A citizen said yes or no to one purpose on one channel, or an official wrote it down."""

    kind: ClassVar[str] = "customers.consent_changed"

    citizen_id: UUID
    purpose: str
    channel: str
    is_given: bool
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CitizenDraft:
    """A person as somebody writes them down: the whole of it, "" and None where it is not known.

    Contacts may come in any form that people write. `district_code` "": found by the address.
    `source`: the way by which we came to know them (a code or the name of a system).
    """

    name: str = ""
    phone: str = ""
    email: str = ""
    preferred_channel: str = ""
    language: str = "ko"
    birth_on: date | None = None
    sex: str = ""
    postcode: str = ""
    address: str = ""
    address_detail: str = ""
    district_code: str = ""
    needs: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """A body as somebody writes it down: the whole of it, "" where it is not known.

    `registration_no` with or without hyphens. `facts`: what a directory tells beside (정원, 차량).
    """

    name: str = ""
    kind: str = OrganisationKind.OTHER.value
    trade: str = ""
    registration_no: str = ""
    representative_name: str = ""
    phone: str = ""
    extension: str = ""
    email: str = ""
    website: str = ""
    postcode: str = ""
    address: str = ""
    address_detail: str = ""
    district_code: str = ""
    facts: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class CitizenRegistered(Event):
    """A citizen was written down (not those whom a filed voice made known: it tells of itself)."""

    kind: ClassVar[str] = "customers.citizen_registered"

    citizen_id: UUID
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CitizenChanged(Event):
    """What is known of a citizen changed; `fields` are the columns' names."""

    kind: ClassVar[str] = "customers.citizen_changed"

    citizen_id: UUID
    fields: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationRegistered(Event):
    """A body was written down."""

    kind: ClassVar[str] = "customers.organisation_registered"

    organisation_id: UUID
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationChanged(Event):
    """What is known of a body changed; `fields` are the columns' names."""

    kind: ClassVar[str] = "customers.organisation_changed"

    organisation_id: UUID
    fields: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class DatedFactSet(Event):
    """A day that matters for a citizen became known, or another one than before."""

    kind: ClassVar[str] = "customers.dated_fact_set"

    citizen_id: UUID
    fact: str
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class ParticipationNoted(Event):
    """A citizen came to an occasion."""

    kind: ClassVar[str] = "customers.participation_noted"

    citizen_id: UUID
    occasion_id: UUID
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class CitizensMerged(Event):
    """Two citizens were found to be one: the alias lends the survivor all that was its own."""

    kind: ClassVar[str] = "customers.citizens_merged"

    survivor_id: UUID
    alias_id: UUID
    merge_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class MergeUndone(Event):
    """Two citizens are two again."""

    kind: ClassVar[str] = "customers.merge_undone"

    survivor_id: UUID
    alias_id: UUID
    merge_id: UUID
    at: datetime
