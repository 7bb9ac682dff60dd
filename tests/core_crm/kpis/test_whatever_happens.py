"""Whatever happens to voices in whatever order: facts kept up day by day are those of the rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core_crm.common.contributions import Measure
from core_crm.common.services.relaying import events_relay
from core_crm.kpis.services import facts_refresh
from core_crm.staff.models import Official
from core_crm.staff.services import department_load, work_hand_over
from core_crm.staff.types import DepartmentRow
from core_crm.surveys.models import SurveyInvitation
from core_crm.surveys.services import survey_answer, survey_invite
from core_crm.voices.models import Voice
from core_crm.voices.services import (
    voice_answer,
    voice_assign,
    voice_close_unable,
    voice_reclassify,
    voice_reopen,
    voice_start,
    voice_transfer,
    voice_withdraw,
)
from core_crm.voices.types import VoiceClosed
from tenants.errors import DomainError
from tests.conftest import kst
from tests.support.facts import naive_days, naive_months, stored_days, stored_months
from tests.support.measures import adding
from tests.support.voices import CIVIL, ROAD, Office, a_voice, person

NEW_YEARS_EVE = kst("2026-12-30 22:30")
CATEGORIES = ("road", "tax", "welfare", "suggestion", "unsure", "no_such_category")
SERVICES = ("passport_issue", "report_move", "three_days", "building_permit")
ACTS = (
    "register", "register", "assign", "start", "reclassify", "to_service", "answer", "answer",
    "refuse", "withdraw", "transfer", "reopen", "rate", "rate", "move_department", "hand_over",
)  # fmt: skip


@dataclass
class World:
    """A city in which anything may happen; `choice` picks among what there is."""

    office: Office
    clerk: Official  # may see and do everything
    now: datetime = NEW_YEARS_EVE
    voices: list[Voice] = field(default_factory=list)

    def do(self, act: str, choice: int) -> None:
        """What is not allowed here and now does not happen."""
        if not self.voices:
            self.register(choice)
        try:
            with transaction.atomic():
                getattr(self, act)(choice)
        except DomainError:
            pass

    def one(self, choice: int) -> Voice:
        voice = self.voices[choice % len(self.voices)]
        voice.refresh_from_db()
        return voice

    def register(self, choice: int) -> None:
        received_at = self.now - timedelta(days=choice % 3 * 20)
        service = SERVICES[choice % 4] if choice % 5 == 0 else ""
        self.voices.append(
            a_voice(
                self.now,
                category=CATEGORIES[choice % len(CATEGORIES)],
                service_code=service,
                channel=("portal", "phone", "counter")[choice % 3],
                received_at=received_at,
            )
        )

    def assign(self, choice: int) -> None:
        office = self.office
        department = (office.road, office.passport, office.civil)[choice % 3]
        officer = office.officer if choice % 3 == 0 else None
        voice_assign(
            self.one(choice), department=department, officer=officer, by=self.clerk, now=self.now
        )

    def start(self, choice: int) -> None:
        voice = self.one(choice)
        voice_start(voice, by=self.clerk, now=self.now)

    def reclassify(self, choice: int) -> None:
        category = CATEGORIES[choice % 5]
        voice_reclassify(self.one(choice // 5), by=self.clerk, now=self.now, category=category)

    def to_service(self, choice: int) -> None:
        service = SERVICES[choice % 4]
        voice_reclassify(self.one(choice // 4), by=self.clerk, now=self.now, service_code=service)

    def answer(self, choice: int) -> None:
        self._ready(choice)
        voice = voice_answer(self.one(choice), body="고쳤습니다.", by=self.clerk, now=self.now)
        self._invite(voice, choice)

    def refuse(self, choice: int) -> None:
        self._ready(choice)
        voice = voice_close_unable(
            self.one(choice),
            public_reason="사유지입니다.",
            body="",
            by=self.clerk,
            now=self.now,
        )
        self._invite(voice, choice)

    def withdraw(self, choice: int) -> None:
        voice_withdraw(self.one(choice), now=self.now)

    def transfer(self, choice: int) -> None:
        voice_transfer(self.one(choice), receiving_agency="경찰청", by=self.clerk, now=self.now)

    def reopen(self, choice: int) -> None:
        closed = [voice for voice in self.voices if Voice.objects.get(id=voice.id).closed_at]
        if closed:
            voice = Voice.objects.get(id=closed[choice % len(closed)].id)
            voice_reopen(voice, reason="아직입니다.", now=self.now)

    def rate(self, choice: int) -> None:
        asked = list(SurveyInvitation.objects.order_by("recorded_at", "id"))
        if asked:
            marks = {"speed": choice % 5 + 1, "kindness": None, "fairness": choice % 4 + 1}
            solved = (None, True, False)[choice % 3]
            survey_answer(asked[choice % len(asked)], now=self.now, scores=marks, is_solved=solved)

    def move_department(self, choice: int) -> None:
        parent = ("", "a1")[choice % 2]
        department_load(
            [DepartmentRow(code=CIVIL, name_ko=f"민원{choice % 3}과", parent_code=parent)]
        )

    def hand_over(self, choice: int) -> None:
        work_hand_over(self.office.officer, to=self.office.colleague, now=self.now)

    def _ready(self, choice: int) -> None:
        """So that endings are not too rare."""
        if not self.one(choice).officer_id:
            self.do("assign", choice - choice % 3)
        self.do("start", choice)

    def _invite(self, voice: Voice, choice: int) -> None:
        """As the survey's own reaction does, but on this world's clock; sometimes a day late."""
        event = VoiceClosed(
            voice.id, voice.ref, voice.outcome, voice.closing_no, ROAD, voice.officer_id
        )
        survey_invite(event, now=self.now + timedelta(hours=choice % 2 * 30, minutes=1))


ADDED: tuple[tuple[Any, dict[str, Any], str], ...] = (
    ("received", {"op": "eq", "field": "outcome", "value": "answered"}, ""),
    ("closed", {"op": "gt", "field": "reopened_count", "value": 0}, "used_minutes"),
    ("rated", {"op": "eq", "field": "department", "value": CIVIL}, "speed"),
)
"""What asks of one day of a voice for what another day tells: the hardest to keep up."""


@pytest.fixture
def added() -> Iterator[None]:
    """A plugin that adds measures."""
    with adding() as measures:
        for of, where, summed in ADDED:
            measures.append(
                Measure(code=of, label_ko=of, label_en=of, of=of, where=where, field=summed)
            )
        yield


steps = st.lists(
    st.tuples(
        st.sampled_from(ACTS),
        st.integers(0, 60),
        st.sampled_from((0, 1, 2, 5, 30, 200)),  # hours that pass before it
        st.booleans(),  # are the facts refreshed after it?
    ),
    min_size=3,
    max_size=14,
)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps)
def test_facts_kept_up_are_the_facts_of_the_rows(
    office: Office, added: None, lived: list[tuple[str, int, int, bool]]
) -> None:
    with transaction.atomic():
        clerk = person("clerk", "한만능", office.civil, "head", "officer", "agent")
        world = World(office, clerk)
        facts_refresh(now=world.now)
        for act, choice, hours, is_refreshed in lived:
            world.now += timedelta(hours=hours)
            world.do(act, choice)
            if is_refreshed:
                _kept_up(world)
        _kept_up(world)
        kept = facts_refresh(now=world.now)
        assert kept.days == 0
        assert facts_refresh(now=world.now, full=True).digest == kept.digest
        assert facts_refresh(now=world.now, full=True).digest == kept.digest
        assert stored_days() == naive_days()
        transaction.set_rollback(True)


def _kept_up(world: World) -> None:
    while events_relay(now=datetime.now().astimezone() + timedelta(days=1)):
        pass
    facts_refresh(now=world.now)
    days = naive_days()
    assert stored_days() == days
    assert stored_months() == naive_months(days)
