"""The addresses a city writes from."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from core_crm.audit.models import AuditEntry
from core_crm.messaging.errors import SenderInUse, SenderNotValid
from core_crm.messaging.models import Sender
from core_crm.messaging.selectors import sender_in_use, sender_list
from core_crm.messaging.services import (
    messages_send_due,
    sender_add,
    sender_remove,
    sender_test,
    sender_use,
)
from core_crm.messaging.types import SenderDraft
from core_crm.staff.models import Official
from tests.conftest import ServedCity
from tests.core_crm.messaging.kit import MailServer, SmsGateway, queued
from tests.support.voices import person

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


@pytest.fixture
def admin(busan: ServedCity) -> Official:
    return person("admin", "강관리", None, "admin")


def a_number(**other: Any) -> SenderDraft:
    given = {
        "channel": "sms",
        "address": "051-000-0120",
        "evidence": "통신서비스 이용증명원 2026-11",
        "registered_on": date(2026, 11, 2),
    }
    return SenderDraft(**{**given, **other})


def test_the_first_address_of_a_channel_goes_out(admin: Official, sms: SmsGateway) -> None:
    sender_add(a_number(), by=admin, now=NOW)
    sender_add(a_number(address="051 000 0121"), by=admin, now=NOW)
    assert sender_in_use("sms") == "0510000120"
    queued("one", now=NOW)
    messages_send_due(now=NOW)
    assert [each["from"] for each in sms.handed_in] == ["0510000120"]


def test_another_address_takes_over(admin: Official, mail: MailServer) -> None:
    first = sender_add(SenderDraft("email", "Answer@Busan.example"), by=admin, now=NOW)
    second = sender_add(SenderDraft("email", "voice@busan.example"), by=admin, now=NOW)
    sender_use(second, by=admin, now=NOW)
    sender_remove(Sender.objects.get(pk=first.pk), by=admin, now=NOW)
    assert [one.address for one in sender_list()] == ["voice@busan.example"]
    queued("one", now=NOW, channel="email")
    messages_send_due(now=NOW)
    assert "voice@busan.example" in str(mail.letters[0]["From"])
    acts = AuditEntry.objects.filter(action__startswith="sender.").values_list("action", flat=True)
    assert sorted(acts) == ["sender.added", "sender.added", "sender.chosen", "sender.removed"]


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"address": "12"}, "address"),
        ({"address": "busan@example", "channel": "email"}, "address"),
        ({"evidence": " "}, "evidence"),
        ({"registered_on": None}, "registered_on"),
        ({"registered_on": date(2026, 12, 1)}, "registered_on"),
    ],
)
def test_a_number_without_proof_or_an_address_that_is_none_is_refused(
    admin: Official, other: dict[str, Any], field: str
) -> None:
    with pytest.raises(SenderNotValid) as refused:
        sender_add(a_number(**other), by=admin, now=NOW)
    assert refused.value.facts == {"field": field}


def test_what_goes_out_is_not_taken_away(admin: Official) -> None:
    used = sender_add(a_number(), by=admin, now=NOW)
    with pytest.raises(SenderInUse):
        sender_remove(used, by=admin, now=NOW)


def test_one_tries_the_road_on_oneself(admin: Official, mail: MailServer) -> None:
    message = sender_test("email", by=admin, now=NOW)
    messages_send_due(now=NOW)
    message.refresh_from_db()
    assert (message.state, message.recipient) == ("accepted", "admin@test.example")
    assert "발신 시험" in str(mail.letters[0]["Subject"])
