"""One-time codes: five minutes, five tries, once, and no word about who is known."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core_crm.customers.errors import SignInRefused
from core_crm.customers.models import SignInCode
from core_crm.customers.services import citizen_register, code_ask, code_use
from core_crm.customers.services.sign_in import Asked
from core_crm.customers.types import CitizenDraft
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 10:00")


@pytest.fixture
def citizen(busan: ServedCity) -> Any:
    draft = CitizenDraft(name="김하늘", phone="010-0000-4211", email="haneul@citizen.example")
    return citizen_register(draft, by=None, now=NOW)


def asked(name: str = "김하늘", contact: str = "010-0000-4211", *, at: Any = NOW) -> Asked:
    return code_ask(name, contact, now=at)


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06}"


@pytest.mark.parametrize("contact", ["01000004211", "010-0000-4211", "Haneul@citizen.example "])
def test_the_known_contact_gets_six_digits_that_open_once(citizen: Any, contact: str) -> None:
    code = asked(" 김하늘", contact)
    assert len(code.digits) == 6
    assert code.address in {"+821000004211", "haneul@citizen.example"}
    assert code_use(code.id, code.digits, now=NOW + timedelta(minutes=4)) == citizen
    with pytest.raises(SignInRefused):
        code_use(code.id, code.digits, now=NOW + timedelta(minutes=4))


STRANGERS = {
    "another name": ("이바다", "010-0000-4211"),
    "another phone": ("김하늘", "010-0000-9999"),
    "no contact": ("김하늘", "빈칸"),
}


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS.keys())
def test_who_is_not_known_leaves_the_same_trace_and_gets_nothing(
    citizen: Any, stranger: tuple[str, str]
) -> None:
    code = asked(*stranger)
    assert (code.citizen, code.digits) == (None, "")
    assert SignInCode.objects.get(pk=code.id).tries_left == 5
    with pytest.raises(SignInRefused, match="맞지 않습니다"):
        code_use(code.id, "123456", now=NOW)


def test_five_tries_and_the_right_digits_come_too_late(citizen: Any) -> None:
    code = asked()
    for _ in range(5):
        with pytest.raises(SignInRefused, match="맞지 않습니다"):
            code_use(code.id, wrong(code.digits), now=NOW)
    with pytest.raises(SignInRefused, match="다시 받아"):
        code_use(code.id, code.digits, now=NOW)


def test_after_five_minutes_it_is_over(citizen: Any) -> None:
    code = asked()
    with pytest.raises(SignInRefused, match="다시 받아"):
        code_use(code.id, code.digits, now=NOW + timedelta(minutes=5))


def test_three_codes_in_ten_minutes_and_the_fourth_is_not_sent(citizen: Any) -> None:
    assert all(asked().digits for _ in range(3))
    assert asked().digits == ""
    assert asked(at=NOW + timedelta(minutes=10)).digits


def test_the_digits_stand_in_no_row_and_a_day_later_the_row_is_gone(citizen: Any) -> None:
    code = asked()
    row = SignInCode.objects.get(pk=code.id)
    assert code.digits not in row.digest
    assert len(row.digest) == 64
    asked(at=NOW + timedelta(days=2))
    assert not SignInCode.objects.filter(pk=code.id).exists()
