"""Any life of a voice, in any order of acts: what must always be true, is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from core_crm.common.models import RecordedEvent
from core_crm.messaging.models import OutgoingMessage
from core_crm.voices.models import Voice, VoiceTransition
from core_crm.voices.selectors import voice_get, workflow_of_city
from core_crm.voices.services import (
    voice_answer,
    voice_append,
    voice_assign,
    voice_close_unable,
    voice_extend,
    voice_inspect,
    voice_note,
    voice_receive_supplement,
    voice_reclassify,
    voice_reopen,
    voice_request_supplement,
    voice_start,
    voice_take,
    voice_withdraw,
)
from tenants.errors import DomainError
from tests.conftest import ServedCity, kst
from tests.support.voices import Office, a_voice, an_office

MOVES_THE_DUE_TIME = {"extend", "inspect", "reclassify", "receive_supplement", "reopen"}
ENDS_A_SUPPLEMENT = {"answer", "close_unable", "withdraw"}
_office: list[Office] = []


class LifeOfAVoice(RuleBasedStateMachine):
    """One voice; every rule may be refused by name, and must then change nothing."""

    @initialize(category=st.sampled_from(["road", "suggestion", "unsure", "made_up"]))
    def receive(self, category: str) -> None:
        self.now = kst("2026-12-01 10:00")
        self.office = _office[0]
        self.voice = a_voice(self.now, category=category)
        self.version, self.first_due = 1, self.voice.due_at

    def act(self, do: Callable[[], object]) -> None:
        before = Voice.objects.values().get(pk=self.voice.pk)
        try:
            do()
        except DomainError:
            assert Voice.objects.values().get(pk=self.voice.pk) == before
        self.voice = voice_get(self.voice.pk)

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(who=st.sampled_from(["officer", "colleague", "agent", "stranger"]))
    def take(self, who: str) -> None:
        self.act(lambda: voice_take(self.voice, by=getattr(self.office, who), now=self.now))

    @rule(to=st.sampled_from(["road", "passport"]))
    def pass_on(self, to: str) -> None:
        department = getattr(self.office, to)
        self.act(
            lambda: voice_assign(
                self.voice, department=department, by=self.office.agent, now=self.now
            )
        )

    @rule()
    def start(self) -> None:
        self.act(lambda: voice_start(self.voice, by=self.office.officer, now=self.now))

    @rule()
    def note(self) -> None:
        self.act(lambda: voice_note(self.voice, body="메모", by=self.office.head, now=self.now))

    @rule(body=st.sampled_from(["사진", ""]))
    def ask_for_more(self, body: str) -> None:
        self.act(
            lambda: voice_request_supplement(
                self.voice, body=body, by=self.office.officer, now=self.now
            )
        )

    @rule()
    def say_more(self) -> None:
        self.act(lambda: voice_append(self.voice, body="하나 더", now=self.now))

    @rule()
    def bring_more(self) -> None:
        self.act(lambda: voice_receive_supplement(self.voice, body="사진", now=self.now))

    @rule(
        reason=st.sampled_from(["cooperation", "overload", "similar"]), with_consent=st.booleans()
    )
    def extend(self, reason: str, with_consent: bool) -> None:
        self.act(
            lambda: voice_extend(
                self.voice,
                reason_code=reason,
                reason="까닭",
                by=self.office.officer,
                now=self.now,
                with_consent=with_consent,
            )
        )

    @rule(days=st.integers(0, 16))
    def inspect(self, days: int) -> None:
        start: date = self.now.date()
        self.act(
            lambda: voice_inspect(
                self.voice,
                from_on=start,
                to_on=start + timedelta(days=days),
                reason="현장",
                by=self.office.officer,
                now=self.now,
            )
        )

    @rule(to=st.sampled_from(["grievance", "inquiry", "suggestion", "other", "statutory"]))
    def reclassify(self, to: str) -> None:
        self.act(
            lambda: voice_reclassify(
                self.voice, petition_class=to, by=self.office.officer, now=self.now
            )
        )

    @rule()
    def answer(self) -> None:
        self.act(lambda: voice_answer(self.voice, body="답", by=self.office.officer, now=self.now))

    @rule(reason=st.sampled_from(["사유지", " "]))
    def give_up(self, reason: str) -> None:
        self.act(
            lambda: voice_close_unable(
                self.voice, public_reason=reason, body="", by=self.office.officer, now=self.now
            )
        )

    @rule()
    def take_back(self) -> None:
        self.act(lambda: voice_withdraw(self.voice, now=self.now))

    @rule()
    def open_again(self) -> None:
        self.act(lambda: voice_reopen(self.voice, reason="그대로", now=self.now))

    @invariant()
    def the_state_is_one_of_the_workflow_and_was_reached_step_by_step(self) -> None:
        workflow = workflow_of_city()
        assert self.voice.phase == workflow.standard_state(self.voice.status)
        acts = self._acts()
        for before, after in pairwise(acts):
            assert before.to_status == after.from_status
        assert acts[-1].to_status == self.voice.status

    @invariant()
    def the_version_only_grows_and_numbers_the_acts(self) -> None:
        assert self.voice.version >= self.version
        self.version = self.voice.version
        assert [act.version for act in self._acts()] == list(range(1, self.version + 1))

    @invariant()
    def the_due_time_moves_by_lawful_acts_only_and_the_first_stays(self) -> None:
        acts = self._acts()
        for act in acts[1:]:
            was_waiting = act.from_status == "waiting" and act.action in ENDS_A_SUPPLEMENT
            is_lawful = act.action in MOVES_THE_DUE_TIME or was_waiting
            assert act.due_before == act.due_after or is_lawful
        assert acts[-1].due_after == self.voice.due_at
        assert self.voice.original_due_at == self.first_due == acts[0].due_after

    @invariant()
    def every_closing_has_exactly_one_message_and_one_event(self) -> None:
        told = OutgoingMessage.objects.filter(
            about_id=self.voice.pk, template__in=["voice_answered", "voice_unable"]
        )
        settled = [act for act in self._acts() if act.action in ("answer", "close_unable")]
        assert told.count() == len(settled)
        closings = RecordedEvent.objects.filter(
            kind="voices.voice_closed", payload__voice_id=str(self.voice.pk)
        )
        ended = self.voice.reopened_count + (not self.voice.is_open)
        numbers = sorted(event.payload["closing_no"] for event in closings)
        assert numbers == list(range(1, ended + 1))

    @invariant()
    def open_and_closed_are_told_alike_by_all_columns(self) -> None:
        voice = self.voice
        assert (voice.closed_at is None) == (voice.outcome == "") == (voice.phase != "closed")
        assert voice.is_paused == (voice.phase == "waiting")
        waiting = voice.adjustments.filter(kind="supplement", ends_at__isnull=True).count()
        assert waiting == int(voice.is_paused)
        assert bool(voice.public_reason) == (voice.outcome == "unable")

    def _acts(self) -> list[VoiceTransition]:
        return list(VoiceTransition.objects.filter(voice=self.voice.pk).order_by("version"))


@pytest.fixture
def lives(busan: ServedCity) -> Iterator[None]:
    _office.append(an_office())
    yield
    _office.clear()


def test_any_life_of_a_voice_keeps_the_law(lives: None) -> None:
    run_state_machine_as_test(
        LifeOfAVoice,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
