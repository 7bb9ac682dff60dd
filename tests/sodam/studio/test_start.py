"""The set-up guide says what the city's own rows and documents say, and who skipped what."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from core_crm.audit.selectors import entries_about
from core_crm.staff.models import Department
from sodam.studio.guide import guide
from sodam.studio.guide_steps import STEP_CODES, STEPS
from sodam.ui.guides import guide_steps
from tests.conftest import ServedCity
from tests.sodam.studio.conftest import Browser

WHY = "예전 자료가 없는 새 기관입니다."


def states() -> dict[str, str]:
    return {line.step.code: line.state for line in guide(now=timezone.now()).lines}


def skip(client: Client, code: str, **fields: str) -> int:
    return client.post(f"/studio/start/steps/{code}/skip", fields).status_code


def test_a_bare_city_has_nothing_done_that_needs_its_people(busan: ServedCity) -> None:
    found = states()
    assert (found["organisation"], found["people"], found["trial"]) == ("open", "open", "open")
    assert found["hours"] == "done"


def test_steps_are_done_by_what_is_there(browser: Browser) -> None:
    browser("approver")
    assert states()["people"] == "open"
    browser("officer")
    found = states()
    assert (found["people"], found["organisation"], found["consents"]) == ("done", "done", "open")
    browser("privacy")
    assert states()["consents"] == "done"


def test_what_is_undone_is_open_again(browser: Browser) -> None:
    browser("admin")
    assert states()["organisation"] == "done"
    Department.objects.update(valid_to="2020-01-01")
    assert states()["organisation"] == "open"


def test_the_page_shows_every_step_with_its_number_done(browser: Browser) -> None:
    page = browser("officer").get("/studio/start").content.decode()
    for step in STEPS:
        assert str(step.word) in page
    done = guide(now=timezone.now()).finished
    assert f"{len(STEPS)}단계 가운데 {done}단계 끝" in page


def test_the_live_part_says_nothing_until_something_is_other(browser: Browser) -> None:
    client = browser("admin")
    mark = guide(now=timezone.now()).mark
    assert client.get(f"/studio/start/steps?seen={mark}").status_code == 204
    browser("privacy")
    answer = client.get(f"/studio/start/steps?seen={mark}", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith('<div class="lf-guide"')


def test_asking_by_itself_keeps_no_session_alive(browser: Browser) -> None:
    client = browser("admin")
    client.get("/studio/start")
    seen = client.session["staff_seen_at"]
    session = client.session
    session["staff_seen_at"] = seen - 600
    session.save()
    client.get("/studio/start/steps")
    assert client.session["staff_seen_at"] == seen - 600


def test_a_step_is_skipped_with_a_reason_and_taken_up_again(browser: Browser) -> None:
    admin = browser("admin")
    assert skip(admin, "data", why="짧음") == 422
    assert states()["data"] == "open"
    assert skip(admin, "data", why=WHY) == 303
    assert states()["data"] == "skipped"
    page = admin.get("/studio/start").content.decode()
    assert WHY in page
    assert "문가온 건너뜀" in page
    assert skip(admin, "data", back="1") == 303
    assert states()["data"] == "open"
    assert [one.action for one in entries_about("guide_step")] == [
        "guide.skipped",
        "guide.taken_up",
    ]


def test_what_a_city_cannot_do_without_is_not_skipped(browser: Browser) -> None:
    admin = browser("admin")
    assert skip(admin, "people", why=WHY) == 404
    assert skip(admin, "nothing", why=WHY) == 404
    assert skip(browser("officer"), "data", why=WHY) == 403


def test_other_faces_learn_how_far_the_city_is(browser: Browser) -> None:
    browser("admin")
    told = guide_steps(now=timezone.now())
    assert len(told) == len(STEP_CODES)
    assert {one.state for one in told} <= {"done", "open", "skipped"}
