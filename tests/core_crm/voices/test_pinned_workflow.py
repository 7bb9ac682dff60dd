"""A voice goes on as it began; a new workflow is for new ones, and somebody decides to move."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from core_crm.audit.models import AuditEntry
from core_crm.audit.types import Actor
from core_crm.voices.models import Voice
from core_crm.voices.selectors import (
    allowed_actions,
    inbox,
    running_versions,
    status_label,
    transitions_of,
    voice_get,
    workflow_of,
)
from core_crm.voices.services import (
    voice_answer,
    voice_request_supplement,
    voice_step,
    voices_migrate,
)
from tests.conftest import kst
from tests.support.voices import Office, a_voice, a_voice_in_work
from tests.support.workflows import ChangingWorkflow, changing_workflow, with_a_check

NOW = kst("2026-12-01 10:00")
LATER = kst("2026-12-01 11:00")


@pytest.fixture
def city(office: Office) -> Iterator[ChangingWorkflow]:
    with changing_workflow() as changing:
        yield changing


def mover(office: Office) -> Actor:
    return Actor(office.admin.id, office.admin.name)


def actions(voice: Voice, office: Office) -> set[str]:
    return {one.action for one in allowed_actions(voice, office.officer) if one.is_allowed}


def without_sorting(body: dict[str, Any]) -> None:
    """Another city's way: nothing is sorted, a new voice goes straight to somebody."""
    del body["states"]["sorting"]
    del body["transitions"]["sort"]
    for step in body["transitions"].values():
        step["source"] = [one for one in step["source"] if one != "sorting"]


def test_a_running_voice_goes_on_as_it_began(city: ChangingWorkflow, office: Office) -> None:
    old = a_voice_in_work(office, NOW)
    digest = city.change(with_a_check)
    new = a_voice_in_work(office, LATER, title="새로 온 것")
    assert "hand_in" not in actions(old, office)
    assert "hand_in" in actions(new, office)
    assert new.workflow_digest == digest != old.workflow_digest
    old = voice_answer(voice_get(old.id), body="답", by=office.officer, now=LATER)
    assert (old.phase, old.workflow_digest) == ("closed", workflow_of(old).digest)
    assert workflow_of(old).digest != digest


def test_a_state_is_called_as_its_own_workflow_calls_it(
    city: ChangingWorkflow, office: Office
) -> None:
    old = a_voice_in_work(office, NOW)

    def renamed(body: dict[str, Any]) -> None:
        body["states"]["in_progress"]["label"]["ko"] = "일하는 중"

    city.change(renamed)
    new = a_voice_in_work(office, LATER)
    labels = {
        row.ref: row.status_label for row in inbox(office.officer, view="mine", now=LATER).items
    }
    assert labels == {old.ref: "처리 중", new.ref: "일하는 중"}


def test_a_pin_that_nobody_has_any_more_means_the_workflow_in_force(
    city: ChangingWorkflow, office: Office
) -> None:
    voice = a_voice_in_work(office, NOW)
    Voice.objects.filter(pk=voice.pk).update(workflow_digest="0" * 64)
    voice = voice_get(voice.id)
    assert workflow_of(voice).digest == city.change(lambda body: None)
    assert status_label(voice.status, digest=voice.workflow_digest) == "처리 중"
    assert voice_answer(voice, body="답", by=office.officer, now=LATER).phase == "closed"


def test_a_look_at_the_move_changes_nothing(city: ChangingWorkflow, office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    digest = city.change(with_a_check)
    found = voices_migrate(now=LATER, actor=None, dry_run=True)
    assert (found.to_digest, found.can_move, found.stay, found.moved) == (digest, 1, 0, 0)
    (group,) = found.groups
    assert (group.status, group.landing.target, group.refs()) == (
        "in_progress",
        "in_progress",
        [voice.ref],
    )
    assert voice_get(voice.id).workflow_digest == voice.workflow_digest


def test_moving_leaves_a_trail_and_the_due_time_alone(
    city: ChangingWorkflow, office: Office
) -> None:
    before = voice_get(a_voice_in_work(office, NOW).id)
    digest = city.change(with_a_check)
    done = voices_migrate(now=LATER, actor=mover(office))
    after = voice_get(before.id)
    assert (done.moved, done.stay, done.left) == (1, 0, 0)
    assert after.workflow_digest == digest
    assert (after.due_at, after.original_due_at, after.due_steps, after.status) == (
        before.due_at,
        before.original_due_at,
        before.due_steps,
        before.status,
    )
    last = transitions_of(after)[-1]
    assert (last.action, last.due_before, last.due_after) == (
        "migrate",
        before.due_at,
        before.due_at,
    )
    assert AuditEntry.objects.filter(action="voice.migrate", subject_id=before.id).count() == 1
    told = AuditEntry.objects.get(action="workflow.migrated")
    assert (told.actor_name, told.facts["moved"]) == (office.admin.name, 1)
    assert "hand_in" in actions(after, office)
    assert running_versions() == {digest: 1}


def test_moving_twice_does_nothing(city: ChangingWorkflow, office: Office) -> None:
    a_voice_in_work(office, NOW)
    city.change(with_a_check)
    voices_migrate(now=LATER, actor=mover(office))
    again = voices_migrate(now=LATER, actor=mover(office))
    assert (again.moved, again.groups) == (0, ())


def test_a_state_that_is_gone_refuses_and_is_listed(city: ChangingWorkflow, office: Office) -> None:
    city.change(with_a_check)
    voice = voice_step(a_voice_in_work(office, NOW), action="hand_in", by=office.officer, now=NOW)
    city.now = next(iter(city.kept.values()))  # the standard again: no 결재 중
    found = voices_migrate(now=LATER, actor=mover(office))
    assert (found.moved, found.stay) == (0, 1)
    (group,) = found.groups
    assert "‘checking’ 상태가 없고" in group.landing.refused
    assert group.refs() == [voice.ref]
    assert voice_get(voice.id).status == "checking"


def test_the_map_says_what_became_of_a_state(city: ChangingWorkflow, office: Office) -> None:
    city.change(with_a_check)
    voice = voice_step(a_voice_in_work(office, NOW), action="hand_in", by=office.officer, now=NOW)
    city.now = next(iter(city.kept.values()))
    city.change(lambda body: body.update(migrate={"checking": "in_progress"}))
    assert voices_migrate(now=LATER, actor=mover(office)).moved == 1
    moved = voice_get(voice.id)
    assert (moved.status, moved.phase, moved.due_at) == ("in_progress", "in_progress", voice.due_at)


def test_a_voice_whose_clock_stands_is_not_set_going(
    city: ChangingWorkflow, office: Office
) -> None:
    voice = voice_request_supplement(
        a_voice_in_work(office, NOW), body="사진을 보내 주세요", by=office.officer, now=NOW
    )

    def renamed(body: dict[str, Any]) -> None:
        body["states"]["lingering"] = body["states"].pop("waiting")
        for step in body["transitions"].values():
            step["source"] = ["lingering" if one == "waiting" else one for one in step["source"]]
            step["target"] = "lingering" if step["target"] == "waiting" else step["target"]
        body["migrate"] = {"waiting": "in_progress"}

    city.change(renamed)
    assert voices_migrate(now=LATER, actor=mover(office)).stay == 1
    city.change(lambda body: body.update(migrate={"waiting": "lingering"}))
    assert voices_migrate(now=LATER, actor=mover(office)).moved == 1
    assert voice_get(voice.id).status == "lingering"
    assert voice_get(voice.id).is_paused


def test_one_that_is_new_is_moved_into_the_first_state_it_knows(
    city: ChangingWorkflow, office: Office
) -> None:
    voice = a_voice(NOW)
    city.change(without_sorting)
    assert voices_migrate(now=LATER, actor=mover(office)).moved == 1
    assert voice_get(voice.id).status == voice.status


def test_reading_a_pinned_workflow_asks_the_database_nothing_once_it_is_known(
    city: ChangingWorkflow, office: Office, django_assert_num_queries: Any
) -> None:
    voice = a_voice_in_work(office, NOW)
    city.change(with_a_check)
    workflow_of(voice)
    with django_assert_num_queries(0):
        for _ in range(5):
            status_label(voice.status, digest=voice.workflow_digest)
            status_label("received", digest="1" * 64)


def test_a_moved_voice_still_knows_who_led_it_here(city: ChangingWorkflow, office: Office) -> None:
    city.change(with_a_check)
    voice = voice_step(a_voice_in_work(office, NOW), action="hand_in", by=office.officer, now=NOW)

    def renamed(body: dict[str, Any]) -> None:
        body["states"]["judging"] = body["states"].pop("checking")
        body["transitions"]["hand_in"]["target"] = "judging"
        answer = body["transitions"]["answer"] | {"separation_of_duty": True}
        answer["source"] = ["judging" if one == "checking" else one for one in answer["source"]]
        body["transitions"]["answer"] = answer
        body["migrate"] = {"checking": "judging"}

    city.change(renamed)
    assert voices_migrate(now=LATER, actor=mover(office)).moved == 1
    assert voice_get(voice.id).status == "judging"
    assert "answer" not in actions(voice_get(voice.id), office)
