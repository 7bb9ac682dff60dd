"""`/releases`: who is behind, in which turn, what stands in the way; the wave, asked for once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.test import Client

from customization.registry.enabling import plugin_enable
from customization.registry.loading import Plugins, Quarantined
from customization.registry.store import known_plugins, take
from tenants import sql
from tenants.accounts.models import User
from tenants.cities import city_change
from tenants.context import serving_city, serving_platform
from tenants.provisioning.guards import why_held
from tenants.provisioning.operations import operation_list
from tenants.types import OperationKind
from tests.conftest import kst
from tests.support.plugins import Know, know, package

__all__ = ["know", "package"]

BACKEND = "sodam.demo.accounts.RealAccounts"
PAGE = "/releases"
Visitor = Callable[[str], Client]


@pytest.fixture
def visitor(two_cities: tuple[str, str]) -> Iterator[Visitor]:
    """`visitor("operator")`: a browser at the console. Real commits: it looks into two cities."""
    made = []

    def make(role: str) -> Client:
        client = Client(headers={"host": "console.localhost"})
        with serving_platform():
            user = User.objects.create_user(
                f"{role}.releases@sodam.example", name="임서준", platform_role=role
            )
            made.append(user.pk)
            client.force_login(user, backend=BACKEND)
        return client

    yield make
    with serving_platform():
        for pk in made:
            sql.execute(f"DELETE FROM {User._meta.db_table} WHERE id = %s", [pk])  # noqa: S608
    for code in two_cities:
        city_change(code, ring=1)
    _forget_waves()


def _forget_waves() -> None:
    """As the owner: nobody else may remove an operation."""
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("TRUNCATE public.tenants_operation CASCADE")


@pytest.fixture
def behind(two_cities: tuple[str, str]) -> Iterator[None]:
    """Busan lacks the migration of an app without tables of its own in a city."""
    away = "DELETE FROM busan.django_migrations WHERE app = 'core_national_reports' RETURNING name"
    back = (
        "INSERT INTO busan.django_migrations (app, name, applied)"
        " VALUES ('core_national_reports', %s, now())"
    )
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"], autocommit=True) as owner:
        names = [name for (name,) in owner.execute(away).fetchall()]
        yield
        for name in names:
            owner.execute(back, [name])


def test_every_city_stands_in_its_turn_with_its_version(visitor: Visitor) -> None:
    city_change("seoul", ring=0)
    page = visitor("operator").get(PAGE).content.decode()
    assert page.index("먼저 해 보는 곳") < page.index("서울특별시") < page.index("1번째 차례")
    assert "2곳 가운데 2곳이 이 판" in page
    assert "모든 시·도가 이 판입니다" in page
    assert "이행 시작" not in page


def test_who_is_behind_is_named_and_the_wave_is_asked_for_once(
    visitor: Visitor, behind: None
) -> None:
    client = visitor("operator")
    page = client.get(PAGE).content.decode()
    assert "1곳 이행 시작" in page
    first, second = (client.post(PAGE, {"do": "start"}) for _ in range(2))
    assert (first.status_code, first["Location"]) == (303, second["Location"])
    (wave,) = operation_list(city_code="", kinds=[OperationKind.MIGRATE])
    assert [(one["code"], one["ring"]) for one in wave.arguments["cities"]] == [
        ("busan", 1),
        ("seoul", 1),
    ]
    assert wave.steps[1].label_ko == "부산광역시 이행"
    assert [step.name for step in wave.steps][:3] == ["guards", "city.busan", "city.seoul"]
    assert "이 시·도까지만 하고 멈추기" in client.get(PAGE).content.decode()
    client.post(PAGE, {"do": "stop"})
    assert "1곳 이행 시작" in client.get(PAGE).content.decode()


def test_a_plugin_that_the_release_cannot_use_is_named_and_holds_its_city(
    visitor: Visitor, behind: None, know: Know
) -> None:
    know(harbour="PLUGIN = Plugin(code='harbour', name='항구', api=(1, 1))")
    with serving_city("busan"):
        plugin_enable("harbour", actor=None, now=kst("2026-10-01 10:00"))
    known = known_plugins()
    take(Plugins({}, (Quarantined("installed.harbour", "API 9.0이 필요합니다."),)))
    page = visitor("operator").get(PAGE).content.decode()
    held = why_held("busan")
    take(known)
    assert "플러그인 때문에 보류" in page
    assert "API 9.0이 필요합니다." in page
    assert "곳 이행 시작" not in page
    assert held == "플러그인 harbour: 이 판에서 쓸 수 없습니다 (API 9.0이 필요합니다.)."
    assert why_held("seoul") == ""


def test_a_citys_turn_is_changed_and_noted(visitor: Visitor) -> None:
    client = visitor("operator")
    assert client.post(PAGE, {"do": "ring", "city": "busan", "ring": "0"}).status_code == 303
    assert "부산광역시: 이제 ‘먼저 해 보는 곳’입니다." in client.get(PAGE).content.decode()
    wrong = client.post(PAGE, {"do": "ring", "city": "atlantis", "ring": "7"})
    assert wrong.status_code == 422
    assert 'id="error-summary"' in wrong.content.decode()


def test_an_approver_looks_and_starts_nothing(visitor: Visitor, behind: None) -> None:
    client = visitor("approver")
    page = client.get(PAGE).content.decode()
    assert "이행 시작" not in page
    assert "차례 바꾸기" not in page
    client.post(PAGE, {"do": "start"})
    assert operation_list(city_code="", kinds=[OperationKind.MIGRATE]) == []
