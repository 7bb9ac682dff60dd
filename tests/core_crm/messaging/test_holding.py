"""Nothing leaves a city that tries things out, or a copy of a city."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from core_crm.messaging.errors import GatewayMissing, GatewayUnavailable
from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.selectors import messages_held
from core_crm.messaging.services import messages_requeue_failed, messages_send_due
from core_crm.messaging.services.gateways import gateway_for
from core_crm.messaging.types import Channel
from tenants.context import serving_city
from tenants.directory import by_code
from tests.conftest import ServedCity
from tests.core_crm.messaging.kit import MailServer, SmsGateway, free_port, queued

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


@contextmanager
def as_city(**other: Any) -> Iterator[None]:
    """Busan with other facts: on trial, a copy."""
    with serving_city(replace(by_code("busan"), **other)):
        yield


def test_a_trial_sends_nothing_and_says_so(
    busan: ServedCity, mail: MailServer, sms: SmsGateway
) -> None:
    with as_city(is_trial=True):
        messages = [queued("a", now=NOW), queued("b", now=NOW, channel="email")]
        assert messages_send_due(now=NOW) == 0
    assert {one.state for one in messages} == {"held"}
    assert {one.error for one in messages_held()} == {"시험 운영이라 보내지 않음"}
    assert (mail.letters, sms.handed_in) == ([], [])


def test_what_was_tried_out_stays_when_the_city_opens(busan: ServedCity, sms: SmsGateway) -> None:
    with as_city(is_trial=True):
        queued("tried", now=NOW)
    queued("real", now=NOW)
    assert messages_requeue_failed(now=NOW) == 0
    assert messages_send_due(now=NOW) == 1
    assert {one.dedup_key: one.state for one in OutgoingMessage.objects.all()} == {
        "tried": "held",
        "real": "accepted",
    }


def test_what_waits_when_a_city_goes_back_to_trial_is_held(
    busan: ServedCity, sms: SmsGateway
) -> None:
    message = queued("waiting", now=NOW)
    with as_city(is_trial=True):
        assert messages_send_due(now=NOW) == 0
    message.refresh_from_db()
    assert (message.state, sms.handed_in) == ("held", [])


def test_a_copy_sends_nothing_and_leaves_what_waits(busan: ServedCity, sms: SmsGateway) -> None:
    message = queued("waiting", now=NOW)
    with as_city(purpose="copy"):
        assert messages_send_due(now=NOW) == 0
        assert queued("of the copy", now=NOW).state == "held"
    message.refresh_from_db()
    assert (message.state, sms.handed_in) == ("queued", [])


def test_a_gateway_is_asked_whether_it_is_there_without_a_message(
    busan: ServedCity, mail: MailServer, sms: SmsGateway, settings: Any
) -> None:
    gateway_for(Channel.EMAIL).check()
    gateway_for(Channel.SMS).check()
    assert (mail.letters, sms.handed_in) == ([], [])
    settings.SODAM_SMTP_PORT = free_port()
    with pytest.raises(GatewayUnavailable):
        gateway_for(Channel.EMAIL).check()
    settings.SODAM_SMTP_HOST, settings.DEMO_MODE = "", False
    with pytest.raises(GatewayMissing, match="SODAM_SMTP_HOST"):
        gateway_for(Channel.EMAIL).check()
