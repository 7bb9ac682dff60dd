"""Writing a plan into its city: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction

from core_crm.customers.selectors.quality_checks import CITIZENS, ORGANISATIONS
from core_crm.customers.services.history import citizens_load
from core_crm.customers.services.quality import figures_refresh, quality_keep
from core_crm.kpis.services import facts_refresh
from core_crm.staff.selectors import department_by_code, official_list
from core_crm.staff.services import official_invite
from core_crm.surveys.services.history import PastSurvey, surveys_load
from core_crm.voices.services.history import history_load
from sodam.demo.board import fill_board
from sodam.demo.customers import fill_customers
from sodam.demo.dice import Dice
from sodam.demo.plan import CityPlan
from sodam.demo.ratings import survey_of
from sodam.demo.segments import fill_segments

WEEKS = 12
PASSWORD = "sodam-demo"  # noqa: S105 - the published password of invented people


def is_loaded() -> bool:
    """Does the city being served hold a demo world already? Its people come with all the rest."""
    return bool(official_list())


@transaction.atomic
def load(plan: CityPlan) -> int:
    """Write people, voices, ratings and the facts they add up to; how many voices."""
    _invite(plan)
    citizens_load(plan.citizens)
    refs = history_load((voice.past for voice in plan.voices), now=plan.scene.now)
    surveys_load(_surveys(plan, refs))
    fill_board(plan)
    fill_customers(plan)
    fill_segments(plan)
    facts_refresh(now=plan.scene.now, full=True)
    _figures(plan)
    return len(refs)


def _figures(plan: CityPlan) -> None:
    """A season of weekly counts of the customers' data, and today's."""
    for week in range(WEEKS, 0, -1):
        day = plan.scene.today - timedelta(days=7 * week)
        for subject in (CITIZENS, ORGANISATIONS):
            quality_keep(subject, on=day)
    figures_refresh(now=plan.scene.now)


def _invite(plan: CityPlan) -> None:
    """Everybody gets a seat; only the demo accounts get the password."""
    for official in plan.officials:
        official_invite(
            email=official.email,
            name=official.name,
            department=department_by_code(official.department),
            roles=[official.role],
            position=official.position,
            phone=official.phone,
            now=plan.scene.now,
        )
    accounts = [official.email for official in plan.officials if official.is_demo_account]
    set_demo_password(accounts)


def set_demo_password(emails: list[str]) -> None:
    """One hash for all: hashing is slow on purpose, and these passwords are public."""
    get_user_model().objects.filter(email__in=emails).update(password=make_password(PASSWORD))


def _surveys(plan: CityPlan, refs: dict[UUID, str]) -> Iterator[PastSurvey]:
    dice = Dice.of(plan.scene.city, "ratings")
    for voice in plan.voices:
        for closing in voice.closings:
            survey = survey_of(
                plan.scene,
                closing,
                voice_id=voice.past.id,
                citizen_id=voice.past.citizen_id,
                ref=refs[voice.past.id],
                dice=dice,
            )
            if survey is not None:
                yield survey
