"""A city's own carrier by a plugin: only there, only for its channel, and never lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from core_crm.common.contributions import Added, Gateway, OutgoingText
from core_crm.extension_points import channel_gateways
from core_crm.messaging.models import DemoLetter, OutgoingMessage
from core_crm.messaging.services import messages_send_due
from core_crm.messaging.services.marking import client_reference
from tests.conftest import ServedCity, kst
from tests.core_crm.messaging.kit import PHONE, queued
from tests.support.points import bound

NOW = kst("2026-11-24 10:00")


@dataclass
class Carrier:
    """A carrier's own API, as a plugin speaks it."""

    answers: list[Callable[[], Any]] = field(default_factory=list)
    taken: list[OutgoingText] = field(default_factory=list)

    def send(self, text: OutgoingText) -> str:
        self.taken.append(text)
        return self.answers.pop(0)() if self.answers else f"no-{len(self.taken)}"


@pytest.fixture
def carrier(busan: ServedCity, settings: Any) -> Iterator[Carrier]:
    """Busan's operator named the plugin's gateway for text messages."""
    made = Carrier()
    road = Gateway(
        code="carrier", label_ko="통신사", label_en="Carrier", channel="sms", send=made.send
    )
    settings.SODAM_CITY_GATEWAYS = {("busan", "sms"): "x.busan.carrier"}
    with bound(channel_gateways, lambda: [Added("busan", road)]):
        yield made


def sent(key: str = "k", **how: Any) -> OutgoingMessage:
    message = queued(key, now=NOW, **how)
    messages_send_due(now=NOW)
    message.refresh_from_db()
    return message


def away() -> None:
    raise ConnectionRefusedError


def test_it_takes_the_text_under_our_reference(carrier: Carrier) -> None:
    message = sent()
    assert (message.state, message.gateway) == ("accepted", "x.busan.carrier")
    assert message.gateway_ref == "no-1"
    (text,) = carrier.taken
    assert (text.key, text.to) == (client_reference(message), PHONE)
    assert text.body == message.body


def test_a_carrier_that_is_away_is_tried_again_under_the_same_reference(carrier: Carrier) -> None:
    carrier.answers = [away]
    message = sent()
    assert (message.state, message.attempts) == ("queued", 1)
    messages_send_due(now=NOW + timedelta(seconds=31))
    message.refresh_from_db()
    assert message.state == "accepted"
    assert len({text.key for text in carrier.taken}) == 1


@pytest.mark.parametrize("number", ["", "  ", None, 7])
def test_a_number_that_is_none_leaves_it_open_until_it_settles(
    carrier: Carrier, number: Any
) -> None:
    carrier.answers = [lambda: number]
    notice = sent()
    assert notice.state == "sending"
    messages_send_due(now=NOW + timedelta(seconds=61))
    messages_send_due(now=NOW + timedelta(seconds=120))
    notice.refresh_from_db()
    assert notice.state == "accepted"  # a notice is sent again rather than lost


def test_a_promotion_nobody_knows_of_is_not_sent_twice(carrier: Carrier) -> None:
    carrier.answers = [lambda: ""]
    promotion = sent(purpose="promotion")
    messages_send_due(now=NOW + timedelta(seconds=61))
    promotion.refresh_from_db()
    assert promotion.state == "failed"
    assert len(carrier.taken) == 1


def test_the_other_channel_goes_its_usual_way(carrier: Carrier) -> None:
    assert sent(channel="email").gateway == "demo_mailbox"
    assert carrier.taken == []


def test_another_city_is_not_served_by_it(seoul: ServedCity, settings: Any) -> None:
    settings.SODAM_CITY_GATEWAYS = {("busan", "sms"): "x.busan.carrier"}
    assert sent().gateway == "demo_mailbox"


def test_without_its_plugin_messages_wait_and_say_why(busan: ServedCity, settings: Any) -> None:
    settings.SODAM_CITY_GATEWAYS = {("busan", "sms"): "x.busan.gone"}
    with bound(channel_gateways, list):
        message = sent()
    assert (message.state, message.attempts) == ("queued", 0)
    assert "x.busan.gone" in message.error
    assert not DemoLetter.objects.exists()


def test_a_gateway_of_the_other_channel_is_not_taken_for_it(
    carrier: Carrier, settings: Any
) -> None:
    settings.SODAM_CITY_GATEWAYS = {("busan", "email"): "x.busan.carrier"}
    message = sent(channel="email")
    assert message.state == "queued"
    assert carrier.taken == []
