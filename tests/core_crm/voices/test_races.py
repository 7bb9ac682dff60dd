"""Two people at once, in two connections: one wins, the other is told, nothing is done twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from core_crm.common.models import RecordedEvent
from core_crm.messaging.selectors import messages_about
from core_crm.voices.errors import (
    NotAllowedInState,
    VoiceAlreadyAnswered,
    VoiceChangedMeanwhile,
)
from core_crm.voices.models import Voice, VoiceTransition
from core_crm.voices.selectors import voice_get
from core_crm.voices.services import (
    voice_answer,
    voice_extend,
    voice_reopen,
    voice_take,
    voice_withdraw,
)
from tenants.context import serving_city
from tests.conftest import kst
from tests.support.voices import Office, a_voice_in_work, an_office

NOW = kst("2026-12-01 10:00")
Act = Callable[[], object]


@pytest.fixture
def office(two_cities: tuple[str, str]) -> Office:
    """Busan with real commits; nothing is being served when it is handed out."""
    with serving_city("busan"):
        return an_office()


def at_once(*acts: Act) -> list[BaseException | None]:
    """Run each in a thread and connection of its own, all starting together; their errors."""
    start = threading.Barrier(len(acts))
    results: list[BaseException | None] = [None] * len(acts)

    def run(place: int, act: Act) -> None:
        try:
            with serving_city("busan"):
                start.wait(timeout=20)
                act()
        except BaseException as error:  # handed to the test
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def in_work(office: Office) -> Voice:
    with serving_city("busan"):
        return a_voice_in_work(office, NOW)


def answer(voice: Voice, by: Any, body: str) -> Act:
    return lambda: voice_answer(voice, body=body, by=by, now=NOW, expected_version=voice.version)


def test_two_officers_answer_at_once_and_one_wins(office: Office) -> None:
    voice = in_work(office)
    errors = at_once(answer(voice, office.officer, "가"), answer(voice, office.colleague, "나"))
    lost = [error for error in errors if error is not None]
    assert len(lost) == 1
    assert isinstance(lost[0], VoiceAlreadyAnswered | VoiceChangedMeanwhile)
    with serving_city("busan"):
        assert messages_about("voice", voice.id).filter(template="voice_answered").count() == 1
        assert RecordedEvent.objects.filter(kind="voices.voice_closed").count() == 1
        assert voice_get(voice.id).entries.filter(kind="answer").count() == 1
        assert voice_get(voice.id).version == voice.version + 1


def test_answering_and_withdrawing_at_once_leaves_one_outcome(office: Office) -> None:
    voice = in_work(office)
    errors = at_once(answer(voice, office.officer, "가"), lambda: voice_withdraw(voice, now=NOW))
    lost = [error for error in errors if error is not None]
    assert len(lost) == 1
    assert isinstance(lost[0], VoiceAlreadyAnswered | NotAllowedInState | VoiceChangedMeanwhile)


def test_two_officers_take_a_voice_at_once_and_both_acts_are_in_order(office: Office) -> None:
    voice = in_work(office)
    errors = at_once(
        lambda: voice_take(voice, by=office.officer, now=NOW),
        lambda: voice_take(voice, by=office.colleague, now=NOW),
    )
    assert errors == [None, None]
    with serving_city("busan"):
        versions = VoiceTransition.objects.filter(voice=voice).order_by("version")
        assert [act.version for act in versions] == [1, 2, 3, 4, 5]


def test_two_extensions_at_once_are_one(office: Office) -> None:
    voice = in_work(office)

    def extend(by: Any) -> Act:
        return lambda: voice_extend(voice, reason_code="cooperation", reason="협의", by=by, now=NOW)

    errors = at_once(extend(office.officer), extend(office.colleague))
    assert sum(error is None for error in errors) == 1
    with serving_city("busan"):
        assert voice_get(voice.id).adjustments.count() == 1
        assert messages_about("voice", voice.id).filter(template="voice_extended").count() == 1


def test_not_solved_pressed_twice_at_once_opens_once(office: Office) -> None:
    voice = in_work(office)
    with serving_city("busan"):
        voice = voice_answer(voice, body="답", by=office.officer, now=NOW)

    def again() -> None:
        voice_reopen(voice, reason="그대로", now=NOW)

    errors = at_once(again, again)
    assert sum(error is None for error in errors) == 1
    with serving_city("busan"):
        assert voice_get(voice.id).reopened_count == 1
