"""The list of customers: found without a trace, covered, looked at, written down, exported."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from core_crm.audit.models import Disclosure
from core_crm.customers.models import Citizen
from core_crm.customers.services import citizen_register, organisation_register
from core_crm.customers.services.history import PastCitizen, citizens_load
from core_crm.customers.types import CitizenDraft, OrganisationDraft
from core_crm.voices.models import Voice
from tenants.isolation.ids import uuid7
from tests.conftest import ServedCity
from tests.sodam.staff import kit

NOW = datetime.now(UTC)
LIST = "/staff/customers"


@pytest.fixture
def steward(busan: ServedCity) -> Client:
    return kit.logged_in(kit.official("steward"))


def person(name: str, last: int, **more: Any) -> Citizen:
    draft = CitizenDraft(name=name, phone=f"010-0000-{last:04}", **more)
    return citizen_register(draft, by=None, now=NOW)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_whom_one_looks_for_is_kept_in_the_session_and_never_stands_in_an_address(
    steward: Client,
) -> None:
    person("김하늘", 1)
    person("이바다", 2)
    answer = steward.post(LIST, {"q": "하늘", "language": "ko"})
    assert (answer.status_code, answer.url) == (303, f"{LIST}?language=ko")
    page = text(steward.get(LIST))
    assert "김*늘" in page
    assert "이*다" not in page
    assert "김하늘" not in page
    assert "010-0000-0001" not in page
    steward.post(LIST, {"q": ""})
    assert "이*다" in text(steward.get(LIST))


@pytest.mark.parametrize("sought", ["ㄱㅎㄴ", "0001", "010-0000-0001", "무지개길", "ha@x.example"])
def test_a_person_is_found_by_whatever_somebody_tells(steward: Client, sought: str) -> None:
    person("김하늘", 1, address="부산광역시 해운대구 무지개길 7", email="ha@x.example")
    steward.post(LIST, {"q": sought})
    assert "김*늘" in text(steward.get(LIST))


def test_what_is_chosen_above_narrows_the_list_and_the_search(steward: Client) -> None:
    person("김하늘", 1, language="en")
    person("김바다", 2)
    page = text(steward.get(f"{LIST}?language=en"))
    assert "김*늘" in page
    assert "김*다" not in page
    steward.post(LIST, {"q": "김바다"})
    assert "찾는 고객이 없습니다" in text(steward.get(f"{LIST}?language=en"))
    assert "조건에 맞는" not in text(steward.get(f"{LIST}?language=made_up"))


def test_a_list_goes_on_on_its_next_page_also_when_searched(steward: Client) -> None:
    names = (f"박{letter}" for letter in map(chr, range(ord("가"), ord("가") + 51)))
    people = [
        PastCitizen(id=uuid7(), name=name, phone=f"+821000{at:06}", created_at=NOW)
        for at, name in enumerate(names)
    ]
    citizens_load(people)
    for sought in ("", "박"):
        steward.post(LIST, {"q": sought})
        page = text(steward.get(LIST))
        seen = page.count("data-look")
        follow = page.partition('rel="next" href="')[2].partition('"')[0]
        assert seen == 50
        assert text(steward.get(follow.replace("&amp;", "&"))).count("data-look") == 1


def test_bodies_have_a_list_of_their_own(steward: Client) -> None:
    for name, kind in (("바다어린이집", "institution"), ("하늘상인회", "association")):
        organisation_register(OrganisationDraft(name=name, kind=kind), by=None, now=NOW)
    bodies = f"{LIST}?kind=organisations"
    assert "바다어린이집" in text(steward.get(bodies))
    assert "하늘상인회" not in text(steward.get(f"{bodies}&type=institution"))
    steward.post(bodies, {"kind": "organisations", "q": "상인회"})
    assert "바다어린이집" not in text(steward.get(bodies))


def test_looking_at_somebody_beside_the_list_is_noted(steward: Client) -> None:
    citizen = person("김하늘", 1)
    address = f"{LIST}/{citizen.pk}/preview"
    page = text(steward.get(address, headers={"HX-Request-Type": "partial"}))
    assert "김*늘" in page
    assert "<title>" not in page
    row = Disclosure.objects.get()
    assert (row.action, row.subject_id) == ("customer.viewed", citizen.pk)


def test_who_may_be_known_already_is_shown_before_somebody_is_written_down_twice(
    steward: Client,
) -> None:
    person("김하늘", 1, birth_on=date(1980, 2, 3))
    alike = {"name": "김하늘", "phone": "010-0000-0002", "birth_on": "1980-02-03"}
    assert "이름이 같음" in text(steward.post(f"{LIST}/new", alike | {"language": "ko"}))
    given = {"name": "박바다", "phone": "010 0000 0001", "language": "ko"}
    warned = steward.post(f"{LIST}/new", given)
    assert warned.status_code == 409
    assert "같은 연락처를 씁니다" in text(warned)
    assert Citizen.objects.count() == 1
    made = steward.post(f"{LIST}/new", given | {"anew": "yes"})
    assert made.url == f"{LIST}/{Citizen.objects.get(name='박바다').pk}"


def test_nobody_at_all_and_a_phone_that_is_none_are_refused_at_their_field(
    steward: Client,
) -> None:
    assert "이름이나 연락처를 적어 주세요" in text(steward.post(f"{LIST}/new", {"language": "ko"}))
    answer = steward.post(f"{LIST}/new", {"name": "김하늘", "phone": "12", "language": "ko"})
    assert answer.status_code == 422
    assert 'id="citizen-phone-error"' in text(answer)


def test_what_is_covered_is_changed_by_typing_it_anew_and_else_stays(steward: Client) -> None:
    citizen = person("김하늘", 1, email="ha@x.example", birth_on=date(1980, 2, 3))
    address = f"{LIST}/{citizen.pk}/edit"
    page = text(steward.get(address))
    assert "김*늘" in page
    assert "ha@x.example" not in page
    steward.post(
        address, {"phone": "010-0000-0009", "language": "en", "cleared": ["email", "birth_on"]}
    )
    citizen.refresh_from_db()
    assert (citizen.name, citizen.phone, citizen.language) == ("김하늘", "+821000000009", "en")
    assert (citizen.email, citizen.birth_on) == ("", None)
    assert not Disclosure.objects.exists()


def test_a_file_holds_covered_people_and_each_of_them_is_in_the_access_log(
    steward: Client,
) -> None:
    people = [person("=김하늘", 1), person("이바다", 2)]
    assert (
        steward.post("/staff/customers.csv", {"what": "covered", "reason": "음"}).status_code == 422
    )
    answer = steward.post("/staff/customers.csv", {"what": "covered", "reason": "행사 안내 준비"})
    file = text(answer)
    assert "010-****-0002" in file
    assert "이바다" not in file
    noted = Disclosure.objects.filter(action="customer.exported")
    assert {row.subject_id for row in noted} == {one.pk for one in people}
    assert {row.fields for row in noted} == {""}
    file = text(steward.post("/staff/customers.csv", {"what": "open", "reason": "행사 안내 준비"}))
    assert "이바다" in file
    assert "'=김하늘" in file


def test_more_than_a_thousand_people_leave_in_no_file(steward: Client) -> None:
    people = (
        PastCitizen(id=uuid7(), name="김하늘", phone=f"+82100{at:07}", created_at=NOW)
        for at in range(1001)
    )
    citizens_load(people)
    assert "1,000명 넘음" in text(steward.get("/staff/customers/export"))
    answer = steward.post("/staff/customers.csv", {"what": "open", "reason": "행사 안내 준비"})
    assert answer.status_code == 422
    assert "세그먼트" in text(answer)
    assert not Disclosure.objects.exists()


def test_a_voice_is_taken_in_from_a_customers_page_without_showing_who_it_is(
    busan: ServedCity,
) -> None:
    officer = kit.logged_in(kit.official("officer"))
    citizen = person("김하늘", 1)
    address = f"/staff/voices/new?citizen={citizen.pk}"
    page = text(officer.get(address))
    assert "김*늘" in page
    assert 'name="phone"' not in page
    answer = officer.post(
        address,
        {"channel": "phone", "category": "road", "title": "가로등", "body": "꺼져 있습니다."},
    )
    assert answer.status_code == 303
    assert Voice.objects.get().citizen_id == citizen.pk


def test_the_line_of_links_shows_what_one_may_open(steward: Client) -> None:
    assert "입수명단" in text(steward.get(LIST))
    agent = kit.logged_in(kit.official("agent"))
    assert "세그먼트" not in text(agent.get(LIST))
