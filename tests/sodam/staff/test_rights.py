"""Every address of the staff face, asked by everybody: nobody gets more than their role allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from core_crm.audit.types import Actor
from core_crm.customers.selectors import citizen_get
from core_crm.customers.services import (
    citizen_register,
    occasion_register,
    organisation_register,
    pair_open,
)
from core_crm.customers.services.acquired import acquired_list_register
from core_crm.customers.types import CitizenDraft, OrganisationDraft
from core_crm.imports.services import batch_open
from core_crm.imports.types import ImportOptions
from core_crm.segments.services import segment_create
from core_crm.segments.types import SegmentDraft
from core_crm.staff.types import Role
from sodam.staff import urls
from tenants.context import serving_city
from tests.sodam.staff import kit

ALL = {role.value for role in Role}
VIEW = {"admin", "approver", "head", "officer", "agent", "steward"}
HANDLE = {"head", "officer"}
ASSIGN = {"admin", "head", "officer", "agent"}
REGISTER = ASSIGN
SCORES = {"admin", "approver", "head", "officer", "steward"}
IMPORT = {"admin", "steward"}
AUDIT = {"privacy"}
UNMASK = {"head", "officer", "agent", "steward"}
OPEN_CUSTOMER = UNMASK | {"privacy"}
CHANGE_CUSTOMER = {"head", "officer", "agent", "steward"}
WRITTEN = ("note", "consent", "contact", "fact", "relation", "household", "household-leave")
WRITTEN += ("membership", "twin")
ENDED = ("contact-end", "fact-remove", "relation-end", "membership-end")
SEGMENTS = {"admin", "approver", "head", "officer", "steward"}
SEGMENTS_CHANGE = {"head", "steward"}
PUBLISH = {"head", "steward"}
OPEN_TO_ALL = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "staff_visit",
    "staff_visit_leave",
    "staff_visit_over",
    "staff_welcome",
}


@dataclass(frozen=True)
class Address:
    """An address, how it is asked, and who may."""

    path: str
    roles: set[str]
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)


CASE = "/staff/voices/{ref}"
CITIZEN = "/staff/customers/{citizen}"
BODY = "/staff/organisations/{body}"
BATCH = "/staff/imports/{batch}"
TABLE: dict[str, Address] = {
    "staff_home": Address("/staff/", ALL),
    "staff_inbox": Address("/staff/voices", VIEW),
    "staff_register": Address("/staff/voices/new", REGISTER),
    "staff_register_due": Address("/staff/voices/new/due", REGISTER, "post"),
    "staff_export": Address("/staff/voices/export", VIEW),
    "staff_voices_csv": Address("/staff/voices.csv", VIEW, "post"),
    "staff_customers": Address("/staff/customers", ALL),
    "staff_customer": Address(CITIZEN, ALL),
    "staff_customer_new": Address("/staff/customers/new", CHANGE_CUSTOMER),
    "staff_customer_export": Address("/staff/customers/export", {"steward"}),
    "staff_customers_csv": Address("/staff/customers.csv", {"steward"}, "post"),
    "staff_customer_edit": Address(f"{CITIZEN}/edit", CHANGE_CUSTOMER),
    **{
        f"staff_customer_{code.replace('-', '_')}": Address(f"{CITIZEN}/{code}", CHANGE_CUSTOMER)
        for code in WRITTEN
    },
    **{
        f"staff_customer_{code.replace('-', '_')}": Address(
            f"{CITIZEN}/{code}/{uuid4()}", CHANGE_CUSTOMER
        )
        for code in ENDED
    },
    "staff_customer_preview": Address(f"{CITIZEN}/preview", ALL),
    "staff_customer_timeline": Address(f"{CITIZEN}/timeline", ALL),
    "staff_customer_segments": Address(f"{CITIZEN}/segments", SEGMENTS),
    "staff_customer_unmask": Address(f"{CITIZEN}/unmask", OPEN_CUSTOMER, "post"),
    "staff_imports": Address("/staff/imports", IMPORT),
    "staff_import_new": Address("/staff/imports/new", IMPORT),
    "staff_import_sheet": Address("/staff/imports/sheet/citizens/csv", IMPORT),
    "staff_import": Address(BATCH, IMPORT),
    "staff_import_columns": Address(f"{BATCH}/columns", IMPORT),
    "staff_import_live": Address(f"{BATCH}/live", IMPORT),
    "staff_import_act": Address(f"{BATCH}/act", IMPORT, "post"),
    "staff_import_errors": Address(f"{BATCH}/errors", IMPORT),
    "staff_import_undo": Address(f"{BATCH}/undo", IMPORT),
    "staff_organisation": Address(BODY, ALL),
    "staff_organisation_new": Address("/staff/organisations/new", CHANGE_CUSTOMER),
    "staff_organisation_edit": Address(f"{BODY}/edit", CHANGE_CUSTOMER),
    "staff_organisation_unmask": Address(f"{BODY}/unmask", OPEN_CUSTOMER, "post"),
    "staff_organisation_member": Address(f"{BODY}/member", CHANGE_CUSTOMER),
    "staff_organisation_contact": Address(f"{BODY}/contact", CHANGE_CUSTOMER),
    "staff_organisation_note": Address(f"{BODY}/note", CHANGE_CUSTOMER),
    "staff_organisation_member_end": Address(f"{BODY}/member-end/{uuid4()}", CHANGE_CUSTOMER),
    "staff_organisation_contact_end": Address(f"{BODY}/contact-end/{uuid4()}", CHANGE_CUSTOMER),
    "staff_occasions": Address("/staff/occasions", ALL),
    "staff_occasion_new": Address("/staff/occasions/new", CHANGE_CUSTOMER),
    "staff_occasion": Address("/staff/occasions/{occasion}", ALL),
    "staff_occasion_visit": Address("/staff/occasions/{occasion}/visit", CHANGE_CUSTOMER),
    "staff_duplicates": Address("/staff/customers/duplicates", {"steward"}),
    "staff_merge": Address("/staff/customers/merge/{pair}", {"steward"}),
    "staff_merge_unmask": Address("/staff/customers/merge/{pair}/unmask", {"steward"}, "post"),
    "staff_merge_dismiss": Address("/staff/customers/merge/{pair}/dismiss", {"steward"}, "post"),
    "staff_merge_reopen": Address("/staff/customers/merge/{pair}/reopen", {"steward"}, "post"),
    "staff_merge_undo": Address(f"/staff/customers/merges/{uuid4()}/undo", {"steward"}, "post"),
    "staff_quality": Address("/staff/customers/quality", CHANGE_CUSTOMER),
    "staff_quality_rows": Address("/staff/customers/quality/rows", CHANGE_CUSTOMER),
    "staff_quality_csv": Address("/staff/customers/quality/rows.csv", {"steward"}, "post"),
    "staff_quality_status": Address("/staff/customers/quality/status", CHANGE_CUSTOMER),
    "staff_quality_changes": Address("/staff/customers/quality/changes", CHANGE_CUSTOMER),
    "staff_quality_coverage": Address("/staff/customers/quality/coverage", CHANGE_CUSTOMER),
    "staff_quality_figure": Address("/staff/customers/quality/coverage.csv", CHANGE_CUSTOMER),
    "staff_access_log": Address("/staff/audit", AUDIT),
    "staff_access_review": Address("/staff/audit/review", {"privacy"}, "post"),
    "staff_acquired": Address("/staff/acquired", ALL),
    "staff_acquired_new": Address("/staff/acquired/new", IMPORT),
    "staff_acquired_list": Address("/staff/acquired/{list}", ALL),
    "staff_acquired_end": Address("/staff/acquired/{list}/end", IMPORT, "post"),
    "staff_segments": Address("/staff/segments", SEGMENTS),
    "staff_segment_new": Address("/staff/segments/new", SEGMENTS_CHANGE),
    "staff_segment": Address("/staff/segments/elders", SEGMENTS),
    "staff_segment_edit": Address("/staff/segments/elders/edit", SEGMENTS_CHANGE),
    "staff_segment_act": Address("/staff/segments/elders/act", SEGMENTS_CHANGE, "post"),
    "staff_pulse": Address("/staff/voices/pulse", VIEW, "post"),
    "staff_bulk_assign": Address("/staff/voices/bulk/assign", ASSIGN, "post"),
    "staff_view_save": Address("/staff/voices/views/new", VIEW),
    "staff_view_delete": Address(f"/staff/voices/views/{uuid4()}/delete", VIEW, "post"),
    "staff_voice": Address(CASE, VIEW),
    "staff_voice_answer_check": Address(f"{CASE}/answer/check", HANDLE, "post"),
    "staff_voice_answer": Address(f"{CASE}/answer", HANDLE, "post"),
    "staff_voice_supplement_check": Address(f"{CASE}/supplement/check", HANDLE, "post"),
    "staff_voice_supplement": Address(f"{CASE}/supplement", HANDLE, "post"),
    "staff_voice_note": Address(f"{CASE}/note", HANDLE | REGISTER, "post"),
    "staff_voice_draft": Address(f"{CASE}/draft/note", VIEW, "post"),
    "staff_voice_presence": Address(f"{CASE}/presence", VIEW, "post"),
    "staff_voice_fields": Address(f"{CASE}/fields", HANDLE),
    "staff_voice_unmask": Address(f"{CASE}/unmask", UNMASK, "post"),
    "staff_voice_assign": Address(f"{CASE}/assign", ASSIGN),
    "staff_voice_take": Address(f"{CASE}/take", ASSIGN),
    "staff_voice_transfer": Address(f"{CASE}/transfer", HANDLE | ASSIGN),
    "staff_voice_transfer_preview": Address(f"{CASE}/transfer/preview", HANDLE | ASSIGN, "post"),
    "staff_voice_step": Address(f"{CASE}/steps/made_up", VIEW),
    "staff_voice_start": Address(f"{CASE}/start", HANDLE),
    "staff_voice_extend": Address(f"{CASE}/extend", HANDLE),
    "staff_voice_extend_preview": Address(f"{CASE}/extend/preview", HANDLE, "post"),
    "staff_voice_reclassify": Address(f"{CASE}/reclassify", HANDLE),
    "staff_voice_supplement-reply": Address(f"{CASE}/supplement-reply", HANDLE | REGISTER),
    "staff_voice_unable": Address(f"{CASE}/unable", HANDLE),
    "staff_voice_unable_preview": Address(f"{CASE}/unable/preview", HANDLE, "post"),
    "staff_voice_withdraw": Address(f"{CASE}/withdraw", HANDLE | REGISTER),
    "staff_voice_reopen": Address(f"{CASE}/reopen", HANDLE | ASSIGN),
    "staff_board": Address("/staff/board", PUBLISH),
    "staff_voice_publish": Address(f"{CASE}/publish", HANDLE | PUBLISH),
    "staff_voice_take_back": Address(f"{CASE}/publish/take-back", PUBLISH, "post"),
    "staff_scores": Address("/staff/scores", SCORES),
    "staff_kpi": Address("/staff/kpi", SCORES),
    "staff_kpi_csv": Address("/staff/kpi.csv", SCORES),
    "staff_kpi_trend_csv": Address("/staff/kpi/trend.csv", SCORES),
    "staff_kpi_score": Address("/staff/kpi/score", SCORES),
    "staff_kpi_score_csv": Address("/staff/kpi/score.csv", SCORES),
    "staff_me": Address("/staff/me", ALL),
    "staff_sign_out_elsewhere": Address("/staff/me/sign-out-elsewhere", ALL, "post"),
    "staff_keys": Address("/staff/keys", ALL),
    "staff_session": Address("/staff/session", ALL),
    "staff_session_extend": Address("/staff/session/extend", ALL, "post"),
}
NOTHING_THERE = {
    "staff_view_delete",
    "staff_voice_fields",
    "staff_merge_undo",
    "staff_organisation_member_end",
    "staff_organisation_contact_end",
    *(f"staff_customer_{code.replace('-', '_')}" for code in ENDED),
}
"""No view is kept, no field is the city's own, nobody was merged, nothing hangs on the citizen."""
ELDERS = {"all": [{"op": "ge", "field": "age", "value": 65}]}
NOBODYS = uuid4()
KNOWN = ("list", "citizen", "batch", "pair", "body", "occasion")
REFUSED, FOUND_NOTHING, NOT_NOW = 403, 404, 409


def ask(client: Client, address: Address, ref: str, known: Mapping[str, Any] | None = None) -> Any:
    ids = {what: (known or {}).get(what, NOBODYS) for what in KNOWN}
    path = address.path.format(ref=ref, **ids)
    return getattr(client, address.method)(path, address.data)


def a_list() -> Any:
    """An acquired list and a segment, so that their addresses lead somewhere."""
    now, actor = timezone.now(), Actor(uuid4(), "정기준")
    elders = SegmentDraft(code="elders", name="어르신", condition=ELDERS)
    segment_create(elders, by=actor, now=now)
    return acquired_list_register(
        name="관람객",
        kind="citizens",
        source="박물관",
        received_on=localdate(now),
        basis="개인정보 보호법 제17조",
        purpose="안내",
        expires_on=localdate(now),
        by=actor,
        now=now,
    ).id


def a_batch() -> Any:
    """A file whose columns are still open."""
    file = ContentFile("이름,휴대전화\n김하늘,010-0000-1234\n".encode(), "회원.csv")
    options = ImportOptions(source="박물관")
    return batch_open("citizens", file, options, by=None, now=timezone.now()).id


def a_pair(citizen_id: Any) -> Any:
    """Somebody who may be the same as this citizen."""
    now, actor = timezone.now(), Actor(uuid4(), "박정비")
    other = citizen_register(CitizenDraft(name="이바다", phone="01000001234"), by=actor, now=now)
    return pair_open(citizen_get(citizen_id), other, by=actor, now=now).id


def a_body() -> Any:
    """A body nobody acts for yet."""
    draft = OrganisationDraft(name="바다 협회", phone="051-000-1234")
    return organisation_register(draft, by=None, now=timezone.now()).id


def an_occasion() -> Any:
    """An event to which nobody came yet."""
    now = timezone.now()
    return occasion_register(
        name="전시", kind="museum", starts_on=localdate(now), source="관람", by=None, now=now
    ).id


@pytest.fixture
def people(two_cities: tuple[str, str]) -> dict[str, Any]:
    """One browser per role of Busan, Seoul's administrator, and a case of each city."""
    with serving_city("seoul"):
        stranger = kit.logged_in(kit.official("admin"))
        theirs = kit.voice().ref
    with serving_city("busan"):
        seats = {role: kit.official(role) for role in sorted(ALL)}
        clients = {role: kit.logged_in(seat) for role, seat in seats.items()}
        voice = kit.voice(to=seats["officer"])
        listed, batch, pair = a_list(), a_batch(), a_pair(voice.citizen_id)
        body, occasion = a_body(), an_occasion()
    stranger.defaults["HTTP_HOST"] = "busan.localhost"
    return {
        "clients": clients,
        "stranger": stranger,
        "ours": voice.ref,
        "citizen": voice.citizen_id,
        "theirs": theirs,
        "list": listed,
        "batch": batch,
        "pair": pair,
        "body": body,
        "occasion": occasion,
    }


def test_every_address_stands_in_the_table() -> None:
    named = {one.name for one in urls.urlpatterns if getattr(one, "name", None)}
    assert named - OPEN_TO_ALL == set(TABLE)


def test_who_is_not_logged_in_and_who_comes_from_another_city_meet_the_log_in(
    people: dict[str, Any],
) -> None:
    anonymous = Client(headers={"host": "busan.localhost"})
    for name, address in TABLE.items():
        for client in (anonymous, people["stranger"]):
            answer = ask(client, address, people["ours"])
            assert answer.status_code == 302, name
            assert answer.url.startswith("/staff/login"), name


def test_a_role_opens_what_it_may_and_nothing_else(people: dict[str, Any]) -> None:
    for role, client in people["clients"].items():
        for name, address in TABLE.items():
            answer = ask(client, address, people["ours"], people)
            assert answer.status_code in expected(name, address, role), (role, name)


def expected(name: str, address: Address, role: str) -> set[int]:
    if (name, role) == ("staff_voice_unmask", "privacy"):
        return {FOUND_NOTHING}  # may open customers' contacts, and sees nobody's voice
    if role not in address.roles:
        return {REFUSED}
    if name in NOTHING_THERE:
        return {FOUND_NOTHING}
    return {200, 302, 303, NOT_NOW, 422}


def test_a_case_of_another_city_does_not_exist_here(people: dict[str, Any]) -> None:
    for name, address in TABLE.items():
        if "{ref}" in address.path:
            role = sorted(address.roles & HANDLE)[0]
            answer = ask(people["clients"][role], address, people["theirs"])
            assert answer.status_code == FOUND_NOTHING, name
