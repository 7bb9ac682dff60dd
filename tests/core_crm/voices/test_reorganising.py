"""A department ends: its open voices, its people and what led to it go to another."""

from __future__ import annotations

import pytest

from core_crm.staff.services import plan_apply, plan_arrange, plan_outlook, plan_write
from core_crm.staff.types import PlanKind
from core_crm.voices.models import Category, Voice
from core_crm.voices.selectors import transitions_of
from core_crm.voices.selectors.roles import department_of_role
from tests.conftest import kst
from tests.support.voices import Office, a_voice, a_voice_in_work

NOW = kst("2020-03-02 10:00")


@pytest.fixture
def office(busans_office: Office) -> Office:
    return busans_office


def end_road(office: Office) -> None:
    line = {"code": office.road.code, "ends": "O"}
    plan = plan_write([line], kind=PlanKind.ORGANISATION, title="개편", by=office.admin, now=NOW)
    assert [(one.people, one.work) for one in plan_outlook(plan).held] == [(3, 1)]
    plan = plan_arrange(plan, heirs={office.road.code: office.civil.code}, by=office.admin)
    plan_apply(plan, by=office.admin, now=NOW)


def test_open_voices_go_to_the_heir_with_their_officer_and_clock(office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    end_road(office)
    moved = Voice.objects.get(pk=voice.pk)
    assert moved.department == office.civil
    assert (moved.officer, moved.due_at) == (office.officer, voice.due_at)
    last = list(transitions_of(moved))[-1]
    assert (last.comment, last.by) == ("조직 개편", office.admin)
    office.officer.refresh_from_db()
    assert office.officer.department == office.civil


def test_what_comes_in_later_goes_to_the_heir(office: Office) -> None:
    a_voice_in_work(office, NOW)
    end_road(office)
    assert not Category.objects.filter(department_code=office.road.code).exists()
    assert a_voice(NOW).department == office.civil
    assert department_of_role("road") == (None,)  # nobody plays it by its name any more
