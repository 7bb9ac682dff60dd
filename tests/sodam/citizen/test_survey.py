"""The survey's page: a GET uses nothing up, no scripts are needed, "not solved" reopens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core_crm.common.services import events_relay
from core_crm.messaging.selectors import messages_about
from core_crm.surveys.models import SurveyAnswer, SurveyInvitation
from core_crm.voices.models import Voice
from core_crm.voices.services import voice_answer
from tests.support.voices import Office, a_voice_in_work


@pytest.fixture
def voice(office: Office) -> Voice:
    voice = a_voice_in_work(office, timezone.now())
    voice_answer(
        voice, body="고쳤습니다.", by=office.officer, now=timezone.now(), expected_version=None
    )
    return voice


@pytest.fixture
def link(voice: Voice) -> str:
    """The address in the letter that follows the closing."""
    events_relay(now=timezone.now())
    bodies = " ".join(one.body for one in messages_about("voice", voice.id))
    found = re.search(r"/s/[\w-]+", bodies)
    assert found
    return found.group()


def test_opening_the_link_uses_nothing_up(citizen: Client, link: str) -> None:
    for _ in range(3):
        assert citizen.get(link).status_code == 200
    assert SurveyAnswer.objects.count() == 0


def test_five_items_are_answered_on_one_page_without_scripts(citizen: Client, link: str) -> None:
    given = {"speed": "5", "kindness": "4", "fairness": "3", "convenience": "2"}
    page = citizen.post(link, given | {"comment": "고맙습니다", "solved": "yes"})
    answer = SurveyAnswer.objects.get()
    assert "고맙습니다. 잘 받았습니다" in page.content.decode()
    assert (answer.speed, answer.convenience, answer.comment) == (5, 2, "고맙습니다")
    assert answer.is_solved is True


def test_choices_are_kept_as_they_are_made(citizen: Client, link: str) -> None:
    assert citizen.post(f"{link}/save", {"speed": "4"}).content.decode() == "저장했습니다."
    page = citizen.get(link).content.decode()
    assert re.search(r'name="speed" value="4" checked', page)


def test_not_solved_opens_the_voice_again(citizen: Client, link: str, voice: Voice) -> None:
    page = citizen.post(link, {"solved": "no"}).content.decode()
    voice.refresh_from_db()
    assert "다시 열었습니다" in page
    assert voice.is_open


def test_a_link_past_its_time_is_answered_kindly(citizen: Client, link: str) -> None:
    SurveyInvitation.objects.update(
        recorded_at=timezone.now() - timedelta(days=60),
        closes_at=timezone.now() - timedelta(days=1),
    )
    answer = citizen.get(link)
    assert answer.status_code == 410
    assert "응답 기간이 지났습니다" in answer.content.decode()


def test_a_link_cut_short_is_answered_kindly(citizen: Client, link: str) -> None:
    answer = citizen.get(link[:-4])
    assert answer.status_code == 404
    assert "주소가 잘렸을 수 있습니다" in answer.content.decode()
