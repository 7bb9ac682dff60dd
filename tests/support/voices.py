"""A small office and its voices, made by the real services, for tests of rooms and faces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from core_crm.staff.models import Department, Official
from core_crm.staff.selectors import department_by_code
from core_crm.staff.services import department_load, official_invite, organisation_load_standard
from core_crm.staff.types import DepartmentRow
from core_crm.voices.models import Voice
from core_crm.voices.services import (
    catalogue_load,
    catalogue_load_standard,
    voice_assign,
    voice_register,
    voice_start,
)
from core_crm.voices.types import CategoryEntry, CitizenDraft, ServiceEntry, VoiceDraft
from tenants.context import current_city

JOINED_AT = datetime(2020, 1, 2, tzinfo=UTC)
ROAD, PASSPORT, CIVIL = "a1.road", "a1.passport", "a1.civil"
DEPARTMENTS = (
    DepartmentRow(code="a1", name_ko="가나국", kind="bureau"),
    DepartmentRow(code=ROAD, name_ko="도로안전과", parent_code="a1", phone="051-000-1001"),
    DepartmentRow(code=PASSPORT, name_ko="여권과", parent_code="a1", phone="051-000-1002"),
    DepartmentRow(code=CIVIL, name_ko="통합민원과", parent_code="a1", phone="051-000-1003"),
)
CATEGORIES = {
    "road": ("도로·보도", "grievance", "road"),
    "tax": ("세금", "inquiry_legal", "civil_service"),
    "welfare": ("복지·건강", "inquiry", "civil_service"),
    "suggestion": ("제안", "suggestion", "civil_service"),
    "unsure": ("잘 모르겠어요", "other", "civil_service"),
}
SERVICES = {
    "passport_issue": ("여권 발급", "days", 8, False),
    "report_move": ("신고 확인", "immediately", 1, False),
    "three_days": ("사흘 걸리는 확인", "days", 3, False),
    "building_permit": ("건축 허가", "days", 20, True),
}


@dataclass(frozen=True)
class Office:
    """Three departments and the people in them."""

    road: Department
    passport: Department
    civil: Department
    officer: Official
    colleague: Official
    head: Official
    agent: Official
    steward: Official
    admin: Official
    stranger: Official


def an_office() -> Office:
    """Departments, a catalogue of five categories and four services, and seven people."""
    department_load(DEPARTMENTS)
    load_catalogue()
    road, passport, civil = (department_by_code(code) for code in (ROAD, PASSPORT, CIVIL))
    return Office(
        road=road,
        passport=passport,
        civil=civil,
        officer=person("officer", "김담당", road, "officer", phone="051-000-2001"),
        colleague=person("colleague", "이동료", road, "officer", phone="051-000-2002"),
        head=person("head", "박과장", road, "head"),
        agent=person("agent", "최상담", civil, "agent"),
        steward=person("steward", "정기준", civil, "steward"),
        admin=person("admin", "강관리", civil, "admin"),
        stranger=person("stranger", "조여권", passport, "officer"),
    )


def the_standard() -> None:
    """The organisation and the catalogue that a city begins with."""
    organisation_load_standard(current_city())
    catalogue_load_standard(current_city())


def person(
    local: str, name: str, department: Department | None, *roles: str, phone: str = ""
) -> Official:
    """An official with an account."""
    return official_invite(
        email=f"{local}@test.example",
        name=name,
        department=department,
        roles=roles,
        phone=phone,
        now=JOINED_AT,
    )


def load_catalogue() -> None:
    catalogue_load(
        categories={
            code: CategoryEntry.model_validate(
                {"label": {"ko": label}, "petition_class": kind, "department_role": role}
            )
            for code, (label, kind, role) in CATEGORIES.items()
        },
        services={
            code: ServiceEntry.model_validate(
                {
                    "title": {"ko": title},
                    "category": "unsure",
                    "period": {"unit": unit, "amount": amount},
                    "is_compound": is_compound,
                    "department_role": "passport",
                }
            )
            for code, (title, unit, amount, is_compound) in SERVICES.items()
        },
    )


def a_draft(**changes: Any) -> VoiceDraft:
    """What Kim Chul-su says about a hole in the road; any field may be another."""
    given: dict[str, Any] = {
        "title": "보도블록이 깨져 위험합니다",
        "body": "버스 정류장 앞 보도블록이 깨져 유모차가 걸립니다.",
        "channel": "portal",
        "citizen": CitizenDraft(name="김철수", phone="010-0000-1234", email="cs@citizen.example"),
        "category": "road",
    }
    return VoiceDraft(**{**given, **changes})


def a_voice(now: datetime, **changes: Any) -> Voice:
    """A voice as just taken in."""
    return voice_register(draft=a_draft(**changes), now=now)


def a_voice_in_work(office: Office, now: datetime, **changes: Any) -> Voice:
    """A voice that its officer has begun to work on."""
    voice = a_voice(now, **changes)
    voice = voice_assign(
        voice, department=office.road, officer=office.officer, by=office.head, now=now
    )
    return voice_start(voice, by=office.officer, now=now)
