"""The operator sees all governments' standing with the standard, and moves those that can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from customization.documents import services
from customization.documents.selectors import in_force
from customization.resolution.operations import operation
from customization.resolution.trees import Path, value_at
from sodam.console.standing import forget
from tenants import sql
from tenants.accounts.models import User
from tenants.context import serving_city, serving_platform
from tests.conftest import kst
from tests.support.voices import an_office, person

BACKEND = "sodam.demo.accounts.RealAccounts"
PAGE = "/standard"
TARGET: Path = ("kpi", "reduction", "target")
Visitor = Callable[[str], Client]


@pytest.fixture
def visitor(two_cities: tuple[str, str]) -> Iterator[Visitor]:
    """`visitor("operator")`: a browser at the console. Real commits: it looks into two cities."""
    forget()
    made = []

    def make(role: str) -> Client:
        client = Client(headers={"host": "console.localhost"})
        with serving_platform():
            email = f"{role}.standard@sodam.example"
            user = User.objects.create_user(email, name="임서준", platform_role=role)
            made.append(user.pk)
            client.force_login(user, backend=BACKEND)
        return client

    yield make
    with serving_platform():
        # Not .delete(): it would look for what hangs on them in a city's tables.
        for pk in made:
            sql.execute(f"DELETE FROM {User._meta.db_table} WHERE id = %s", [pk])  # noqa: S608


def wish(city: str) -> None:
    """The government asks for a higher target than the standard, with its reason."""
    with serving_city(city):
        office = an_office()
        approver = person("approver", "한승인", office.civil, "approver")
        now = kst("2026-11-24 10:00")
        seen = value_at(in_force().tree, TARGET)
        one = operation(TARGET, seen=seen, wanted=60, reason="조례 제5조")
        change = services.change_draft([one], title="목표", by=office.admin, now=now)
        change = services.change_submit(change, actor=None, now=now)
        change = services.change_decide(change, approve=True, by=approver, actor=None, now=now)
        services.change_apply(change, actor=None, now=now)


def versions() -> dict[str, str]:
    found = {}
    for city in ("busan", "seoul"):
        with serving_city(city):
            found[city] = in_force().standard_version
    return found


def test_only_the_platforms_people_see_it(visitor: Visitor) -> None:
    assert visitor("analyst").get(PAGE).status_code == 403
    assert visitor("approver").get(PAGE).status_code == 200
    assert Client(headers={"host": "console.localhost"}).get(PAGE).status_code == 302


def test_an_upgrade_is_seen_for_all_before_it_is_done(visitor: Visitor) -> None:
    wish("busan")
    page = visitor("operator").get(PAGE).content.decode()
    assert page.count("<tr><th scope=") == 16 + 1
    assert "올릴 수 있음 1 · 고를 것 1" in page
    assert "1곳을 1.1판으로 올리기" in page
    assert versions() == {"busan": "1.0", "seoul": "1.0"}


def test_the_operator_moves_those_that_agreed_and_the_one_with_a_conflict_stays(
    visitor: Visitor,
) -> None:
    wish("busan")
    operator = visitor("operator")
    refused = operator.post(PAGE)
    assert refused.status_code == 422
    assert 'href="#agreed"' in refused.content.decode()
    answer = operator.post(PAGE, {"agreed": "on"}, follow=True)
    said = answer.content.decode()
    assert versions() == {"busan": "1.0", "seoul": "1.1"}
    assert "1곳을 표준 1.1판으로 올렸습니다" in said
    assert "부산광역시" in said.split("고를 것이 있어 그대로인 곳:")[1][:60]


def test_an_approver_only_looks(visitor: Visitor) -> None:
    client = visitor("approver")
    assert "올리기</button>" not in client.get(PAGE).content.decode()
    client.post(PAGE, {"agreed": "on"})
    assert versions() == {"busan": "1.0", "seoul": "1.0"}


def test_a_governments_drift_is_told_by_kind_with_the_reason(visitor: Visitor) -> None:
    wish("busan")
    client = visitor("operator")
    page = client.get(f"{PAGE}/busan").content.decode()
    for word in ("성과지표", "kpi.reduction.target", "조례 제5조", "새 표준과 부딪힘"):
        assert word in page
    assert "표준 그대로입니다" in client.get(f"{PAGE}/seoul").content.decode()
    assert client.get(f"{PAGE}/jeju").status_code == 404
    assert client.get(f"{PAGE}/nowhere").status_code == 404
