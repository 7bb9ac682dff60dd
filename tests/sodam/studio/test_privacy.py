"""The privacy officer sees what citizens ask and decides; others see the rules only."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from core_crm.audit.models import Disclosure
from core_crm.customers.models import Citizen
from core_crm.customers.services import citizen_register, consent_set
from core_crm.customers.types import CitizenDraft
from core_crm.privacy.models import PrivacyRequest
from core_crm.privacy.services import request_open
from tests.conftest import kst
from tests.sodam.studio.conftest import Browser

PAGE, NOW = "/studio/privacy", kst("2026-11-24 10:00")


def asked(kind: str = "erase") -> PrivacyRequest:
    draft = CitizenDraft(name="가시덤불", email="thorn@citizen.example")
    citizen = citizen_register(draft, by=None, now=NOW)
    return request_open(kind, citizen, text="더 쓰지 않습니다", by=None, now=NOW)


def test_the_queue_is_the_privacy_officers_and_names_are_covered(browser: Browser) -> None:
    asked()
    page = browser("privacy").get(PAGE).content.decode()
    assert "더 쓰지 않습니다" in page
    assert "가**불" in page
    assert "가시덤불" not in page
    assert "더 쓰지 않습니다" not in browser("steward").get(PAGE).content.decode()


def test_an_erasure_is_accepted_and_carried_out(browser: Browser) -> None:
    request, officer = asked(), browser("privacy")
    for act in ("accept", "do"):
        assert officer.post(f"{PAGE}/requests/{request.id}/{act}").status_code == 303
    assert Citizen.objects.get(pk=request.citizen_id).name == ""
    assert "지워진 고객" in officer.get(PAGE).content.decode()


def test_a_refusal_without_reason_is_told_beside_the_request(browser: Browser) -> None:
    request, officer = asked(), browser("privacy")
    answer = officer.post(f"{PAGE}/requests/{request.id}/refuse", {"reason": ""})
    assert answer.status_code == 422
    assert f'href="#reason-{request.id}"' in answer.content.decode()
    given = {"reason": "법령에 따라 보관합니다"}
    assert officer.post(f"{PAGE}/requests/{request.id}/refuse", given).status_code == 303
    assert "법령에 따라 보관합니다" in officer.get(PAGE).content.decode()


def test_handing_over_is_one_line_of_the_access_log(browser: Browser) -> None:
    request, officer = asked("access"), browser("privacy")
    for act in ("accept", "do"):
        officer.post(f"{PAGE}/requests/{request.id}/{act}")
    assert Disclosure.objects.get().subject_id == request.citizen_id
    assert "본인에게 넘김" in officer.get(PAGE).content.decode()


def test_others_may_not_act(browser: Browser) -> None:
    request, steward = asked(), browser("steward")
    assert steward.post(f"{PAGE}/requests/{request.id}/accept").status_code == 403
    assert steward.post(f"{PAGE}/forget").status_code == 403


def test_what_is_due_is_counted_first_and_then_forgotten(browser: Browser) -> None:
    draft = CitizenDraft(name="이침묵", email="silent@citizen.example")
    citizen_register(draft, by=None, now=NOW - timedelta(days=800))
    officer = browser("privacy")
    assert "지난 1건 지금 파기하기" in officer.get(PAGE).content.decode()
    assert officer.post(f"{PAGE}/forget").status_code == 303
    assert "지금 파기하기" not in officer.get(PAGE).content.decode()


def test_agreements_stand_by_the_edition_that_was_read(browser: Browser) -> None:
    citizen = asked("restrict").citizen
    consent_set(citizen, "marketing", "sms", True, source="consent_centre", now=NOW)
    page = browser("steward").get(PAGE).content.decode()
    assert 'href="/studio/consents/marketing"' in page


def test_what_is_no_request_or_no_act_is_not_found(browser: Browser) -> None:
    officer = browser("privacy")
    assert officer.post(f"{PAGE}/requests/{uuid4()}/accept").status_code == 404
    assert officer.post(f"{PAGE}/requests/{asked().id}/burn").status_code == 404
