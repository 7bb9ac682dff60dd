"""What kind of matter a draft is: its class, its lawful period, and who should get it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from core_crm.calendars import Period, Unit, default_period
from core_crm.staff.models import Department
from core_crm.voices.models import Category, ServiceItem
from core_crm.voices.selectors.catalogue import service_get
from core_crm.voices.selectors.roles import department_of_role
from core_crm.voices.selectors.routing import Matter, Verdict, city_routing
from core_crm.voices.types import PetitionClass
from tenants.isolation.kept import kept_a_moment

MOST_WORDS_SAID = 4


@dataclass(frozen=True, slots=True)
class Route:
    """Where a draft leads. `category` is None for an unknown one: class `other` (at once).

    `rule`: what its words decided, when the city's rules did; `because` says so in a line.
    """

    category: Category | None
    service: ServiceItem | None
    petition_class: str
    is_compound: bool
    period: Period
    department: Department | None
    rule: Verdict | None = None

    @property
    def because(self) -> str:
        if self.rule is None:
            return ""
        said = ", ".join((*self.rule.words, *self.rule.places)[:MOST_WORDS_SAID])
        return f"배정 규칙 ‘{self.rule.rule.label.ko}’" + (f": {said}" if said else "")


def route_of_matter(matter: Matter, *, today: date) -> Route:
    """The route of a matter with its words: a service decides first, then the city's rules, then
    the category, then the fallback. Raises ServiceUnknown.

    A rule whose role nobody plays here decides nothing. No query that `route_of` has not asked,
    but for a role's department once in two seconds.
    """
    found = route_of(category=matter.category, service_code=matter.service)
    if found.service is not None and found.service.department_code:
        return found
    known = replace(matter, petition_class=found.petition_class)
    rule = city_routing().choose(known, today=today)
    if rule is None:
        return found
    (department,) = department_of_role(rule.rule.department_role)
    return found if department is None else replace(found, department=department, rule=rule)


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
    """Of the service, else of the category, else of the document's fallback."""
    code = service.department_code if service else ""
    code = code or (category.department_code if category else "")
    if not code:
        (department,) = department_of_role(city_routing().definition.fallback_role)
        return department
    return Department.objects.filter(code=code).first()
