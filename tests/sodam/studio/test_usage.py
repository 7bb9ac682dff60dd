"""What a city uses, counted from its own rows; a warning from four fifths of a limit on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.services import sender_test
from core_crm.messaging.types import MessageUse
from core_crm.voices.selectors import VoiceUse
from sodam.studio.usage import Use, costs_of, month_start, uses_of
from tests.conftest import ServedCity, kst
from tests.sodam.studio.conftest import Browser
from tests.support.voices import person


def test_a_month_begins_at_midnight_in_seoul() -> None:
    assert month_start(kst("2026-11-24 09:00")) == kst("2026-11-01 00:00")
    assert month_start(kst("2026-12-01 00:30")) == kst("2026-12-01 00:00")


def test_four_fifths_warn_and_the_limit_itself_is_over() -> None:
    levels = [Use("", used, "", 100).level for used in (79, 80, 99, 100, 120)]
    assert levels == ["", "near", "near", "over", "over"]
    assert Use("", 1000, "", None).level == ""


def test_messages_cost_what_the_carrier_takes(settings: Any) -> None:
    settings.SODAM_PRICES_KRW = {"SMS": 20, "LMS": 50, "email": 0}
    costs = costs_of([MessageUse("SMS", 10), MessageUse("LMS", 3), MessageUse("email", 7)])
    assert [one.krw for one in costs] == [200, 150, 0]


def test_accounts_tables_and_files_are_counted(busan: ServedCity) -> None:
    person("one", "김하나", None, "admin")
    person("two", "김두리", None, "officer")
    uses = uses_of({"staff_accounts": 2}, [], VoiceUse(0, 0, 0))
    assert (uses[0].used, uses[0].level) == (2, "over")
    assert uses[2].unit == "GB"
    assert "파일 0개" in uses[2].told


def test_only_what_left_this_month_counts(browser: Browser, settings: Any) -> None:
    settings.SODAM_PRICES_KRW = {"SMS": 20, "LMS": 50, "email": 2}
    admin, now = browser("admin"), timezone.now()
    official = person("me", "나", None, "admin")
    for sent_at in (now, now - timedelta(days=40)):
        message = sender_test("email", by=official, now=sent_at)
        OutgoingMessage.objects.filter(pk=message.pk).update(state="accepted", sent_at=sent_at)
    sender_test("email", by=official, now=now)
    page = admin.get("/studio/usage").content.decode()
    assert "전자우편" in page
    assert "<b>2원</b>" in page
    assert "한도 없음" in page
