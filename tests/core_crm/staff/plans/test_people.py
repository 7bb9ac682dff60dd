"""A list of people beside the staff: what it would do, and what it does."""

from __future__ import annotations

from typing import Any

import pytest

from core_crm.staff.models import OfficePlan, Official
from core_crm.staff.selectors import official_by_email
from core_crm.staff.services import (
    department_load,
    invitation_open,
    official_change,
    official_invite,
    plan_apply,
    plan_outlook,
    plan_read,
)
from core_crm.staff.types import Change, DepartmentRow, PlanKind
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-25 09:00")
CITY = (
    DepartmentRow(code="urban.road", name_ko="도로과"),
    DepartmentRow(code="urban.park", name_ko="공원과"),
    DepartmentRow(code="a.general", name_ko="총무팀"),
    DepartmentRow(code="b.general", name_ko="총무팀"),
)


@pytest.fixture
def city(busan: ServedCity) -> ServedCity:
    department_load(CITY)
    return busan


def person(email: str, **changes: Any) -> Official:
    given: dict[str, Any] = {"name": "이지은", "department": None, "roles": ["officer"]}
    return official_invite(email=email, now=NOW, **(given | changes))


def plan_of(text: str, **given: Any) -> OfficePlan:
    return plan_read(text.encode(), kind=PlanKind.PEOPLE, title="직원.csv", now=NOW, **given)


LIST = """성명,전자우편,소속,직급,권한
이지은,lee@busan.example,도로과,주무관,담당자
박서준,park@busan.example,urban.park,과장,"부서장, 담당자"
최유나,choi@busan.example,,,
"""


def test_new_and_changed_people_are_told_and_made(city: ServedCity) -> None:
    person("lee@busan.example")
    plan = plan_of(LIST)
    lines = plan_outlook(plan).lines
    assert [line.changes[0] for line in lines] == [Change.MOVED, Change.NEW, Change.NEW]
    applied = plan_apply(plan, digest=plan_outlook(plan).digest, now=NOW)
    assert applied.result is not None
    assert (applied.result.created, applied.result.updated) == (2, 1)
    made = official_by_email("PARK@busan.example")
    assert made is not None
    assert made.department is not None
    assert (made.roles, made.position, made.department.code) == (
        ["head", "officer"],
        "과장",
        "urban.park",
    )
    assert [one.email for one in applied.invitations] == [
        "park@busan.example",
        "choi@busan.example",
    ]
    token = applied.invitations[0].url.rpartition("/")[2]
    assert invitation_open(token, now=NOW) == made
    plain = official_by_email("choi@busan.example")
    assert plain is not None
    assert plain.roles == ["officer"]


def test_what_the_list_said_of_people_is_forgotten_once_applied(city: ServedCity) -> None:
    plan = plan_of(LIST)
    plan_apply(plan, now=NOW)
    plan.refresh_from_db()
    assert plan.rows == []
    assert "lee@" not in str(plan.__dict__)


def test_the_same_list_again_changes_nothing(city: ServedCity) -> None:
    plan_apply(plan_of(LIST), now=NOW)
    assert {line.changes for line in plan_outlook(plan_of(LIST)).lines} == {(Change.UNCHANGED,)}


def test_a_blank_cell_leaves_a_value_alone(city: ServedCity) -> None:
    person("lee@busan.example", position="팀장", roles=["head"])
    text = "이메일,이름,직위,역할\nlee@busan.example,이지은,,\nx@busan.example,엑스,,\n"
    plan_apply(plan_of(text), now=NOW)
    kept = official_by_email("lee@busan.example")
    assert kept is not None
    assert (kept.position, kept.roles) == ("팀장", ["head"])


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("김,없는주소,도로과,담당자", "이메일", "이메일 주소가 아닙니다"),
        ("김,,도로과,담당자", "이메일", "적어 주세요"),
        (",k@busan.example,도로과,담당자", "이름", "적어 주세요"),
        ("김,k@busan.example,도로가,담당자", "부서", "혹시 ‘도로과’인가요?"),
        ("김,k@busan.example,총무팀,담당자", "부서", "a.general"),
        ("김,k@busan.example,도로과,담당지", "역할", "혹시 ‘담당자’인가요?"),
        ("김,gone@busan.example,도로과,담당자", "이메일", "중지된 계정"),
    ],
)
def test_a_wrong_line_is_refused_with_its_column(
    city: ServedCity, line: str, column: str, says: str
) -> None:
    official_change(person("gone@busan.example"), is_active=False, now=NOW)
    (found,) = plan_outlook(plan_of(f"이름,이메일,부서,역할\n{line}\n")).lines
    assert found.is_refused
    assert [(one.column, says in one.text) for one in found.problems] == [(column, True)]


def test_nobody_gives_themselves_a_role_by_a_list(city: ServedCity) -> None:
    admin = person("admin@busan.example", roles=["admin"])
    text = "이름,이메일,역할\n이지은,admin@busan.example,승인자\n"
    assert plan_outlook(plan_of(text, by=admin), by=admin).lines[0].is_refused
    assert not plan_outlook(plan_of(text)).lines[0].is_refused


def test_the_same_person_twice_is_taken_once(city: ServedCity) -> None:
    text = "이름,이메일\n김,k@busan.example\n김,K@busan.example\n"
    lines = plan_outlook(plan_of(text)).lines
    assert [line.is_refused for line in lines] == [False, True]
    assert "2번째 줄" in lines[1].problems[0].text
