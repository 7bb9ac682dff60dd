"""What a case pinned is still read when the city has long published another."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from core_crm.extension_points import digest_of, document_archive
from core_crm.voices.selectors import voice_get, workflow_of
from core_crm.voices.services import voice_answer
from core_crm.workflows import cities
from customization.documents import services
from customization.documents.selectors import in_force
from customization.resolution.operations import diff
from customization.resolution.trees import copied
from tenants.context import serving_city
from tests.support.voices import Office, a_voice_in_work, an_office, person
from tests.support.workflows import Edit, with_a_check


def publish(office: Office, approver: Any, edit: Edit) -> str:
    """Another workflow through a change; its digest."""
    now, found = timezone.now(), in_force()
    wanted = copied(found.tree)
    edit(wanted["workflow"]["voice"])
    change = services.change_draft(diff(found.tree, wanted), title="흐름", by=office.admin, now=now)
    change = services.change_submit(change, actor=None, now=now)
    services.change_decide(change, approve=True, by=approver, actor=None, now=now)
    services.change_apply(change, actor=None, now=now)
    return digest_of(wanted["workflow"]["voice"])


def renamed(body: dict[str, Any]) -> None:
    body["states"]["in_progress"]["label"]["ko"] = "일하는 중"


def test_three_cases_run_on_three_workflows(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        office, now = an_office(), timezone.now() - timedelta(hours=1)
        approver = person("approver", "한승인", office.civil, "approver")
        voices = [a_voice_in_work(office, now)]
        for edit in (with_a_check, renamed):
            publish(office, approver, edit)
            voices.append(a_voice_in_work(office, now))
        cities._workflow.forget()  # as a process that has just begun
        read = [workflow_of(voice_get(one.id)) for one in voices]
        assert [one.digest for one in read] == [one.workflow_digest for one in voices]
        assert len({one.digest for one in read}) == 3
        labels = [one.state("in_progress").label.ko for one in read]
        assert labels == ["처리 중", "처리 중", "일하는 중"]
        assert "checking" not in dict(read[0].states())
        answered = voice_answer(voices[1], body="답", by=office.officer, now=timezone.now())
        assert (answered.phase, answered.workflow_digest) == ("closed", read[1].digest)
        own = read[1].digest
    with serving_city("seoul"):
        assert document_archive.get().body("workflow", "voice", own) is None
