"""Notices and campaigns leave by lanes of their own; a campaign keeps to what was agreed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.selectors import bulk_left, has_due, oldest_due_seconds
from core_crm.messaging.services import messages_send_due
from core_crm.messaging.types import Lane
from tenants.context import current_city, serving_city
from tests.conftest import ServedCity, kst
from tests.core_crm.messaging.kit import queued

NOW = kst("2026-11-24 10:00")
pytestmark = pytest.mark.usefixtures("busan")


def _states() -> dict[str, str]:
    return dict(OutgoingMessage.objects.values_list("dedup_key", "state"))


def test_each_lane_sends_its_own_messages() -> None:
    queued("notice", now=NOW)
    queued("campaign", now=NOW, lane=Lane.BULK)
    assert messages_send_due(now=NOW, lane=Lane.BULK) == 1
    assert _states() == {"notice": "queued", "campaign": "delivered"}
    assert messages_send_due(now=NOW, lane=Lane.TRANSACTIONAL) == 1
    assert _states()["notice"] == "delivered"


def test_what_is_due_is_known_by_lane() -> None:
    queued("campaign", now=NOW, lane=Lane.BULK)
    assert has_due(Lane.BULK, now=NOW)
    assert not has_due(Lane.TRANSACTIONAL, now=NOW)


def test_a_campaign_that_takes_its_hours_alarms_nobody() -> None:
    queued("campaign", now=NOW, lane=Lane.BULK)
    assert oldest_due_seconds(now=kst("2026-11-24 14:00")) == 0
    queued("notice", now=NOW)
    assert oldest_due_seconds(now=kst("2026-11-24 14:00")) == 4 * 3600


def test_a_city_that_has_sent_what_was_agreed_sends_notices_and_no_campaign(
    busan: ServedCity,
) -> None:
    for number in range(3):
        queued(f"campaign-{number}", now=NOW, lane=Lane.BULK)
    queued("notice", now=NOW)
    with serving_city(replace(current_city(), limits={"messages_per_month": 2})):
        assert messages_send_due(now=NOW, lane=Lane.BULK) == 2
        assert bulk_left(now=NOW) == 0
        assert messages_send_due(now=NOW, lane=Lane.BULK) == 0
        assert messages_send_due(now=NOW, lane=Lane.TRANSACTIONAL) == 1
        assert bulk_left(now=kst("2026-12-01 00:00")) == 2


def test_without_an_agreement_nothing_is_counted() -> None:
    assert bulk_left(now=NOW) > 10**9
