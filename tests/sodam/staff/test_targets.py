"""The city's own promise on the officials' pages: beside the lawful clock, never instead of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core_crm.voices.models import Voice
from core_crm.voices.services import voice_answer
from tests.conftest import ServedCity
from tests.sodam.staff import kit


@pytest.fixture
def officer(busan: ServedCity) -> Any:
    return kit.official("officer")


def promised(case: Any, *, warned: timedelta, due: timedelta) -> None:
    """Move its promise, counted from now."""
    now = datetime.now(UTC)
    Voice.objects.filter(pk=case.pk).update(target_warn_at=now + warned, target_at=now + due)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("warned", "due", "word"),
    [(-2 * HOUR, -HOUR, "목표 지남"), (-HOUR, HOUR, "목표 임박"), (HOUR, 2 * HOUR, "")],
)
def test_the_list_says_how_the_promise_stands(
    officer: Any, warned: timedelta, due: timedelta, word: str
) -> None:
    promised(kit.voice(to=officer), warned=warned, due=due)
    page = kit.logged_in(officer).get("/staff/voices?view=mine").content.decode()
    assert kit.TITLE in page
    assert [one for one in ("목표 지남", "목표 임박") if one in page] == ([word] if word else [])


def test_the_case_shows_the_target_beside_the_lawful_time(officer: Any) -> None:
    case = kit.voice(to=officer)
    page = kit.logged_in(officer).get(f"/staff/voices/{case.ref}").content.decode()
    due = page.split('class="due"')[1].split("</p>")[0]
    assert "까지 · 처리기간" in due
    assert "· 목표 " in due


def test_an_answered_case_promises_nothing_any_more(officer: Any) -> None:
    case = kit.voice(to=officer)
    promised(case, warned=-2 * HOUR, due=-HOUR)
    answered = voice_answer(case, body="고쳤습니다.", by=officer, now=datetime.now(UTC))
    page = kit.logged_in(officer).get("/staff/voices?view=all").content.decode()
    assert answered.ref in page
    assert "목표 지남" not in page
