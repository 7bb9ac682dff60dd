"""One city's page: how it stands, and what can be done with it, by whom."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.test import Client

from tenants import directory
from tenants.models import City
from tenants.provisioning.operations import operation_list
from tenants.selectors import city_get
from tests.conftest import kst

Visitor = Callable[..., Client]
WHY = "점검을 위한 시험입니다."
TODAY = kst("2026-11-25 10:00").date()


@pytest.fixture(autouse=True)
def known_again(cities: None) -> Iterator[None]:
    """What a page told this process of a city is forgotten with the transaction."""
    yield
    directory.refresh()


def act(client: Client, verb: str, city: str = "busan", /, **given: str) -> Any:
    return client.post(f"/cities/{city}/do/{verb}", {"reason": WHY, **given})


def test_it_shows_machinery_and_no_person(visitor: Visitor) -> None:
    page = visitor("console", "operator").get("/cities/busan").content.decode()
    for word in ("부산광역시", "busan.localhost", "아직 백업이 없습니다", "지금 백업", "두 사람"):
        assert word in page
    assert 'href="/cities/busan/enter"' in page


def test_an_approver_sees_it_and_acts_nowhere(visitor: Visitor) -> None:
    client = visitor("console", "approver")
    assert "/do/" not in client.get("/cities/busan").content.decode()
    assert act(client, "suspend").status_code == 403
    assert client.get("/cities/busan/edit").status_code == 403


def test_a_government_that_is_not_open_leads_to_the_wizard(visitor: Visitor) -> None:
    client = visitor("console", "operator")
    assert "/cities/new?code=sejong" in client.get("/cities/sejong").content.decode()
    page = client.get("/cities/new?code=sejong").content.decode()
    assert 'value="sejong" id="code_' in page
    assert client.get("/cities/atlantis").status_code == 404


def test_a_city_is_suspended_with_a_reason_and_given_back(visitor: Visitor) -> None:
    client = visitor("console", "operator")
    assert client.post("/cities/busan/do/suspend", {"reason": "짧음"}).status_code == 422
    act(client, "suspend")
    assert city_get("busan", on=TODAY).status == "suspended"
    assert Client(headers={"host": "busan.localhost"}).get("/").status_code == 503
    assert act(client, "suspend").status_code == 404  # it fits no more
    act(client, "resume")
    assert city_get("busan", on=TODAY).status == "open"
    page = client.get("/audit", {"group": "city."}).content.decode()
    assert page.count(WHY) == 2


def test_back_to_trial(visitor: Visitor) -> None:
    client = visitor("console", "operator")
    act(client, "trial")
    assert city_get("busan", on=TODAY).is_trial
    assert "시험 운영입니다" in client.get("/cities/busan").content.decode()
    assert "시험 운영으로" not in client.get("/cities/busan").content.decode()


def test_a_backup_is_an_operation_at_once(visitor: Visitor) -> None:
    answer = act(visitor("console", "operator"), "backup", anonymise="on")
    (asked,) = operation_list("busan")
    assert answer["Location"] == f"/operations/{asked.id}"
    assert (asked.kind, asked.needs_approval, asked.reason) == ("backup", False, WHY)
    assert asked.arguments == {"anonymise": True}


def test_what_is_grave_needs_the_name_and_a_second_person(visitor: Visitor) -> None:
    client = visitor("console", "operator")
    wrong = act(client, "close", name="부산")
    assert wrong.status_code == 422
    assert 'href="#name"' in wrong.content.decode()
    act(client, "close", name="부산광역시")
    (asked,) = operation_list("busan")
    assert (asked.kind, asked.awaits_approval) == ("close", True)
    assert "승인을 기다립니다" in client.get("/").content.decode()


def test_another_kind_under_way_is_told_on_the_form(visitor: Visitor) -> None:
    client = visitor("console", "operator")
    act(client, "backup")
    refused = act(client, "export")
    assert refused.status_code == 422
    assert "아직 끝나지 않은 다른 작업" in refused.content.decode()


def test_a_public_city_is_never_erased_before_it_was_closed(visitor: Visitor) -> None:
    client = visitor("console", "operator")
    assert client.get("/cities/busan/do/erase").status_code == 404
    City.objects.filter(code="busan").update(status="closed")
    assert act(client, "erase", name="busan", keep_backups="on").status_code == 303
    (asked,) = operation_list("busan")
    assert (asked.arguments, asked.awaits_approval) == ({"keep_backups": True}, True)


@pytest.fixture
def a_copy(cities: None) -> Iterator[None]:
    """A row of a copy, as only the owner writes it; there is no schema behind it."""
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute(
            "INSERT INTO tenants_city (code, schema_name, region_code, name_ko, name_en,"
            " short_name_ko, purpose, status, official_site, standard_version, plugin, is_trial,"
            " ring, generation, limits, contacts) VALUES ('busan_copy', 'busan_copy', 'busan',"
            " '부산(사본)', 'Busan copy', '부산', 'copy', 'open', false, '1.1', '', false, 1, 0,"
            " '{}', '{}')"
        )
        yield
        owner.execute("DELETE FROM tenants_city WHERE code = 'busan_copy'")


@pytest.mark.usefixtures("a_copy")
def test_a_copy_is_switched_to_or_erased(visitor: Visitor) -> None:
    client = visitor("console", "operator")
    page = client.get("/").content.decode()
    assert 'href="/cities/busan_copy"' in page
    assert "사본 <span" in page
    assert 'href="/cities/busan_copy"' in client.get("/cities/busan").content.decode()
    act(client, "switch", "busan_copy", name="부산(사본)")
    (asked,) = operation_list("busan")
    assert (asked.kind, asked.arguments) == ("switch", {"with": "busan_copy"})


def test_contacts_and_limits_are_changed_and_noted(visitor: Visitor) -> None:
    client = visitor("console", "operator")
    wrong = client.post("/cities/busan/edit", {"contact_phone": "12", "storage_gb": "-1"})
    assert wrong.status_code == 422
    client.post("/cities/busan/edit", {"contact_name": "박담당", "storage_gb": "200"})
    row = city_get("busan", on=TODAY)
    assert (row.contacts["name"], row.limits) == ("박담당", {"storage_gb": 200})
    assert "박담당" not in client.get("/audit").content.decode()
