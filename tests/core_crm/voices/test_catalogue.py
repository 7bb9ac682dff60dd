"""What citizens choose from, loaded into a city."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from core_crm.staff.models import Department
from core_crm.staff.services import organisation_load_standard
from core_crm.voices.errors import CategoryUnknown, ServiceUnknown
from core_crm.voices.models import Category, ServiceItem
from core_crm.voices.selectors import category_get, category_list, service_get, service_list
from core_crm.voices.services import catalogue_load, catalogue_load_standard
from core_crm.voices.types import CategoryEntry, ServiceEntry
from tenants.context import current_city
from tests.conftest import ServedCity
from tests.support.voices import CIVIL, ROAD, Office, load_catalogue

ENTRY = {"label": {"ko": "새 분야"}, "petition_class": "inquiry", "department_role": "no_such_role"}


def test_the_standard_catalogue_finds_a_department_of_the_city_for_all(busan: ServedCity) -> None:
    city = current_city()
    organisation_load_standard(city)
    catalogue_load_standard(city)
    assert 5 <= category_list().count() <= 12
    assert service_list().count() >= 20
    known = set(Department.objects.values_list("code", flat=True))
    for code in (*category_list().values_list("department_code", flat=True),):
        assert code in known
    assert set(service_list().values_list("department_code", flat=True)) <= known
    assert category_list().filter(petition_class="other").count() == 1


def test_loading_twice_changes_nothing(office: Office) -> None:
    before = list(Category.objects.order_by("code").values())
    load_catalogue()
    assert list(Category.objects.order_by("code").values()) == before


def test_a_role_nobody_plays_goes_to_the_fallback(office: Office) -> None:
    catalogue_load(categories={"new": CategoryEntry.model_validate(ENTRY)}, services={})
    assert category_get("new").department_code == CIVIL


def test_what_a_list_no_longer_names_is_kept_but_not_offered(office: Office) -> None:
    catalogue_load(categories={"new": CategoryEntry.model_validate(ENTRY)}, services={})
    assert [each.code for each in category_list()] == ["new"]
    assert category_get("road").department_code == ROAD
    assert not service_list().exists()


def test_a_service_of_no_category_is_refused(office: Office) -> None:
    entry = ServiceEntry.model_validate(
        {
            "title": {"ko": "x"},
            "category": "nothing",
            "period": {"unit": "days", "amount": 1},
            "department_role": "road",
        }
    )
    with pytest.raises(CategoryUnknown):
        catalogue_load(categories={}, services={"x": entry})


def test_services_are_found_by_words_of_their_title(office: Office) -> None:
    assert [each.code for each in service_list(text="여권 발급")] == ["passport_issue"]
    assert service_list(category="road").count() == 0


def test_an_unknown_code_is_said(office: Office) -> None:
    with pytest.raises(ServiceUnknown):
        service_get("nothing")
    with pytest.raises(CategoryUnknown):
        category_get("nothing")


def test_only_a_statutory_petition_is_compound(office: Office) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceItem.objects.filter(code="building_permit").update(petition_class="inquiry")
