"""The board and its voice in two connections: the board is never left behind, nor made twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core_crm.voices.errors import PublicationChangedMeanwhile
from core_crm.voices.models import Publication
from core_crm.voices.services import publication_publish, voice_answer, voice_reopen
from tenants.context import serving_city
from tests.conftest import kst
from tests.core_crm.voices.test_races import at_once
from tests.support.publications import a_done_voice, a_text, an_open_voice
from tests.support.voices import Office, an_office

NOW = kst("2026-11-24 10:00")
LATER = NOW + timedelta(days=1)


@pytest.fixture
def office(two_cities: tuple[str, str]) -> Office:
    """Busan with real commits; nothing is being served when it is handed out."""
    with serving_city("busan"):
        return an_office()


def test_publishing_while_the_voice_is_answered_ends_as_done(office: Office) -> None:
    with serving_city("busan"):
        voice = an_open_voice(office, NOW)
    results = at_once(
        lambda: publication_publish(voice, text=a_text(), by=office.head, now=LATER),
        lambda: voice_answer(voice, body="고쳤습니다.", by=office.officer, now=LATER),
    )
    assert results == [None, None]
    with serving_city("busan"):
        entry = Publication.objects.get()
        assert (entry.state, entry.settled_at) == ("done", LATER)


def test_publishing_while_the_citizen_reopens_ends_as_going_on(office: Office) -> None:
    with serving_city("busan"):
        voice = a_done_voice(office, NOW)
    results = at_once(
        lambda: publication_publish(voice, text=a_text(), by=office.head, now=LATER),
        lambda: voice_reopen(voice, reason="아직입니다.", now=LATER),
    )
    assert results == [None, None]
    with serving_city("busan"):
        assert Publication.objects.get().state == "going_on"


def test_two_moderators_at_once_make_one_entry_and_one_is_told(office: Office) -> None:
    with serving_city("busan"):
        voice = a_done_voice(office, NOW)
    results = at_once(
        *(
            lambda by=by: publication_publish(
                voice, text=a_text(), by=by, now=LATER, expected_version=0
            )
            for by in (office.head, office.steward)
        )
    )
    refused = [one for one in results if one is not None]
    assert len(refused) == 1
    assert isinstance(refused[0], PublicationChangedMeanwhile)
    with serving_city("busan"):
        assert Publication.objects.get().version == 1
