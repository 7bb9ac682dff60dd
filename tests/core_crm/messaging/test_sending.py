"""Sending what is due, through real gateways."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from core_crm.messaging.models import DemoLetter, OutgoingMessage
from core_crm.messaging.selectors import (
    demo_letter_list,
    is_sending_stalled,
    oldest_due_seconds,
)
from core_crm.messaging.services import messages_send_due
from core_crm.messaging.services.gateways import http_sms
from core_crm.messaging.services.marking import BACKOFF, client_reference
from tenants.context import serving_city
from tenants.isolation.jobs import job_named
from tests.conftest import ServedCity, kst
from tests.core_crm.messaging.kit import PHONE, MailServer, SmsGateway, free_port, queued

NOW = kst("2026-11-24 10:00")
SETTLED = timedelta(seconds=121)


def sent(key: str = "k", **how: Any) -> OutgoingMessage:
    """Queue one message, send what is due, and look at it again."""
    message = queued(key, now=NOW, **how)
    messages_send_due(now=NOW)
    message.refresh_from_db()
    return message


def again(message: OutgoingMessage, *, at: datetime) -> OutgoingMessage:
    messages_send_due(now=at)
    message.refresh_from_db()
    return message


def is_about(instant: datetime | None, expected: datetime) -> bool:
    """The clock runs on while messages are sent."""
    return instant is not None and abs(instant - expected) < timedelta(seconds=10)


# Demo mailbox


@pytest.mark.parametrize("channel", ["sms", "email"])
def test_in_the_demo_letters_land_in_the_mailbox_and_nothing_leaves(
    busan: ServedCity, channel: str
) -> None:
    message = sent(channel=channel)
    letter = demo_letter_list(limit=5)[0]
    assert (message.state, message.gateway) == ("delivered", "demo_mailbox")
    assert letter.client_reference == f"busan-{message.id}"
    assert (letter.recipient, letter.body) == (message.recipient, message.body)
    assert letter.byte_count == message.byte_count
    assert letter.at == NOW


def test_sending_again_finds_nothing_to_do(busan: ServedCity) -> None:
    queued("k", now=NOW)
    assert [messages_send_due(now=NOW) for _ in range(3)] == [1, 0, 0]
    assert DemoLetter.objects.count() == 1


def test_a_message_for_later_waits(busan: ServedCity) -> None:
    message = queued("k", now=NOW + timedelta(hours=1))
    assert messages_send_due(now=NOW) == 0
    assert again(message, at=NOW + timedelta(hours=1)).state == "delivered"


def test_notices_never_wait_behind_a_campaign(busan: ServedCity) -> None:
    campaign = queued("campaign", now=NOW - timedelta(hours=1))
    OutgoingMessage.objects.filter(pk=campaign.pk).update(lane="bulk")
    notice = queued("notice", now=NOW)
    messages_send_due(now=NOW)
    arrived = DemoLetter.objects.order_by("id").values_list("client_reference", flat=True)
    assert list(arrived) == [client_reference(notice), client_reference(campaign)]


def test_four_senders_at_once_send_each_message_once(two_cities: tuple[str, str]) -> None:
    accepted: list[int] = []

    def send() -> None:
        with serving_city("busan"):
            accepted.append(messages_send_due(now=timezone.now()))

    with serving_city("busan"):
        for n in range(40):
            queued(f"k{n}", now=NOW)
        senders = [threading.Thread(target=send) for _ in range(4)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        assert sum(accepted) == 40
        assert set(OutgoingMessage.objects.values_list("state", "attempts")) == {("delivered", 1)}
        assert DemoLetter.objects.count() == 40


def test_the_job_sends_what_is_due(busan: ServedCity) -> None:
    queued("k", now=NOW)
    assert job_named("messaging.send_due")() == 1


# SMTP


def test_an_e_mail_arrives_at_a_real_server_as_it_was_written(
    busan: ServedCity, mail: MailServer
) -> None:
    message = sent(channel="email")
    letter = mail.letters[0]
    assert (message.state, message.gateway) == ("accepted", "smtp")
    assert message.gateway_ref == letter["Message-ID"] == f"<busan-{message.id}@busan.example>"
    assert letter["Subject"] == message.subject
    assert letter["From"].addresses[0].display_name == "부산광역시"
    assert letter["Date"].datetime == NOW
    assert letter.get_content().replace("\r\n", "\n").strip() == message.body
    assert letter["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("mailbox", "state", "code"), [("refused", "failed", "550"), ("later", "queued", "451")]
)
def test_the_mail_servers_word_decides_whether_to_try_again(
    busan: ServedCity, mail: MailServer, mailbox: str, state: str, code: str
) -> None:
    message = sent(mailbox, channel="email")
    assert (message.state, code in message.error) == (state, True)
    assert mail.letters == []


def test_a_mail_server_that_is_away_is_tried_again(busan: ServedCity, settings: Any) -> None:
    settings.SODAM_SMTP_HOST, settings.SODAM_SMTP_PORT = "127.0.0.1", free_port()
    settings.SODAM_SMTP_SECURITY = "none"
    message = sent(channel="email")
    assert (message.state, message.attempts) == ("queued", 1)
    assert "연결하지 못했습니다" in message.error


def test_a_notice_whose_fate_nobody_knows_is_sent_again_under_the_same_id_and_says_so(
    busan: ServedCity, mail: MailServer
) -> None:
    message = sent("silent", channel="email")
    assert (message.state, len(mail.letters)) == ("sending", 1)
    assert again(message, at=NOW + timedelta(seconds=60)).state == "sending"
    again(message, at=NOW + SETTLED)
    assert message.state == "queued"
    assert "확인할 수 없어 다시 보냅니다" in message.error
    again(message, at=NOW + SETTLED + BACKOFF[0] + timedelta(seconds=1))
    assert list(mail.ids().values()) == [2]


def test_a_promotion_whose_fate_nobody_knows_is_never_sent_again(
    busan: ServedCity, mail: MailServer
) -> None:
    message = sent("silent", channel="email", purpose="promotion")
    again(message, at=NOW + SETTLED)
    assert message.state == "failed"
    assert "다시 보내지 않았습니다" in message.error
    assert len(mail.letters) == 1


def test_an_address_under_a_korean_domain_is_written_as_servers_know_it(
    busan: ServedCity, mail: MailServer
) -> None:
    message = queued("k", now=NOW, channel="email")
    OutgoingMessage.objects.filter(pk=message.pk).update(recipient="a@소담.example")
    messages_send_due(now=NOW)
    assert mail.letters[0]["To"] == "a@xn--jk1bt0z.example"


# HTTP gateway for text messages


def test_a_text_message_is_handed_in_under_our_reference(
    busan: ServedCity, sms: SmsGateway
) -> None:
    message = sent()
    assert sms.handed_in == [
        {
            "reference": f"busan-{message.id}",
            "from": "0510000120",
            "to": PHONE,
            "kind": "SMS",
            "text": message.body,
        }
    ]
    assert sms.authorizations == {"Bearer key"}
    assert (message.state, message.gateway_ref) == ("accepted", "g-1")
    assert is_about(message.sent_at, NOW)


@pytest.mark.parametrize(
    ("answer", "state"),
    [(409, "accepted"), (429, "queued"), (503, "queued"), (400, "failed"), (500, "sending")],
)
def test_the_sms_gateways_word_decides(
    busan: ServedCity, sms: SmsGateway, answer: int, state: str
) -> None:
    sms.answers = [answer]
    assert sent().state == state


def test_accepted_before_the_line_went_silent_is_found_and_not_sent_twice(
    busan: ServedCity, sms: SmsGateway
) -> None:
    sms.answers = [0]
    message = sent()
    assert message.state == "sending"
    assert again(message, at=NOW + SETTLED).state == "delivered"
    assert list(sms.references().values()) == [1]


def test_a_time_out_after_acceptance_is_settled_too(
    busan: ServedCity, sms: SmsGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_sms, "TIMEOUT_SECONDS", 0.2)
    sms.delay_seconds = 0.6
    message = sent()
    assert (message.state, "알 수 없습니다" in message.error) == ("sending", True)
    sms.delay_seconds = 0
    assert again(message, at=NOW + SETTLED).state == "delivered"
    assert list(sms.references().values()) == [1]


def test_what_never_arrived_is_sent_again_at_once(busan: ServedCity, sms: SmsGateway) -> None:
    sms.answers = [-1]
    message = sent()
    assert (message.state, sms.handed_in) == ("sending", [])
    assert again(message, at=NOW + SETTLED).state == "accepted"
    assert list(sms.references().values()) == [1]


def test_a_gateway_that_cannot_be_asked_is_asked_later(busan: ServedCity, sms: SmsGateway) -> None:
    sms.answers, sms.is_deaf = [0], True
    message = sent()
    assert again(message, at=NOW + SETTLED).state == "sending"
    sms.is_deaf = False
    assert again(message, at=NOW + 2 * SETTLED).state == "delivered"


def test_a_gateway_that_breaks_on_one_message_stops_no_other(
    busan: ServedCity, mail: MailServer, settings: Any
) -> None:
    settings.SODAM_SMTP_SENDER = "no address at all"
    broken = queued("a", now=NOW - timedelta(minutes=1), channel="email")
    fine = queued("b", now=NOW)
    assert messages_send_due(now=NOW) == 1
    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (broken.state, fine.state) == ("sending", "delivered")
    settings.SODAM_SMTP_SENDER = "noreply@busan.example"
    for at in (NOW + SETTLED, NOW + SETTLED + BACKOFF[0] + timedelta(seconds=1)):
        again(broken, at=at)
    assert (broken.state, len(mail.letters)) == ("accepted", 1)


# Watchdog


def test_the_watchdog_sees_the_oldest_message_that_does_not_move(busan: ServedCity) -> None:
    assert oldest_due_seconds(now=NOW) == 0
    queued("due", now=NOW)
    queued("later", now=NOW + timedelta(days=1))
    later = NOW + timedelta(seconds=90)
    assert oldest_due_seconds(now=later) == 90
    assert is_sending_stalled(now=later)
    messages_send_due(now=later)
    assert not is_sending_stalled(now=later)
