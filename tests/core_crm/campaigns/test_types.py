"""Kinds of campaign: what the law asks of each, refused by the model itself."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core_crm.campaigns.types import CampaignType, QuietHours, ScheduleTrigger
from core_crm.common.predicates import check
from core_crm.customers.selectors import citizen_source, citizens_matching
from core_crm.extension_points import documents
from tests.conftest import ServedCity, kst

NIGHT = {"begins_at": "21:00", "ends_at": "08:00"}
PROMOTION: dict[str, Any] = {
    "label": {"ko": "소식", "en": "News"},
    "purpose": "promotion",
    "consent": "marketing",
    "audience": {"op": "eq", "field": "has_email", "value": True},
    "trigger": {"type": "manual"},
    "channels": {"email": {"template": "city_news"}},
    "quiet_hours": NIGHT,
}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"consent": "service"}, "제50조 제1항"),
        ({"consent": "none_required"}, "제50조 제1항"),
        ({"quiet_hours": None}, "제50조 제3항"),
        ({"quiet_hours": {"begins_at": "22:00", "ends_at": "08:00"}}, "제50조 제3항"),
        ({"quiet_hours": {"begins_at": "21:00", "ends_at": "07:59"}}, "제50조 제3항"),
        ({"quiet_hours": {"begins_at": "08:00", "ends_at": "21:00"}}, "제50조 제3항"),
        ({"purpose": "statutory_notice", "legal_basis": " "}, "근거 법령"),
        ({"channels": {}}, "at least 1"),
        ({"channels": {"pigeon": {"template": "x"}}}, "sms"),
        ({"trigger": {"type": "never"}}, "type"),
        ({"trigger": {"type": "plugin", "code": "busan.moved_in"}}, "pattern"),
        ({"trigger": {"type": "schedule", "every": "week", "day": 8}}, "7일"),
        ({"audience": {"op": "like", "field": "x", "value": 1}}, "op"),
    ],
)
def test_what_is_unlawful_or_unreadable_is_refused(changed: dict[str, Any], reason: str) -> None:
    assert CampaignType.model_validate(PROMOTION)
    with pytest.raises(ValidationError, match=reason):
        CampaignType.model_validate(PROMOTION | changed)


@given(st.times(), st.times(), st.times())
def test_quiet_hours_hold_exactly_between_their_ends(begins: time, ends: time, at: time) -> None:
    hours = QuietHours(begins_at=begins, ends_at=ends)
    inside = begins <= at < ends if begins < ends else not (ends <= at < begins)
    assert hours.holds(at) is (inside and begins != ends)


@given(st.times(), st.times())
def test_all_night_means_every_minute_of_the_night(begins: time, ends: time) -> None:
    hours = QuietHours(begins_at=begins, ends_at=ends)
    night = [time(hour, minute) for hour in (21, 22, 23, *range(8)) for minute in (0, 30, 59)]
    if hours.is_all_night:
        assert all(hours.holds(at) for at in night)


def test_times_are_written_as_people_write_them() -> None:
    assert ScheduleTrigger(every="month", day=5).model_dump()["at"] == "10:00"
    assert CampaignType.model_validate(PROMOTION).model_dump()["quiet_hours"] == NIGHT


def test_every_standard_campaign_asks_only_what_is_known_of_citizens(busan: ServedCity) -> None:
    source, codes = citizen_source(), documents.get().codes("campaign_type")
    assert len(codes) >= 5
    for code in codes:
        found = CampaignType.model_validate(documents.get().get("campaign_type", code).body)
        check(found.audience, source)
        assert citizens_matching(found.audience, today=kst("2026-11-24 09:00").date()).count() == 0
