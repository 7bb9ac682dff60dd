"""Gateways that hang or were never set up: what waits, what goes on, what is sent anew."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.selectors import message_counts, oldest_due_seconds
from core_crm.messaging.services import messages_requeue_failed, messages_send_due, sending
from core_crm.messaging.services.gateways import http_sms
from core_crm.messaging.services.marking import BACKOFF, MAX_ATTEMPTS
from tests.conftest import ServedCity, kst
from tests.core_crm.messaging.kit import MailServer, SmsGateway, queued

NOW = kst("2026-11-24 10:00")
EARLIER = NOW - timedelta(hours=1)


def state_of(message: OutgoingMessage) -> str:
    message.refresh_from_db()
    return message.state


def left_open(count: int) -> list[OutgoingMessage]:
    """Text messages in `sending`, as a crash leaves them."""
    messages = [queued(f"open-{n}", now=EARLIER) for n in range(count)]
    OutgoingMessage.objects.filter(pk__in=[one.pk for one in messages]).update(
        state="sending", claimed_at=EARLIER, gateway="http_sms", attempts=1
    )
    return messages


@pytest.fixture
def hanging(sms: SmsGateway, monkeypatch: pytest.MonkeyPatch) -> SmsGateway:
    """A gateway that takes connections and does not answer within our time-out."""
    monkeypatch.setattr(http_sms, "TIMEOUT_SECONDS", 0.2)
    sms.delay_seconds = sms.look_up_delay_seconds = 0.5
    return sms


def test_a_hanging_gateway_costs_one_look_up_a_run_and_e_mail_goes_on(
    busan: ServedCity, mail: MailServer, hanging: SmsGateway
) -> None:
    """200 look-ups of ten seconds each outlasted the worker's 300 seconds: nothing left at all."""
    left_open(30)
    letter = queued("letter", now=NOW, channel="email")
    began = time.monotonic()
    messages_send_due(now=NOW)
    assert time.monotonic() - began < 4
    assert state_of(letter) == "accepted"
    assert len(hanging.looked_up) == 1


def test_a_look_up_without_an_answer_stands_in_no_other_ones_way(
    busan: ServedCity, hanging: SmsGateway
) -> None:
    left_open(3)
    for run in range(3):
        messages_send_due(now=NOW + timedelta(seconds=run))
    assert len(set(hanging.looked_up)) == 3
    assert oldest_due_seconds(now=NOW + timedelta(minutes=1)) > 3600


def test_when_the_hanging_gateway_wakes_up_everything_is_settled(
    busan: ServedCity, hanging: SmsGateway
) -> None:
    messages = left_open(3)
    messages_send_due(now=NOW)
    hanging.delay_seconds = hanging.look_up_delay_seconds = 0
    messages_send_due(now=NOW + timedelta(seconds=10))
    assert [state_of(one) for one in messages] == ["accepted"] * 3


def test_text_messages_that_hang_use_up_their_own_time_only(
    busan: ServedCity, mail: MailServer, hanging: SmsGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Older text messages stood before every e-mail and used up the time of each run."""
    monkeypatch.setattr(sending, "BUDGET_SECONDS", 0.3)
    texts = [queued(f"text-{n}", now=EARLIER) for n in range(10)]
    letter = queued("letter", now=NOW, channel="email")
    messages_send_due(now=NOW)
    assert state_of(letter) == "accepted"
    assert [state_of(one) for one in texts].count("queued") >= 8


# No gateway at all


@pytest.fixture
def nowhere(busan: ServedCity, settings: Any) -> None:
    settings.DEMO_MODE = False


def wait_for_days(message: OutgoingMessage, *, days: int) -> datetime:
    """Every sweep that finds the message due."""
    at = NOW
    while at < NOW + timedelta(days=days):
        messages_send_due(now=at)
        if state_of(message) != "queued":
            break
        at = message.not_before
    return at


def test_without_a_gateway_a_notice_waits_says_why_and_leaves_when_there_is_one(
    nowhere: None, settings: Any
) -> None:
    """After seven attempts it had failed for good, though an operator could mend it."""
    message = queued("k", now=NOW, channel="email", purpose="statutory_notice")
    at = wait_for_days(message, days=10)
    assert (message.state, message.attempts) == ("queued", 0)
    assert "SODAM_SMTP_HOST" in message.error
    settings.DEMO_MODE = True
    messages_send_due(now=at)
    assert state_of(message) == "delivered"


def test_the_pause_without_a_gateway_grows_to_the_longest_one(nowhere: None) -> None:
    message, at = queued("k", now=NOW), NOW
    pauses: list[timedelta] = []
    for _ in range(14):
        messages_send_due(now=at)
        message.refresh_from_db()
        pauses.append(message.not_before - at)
        at = message.not_before
    near = timedelta(seconds=10)
    assert abs(pauses[0] - BACKOFF[0]) < near
    assert abs(pauses[-1] - BACKOFF[-1]) < near
    assert all(later > before - near for before, later in pairwise(pauses))


def test_a_campaign_does_not_wait_for_a_gateway(nowhere: None) -> None:
    message = queued("k", now=NOW, purpose="promotion")
    OutgoingMessage.objects.filter(pk=message.pk).update(lane="bulk")
    wait_for_days(message, days=3)
    assert (message.state, message.attempts) == ("failed", MAX_ATTEMPTS)
    assert message_counts() == {
        "queued": 0,
        "sending": 0,
        "accepted": 0,
        "delivered": 0,
        "failed": 1,
        "held": 0,
    }


def test_an_operator_sends_anew_what_failed_but_no_promotion(
    busan: ServedCity, sms: SmsGateway, mail: MailServer
) -> None:
    sms.answers = [400]
    failed = queued("failed", now=NOW)
    promotion = queued("refused", now=NOW, channel="email", purpose="promotion")
    later = queued("later", now=NOW + timedelta(days=1))
    messages_send_due(now=NOW)
    assert (state_of(failed), state_of(promotion)) == ("failed", "failed")
    assert messages_requeue_failed(now=NOW) == 1
    assert (state_of(failed), failed.attempts, failed.not_before) == ("queued", 0, NOW)
    messages_send_due(now=NOW)
    assert [state_of(one) for one in (failed, promotion, later)] == ["accepted", "failed", "queued"]


def test_an_operator_need_not_wait_after_setting_a_gateway_up(nowhere: None, settings: Any) -> None:
    message = queued("k", now=NOW - timedelta(days=3))
    messages_send_due(now=NOW)
    assert state_of(message) == "queued"
    settings.DEMO_MODE = True
    assert messages_requeue_failed(now=NOW) == 1
    assert messages_send_due(now=NOW) == 1
