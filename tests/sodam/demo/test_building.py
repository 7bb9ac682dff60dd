"""The demo world in a real database: what lands there, and that a repeat changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core_crm.calendars import city_calendar
from core_crm.kpis.services import facts_refresh
from core_crm.staff.models import Official
from core_crm.surveys.models import SurveyAnswer, SurveyInvitation
from core_crm.voices.models import ClockAdjustment, Voice, VoiceTransition
from core_crm.voices.selectors.clock import adjustments_of, due_of
from sodam.demo.building import fill
from sodam.demo.loading import load
from sodam.demo.plan import plan_city
from tenants.context import serving_city
from tenants.provisioning import run_steps
from tests.conftest import kst
from tests.support.facts import naive_days, stored_days

NOW = kst("2026-11-24 14:30")


def test_a_filled_city_has_accounts_voices_and_ratings(two_cities: tuple[str, str]) -> None:
    fill("busan", voices=80, now=NOW)
    with serving_city("busan"):
        officer = Official.objects.get(user__email="officer@busan.example")
        assert officer.user.check_password("sodam-demo")
        assert officer.department is not None
        assert officer.department.name_ko == "도로안전과"
        assert Voice.objects.count() > 80
        assert SurveyInvitation.objects.filter(answer__isnull=False).count() > 10
        assert SurveyAnswer.objects.exclude(comment="").exists()
        assert stored_days() == naive_days()
        assert facts_refresh(now=NOW).days == 0
    with serving_city("seoul"):
        assert not Voice.objects.exists()


def test_filling_twice_doubles_nothing(two_cities: tuple[str, str]) -> None:
    fill("busan", voices=40, now=NOW)
    with serving_city("busan"):
        before = Voice.objects.count()
    assert fill("busan", voices=40, now=NOW + timedelta(hours=1)) == "이미 채워져 있습니다"
    with serving_city("busan"):
        assert Voice.objects.count() == before


def test_a_load_that_breaks_off_leaves_nothing_and_can_be_repeated(
    two_cities: tuple[str, str],
) -> None:
    run_steps("busan")
    with serving_city("busan"):
        plan = plan_city("busan", voices=40, now=NOW, calendar=city_calendar())
        lost = replace(plan.voices[-1].past, department="nowhere")
        broken = replace(plan, voices=(*plan.voices[:-1], replace(plan.voices[-1], past=lost)))
        with pytest.raises(KeyError):
            load(broken)
        assert not Official.objects.exists()
        assert not Voice.objects.exists()
        assert load(plan) == len(plan.voices)


def test_loaded_voices_are_due_when_the_room_itself_would_say(two_cities: tuple[str, str]) -> None:
    fill("busan", voices=80, now=NOW)
    with serving_city("busan"):
        adjusted = Voice.objects.filter(adjustments__isnull=False).distinct()
        assert adjusted.count() > 5
        for voice in Voice.objects.all():
            assert due_of(voice, adjustments=adjustments_of(voice)).at == voice.due_at
            assert voice.transitions.count() == voice.version
        assert not VoiceTransition.objects.filter(at__gt=NOW).exists()
        assert not ClockAdjustment.objects.filter(at__gt=NOW).exists()
