"""Previews look, and never touch: whatever one of them does, the others and the city go on."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from core_crm.customers.models import Citizen
from core_crm.customers.services import citizen_find_or_create
from customization.preview.running import what_if
from customization.preview.types import Impact
from tenants import sql
from tenants.errors import DomainError
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 09:00")


def preview(name: str, does: Any) -> Any:
    def impact(before: Any, after: Any, *, now: datetime) -> Impact | None:
        does()
        return Impact(what=name, title=name, figures={"citizens": Citizen.objects.count()})

    return SimpleNamespace(__name__=f"customization.preview.{name}", impact=impact)


def write() -> None:
    citizen_find_or_create(name="누구", phone="010-0000-0009", now=NOW)


def refuse() -> None:
    class NotNow(DomainError):
        code = "test.not_now"

    raise NotNow("지금은 셈할 수 없습니다.")


def nothing() -> None:
    return None


def slow() -> None:
    sql.rows("SELECT pg_sleep(5)")


def broken() -> None:
    raise KeyError("x")


def run(*does: Any, budget_seconds: float = 10.0) -> list[Impact]:
    previews = [preview(one.__name__, one) for one in does]
    return what_if({}, {}, now=NOW, previews=previews, budget_seconds=budget_seconds)


def test_what_a_preview_writes_is_refused_and_the_next_one_goes_on(busan: ServedCity) -> None:
    before = Citizen.objects.count()
    first, second = run(write, nothing)
    assert first.failed
    assert second.figures == {"citizens": before}
    write()
    assert Citizen.objects.count() == before + 1  # outside a preview one may write again


def test_one_that_asks_too_long_is_stopped(busan: ServedCity) -> None:
    found = run(slow, budget_seconds=0.3)
    assert "시간 안에" in found[0].failed
    assert found[0].figures == {}


def test_those_without_time_left_say_so(busan: ServedCity) -> None:
    found = run(nothing, budget_seconds=0)
    assert found[0].failed


def test_a_refusal_is_told_and_a_fault_is_not_shown(busan: ServedCity) -> None:
    refused, fault, fine = run(refuse, broken, nothing)
    assert refused.failed == "지금은 셈할 수 없습니다."
    assert "KeyError" not in fault.failed
    assert fine.failed == ""


def test_a_change_that_touches_nothing_has_no_effect(busan: ServedCity) -> None:
    assert what_if({}, {}, now=NOW) == []
