"""`sodam workflow`: a workflow published, running voices seen before they are moved, and moved."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core_crm.voices.selectors import voice_get
from core_crm.voices.services import voice_assign, voice_register
from customization.public import (
    change_apply,
    change_decide,
    change_draft,
    change_submit,
    copied,
    diff,
    in_force,
)
from sodam.cli import main
from tenants.context import serving_city
from tests.support.voices import Office, a_draft, a_voice_in_work, an_office, person
from tests.support.workflows import Edit, with_a_check

pytestmark = pytest.mark.usefixtures("two_cities")
LOOK = ("workflow", "migrate", "--city", "busan", "--dry-run", "--format", "json")
MOVE = ("workflow", "migrate", "--city", "busan", "--by", "admin@test.example", "--format", "json")


def publish(office: Office, edit: Edit) -> None:
    """Another workflow through a change, decided by somebody else."""
    now, found = timezone.now(), in_force()
    wanted = copied(found.tree)
    edit(wanted["workflow"]["voice"])
    change = change_draft(diff(found.tree, wanted), title="흐름", by=office.admin, now=now)
    change = change_submit(change, actor=None, now=now)
    approver = person("approver", "한승인", office.civil, "approver")
    change = change_decide(change, approve=True, by=approver, actor=None, now=now)
    change_apply(change, actor=None, now=now)


def answered(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert main(list(arguments)) == code
    return json.loads(capsys.readouterr().out)


def test_running_voices_are_looked_at_moved_and_then_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = timezone.now()
    with serving_city("busan"):
        office = an_office()
        old = a_voice_in_work(office, now - timedelta(days=1))
        publish(office, with_a_check)
        new = voice_register(draft=a_draft(), now=now)
        assert new.workflow_digest != old.workflow_digest
    seen = answered(capsys, *LOOK)
    assert (seen["to"], seen["can_move"], seen["moved"]) == (new.workflow_digest, 1, 0)
    assert [(one["from"], one["status"], one["to_status"]) for one in seen["groups"]] == [
        (old.workflow_digest, "in_progress", "in_progress")
    ]
    assert answered(capsys, *MOVE)["moved"] == 1
    with serving_city("busan"):
        moved = voice_get(old.id)
        assert (moved.workflow_digest, moved.due_at) == (new.workflow_digest, old.due_at)
    assert answered(capsys, *MOVE) == {**seen, "dry_run": False, "can_move": 0, "groups": []}


def test_what_stays_is_listed_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    def without_sorting(body: dict[str, Any]) -> None:
        del body["states"]["sorting"], body["transitions"]["sort"]
        for step in body["transitions"].values():
            step["source"] = [one for one in step["source"] if one != "sorting"]

    with serving_city("busan"):
        office = an_office()
        voice = voice_register(draft=a_draft(), now=timezone.now())
        voice_assign(voice, department=office.road, by=office.head, now=timezone.now())
        publish(office, without_sorting)
    seen = answered(capsys, *LOOK, code=6)
    assert (seen["can_move"], seen["stay"]) == (0, 1)
    assert "‘sorting’ 상태가 없고" in seen["groups"][0]["refused"]
    assert seen["groups"][0]["refs"] == [voice.ref]


def test_nobody_moves_cases_without_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["workflow", "migrate", "--city", "busan"])
    assert refused.value.code == 4
    assert "--by" in capsys.readouterr().err


def test_the_workflow_in_force_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["workflow", "show", "--city", "busan", "--language", "en"]) == 0
    assert "assigned --> in_progress: Start" in capsys.readouterr().out
