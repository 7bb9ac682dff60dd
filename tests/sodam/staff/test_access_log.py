"""S34: what was opened stands in the log at once, covered; months are reviewed and signed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core_crm.audit.models import AccessReview
from core_crm.audit.services import disclosure_note
from core_crm.audit.types import Actor
from core_crm.customers.services import citizen_register
from core_crm.customers.types import CitizenDraft
from tests.conftest import ServedCity
from tests.sodam.staff import kit

LOG = "/staff/audit"


@pytest.fixture
def watcher(busan: ServedCity) -> Client:
    return kit.logged_in(kit.official("privacy", name="서지킴"))


@pytest.fixture
def citizen(busan: ServedCity) -> Any:
    draft = CitizenDraft(name="김하늘", phone="010-0000-4211")
    return citizen_register(draft, by=None, now=timezone.now())


def text(client: Client, **query: Any) -> str:
    answer = client.get(LOG, query)
    assert answer.status_code == 200
    return answer.content.decode()


def note_last_month(citizen: Any, official: Any, **more: Any) -> Any:
    at = timezone.localtime().replace(day=1, hour=12) - timedelta(days=3)
    given = {"action": "customer.unmasked", "subject_ids": [citizen.pk], **more}
    disclosure_note(actor=Actor(official.id, official.name, "192.0.2.7"), now=at, **given)
    return at


def test_what_was_opened_is_seen_at_once_and_covered(watcher: Client, citizen: Any) -> None:
    officer = kit.logged_in(kit.official("officer", name="한담당"))
    reason = {"reason": "주소를 확인하려고"}
    assert officer.post(f"/staff/customers/{citizen.pk}/unmask", reason).status_code == 200
    page = text(watcher)
    assert "한담당" in page
    assert "주소를 확인하려고" in page
    assert "가린 것을 봄" in page
    assert "김하늘" not in page
    assert "김*늘" in page


def test_the_log_is_narrowed_by_who_whom_and_what(watcher: Client, citizen: Any) -> None:
    one, other = kit.official("officer", name="한담당"), kit.official("agent", name="두상담")
    month = f"{note_last_month(citizen, one, reason='전화 확인'):%Y-%m}"
    note_last_month(citizen, other, action="customer.viewed")
    assert "전화 확인" in text(watcher, month=month, who=one.id)
    assert "전화 확인" not in text(watcher, month=month, who=other.id)
    assert "전화 확인" not in text(watcher, month=month, what="customer.viewed")
    assert "전화 확인" not in text(watcher, month=month, bare=1)
    assert "이 고객을 본 기록" in text(watcher, month=month, whom=citizen.pk)
    assert "전화 확인" in text(watcher, month=month, who="no-id", before="x_y")


def test_a_month_over_is_signed_by_the_privacy_officer_alone(watcher: Client, citizen: Any) -> None:
    officer = kit.official("officer", name="한담당")
    month = f"{note_last_month(citizen, officer):%Y-%m}"
    assert "사유 없이" in text(watcher, month=month)
    given = {"month": month, "note": ""}
    refused = watcher.post(f"{LOG}/review", given)
    assert refused.status_code == 422
    assert "이상 징후를 어떻게" in refused.content.decode()
    assert kit.logged_in(officer).post(f"{LOG}/review", given).status_code == 403
    signed = watcher.post(f"{LOG}/review", given | {"note": "담당자에게 확인했습니다."})
    assert signed.status_code == 303
    assert AccessReview.objects.get().by_name == "서지킴"
    page = text(watcher, month=month)
    assert "담당자에게 확인했습니다." in page
    assert "점검했음" not in page


def test_the_running_month_cannot_be_signed(watcher: Client) -> None:
    page = text(watcher)
    assert "달이 끝나면" in page
    given = {"month": f"{timezone.localdate():%Y-%m}", "note": "미리 점검했습니다. 괜찮습니다."}
    assert watcher.post(f"{LOG}/review", given).status_code == 422


def test_pages_of_the_log_follow_each_other(watcher: Client, citizen: Any) -> None:
    officer = kit.official("officer", name="한담당")
    for number in range(52):
        at = note_last_month(citizen, officer, reason=f"사유-{number:02}-")
    first = watcher.get(LOG, {"month": f"{at:%Y-%m}"})
    second = watcher.get(first.context["next_url"])
    shown = [one["row"].id for page in (first, second) for one in page.context["rows"]]
    assert (len(shown), len(set(shown))) == (52, 52)
    assert second.context["next_url"] == ""
