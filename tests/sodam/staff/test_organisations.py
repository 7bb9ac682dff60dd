"""A body on one page: who acts for it in which department, opened for a reason, changed covered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from core_crm.audit.models import Disclosure
from core_crm.customers.models import Citizen, ContactPoint, CustomerNote, Membership, Organisation
from core_crm.customers.selectors import participants_of
from core_crm.customers.services import (
    citizen_register,
    membership_add,
    occasion_register,
    organisation_register,
    participation_note,
)
from core_crm.customers.types import CitizenDraft, OrganisationDraft
from tests.conftest import ServedCity
from tests.sodam.staff import kit

NOW = datetime.now(UTC)
NURSERY = OrganisationDraft(
    name="무지개 어린이집",
    kind="institution",
    trade="국공립",
    registration_no="123-45-67890",
    representative_name="이원장",
    phone="051-000-1234",
    extension="12",
    email="rainbow@body.example",
    facts={"정원": 40},
)


@pytest.fixture
def steward(busan: ServedCity) -> Client:
    return kit.logged_in(kit.official("steward"))


@pytest.fixture
def body(steward: Client) -> Organisation:
    return organisation_register(NURSERY, by=None, now=NOW)


def somebody(name: str = "김하늘", last: int = 1) -> Citizen:
    draft = CitizenDraft(name=name, phone=f"010-0000-{last:04}")
    return citizen_register(draft, by=None, now=NOW)


def address(body: Organisation, below: str = "") -> str:
    return f"/staff/organisations/{body.pk}{below}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_body_is_shown_with_its_people_covered(steward: Client, body: Organisation) -> None:
    membership_add(body, somebody(), department="급식팀", position="영양사", by=None, now=NOW)
    page = text(steward.get(address(body)))
    for known in ("무지개 어린이집", "123-45-67890", "내선 12", "정원", "급식팀", "영양사"):
        assert known in page
    for hidden in ("김하늘", "이원장", "000-1234", NURSERY.email):
        assert hidden not in page
    assert Disclosure.objects.count() == 0


def test_opening_it_is_noted_for_the_body_and_for_each_member(
    steward: Client, body: Organisation
) -> None:
    person = somebody()
    membership_add(body, person, by=None, now=NOW)
    assert steward.post(address(body, "/unmask"), {"reason": "왜"}).status_code == 422
    page = text(steward.post(address(body, "/unmask"), {"reason": "급식 안내 전화"}))
    assert "051-000-1234" in page
    assert "김하늘" in page
    noted = Disclosure.objects.values_list("subject_kind", "subject_id")
    assert set(noted) == {("organisation", body.pk), ("citizen", person.pk)}


def test_somebody_is_found_and_added_with_department_and_position(
    steward: Client, body: Organisation
) -> None:
    person = somebody()
    given = {"q": "하늘", "role": "contact", "department": "총무과", "position": "과장"}
    assert "김*늘" in text(steward.post(address(body, "/member"), given | {"step": "look"}))
    answer = steward.post(address(body, "/member"), given | {"other": str(person.pk)})
    assert answer.url == address(body)
    member = Membership.objects.get()
    assert (member.citizen, member.department, member.position) == (person, "총무과", "과장")
    again = steward.post(address(body, "/member"), given | {"other": str(person.pk)})
    assert "이미 같은 역할로 소속" in text(again)
    assert "찾지 못했습니다" in text(
        steward.post(address(body, "/member"), given | {"q": "없는이"})
    )


def test_who_left_stands_below_with_the_day(steward: Client, body: Organisation) -> None:
    member = membership_add(body, somebody(), by=None, now=NOW)
    answer = steward.post(address(body, f"/member-end/{member.pk}"), {"on": "2026-11-01"})
    assert answer.status_code == 303
    assert "전에 있던 사람 1명" in text(steward.get(address(body)))
    assert steward.get(address(body, f"/member-end/{member.pk}")).status_code == 404


def test_a_further_telephone_has_its_extension(steward: Client, body: Organisation) -> None:
    given = {"kind": "work", "value": "(051)120", "extension": "305", "label": "교환"}
    assert steward.post(address(body, "/contact"), given).status_code == 303
    contact = ContactPoint.objects.get(organisation=body)
    assert contact.extension == "305"
    page = text(steward.get(address(body)))
    assert "내선 305" in page
    ended = steward.post(address(body, f"/contact-end/{contact.pk}"), {"on": "2026-11-20"})
    assert ended.status_code == 303
    steward.post(address(body, "/note"), {"text": "오전에만 통화"})
    assert CustomerNote.objects.get(organisation=body).text == "오전에만 통화"


def test_a_body_is_written_down_and_not_twice(steward: Client, body: Organisation) -> None:
    given = {"name": "바다 협회", "kind": "association", "phone": "(051)120"}
    answer = steward.post("/staff/organisations/new", given)
    made = Organisation.objects.get(name="바다 협회")
    assert (answer.url, made.source) == (address(made), "staff")
    twice = steward.post(
        "/staff/organisations/new", given | {"registration_no": NURSERY.registration_no}
    )
    assert (twice.status_code, "이미 있습니다" in text(twice)) == (422, True)


def test_what_is_covered_is_changed_only_by_typing_it_anew(
    steward: Client, body: Organisation
) -> None:
    form = text(steward.get(address(body, "/edit")))
    assert "이원장" not in form
    assert "000-1234" not in form
    given = {"name": "무지개 어린이집", "kind": "institution", "trade": "공공형"}
    given |= {"registration_no": "1234567890", "extension": "12", "cleared": "email"}
    assert steward.post(address(body, "/edit"), given).status_code == 303
    body.refresh_from_db()
    assert (body.trade, body.phone, body.representative_name) == (
        *("공공형", "+82510001234", "이원장"),
    )
    assert (body.email, body.facts) == ("", {"정원": 40})


def test_visits_are_written_down_one_by_one_and_told_on_both_pages(
    steward: Client, body: Organisation
) -> None:
    given = {"name": "가을 전시", "kind": "museum", "venue": "부산박물관"}
    given |= {"starts_on": "2026-10-01", "ends_on": "2026-10-31", "source": "관람 신청"}
    kinds = text(steward.get("/staff/occasions/new"))
    kind = kinds.split('name="kind"')[1].split('<option value="')[1].split('"')[0]
    made = steward.post("/staff/occasions/new", given | {"kind": kind})
    assert made.status_code == 303
    person = somebody()
    visit = {"q": "0001", "on": "2026-10-03", "role": "관람객", "other": str(person.pk)}
    assert steward.post(f"{made.url}/visit", visit).url == made.url
    outside = steward.post(f"{made.url}/visit", visit | {"on": "2026-12-24"})
    assert "행사 기간 안의 날짜" in text(outside)
    page = text(steward.get(made.url))
    assert "관람객" in page
    assert "김하늘" not in page
    assert "가을 전시" in text(steward.get("/staff/occasions"))
    assert "가을 전시" in text(steward.get(f"/staff/customers/{person.pk}"))


def test_a_body_tells_what_its_people_came_to(steward: Client, body: Organisation) -> None:
    event = occasion_register(
        name="공청회", kind="hearing", starts_on=date(2026, 11, 2), source="명부", by=None, now=NOW
    )
    on = date(2026, 11, 2)
    participation_note(event, somebody(), on=on, organisation=body, now=NOW)
    assert "공청회" in text(steward.get(address(body)))
    assert "무지개 어린이집" in text(steward.get(f"/staff/occasions/{event.pk}"))
    assert participants_of(event).count() == 1


def test_empty_places_say_what_will_stand_there(steward: Client, body: Organisation) -> None:
    assert "아직 담당자가 없습니다" in text(steward.get(address(body)))
    assert "아직 방문·행사가 없습니다" in text(steward.get("/staff/occasions"))
