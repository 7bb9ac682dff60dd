"""One citizen on one page: covered, opened for a reason, noted, quick with a long history too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core_crm.audit.models import Disclosure
from core_crm.customers.models import Citizen, Consent, CustomerNote, DatedFact, Relation
from core_crm.customers.services import (
    citizen_register,
    contact_add,
    household_join,
    organisation_register,
)
from core_crm.customers.services.history import PastMoment, timeline_load
from core_crm.customers.types import CitizenDraft, OrganisationDraft
from core_crm.messaging.models import OutgoingMessage
from core_crm.voices.services import voice_request_supplement, voice_start
from tenants.isolation.ids import uuid7
from tests.conftest import ServedCity
from tests.sodam.staff import kit

NOW = datetime.now(UTC)
PARTIAL = {"HX-Request-Type": "partial"}


@pytest.fixture
def steward(busan: ServedCity) -> Client:
    return kit.logged_in(kit.official("steward"))


def person(name: str = "김하늘", last: int = 1, **more: Any) -> Citizen:
    draft = CitizenDraft(name=name, phone=f"010-0000-{last:04}", **more)
    return citizen_register(draft, by=None, now=NOW)


def here(citizen: Citizen, below: str = "") -> str:
    return f"/staff/customers/{citizen.pk}{below}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_page_is_covered_and_opening_it_is_noted_once(steward: Client) -> None:
    citizen = person(email="ha@x.example", address="부산광역시 해운대구 무지개길 7")
    page = text(steward.get(here(citizen)))
    assert "김*늘" in page
    assert "010-****-0001" in page
    for covered in ("김하늘", "010-0000-0001", "ha@x.example", "무지개길"):
        assert covered not in page
    assert "김" not in page.partition("<title>")[2].partition("</title>")[0]
    row = Disclosure.objects.get()
    assert (row.action, row.subject_id, row.fields) == ("customer.viewed", citizen.pk, "")


def test_a_reason_opens_it_in_place_and_only_this_person(steward: Client) -> None:
    citizen, other = person(), person("이바다", 2)
    contact_add(citizen, kind="home", value="051-123-4567", by=None, now=NOW)
    household_join(other, with_citizen=citizen, by=None, now=NOW)
    refused = steward.post(here(citizen, "/unmask"), {"reason": "음"})
    assert refused.status_code == 422
    assert {row.action for row in Disclosure.objects.all()} == {"customer.viewed"}
    page = text(
        steward.post(here(citizen, "/unmask"), {"reason": "본인 확인 전화"}, headers=PARTIAL)
    )
    for opened in ("김하늘", "010-0000-0001", "051-123-4567"):
        assert opened in page
    assert "이*다" in page
    assert "이바다" not in page
    row = Disclosure.objects.get(action="customer.unmasked")
    assert row.reason == "본인 확인 전화"
    assert "phone" in row.fields


def test_who_was_merged_is_shown_as_whom_they_were_merged_into(steward: Client) -> None:
    citizen, alias = person(), person("김하늘별", 2)
    Citizen.objects.filter(pk=alias.pk).update(state="merged", merged_into=citizen)
    assert steward.get(here(alias)).url == here(citizen)
    assert "1명을 합친 고객" in text(steward.get(here(citizen)))


def test_an_erased_customer_shows_nothing(steward: Client) -> None:
    citizen = person()
    Citizen.objects.filter(pk=citizen.pk).update(state="erased", name="", phone="", is_anonymous=1)
    assert "개인정보를 지운 고객입니다" in text(steward.get(here(citizen)))


def test_what_other_departments_do_is_counted_and_not_shown(busan: ServedCity) -> None:
    officer = kit.official("officer")
    ours = kit.voice(to=officer, title="우리 부서의 일")
    kit.voice(place=1, title="다른 부서의 일")
    page = text(kit.logged_in(officer).get(here(ours.citizen)))
    assert "우리 부서의 일" in page
    assert "다른 부서의 일" not in page
    assert "권한 없음 1건" in page


def test_the_first_paint_asks_as_much_with_two_thousand_events_as_with_few(
    steward: Client,
) -> None:
    few, many = person(), person("이바다", 2)
    for citizen, times in ((few, 40), (many, 2000)):
        timeline_load(
            PastMoment(citizen.pk, NOW - timedelta(hours=at), "call", "call", uuid7(), "통화")
            for at in range(times)
        )
    steward.get(here(few))  # what a process asks once
    asked = []
    for citizen in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = text(steward.get(here(citizen)))
        asked.append(len(queries))
        assert page.count("<b>통화</b>") == 30
    assert asked[0] == asked[1]


def test_what_lies_further_back_comes_page_by_page(steward: Client) -> None:
    citizen = person()
    timeline_load(
        PastMoment(citizen.pk, NOW - timedelta(hours=at), kind, kind, uuid7(), f"{at}번째")
        for at in range(40)
        for kind in ("call", "participated")
    )
    page = text(steward.get(here(citizen, "?show=call")))
    page = text(steward.get(here(citizen, "?show=calls")))
    seen = page.count("<b>통화</b>")
    more = page.partition('class="more"><a class="krds-btn tertiary small" href="')[2]
    more = more.partition('"')[0].replace("&amp;", "&")
    rest = text(steward.get(more, headers=PARTIAL))
    assert (seen, rest.count("<b>통화</b>")) == (30, 10)
    assert "<b>방문·참여</b>" not in page + rest


def test_what_was_sent_stands_in_the_history_at_its_act_or_alone(busan: ServedCity) -> None:
    officer = kit.official("officer")
    voice = kit.voice(to=officer, title="가로등", received_at=datetime.now(UTC))
    now = datetime.now(UTC)
    voice_start(voice, by=officer, now=now)
    voice_request_supplement(
        voice, body="사진을 보내 주세요.", by=officer, now=now + timedelta(minutes=9)
    )
    browser = kit.logged_in(officer)
    page = text(browser.get(here(voice.citizen)))
    assert page.count("보완을 청함") == 1
    assert 'class="sent"' in page.partition("의견 접수</b>")[2].partition("</li>")[0]
    alone = text(browser.get(here(voice.citizen, "?show=messages")))
    assert ("접수를 알림" in alone, "보완을 청함" in alone) == (True, True)
    assert "사진을 보내 주세요" not in page + alone


def test_messages_alone_go_on_on_their_next_page(busan: ServedCity) -> None:
    officer = kit.official("officer")
    voice = kit.voice(to=officer)
    instants = [datetime.now(UTC) - timedelta(hours=at) for at in range(1, 41)]
    OutgoingMessage.objects.bulk_create(
        OutgoingMessage(
            channel="sms",
            recipient=voice.citizen.phone,
            template="voice_progress",
            body="알림",
            about_kind="voice",
            about_id=voice.id,
            dedup_key=f"progress:{at}",
            not_before=at,
            created_at=at,
        )
        for at in instants
    )
    OutgoingMessage.objects.create(
        channel="email",
        recipient=voice.citizen.email,
        citizen_id=voice.citizen_id,
        template="festival",
        subject="영화제 소식",
        body="알림",
        about_kind="campaign",
        about_id=voice.id,
        dedup_key="festival",
        not_before=instants[0],
        created_at=instants[0],
    )
    browser = kit.logged_in(officer)
    page = text(browser.get(here(voice.citizen, "?show=messages")))
    more = page.partition('class="more"><a class="krds-btn tertiary small" href="')[2]
    rest = text(browser.get(more.partition('"')[0].replace("&amp;", "&"), headers=PARTIAL))
    assert page.count("진행을 알림") + rest.count("진행을 알림") == 40
    assert "영화제 소식" in page


def test_a_note_stands_on_the_page_with_who_wrote_it(steward: Client) -> None:
    citizen = person()
    assert steward.post(here(citizen, "/note"), {"text": " "}).status_code == 422
    steward.post(here(citizen, "/note"), {"text": "오후에만 통화됨"})
    page = text(steward.get(here(citizen)))
    assert "오후에만 통화됨" in page
    assert CustomerNote.objects.get().by_name in page


def test_an_official_writes_a_consent_down_with_how_they_heard_it(steward: Client) -> None:
    citizen = person()
    given = {"purpose": "survey", "channel": "sms", "answer": "yes", "reason": ""}
    assert steward.post(here(citizen, "/consent"), given).status_code == 422
    answer = steward.post(
        here(citizen, "/consent"), given | {"reason": "전화로 말함"}, headers=PARTIAL
    )
    assert answer.headers["HX-Redirect"] == here(citizen)
    consent = Consent.objects.get()
    assert (consent.purpose, consent.is_given, consent.source) == ("survey", True, "official")


def test_by_night_alone_is_refused_in_words(steward: Client) -> None:
    given = {
        "purpose": "marketing_night",
        "channel": "sms",
        "answer": "yes",
        "reason": "전화로 말함",
    }
    answer = steward.post(here(person(), "/consent"), given)
    assert "낮 시간 소식에 먼저 동의" in text(answer)


def test_a_contact_is_added_and_later_used_no_more(steward: Client) -> None:
    citizen = person()
    steward.post(here(citizen, "/contact"), {"kind": "home", "value": "051) 123-4567~9"})
    contact = citizen.contact_points.get()
    assert contact.value == "+82511234567"
    steward.post(here(citizen, f"/contact-end/{contact.pk}"), {"on": f"{NOW:%Y-%m-%d}"})
    contact.refresh_from_db()
    assert contact.valid_to is not None
    assert steward.get(here(person("이바다", 2), f"/contact-end/{contact.pk}")).status_code == 404


def test_a_day_is_written_down_with_its_basis_and_removed(steward: Client) -> None:
    citizen = person()
    given = {"kind": "moved_in_on", "on": "2026-03-01", "source": "전입신고", "basis": ""}
    assert steward.post(here(citizen, "/fact"), given).status_code == 422
    steward.post(here(citizen, "/fact"), given | {"basis": "주민등록법 제16조"})
    fact = DatedFact.objects.get()
    assert "주민등록법 제16조" in text(steward.get(here(citizen)))
    steward.post(here(citizen, f"/fact-remove/{fact.pk}"))
    assert not DatedFact.objects.exists()


def test_somebody_else_is_found_covered_and_then_chosen(steward: Client) -> None:
    citizen, other = person(), person("이바다", 2)
    given = {"q": "이바다", "kind": "guardian"}
    found = steward.post(here(citizen, "/relation"), given)
    assert found.status_code == 200
    assert "이*다" in text(found)
    steward.post(here(citizen, "/relation"), given | {"other": str(other.pk)})
    relation = Relation.objects.get()
    assert (relation.citizen_id, relation.other_id) == (citizen.pk, other.pk)
    assert "이 고객의 보호자" in text(steward.get(here(other)))
    steward.post(here(citizen, f"/relation-end/{relation.pk}"), {"on": f"{NOW:%Y-%m-%d}"})
    relation.refresh_from_db()
    assert relation.valid_to is not None
    assert steward.post(here(citizen, "/relation"), given | {"q": "없음"}).status_code == 422


def test_who_stands_there_twice_is_told_of_and_nothing_merges_by_itself(steward: Client) -> None:
    citizen, other = person(), person("김하늘별", 2)
    steward.post(here(citizen, "/twin"), {"q": "김하늘별", "other": str(other.pk)})
    assert "같은 사람일 수 있습니다" in text(steward.get(here(citizen)))
    other.refresh_from_db()
    assert other.state == "active"


def test_households_and_bodies_are_joined_and_left(steward: Client) -> None:
    citizen, other = person(), person("이바다", 2)
    body = organisation_register(OrganisationDraft(name="바다어린이집"), by=None, now=NOW)
    steward.post(
        here(citizen, "/household"), {"q": "이바다", "role": "head", "other": str(other.pk)}
    )
    steward.post(
        here(citizen, "/membership"),
        {"q": "어린이집", "role": "contact", "department": "운영부", "other": str(body.pk)},
    )
    page = text(steward.get(here(citizen)))
    for shown in ("같은 세대 ·", "바다어린이집", "운영부"):
        assert shown in page
    steward.post(here(citizen, "/household-leave"))
    member = citizen.memberships.get()
    steward.post(here(citizen, f"/membership-end/{member.pk}"), {"on": f"{NOW:%Y-%m-%d}"})
    member.refresh_from_db()
    assert member.valid_to is not None
    assert "같은 세대 ·" not in text(steward.get(here(citizen)))


def test_what_has_to_be_mended_is_told(steward: Client) -> None:
    citizen = person("김하늘1", 1)
    page = text(steward.get(here(citizen)))
    assert "이름 확인 필요" in page
    assert "비어 있음: 이메일, 생년월일, 성별, 주소" in page


def test_an_approver_sees_and_writes_nothing(busan: ServedCity) -> None:
    approver, citizen = kit.logged_in(kit.official("approver")), person()
    page = text(approver.get(here(citizen)))
    for missing in ("가린 정보 보기", "더 적기", "남기기"):
        assert missing not in page


def test_the_case_leads_to_its_citizen(busan: ServedCity) -> None:
    officer = kit.official("officer")
    voice = kit.voice(to=officer)
    page = text(kit.logged_in(officer).get(f"/staff/voices/{voice.ref}"))
    assert f'href="/staff/customers/{voice.citizen_id}"' in page
