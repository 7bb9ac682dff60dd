"""`/u/<token>`: looking changes nothing, one press stops, a mail program may press by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core_crm.customers.selectors import has_consent
from core_crm.customers.services import citizen_register, consent_set, unsubscribe_token
from core_crm.customers.types import CitizenDraft


@pytest.fixture
def person(citizen: Client) -> Any:
    now = timezone.now()
    draft = CitizenDraft(name="김하늘", email="haneul@citizen.example")
    made = citizen_register(draft, by=None, now=now)
    consent_set(made, "marketing", "email", True, source="consent_centre", now=now)
    return made


def agrees(person: Any) -> bool:
    return has_consent(person.pk, "marketing", "email", today=timezone.localdate())


def test_looking_shows_and_pressing_stops(citizen: Client, person: Any) -> None:
    path = f"/u/{unsubscribe_token(person.pk, 'email')}"
    shown = citizen.get(path).content.decode()
    assert "그만 받을까요" in shown
    assert person.name not in shown
    assert agrees(person)
    assert "보내지 않습니다" in citizen.post(path).content.decode()
    assert not agrees(person)


def test_a_mail_program_presses_without_cookie_or_form(citizen: Client, person: Any) -> None:
    program = Client(headers={"host": "busan.localhost"}, enforce_csrf_checks=True)
    path = f"/u/{unsubscribe_token(person.pk, 'email')}"
    answer = program.post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert not agrees(person)


def test_a_wrong_press_is_undone(citizen: Client, person: Any) -> None:
    path = f"/u/{unsubscribe_token(person.pk, 'email')}"
    assert "잘못 눌렀어요" in citizen.post(path).content.decode()
    assert "다시 받기로 했습니다" in citizen.post(path, {"undo": "1"}).content.decode()
    assert agrees(person)


def test_an_address_cut_short_opens_nothing(citizen: Client, person: Any) -> None:
    path = f"/u/{unsubscribe_token(person.pk, 'email')[:-1]}"
    assert (citizen.get(path).status_code, citizen.post(path).status_code) == (404, 404)
    assert agrees(person)
