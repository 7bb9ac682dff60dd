"""What kind of matter a draft is: its class, its lawful period, and who should get it."""

from __future__ import annotations

from dataclasses import dataclass

from core_crm.calendars import Period, Unit, default_period
from core_crm.staff.models import Department
from core_crm.voices.models import Category, ServiceItem
from core_crm.voices.selectors.catalogue import service_get
from core_crm.voices.types import PetitionClass
from tenants.isolation.kept import kept_a_moment


@dataclass(frozen=True, slots=True)
class Route:
    """Where a draft leads. `category` is None for an unknown one: class `other` (at once)."""

    category: Category | None
    service: ServiceItem | None
    petition_class: str
    is_compound: bool
    period: Period
    department: Department | None


@kept_a_moment
def route_of(*, category: str = "", service_code: str = "", petition_class: str = "") -> Route:
    """The route of a category, or of a service, which says more. Raises ServiceUnknown.

    `petition_class` overrides the category's, for an official who reclassifies. A statutory
    petition has its period from its service item only (민원 처리에 관한 법률 제17조): without one,
    NoDefaultPeriod. A catalogue changed a moment ago is seen within two seconds.
    """
    service = service_get(service_code) if service_code else None
    found = Category.objects.filter(code=category).first() if category else None
    found = found or (service.category if service else None)
    wanted = petition_class or (found.petition_class if found else PetitionClass.OTHER.value)
    if service is not None:
        wanted = service.petition_class
    return Route(
        category=found,
        service=service,
        petition_class=wanted,
        is_compound=bool(service and service.is_compound),
        period=_period(service, wanted),
        department=_department(service, found),
    )


def _period(service: ServiceItem | None, petition_class: str) -> Period:
    if service is not None:
        return Period(Unit(service.period_unit), service.period_amount)
    return default_period(petition_class)


def _department(service: ServiceItem | None, category: Category | None) -> Department | None:
    """Of the service, else of the category, else of the one where unsorted voices go."""
    code = service.department_code if service else ""
    code = code or (category.department_code if category else "") or _fallback_code()
    return Department.objects.filter(code=code).first() if code else None


def _fallback_code() -> str:
    unsorted = Category.objects.filter(petition_class=PetitionClass.OTHER, is_active=True)
    return unsorted.order_by("sort").values_list("department_code", flat=True).first() or ""
