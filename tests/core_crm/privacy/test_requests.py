"""A citizen asks; all rooms answer or forget, but for what a law keeps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core_crm.audit.models import AuditEntry
from core_crm.audit.types import Actor
from core_crm.common.personal_holders import holders
from core_crm.customers.models import Citizen, ConsentChange, TimelineEntry
from core_crm.customers.services import (
    citizen_register,
    citizens_merge,
    consent_set,
    contact_add,
    note_add,
    timeline_add,
)
from core_crm.customers.types import CitizenDraft
from core_crm.privacy.errors import RequestNotInState, RequestNotPossible
from core_crm.privacy.models import PrivacyRequest
from core_crm.privacy.selectors import person_report, requests_waiting
from core_crm.privacy.services import request_carry_out, request_decide, request_open
from core_crm.privacy.types import RequestKind, RequestState
from tenants.isolation.ids import uuid7
from tenants.sql import tuples
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 10:00")
OFFICER = Actor(id=uuid7(), name="오보호")
PLANTED = ("가시덤불", "821000007788", "plantedmail", "심은로 77", "심어둔 메모", "심은 제목")


def planted() -> Citizen:
    """A person with a value of every kind that is found again, word for word, in the tables."""
    citizen = citizen_register(
        CitizenDraft(
            name="가시덤불",
            phone="010-0000-7788",
            email="plantedmail@citizen.example",
            address="부산광역시 해운대구 심은로 77",
            birth_on=date(1984, 2, 29),
        ),
        by=None,
        now=NOW,
    )
    contact_add(citizen, kind="email", value="plantedmail2@citizen.example", by=None, now=NOW)
    note_add(citizen, "심어둔 메모", by=OFFICER, now=NOW)
    consent_set(citizen, "marketing", "sms", True, source="consent_centre", now=NOW)
    about = ("voice", uuid7())
    timeline_add(citizen, kind="voice.received", about=about, summary="심은 제목", at=NOW)
    return citizen


def hits(value: str) -> list[str]:
    """Tables of the city in which a row says this, as text."""
    found = tuples(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        " AND table_type = 'BASE TABLE' ORDER BY 1"
    )
    like = f"%{value}%"
    return [
        name
        for (name,) in found
        if tuples(f'SELECT 1 FROM "{name}" t WHERE t::text LIKE %s LIMIT 1', [like])  # noqa: S608
    ]


def asked(kind: RequestKind, citizen: Citizen, text: str = "") -> PrivacyRequest:
    return request_open(kind, citizen, text=text, by=None, now=NOW)


def done(request: PrivacyRequest) -> PrivacyRequest:
    accepted = request_decide(request, is_accepted=True, reason="", by=OFFICER, now=NOW)
    return request_carry_out(accepted, by=OFFICER, now=NOW)


def test_every_room_that_holds_persons_says_so() -> None:
    rooms = {one.code for one in holders()}
    assert rooms >= {"audit", "customers", "imports", "messaging", "segments", "surveys", "voices"}


def test_the_report_tells_every_value_that_was_written_down(busan: ServedCity) -> None:
    said = str(person_report(planted(), now=NOW))
    for value in PLANTED:
        assert value in said, value


def test_an_erased_person_is_in_no_table_any_more(busan: ServedCity) -> None:
    citizen = planted()
    assert {"core_customers_citizen"} <= set(hits("가시덤불"))
    request = done(asked(RequestKind.ERASE, citizen, "가시덤불을 지워 주세요"))
    assert [value for value in PLANTED if hits(value)] == []
    citizen.refresh_from_db()
    assert (citizen.state, citizen.birth_on, citizen.terms) == ("erased", None, [])
    assert citizen.district_code in ("", "2635000000")
    assert request.outcome["holds"][0]["count"] == ConsentChange.objects.count() == 2
    assert TimelineEntry.objects.filter(citizen=citizen).count() == 1


def test_who_was_merged_into_the_person_is_forgotten_too(busan: ServedCity) -> None:
    citizen = planted()
    alias = citizen_register(CitizenDraft(name="가시덤불", phone="010-0000-5566"), by=None, now=NOW)
    citizens_merge(citizen, alias, chosen={}, reason="같은 사람", by=OFFICER, now=NOW)
    done(asked(RequestKind.ERASE, alias))
    assert hits("가시덤불") == hits("821000005566") == []
    alias.refresh_from_db()
    assert alias.state == "merged"


def test_a_request_waits_ten_days_and_is_the_same_when_asked_again(busan: ServedCity) -> None:
    citizen = planted()
    first = asked(RequestKind.ACCESS, citizen)
    assert first.due_on == NOW.date() + timedelta(days=10)
    assert asked(RequestKind.ACCESS, citizen) == first
    assert list(requests_waiting()) == [first]


def test_a_refusal_says_why_and_ends_the_request(busan: ServedCity) -> None:
    request = asked(RequestKind.ERASE, planted())
    with pytest.raises(RequestNotPossible):
        request_decide(request, is_accepted=False, reason=" ", by=OFFICER, now=NOW)
    refused = request_decide(
        request, is_accepted=False, reason="법령에 따라 보관", by=OFFICER, now=NOW
    )
    assert refused.state == RequestState.REFUSED
    with pytest.raises(RequestNotInState):
        request_carry_out(refused, by=OFFICER, now=NOW)
    assert hits("가시덤불")


def test_stopping_the_processing_is_noted_at_the_person(busan: ServedCity) -> None:
    citizen = planted()
    done(asked(RequestKind.RESTRICT, citizen))
    citizen.refresh_from_db()
    assert citizen.is_restricted


def test_what_is_wrong_is_said_and_the_audit_names_nobody(busan: ServedCity) -> None:
    citizen = planted()
    with pytest.raises(RequestNotPossible):
        asked(RequestKind.CORRECT, citizen)
    done(asked(RequestKind.CORRECT, citizen, "심은로 77에서 이사했습니다"))
    facts = str(list(AuditEntry.objects.values_list("action", "facts", "reason")))
    assert "privacy.carried_out" in facts
    assert "심은로" not in facts


def test_nobody_asks_for_an_erased_person(busan: ServedCity) -> None:
    citizen = planted()
    done(asked(RequestKind.ERASE, citizen))
    with pytest.raises(RequestNotPossible):
        asked(RequestKind.ACCESS, Citizen.objects.get(pk=citizen.pk))
