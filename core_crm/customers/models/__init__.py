"""Customers of a city: persons and organisations, and what the city holds of them."""

from core_crm.customers.models.acquired import AcquiredList, AcquiredMember
from core_crm.customers.models.citizen import DISTRICT_PATTERN, E164_PATTERN, Citizen
from core_crm.customers.models.consents import Consent, ConsentChange
from core_crm.customers.models.contact import ContactPoint
from core_crm.customers.models.duplicates import DuplicatePair, DuplicateSearch, Merge
from core_crm.customers.models.facts import DatedFact, UniqueIdentifier
from core_crm.customers.models.family import Household, HouseholdMember, Relation
from core_crm.customers.models.figures import CustomerFigure, QualityFigure, ResidentCount
from core_crm.customers.models.notes import CustomerNote
from core_crm.customers.models.occasions import Occasion, Participation
from core_crm.customers.models.organisation import Membership, Organisation
from core_crm.customers.models.sign_in import SignInCode
from core_crm.customers.models.timeline import TimelineEntry

__all__ = [
    "DISTRICT_PATTERN",
    "E164_PATTERN",
    "AcquiredList",
    "AcquiredMember",
    "Citizen",
    "Consent",
    "ConsentChange",
    "ContactPoint",
    "CustomerFigure",
    "CustomerNote",
    "DatedFact",
    "DuplicatePair",
    "DuplicateSearch",
    "Household",
    "HouseholdMember",
    "Membership",
    "Merge",
    "Occasion",
    "Organisation",
    "Participation",
    "QualityFigure",
    "Relation",
    "ResidentCount",
    "SignInCode",
    "TimelineEntry",
    "UniqueIdentifier",
]
