"""Opening to the public: refused while something is missing, done by a second person, noted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from core_crm.audit.selectors import entry_list
from core_crm.messaging.selectors import messages_held
from core_crm.staff.selectors import department_list
from core_crm.staff.services import official_invite, organisation_load_standard
from core_crm.staff.types import Role
from core_crm.voices.models import Voice
from core_crm.voices.selectors import public_numbers, tried_out, voice_get
from core_crm.voices.services import (
    catalogue_load_standard,
    voice_answer,
    voice_assign,
    voice_register,
    voice_start,
)
from sodam.cli.commands import main
from sodam.studio.preflight import CityNotReady, missing, preflight
from sodam.studio.public import city_open_to_public
from tenants import directory
from tenants.cities import city_set_trial
from tenants.context import current_city, serving_city
from tests.support.voices import a_draft

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
Door = Callable[[Role], Client]


@pytest.fixture
def trial(two_cities: tuple[str, str]) -> Iterator[None]:
    """Busan tries things out: an empty office with its catalogue, nobody in it."""
    city_set_trial("busan", is_trial=True)
    with serving_city("busan"):
        organisation_load_standard(current_city())
        catalogue_load_standard(current_city())
    yield
    city_set_trial("busan", is_trial=False)


@pytest.fixture
def door(trial: None, city_client: Callable[..., Client]) -> Door:
    """`door(Role.APPROVER)`: somebody with this role, logged in."""

    def make(role: Role) -> Client:
        with serving_city("busan"):
            seat = official_invite(
                email=f"{role}@busan.example",
                name="문가온",
                department=department_list()[0],
                roles=[role],
                now=NOW,
            )
            client = city_client("busan")
            client.force_login(seat.user, backend="sodam.demo.accounts.RealAccounts")
        return client

    return make


def lacking() -> list[str]:
    with serving_city("busan"):
        return [one.code for one in missing(preflight(now=NOW))]


def answered_test_voice() -> Voice:
    """One voice filed, handed over, begun and answered, as in life."""
    with serving_city("busan"):
        handler = official_invite(
            email="handler@busan.example",
            name="한처리",
            department=department_list()[0],
            roles=[Role.ADMIN, Role.HEAD, Role.OFFICER],
            now=NOW,
        )
        voice = voice_register(draft=a_draft(is_public=True), now=NOW)
        voice = voice_assign(
            voice, department=handler.department, officer=handler, by=handler, now=NOW
        )
        voice = voice_start(voice, by=handler, now=NOW)
        return voice_answer(voice, body="고쳤습니다.", by=handler, now=NOW)


def test_an_empty_city_is_refused_with_the_list(trial: None) -> None:
    assert lacking() == ["admin", "approver", "handlers", "privacy", "trial"]
    with serving_city("busan"), pytest.raises(CityNotReady) as refused:
        city_open_to_public(preflight(now=NOW), by=None, now=NOW)
    assert refused.value.facts == {"missing": lacking()}
    assert directory.by_code("busan").is_trial


def test_two_people_open_a_city_that_is_ready(door: Door) -> None:
    admin, approver, _privacy = (door(role) for role in (Role.ADMIN, Role.APPROVER, Role.PRIVACY))
    answered_test_voice()
    assert lacking() == []
    assert admin.post("/studio/public", {"sure": "1"}).status_code == 403
    assert approver.post("/studio/public").status_code == 422
    assert approver.post("/studio/public", {"sure": "1"}).status_code == 303
    with serving_city("busan"):
        assert not current_city().is_trial
        entry = entry_list(actions="city.opened").get()
    assert (entry.actor_name, entry.facts["trial"]) == ("문가온", "ok")
    assert "시민에게 열려 있음" in approver.get("/studio/public").content.decode()


def test_opening_with_something_missing_names_it_and_changes_nothing(door: Door) -> None:
    answer = door(Role.APPROVER).post("/studio/public", {"sure": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#check-trial">' in page
    assert "시험 의견에 아직 답하지 않았습니다" in page
    assert directory.by_code("busan").is_trial


def test_the_command_line_refuses_alike_and_opens_what_is_ready(
    door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    publish = ["city", "publish", "busan", "--format", "json"]
    assert main(publish) == 3
    told = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in told["checks"] if one["state"] == "missing"] == lacking()
    for role in (Role.ADMIN, Role.APPROVER, Role.PRIVACY):
        door(role)
    answered_test_voice()
    assert main([*publish, "--dry-run"]) == 0
    assert json.loads(capsys.readouterr().out)["is_public"] is False
    assert main(publish) == 0
    assert json.loads(capsys.readouterr().out)["is_public"] is True
    assert not directory.by_code("busan").is_trial


def test_a_trial_bar_stands_on_every_page_until_then(door: Door) -> None:
    officer = door(Role.OFFICER)
    for address in ("/", "/studio/start", "/staff/"):
        page = officer.get(address).content.decode()
        assert "sd-trial" in page, address
        assert '<meta name="robots" content="noindex">' in page, address
    city_set_trial("busan", is_trial=False)
    assert "sd-trial" not in officer.get("/studio/start").content.decode()


def test_a_voice_filed_on_trial_counts_nowhere_and_reaches_nobody(trial: None) -> None:
    voice = answered_test_voice()
    with serving_city("busan"):
        assert voice_get(voice.ref).is_test
        assert public_numbers("2026-11").received == 0
        assert tried_out().answered == 1
        assert messages_held().count() >= 2


def test_a_test_voice_stays_one_after_the_city_has_opened(trial: None) -> None:
    voice = answered_test_voice()
    with serving_city("busan"):
        held = messages_held().count()
    city_set_trial("busan", is_trial=False)
    with serving_city("busan"):
        voice_register(draft=a_draft(), now=NOW)
        assert [one.is_test for one in Voice.objects.order_by("id")] == [True, False]
        assert public_numbers("2026-11").received == 1
        assert messages_held().count() == held
        assert voice_get(voice.ref).is_test


def test_the_way_of_a_test_voice_is_shown(door: Door) -> None:
    officer = door(Role.OFFICER)
    page = officer.get("/studio/start/voice").content.decode()
    assert "아직 접수하지 않음" in page
    assert "시민처럼 의견 내기" in page
    voice = answered_test_voice()
    page = officer.get("/studio/start/voice").content.decode()
    assert voice.ref in page
    assert page.count('<li class="done">') == 3
    live = officer.get("/studio/start/voice/stages?seen=other", headers={"HX-Request": "true"})
    assert live.content.decode().lstrip().startswith('<div id="stages"')


def test_what_was_not_sent_is_read_by_those_who_set_up(door: Door) -> None:
    answered_test_voice()
    admin = door(Role.ADMIN)
    page = admin.get("/studio/outbox").content.decode()
    assert "시험 운영이라 보내지 않음" in page
    assert "010-0000-1234" not in page
    assert door(Role.OFFICER).get("/studio/outbox").status_code == 403
