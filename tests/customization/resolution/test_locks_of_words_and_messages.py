"""What a city may and may not do with the standard's campaigns and looks."""

from __future__ import annotations

from typing import Any

import pytest

from customization.public import Operation, plan_operations
from tests.conftest import ServedCity


def plan(path: str, value: Any) -> Any:
    place = tuple(path.split("."))
    return plan_operations([Operation(op="set", path=place, value=value, base=None)])


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        ("campaign_type.city_news.consent", "none_required", "제50조"),
        ("campaign_type.city_news.purpose", "service_info", "제50조"),
        ("branding.city.masthead", False, "공식 누리집"),
        ("branding.city.colour", "#ff8800", "4.5:1"),
    ],
)
def test_what_the_law_fixes_is_refused(busan: ServedCity, path: str, value: Any, why: str) -> None:
    found = plan(path, value).problems
    assert any(why in one.message for one in found), found


def test_who_is_written_to_is_decided_by_two_people(busan: ServedCity) -> None:
    assert plan("campaign_type.service_guide.cap_per_run", 10).is_risky
    assert not plan("branding.city.colour", "#0b6e4f").is_risky
    assert plan("branding.city.colour", "#0b6e4f").problems == ()
