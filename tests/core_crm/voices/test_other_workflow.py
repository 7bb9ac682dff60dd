"""A city whose workflow closes a voice in a step of its own."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from core_crm.common.models import RecordedEvent
from core_crm.extension_points import Document, documents
from core_crm.messaging.selectors import messages_about
from core_crm.voices.errors import NotAllowedInState, VoiceAlreadyAnswered, WordUnknown
from core_crm.voices.selectors import allowed_actions, clock_of, inbox
from core_crm.voices.services import (
    voice_answer,
    voice_append,
    voice_close,
    voice_reopen,
    voice_step,
)
from tests.conftest import kst
from tests.support.voices import Office, a_voice_in_work

NOW = kst("2026-12-01 10:00")


class ClosedByHand:
    """The standard's documents, but closing is an official's, and a head's check is a state."""

    def get(self, kind: str, code: str) -> Document:
        found = documents.standard.get(kind, code)
        if kind != "workflow":
            return found
        body: dict[str, Any] = copy.deepcopy(dict(found.body))
        body["transitions"]["close"]["roles"] = ["citizen"]
        body["states"]["checking"] = {
            "label": {"ko": "결재 중", "en": "Being checked"},
            "category": "active",
            "maps_to": "in_progress",
        }
        body["transitions"]["hand_in"] = {
            "label": {"ko": "결재 올림", "en": "Hand in"},
            "source": ["in_progress"],
            "target": "checking",
            "rights": ["voice_handle"],
        }
        body["transitions"]["answer"]["source"].append("checking")
        return Document.of(kind, code, body, version="test")

    def codes(self, kind: str) -> list[str]:
        return documents.standard.codes(kind)


@pytest.fixture
def closes_by_hand(office: Office) -> Iterator[Office]:
    before = documents._resolve
    documents.unbind()
    documents.bind(ClosedByHand)
    yield office
    documents.unbind()
    if before is not None:
        documents.bind(before)


def test_the_answer_leaves_and_the_voice_waits_to_be_closed(closes_by_hand: Office) -> None:
    office = closes_by_hand
    voice = voice_answer(a_voice_in_work(office, NOW), body="답", by=office.officer, now=NOW)
    assert (voice.phase, voice.outcome, voice.closed_at) == ("answered", "answered", None)
    assert messages_about("voice", voice.id).filter(template="voice_answered").count() == 1
    assert not RecordedEvent.objects.filter(kind="voices.voice_closed").exists()
    assert clock_of(voice, now=kst("2027-01-01 10:00")).tone == "done"
    assert inbox(office.officer, view="overdue", now=kst("2027-01-01 10:00")).items == []


def test_an_official_closes_it_and_only_then_it_is_surveyed(closes_by_hand: Office) -> None:
    office = closes_by_hand
    voice = voice_answer(a_voice_in_work(office, NOW), body="답", by=office.officer, now=NOW)
    with pytest.raises(VoiceAlreadyAnswered):
        voice_answer(voice, body="또", by=office.officer, now=NOW)
    with pytest.raises(NotAllowedInState):
        voice_append(voice, body="하나 더", now=NOW)
    voice = voice_close(voice, by=office.officer, now=NOW)
    assert voice.phase == "closed"
    assert RecordedEvent.objects.filter(kind="voices.voice_closed").count() == 1
    assert voice_reopen(voice, reason="그대로", now=NOW).phase == "reopened"


def test_a_step_of_the_citys_own_is_taken_like_any_other(closes_by_hand: Office) -> None:
    office = closes_by_hand
    voice = a_voice_in_work(office, NOW)
    assert "hand_in" in {each.action for each in allowed_actions(voice, office.officer)}
    voice = voice_step(voice, action="hand_in", by=office.officer, now=NOW)
    assert (voice.status, voice.phase, voice.version) == ("checking", "in_progress", 4)
    assert RecordedEvent.objects.get(kind="voices.voice_stepped").payload["action"] == "hand_in"
    voice = voice_answer(voice, body="답", by=office.head, now=NOW)
    assert voice.outcome == "answered"


def test_acts_with_a_meaning_of_their_own_are_no_plain_steps(closes_by_hand: Office) -> None:
    office = closes_by_hand
    with pytest.raises(WordUnknown):
        voice_step(a_voice_in_work(office, NOW), action="answer", by=office.officer, now=NOW)
