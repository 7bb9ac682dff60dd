"""Advertising leaves only while its reader agrees; what informs always does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core_crm.customers.services import consents_withdraw
from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.services import message_queue, messages_send_due
from core_crm.messaging.services.consenting import NO_CONSENT, NOBODY
from core_crm.messaging.services.gateways.smtp import SmtpGateway
from core_crm.messaging.services.sending import outgoing_of
from core_crm.messaging.types import Recipient
from tests.conftest import ServedCity, kst
from tests.core_crm.messaging.kit import ABOUT, CONTEXT, PHONE, agreeing, own_templates, queued

DAY, NIGHT = kst("2026-11-24 14:00"), kst("2026-11-24 22:30")
MORNING = kst("2026-11-25 08:00")


@pytest.fixture(autouse=True)
def templates(busan: ServedCity) -> Any:
    with own_templates():
        yield


def sent(message: OutgoingMessage, *, at: Any) -> tuple[str, str]:
    messages_send_due(now=at)
    message.refresh_from_db()
    return message.state, message.error


def promotion(citizen: Any, *, now: Any = DAY, channel: str = "sms") -> OutgoingMessage:
    return queued("ad", now=now, channel=channel, purpose="promotion", citizen=citizen)


def test_who_agrees_gets_it_by_day(busan: ServedCity) -> None:
    assert sent(promotion(agreeing("sms", now=DAY)), at=DAY) == ("delivered", "")


def test_who_took_it_back_meanwhile_does_not_get_it(busan: ServedCity) -> None:
    citizen = agreeing("sms", now=DAY)
    message = promotion(citizen)
    consents_withdraw(citizen, source="message", now=DAY)
    assert sent(message, at=DAY) == ("failed", NO_CONSENT)


def test_consent_on_one_channel_is_none_on_the_other(busan: ServedCity) -> None:
    message = promotion(agreeing("sms", now=DAY), channel="email")
    assert sent(message, at=DAY) == ("failed", NO_CONSENT)


def test_after_two_years_without_confirmation_it_has_run_out(busan: ServedCity) -> None:
    citizen, later = agreeing("sms", now=DAY), DAY + timedelta(days=731)
    assert sent(promotion(citizen, now=later), at=later) == ("failed", NO_CONSENT)


def test_by_night_it_waits_for_the_morning_unless_the_night_was_agreed_to(
    busan: ServedCity,
) -> None:
    message = promotion(agreeing("sms", now=DAY), now=NIGHT)
    assert sent(message, at=NIGHT)[0] == "queued"
    assert (message.not_before, message.attempts) == (MORNING, 0)
    assert sent(message, at=MORNING - timedelta(seconds=1))[0] == "queued"
    assert sent(message, at=MORNING)[0] == "delivered"


def test_the_night_may_be_agreed_to_and_email_has_none(busan: ServedCity) -> None:
    assert sent(promotion(agreeing("sms", now=DAY, at_night=True), now=NIGHT), at=NIGHT)[0] == (
        "delivered"
    )
    letter = queued(
        "mail", now=NIGHT, channel="email", purpose="promotion", citizen=agreeing("email", now=DAY)
    )
    assert sent(letter, at=NIGHT)[0] == "delivered"


def test_advertising_to_nobody_known_is_refused_and_information_needs_nobody(
    busan: ServedCity,
) -> None:
    given = {"recipient": Recipient("sms", PHONE), "template": "answer", "context": CONTEXT}
    advert = message_queue(**given, about=ABOUT, dedup_key="a", purpose="promotion", now=DAY)
    notice = message_queue(**given, about=ABOUT, dedup_key="b", now=NIGHT)
    assert sent(advert, at=DAY) == ("failed", NOBODY)
    assert sent(notice, at=NIGHT)[0] == "delivered"


def test_an_advertising_letter_says_how_to_stop_it_with_one_press(busan: ServedCity) -> None:
    gateway = SmtpGateway("127.0.0.1", 25, "", "", "none", "city@busan.example")
    advert = promotion(agreeing("email", now=DAY), channel="email")
    letter = gateway.compose(outgoing_of(advert))
    assert letter["List-Unsubscribe"].startswith("<http")
    assert "/u/" in letter["List-Unsubscribe"]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    notice = gateway.compose(outgoing_of(queued("n", now=DAY, channel="email")))
    assert notice["List-Unsubscribe"] is None
