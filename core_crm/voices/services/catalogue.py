"""Loading what citizens choose from: categories and the service catalogue, into one city."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models, transaction

from core_crm.extension_points import document
from core_crm.staff.types import LoadResult
from core_crm.voices.errors import CategoryUnknown
from core_crm.voices.models import Category, ServiceItem
from core_crm.voices.selectors.roles import RoleMap
from core_crm.voices.types import CategoryEntry, CategoryList, ServiceEntry, ServiceList
from tenants.context import CityRef

M = TypeVar("M", bound=models.Model)
DOCUMENT_KIND = "code_list"


def catalogue_load_standard(city: CityRef) -> None:
    """Provisioning step: the catalogue effective in this city, its departments found by name."""
    categories = CategoryList.model_validate(dict(document(DOCUMENT_KIND, "categories").body))
    services = ServiceList.model_validate(dict(document(DOCUMENT_KIND, "services").body))
    catalogue_load(categories=categories.categories, services=services.services)


def catalogue_follow(
    *, categories: Mapping[str, Any], services: Mapping[str, Any], departments: Mapping[str, str]
) -> LoadResult | None:
    """Bring the tables behind to documents that come into force: bodies of the two code lists, and
    the departments that the routing document names. None in a city that has no catalogue yet.
    """
    if not Category.objects.exists():
        return None
    return catalogue_load(
        categories=CategoryList.model_validate(dict(categories)).categories,
        services=ServiceList.model_validate(dict(services)).services,
        departments=departments,
    )


@transaction.atomic
def catalogue_load(
    *,
    categories: Mapping[str, CategoryEntry],
    services: Mapping[str, ServiceEntry],
    departments: Mapping[str, str] | None = None,
) -> LoadResult:
    """Create or update by code; what the lists no longer name is kept but not offered any more.

    Loading the same lists twice changes nothing. `departments`: the city's own for a role; as in
    force when not given. Raises CategoryUnknown when a service names none.
    """
    roles = RoleMap.of_this_city(named=departments)
    wanted = {code: _category_values(entry, roles) for code, entry in categories.items()}
    counts = _upsert(Category, wanted)
    known = {category.code: category for category in Category.objects.all()}
    lost = sorted({entry.category for entry in services.values()} - set(known))
    if lost:
        raise CategoryUnknown("민원편람이 없는 분야를 가리킵니다.", categories=lost)
    items = {code: _service_values(entry, roles, known) for code, entry in services.items()}
    more = _upsert(ServiceItem, items)
    return LoadResult(
        created=counts.created + more.created,
        updated=counts.updated + more.updated,
        unchanged=counts.unchanged + more.unchanged,
    )


def _category_values(entry: CategoryEntry, roles: RoleMap) -> dict[str, Any]:
    return {
        "label_ko": entry.label.ko,
        "label_en": entry.label.en,
        "icon": entry.icon,
        "petition_class": entry.petition_class.value,
        "department_code": roles.department_code(entry.department_role),
        "sort": entry.sort,
        "notice_ko": entry.notice.ko if entry.notice else "",
        "notice_en": entry.notice.en if entry.notice else "",
        "is_active": True,
    }


def _service_values(
    entry: ServiceEntry, roles: RoleMap, known: Mapping[str, Category]
) -> dict[str, Any]:
    return {
        "title_ko": entry.title.ko,
        "title_en": entry.title.en,
        "category_id": known[entry.category].id,
        "legal_basis": entry.legal_basis,
        "period_unit": entry.period.unit,
        "period_amount": entry.period.amount,
        "department_code": roles.department_code(entry.department_role),
        "petition_class": entry.petition_class.value,
        "is_compound": entry.is_compound,
        "documents_needed": list(entry.documents),
        "fee_krw": entry.fee_krw,
        "fee_note": entry.fee_note,
        "is_active": True,
    }


def _upsert(model: type[M], wanted: Mapping[str, Mapping[str, Any]]) -> LoadResult:
    manager = model._default_manager
    known = {str(vars(row)["code"]): row for row in manager.all()}
    new, changed = [], 0
    for code, values in wanted.items():
        row = known.get(code)
        if row is None:
            new.append(_checked(model(code=code, **values)))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            _checked(row).save()
            changed += 1
    manager.bulk_create(new)
    manager.exclude(code__in=list(wanted)).filter(is_active=True).update(is_active=False)
    return LoadResult(created=len(new), updated=changed, unchanged=len(wanted) - len(new) - changed)


def _checked(row: M) -> M:
    row.clean_fields(exclude={"category"})  # found by code a moment ago
    return row
