"""Rules over the access log, and the monthly review that answers them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from core_crm.audit.errors import ReviewNotPossible
from core_crm.audit.models import AuditEntry
from core_crm.audit.selectors import actors_in, alerts_between, review_of
from core_crm.audit.selectors.access_log import LogFilters, disclosure_page
from core_crm.audit.services import disclosure_note, month_span, review_sign
from core_crm.audit.types import Actor
from core_crm.customers.services import citizen_register
from core_crm.customers.types import CitizenDraft
from tests.conftest import ServedCity, kst

MONTH = date(2026, 10, 1)
SINCE, UNTIL = month_span(MONTH)
NOON = kst("2026-10-14 12:00")
OFFICIAL = Actor(id=uuid4(), name="한담당", origin="192.0.2.7")
NOTE = "각 담당자에게 확인했고 업무였습니다."


def note(count: int = 1, *, by: Actor = OFFICIAL, at: Any = NOON, **more: Any) -> None:
    given: dict[str, Any] = {"action": "customer.viewed", "subject_ids": some(count), **more}
    disclosure_note(actor=by, now=at, **given)


def some(count: int) -> list[UUID]:
    return [uuid4() for _ in range(count)]


def codes() -> set[str]:
    return {alert.code for alert in alerts_between(SINCE, UNTIL)}


def colleague(name: str) -> Actor:
    return Actor(id=uuid4(), name=name)


def test_a_month_of_ordinary_work_raises_nothing(busan: ServedCity) -> None:
    note(49)
    note(action="customer.unmasked", reason="전화 확인")
    note(at=kst("2026-10-14 21:59"))
    assert codes() == set()


RULES = {
    "many": {"count": 51},
    "night": {"at": kst("2026-10-14 22:00")},
    "no_reason": {"action": "customer.unmasked"},
    "exports": {"action": "customer.exported", "reason": "행사 안내"},
}


@pytest.mark.parametrize("code", RULES)
def test_each_rule_finds_its_own(busan: ServedCity, code: str) -> None:
    note(**RULES[code])
    assert codes() == {code}


def test_many_means_different_people_within_one_hour(busan: ServedCity) -> None:
    note(30)
    note(30, at=NOON + timedelta(hours=1))
    same = some(1)
    for _ in range(60):
        note(subject_ids=same)
    assert codes() == set()


def test_somebody_of_the_own_name_is_asked_about(busan: ServedCity) -> None:
    draft = CitizenDraft(name="한담당", phone="010-0000-1111")
    namesake = citizen_register(draft, by=None, now=NOON)
    note(subject_ids=[namesake.pk])
    found = alerts_between(SINCE, UNTIL)
    assert [(one.code, one.actor_id, one.count) for one in found] == [("own_name", OFFICIAL.id, 1)]


def test_far_above_needs_colleagues_to_compare_with(busan: ServedCity) -> None:
    for hour in range(6):
        note(10, at=NOON - timedelta(hours=hour))
    assert codes() == set()
    for name in "가나다":
        note(5, by=colleague(name))
    assert codes() == {"far_above"}


def test_the_log_is_narrowed_and_paged_without_losing_rows_of_one_moment(busan: ServedCity) -> None:
    note(5)
    note(2, by=colleague("나"))
    filters = LogFilters(SINCE, UNTIL, actor_id=OFFICIAL.id)
    first = disclosure_page(filters, size=3)
    assert len(first) == 4
    rest = disclosure_page(filters, before=(first[2].at, first[2].id), size=3)
    assert len({one.id for one in (*first[:3], *rest)}) == 5
    assert [name for _, name in actors_in(SINCE, UNTIL)] == ["나", "한담당"]
    nothing = LogFilters(SINCE, UNTIL, action="customer.exported")
    assert disclosure_page(nothing) == []


def test_a_month_is_signed_once_with_its_figures(busan: ServedCity) -> None:
    note(action="customer.unmasked")
    signed = review_sign(MONTH, note=NOTE, by=OFFICIAL, now=UNTIL)
    assert (signed.disclosures, signed.alerts, signed.month) == (1, {"no_reason": 1}, MONTH)
    assert review_of(MONTH) == signed
    assert AuditEntry.objects.get(action="access_log.reviewed").facts["month"] == "2026-10"
    with pytest.raises(ReviewNotPossible, match="이미"):
        review_sign(MONTH, note=NOTE, by=OFFICIAL, now=UNTIL)


def test_a_month_that_goes_on_and_alerts_without_a_word_are_not_signed(busan: ServedCity) -> None:
    with pytest.raises(ReviewNotPossible, match="끝나지"):
        review_sign(MONTH, note=NOTE, by=OFFICIAL, now=UNTIL - timedelta(seconds=1))
    note(action="customer.unmasked")
    with pytest.raises(ReviewNotPossible, match="이상 징후"):
        review_sign(MONTH, note=" ", by=OFFICIAL, now=UNTIL)
    assert review_of(MONTH) is None
