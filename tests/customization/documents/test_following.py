"""Documents that come into force move the rows that cases point to."""

from __future__ import annotations

from typing import Any

import pytest

from core_crm.staff.services import organisation_load_standard
from core_crm.voices.selectors import category_list, service_get
from core_crm.voices.selectors.roles import RoleMap
from core_crm.voices.services import catalogue_load_standard
from customization.documents.errors import DocumentsNotValid
from customization.documents.selectors import in_force
from customization.documents.services import rollback
from customization.documents.services.publishing import publish
from customization.resolution.trees import copied, put
from tenants.context import current_city
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 10:00")
PERIOD = ("code_list", "services", "services", "passport_issue", "period", "amount")


@pytest.fixture
def opened(busan: ServedCity) -> ServedCity:
    organisation_load_standard(current_city())
    catalogue_load_standard(current_city())
    return busan


def published(**places: Any) -> None:
    found = in_force()
    tree = copied(found.tree)
    for dotted, value in places.items():
        put(tree, tuple(dotted.split("__")), value)
    publish(tree, standard_version=found.standard_version, now=NOW, actor=None)


def test_a_shorter_period_is_the_catalogues_and_goes_back_with_the_version(
    opened: ServedCity,
) -> None:
    published(code_list__services__services__passport_issue__period__amount=4)
    assert service_get("passport_issue").period_amount == 4
    rollback(0, now=NOW, actor=None)
    assert service_get("passport_issue").period_amount == 8


def test_a_category_that_is_dropped_is_offered_no_more(opened: ServedCity) -> None:
    found = in_force()
    tree = copied(found.tree)
    del tree["code_list"]["categories"]["categories"]["tax"]
    for service in tree["code_list"]["services"]["services"].values():
        service["category"] = "certificate" if service["category"] == "tax" else service["category"]
    publish(tree, standard_version=found.standard_version, now=NOW, actor=None)
    assert "tax" not in {each.code for each in category_list()}


def test_a_department_named_for_a_role_gets_what_its_role_gets(opened: ServedCity) -> None:
    before = RoleMap.of_this_city()
    other = before.department_code("tax")
    assert before.department_code("passport") != other
    published(routing__voice__departments={"passport": other})
    assert service_get("passport_issue").department_code == other


def test_a_city_without_a_catalogue_publishes_all_the_same(busan: ServedCity) -> None:
    published(code_list__services__services__passport_issue__period__amount=4)
    assert not category_list().exists()


def test_a_name_that_no_row_holds_is_refused_in_words(opened: ServedCity) -> None:
    with pytest.raises(DocumentsNotValid, match="담을 수 없는 값"):
        published(code_list__categories__categories__tax__label__ko="가" * 61)
    assert in_force().number == 0
