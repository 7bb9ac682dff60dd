"""What never leaves the house: a city that tries things out, and copies of cities, send nothing."""

from __future__ import annotations

from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.types import MessageState
from tenants.context import current_city

TRIED_OUT = "시험 운영이라 보내지 않음"
OF_A_COPY = "복사본이라 보내지 않음"
TEST_VOICE = "시험 의견이라 보내지 않음"


def held_because(*, is_test: bool = False) -> str:
    """Why a message written here now must stay; "" when it may go.

    `is_test`: it is about something the city tried out, perhaps before it opened to the public.
    """
    city = current_city()
    if not city.is_service:
        return OF_A_COPY
    if city.is_trial:
        return TRIED_OUT
    return TEST_VOICE if is_test else ""


def is_sending_barred() -> bool:
    """Is nothing sent from here? In a trial, what still waits is held for good.

    What waits in a copy is left as it is: the copy may take the city's place one day.
    """
    city = current_city()
    if not city.is_service:
        return True
    if city.is_trial:
        _hold_waiting()
    return not city.sends


def _hold_waiting() -> None:
    waiting = OutgoingMessage.objects.filter(state=MessageState.QUEUED)
    waiting.update(state=MessageState.HELD, error=TRIED_OUT)
