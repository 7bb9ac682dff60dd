"""Lists from elsewhere: registered with a basis, shown masked, ended with what they alone told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core_crm.audit.models import AuditEntry
from core_crm.audit.types import Actor
from core_crm.customers.errors import AcquiredListEnded, CustomerNotValid
from core_crm.customers.models import AcquiredList, Citizen, Organisation
from core_crm.customers.selectors.acquired import acquired_ending
from core_crm.customers.services import citizen_register, note_add, organisation_register
from core_crm.customers.services.acquired import (
    acquired_list_end,
    acquired_list_register,
    acquired_member_add,
    acquired_sweep,
)
from core_crm.customers.types import CitizenDraft, OrganisationDraft
from tests.conftest import ServedCity
from tests.sodam.staff import kit

NOW = datetime.now(UTC)
GIVEN = {
    "name": "박물관 회원",
    "kind": "citizens",
    "source": "시립박물관",
    "received_on": NOW.date(),
    "basis": "개인정보 보호법 제18조 제2항 제1호",
    "purpose": "전시 안내",
    "expires_on": NOW.date() + timedelta(days=60),
}


@pytest.fixture
def steward(busan: ServedCity) -> Any:
    return kit.official("steward")


def person(name: str, last: int) -> Citizen:
    draft = CitizenDraft(name=name, phone=f"010-0000-{last:04}")
    return citizen_register(draft, by=None, now=NOW)


def a_list(steward: Any) -> AcquiredList:
    """One citizen known only by it, one with a note besides, and one known before."""
    by = Actor(id=steward.id, name=steward.name)
    made = acquired_list_register(**GIVEN, by=by, now=NOW)
    for place, (name, is_new) in enumerate((("김하늘", True), ("이바다", True), ("박온유", False))):
        acquired_member_add(made, person(name, place + 1), is_new=is_new)
    note_add(Citizen.objects.get(name="이바다"), "전화 상담함", by=by, now=NOW)
    return made


def names() -> set[str]:
    return set(Citizen.objects.values_list("name", flat=True))


def test_a_list_without_a_basis_is_refused_by_name(steward: Any) -> None:
    page = kit.logged_in(steward).post("/staff/acquired/new", {**GIVEN, "basis": " "})
    assert page.status_code == 422
    assert "법적 근거" in page.content.decode()
    assert not AcquiredList.objects.exists()


def test_a_list_that_has_expired_already_is_refused(steward: Any) -> None:
    day = NOW.date() - timedelta(days=3)
    page = kit.logged_in(steward).post(
        "/staff/acquired/new", {**GIVEN, "received_on": day, "expires_on": day}
    )
    assert "이미 지났습니다" in page.content.decode()


def test_a_registered_list_shows_its_members_masked(steward: Any) -> None:
    browser, made = kit.logged_in(steward), a_list(steward)
    assert "박물관 회원" in browser.get("/staff/acquired").content.decode()
    page = browser.get(f"/staff/acquired/{made.id}").content.decode()
    assert "김*늘" in page
    assert "김하늘" not in page
    assert "010-0000-0001" not in page
    assert "1명을 지우고, 다른 기록이 있는 2명은 남깁니다" in page


def test_the_end_forgets_only_whom_the_list_alone_told(steward: Any) -> None:
    made, browser = a_list(steward), kit.logged_in(steward)
    told = acquired_ending(made)
    answer = browser.post(f"/staff/acquired/{made.id}/end", {"reason": "동의를 거두어들임"})
    assert answer.status_code == 303
    assert (told.removed, told.kept) == (1, 2)
    assert names() == {"이바다", "박온유"}
    assert not made.members.exists()
    assert AuditEntry.objects.get(action="acquired_list.ended").reason == "동의를 거두어들임"
    assert AuditEntry.objects.get(action="acquired_list.forgotten").facts == {
        "removed": 1,
        "kept": 2,
    }


def test_without_a_reason_nothing_ends(steward: Any) -> None:
    made = a_list(steward)
    answer = kit.logged_in(steward).post(f"/staff/acquired/{made.id}/end", {"reason": "음"})
    assert answer.status_code == 422
    assert made.members.count() == 3


def test_who_is_on_another_list_too_is_kept(steward: Any) -> None:
    made = a_list(steward)
    by = Actor(id=steward.id, name=steward.name)
    other = acquired_list_register(**{**GIVEN, "name": "축제"}, by=by, now=NOW)
    acquired_member_add(other, Citizen.objects.get(name="김하늘"), is_new=False)
    assert acquired_ending(made).removed == 0


def test_a_list_ends_by_itself_the_day_after_its_last(steward: Any) -> None:
    made = a_list(steward)
    assert acquired_sweep(now=NOW + timedelta(days=59)) == 0
    assert acquired_sweep(now=NOW + timedelta(days=62)) == 3
    made.refresh_from_db()
    assert made.ended_at is not None
    assert "김하늘" not in names()
    assert acquired_sweep(now=NOW + timedelta(days=63)) == 0


def test_a_list_of_bodies_names_them_and_forgets_them_alike(steward: Any) -> None:
    by = Actor(id=steward.id, name=steward.name)
    made = acquired_list_register(**{**GIVEN, "kind": "organisations"}, by=by, now=NOW)
    draft = OrganisationDraft(name="바다어린이집", phone="051-000-0001")
    body = organisation_register(draft, by=None, now=NOW)
    acquired_member_add(made, body, is_new=True)
    acquired_member_add(made, body, is_new=True)
    page = kit.logged_in(steward).get(f"/staff/acquired/{made.id}").content.decode()
    assert "바다어린이집" in page
    assert "051-000-0001" not in page
    assert "1곳을 지우고" in page
    assert acquired_list_end(made, reason="쓸 일이 없음", by=by, now=NOW).removed == 1
    assert not Organisation.objects.exists()


def test_a_list_takes_its_own_kind_only_and_nobody_after_its_end(steward: Any) -> None:
    made, by = a_list(steward), Actor(id=steward.id, name=steward.name)
    body = organisation_register(OrganisationDraft(name="모임"), by=None, now=NOW)
    with pytest.raises(CustomerNotValid):
        acquired_member_add(made, body, is_new=True)
    acquired_list_end(made, reason="쓸 일이 없음", by=by, now=NOW)
    made.refresh_from_db()
    with pytest.raises(AcquiredListEnded):
        acquired_member_add(made, person("최나중", 9), is_new=True)
    with pytest.raises(AcquiredListEnded):
        acquired_list_end(made, reason="쓸 일이 없음", by=by, now=NOW)


def test_an_officer_may_look_and_not_register(busan: ServedCity) -> None:
    browser = kit.logged_in(kit.official("officer"))
    assert browser.get("/staff/acquired").status_code == 200
    assert browser.get("/staff/acquired/new").status_code == 403
