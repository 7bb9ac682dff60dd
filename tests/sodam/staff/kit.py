"""People and cases for the tests of the staff face."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from core_crm.staff.selectors import department_list
from core_crm.staff.services import department_load, official_invite
from core_crm.staff.types import DepartmentRow
from core_crm.voices.services import catalogue_load_standard, voice_assign, voice_register
from core_crm.voices.types import CitizenDraft, VoiceDraft
from tenants.context import current_city

WORD = "sodam-demo"
TITLE = "보도블록이 깨졌습니다"


DEPARTMENTS = (
    DepartmentRow(code="roads_bureau", name_ko="도시도로국", kind="bureau"),
    DepartmentRow(code="road_safety", name_ko="도로안전과", parent_code="roads_bureau", sort=1),
    DepartmentRow(code="parks", name_ko="공원녹지과", parent_code="roads_bureau", sort=2),
)


def department(place: int = 0) -> Any:
    """One of the city's departments; the first call sets the city up."""
    if not department_list().exists():
        department_load(DEPARTMENTS)
        catalogue_load_standard(current_city())
    return [one for one in department_list() if one.kind == "department"][place]


def official(
    role: str, *, name: str = "박지훈", place: int = 0, password: str | None = None
) -> Any:
    """Somebody with this role and a seat; hashing a password takes its time, so only on request."""
    return official_invite(
        email=f"{role}@{current_city().code}.example",
        name=name,
        department=department(place),
        roles=[role],
        password=password,
        now=datetime.now(UTC),
    )


def voice(
    *, to: Any = None, place: int = 0, title: str = "보도블록이 깨졌습니다", **more: Any
) -> Any:
    """A voice that came in a little while ago, in a department, perhaps with its officer."""
    now, unit = datetime.now(UTC), department(place)
    draft = {
        "title": title,
        "body": "센텀시티역 앞 보도블록이 깨져 유모차가 걸립니다.",
        "channel": "portal",
        "category": "road",
        "citizen": CitizenDraft(
            name="김민수", phone="010-0000-4211", email="minsu@citizen.example"
        ),
        "received_at": now - timedelta(minutes=5),
    }
    made = voice_register(draft=VoiceDraft(**(draft | more)), now=now)
    return voice_assign(made, department=unit, officer=to, by=None, now=now)


def logged_in(person: Any) -> Client:
    """This person's browser, at their city's host."""
    client = Client(headers={"host": f"{current_city().code}.localhost"})
    client.force_login(person.user, backend="sodam.demo.accounts.RealAccounts")
    return client
