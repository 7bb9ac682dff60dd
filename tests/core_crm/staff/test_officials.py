"""People, what they hold, and the views they keep."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.functional import SimpleLazyObject

from core_crm.audit.models import AuditEntry
from core_crm.staff.errors import (
    HeirNeeded,
    LastAdministrator,
    OfficialAlreadyInvited,
    OfficialInactive,
    OwnAccessChange,
    RightMissing,
    RoleUnknown,
    SavedViewNotYours,
    StaffAccountsUsedUp,
)
from core_crm.staff.models import Department, Official
from core_crm.staff.selectors import (
    account_with_seat,
    official_list,
    official_of,
    saved_view_list,
)
from core_crm.staff.services import (
    official_change,
    official_invite,
    official_leave,
    official_return,
    official_set_preferences,
    register_work_holder,
    saved_view_delete,
    saved_view_save,
    work,
    work_hand_over,
    work_held_by,
)
from core_crm.staff.types import HeldWork, Right
from tenants.context import current_city, serving_city
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 10:00")


@pytest.fixture
def road(busan: ServedCity) -> Department:
    return Department.objects.create(code="test.road", name_ko="도로과", kind="department")


def an_official(road: Department | None, name: str = "이지은", **changes: object) -> Official:
    given = {"now": NOW, "roles": ["officer"], "email": f"{uuid4().hex}@busan.example"} | changes
    return official_invite(name=name, department=road, **given)  # type: ignore[arg-type]


def test_an_invited_official_can_log_in_and_has_the_rights_of_the_roles(road: Department) -> None:
    official = an_official(road, password="a long pass phrase")
    assert official_of(official.user) == official
    assert official.user.check_password("a long pass phrase")
    assert official.has(Right.VOICE_HANDLE)
    assert not official.has(Right.STAFF_MANAGE)
    assert list(official_list(department=road)) == [official]


def test_an_account_read_with_its_seat_is_asked_for_it_no_more(road: Department) -> None:
    official = an_official(road)
    with CaptureQueriesContext(connection) as asked:
        account = account_with_seat(official.user_id)
        assert official_of(SimpleLazyObject(lambda: account)) == official  # as a request has it
    assert len(asked) == 1
    assert account_with_seat(uuid4()) is None


def test_without_a_password_nobody_can_log_in_yet(road: Department) -> None:
    assert not an_official(road).user.has_usable_password()


def test_an_address_is_invited_once(road: Department) -> None:
    an_official(road, email="lee@busan.example")
    with pytest.raises(OfficialAlreadyInvited):
        an_official(road, email="LEE@busan.example")


@pytest.mark.parametrize("roles", [[], ["mayor"], ["officer", "mayor"]])
def test_roles_come_from_the_list(road: Department, roles: list[str]) -> None:
    with pytest.raises(RoleUnknown):
        an_official(road, roles=roles)


def test_the_database_knows_the_roles_too(road: Department) -> None:
    official = an_official(road)
    for roles in (["mayor"], []):
        with pytest.raises(IntegrityError), transaction.atomic():
            Official.objects.filter(pk=official.pk).update(roles=roles)


def test_who_left_or_never_came_is_no_official(road: Department) -> None:
    official = an_official(road)
    official.user.is_active = False
    official.user.save()
    assert official_of(official.user) is None
    assert official_of(AnonymousUser()) is None
    assert official_of(None) is None
    assert not official_list(department=road).exists()


def test_who_was_given_which_rights_by_whom_is_kept(road: Department) -> None:
    """안전성 확보조치 기준 제5조 제3항: an invitation left no trace."""
    admin = an_official(road, roles=["admin"])
    official = an_official(road, roles=["officer", "head"], by=admin, now=NOW)
    entry = AuditEntry.objects.get(action="official.invite", subject_id=official.id)
    assert (entry.actor_id, entry.actor_name, entry.at) == (admin.id, admin.name, NOW)
    assert entry.facts == {"roles": "head,officer", "department": "test.road", "is_active": True}
    by_operator = AuditEntry.objects.get(action="official.invite", subject_id=admin.id)
    assert by_operator.actor_id is None


def test_a_change_of_roles_is_in_force_and_kept_with_what_was_before(road: Department) -> None:
    admin, official = an_official(road, roles=["admin"]), an_official(road)
    changed = official_change(official, roles=["privacy"], by=admin, now=NOW)
    assert changed.has(Right.AUDIT_VIEW)
    assert not changed.has(Right.VOICE_HANDLE)
    assert changed.department == road
    entry = AuditEntry.objects.get(action="official.change")
    assert (entry.actor_id, entry.subject_id) == (admin.id, official.id)
    assert entry.facts == {"roles": "privacy", "roles_before": "officer"}


def test_who_moves_or_leaves_is_written_down_and_a_change_of_nothing_is_not(
    road: Department,
) -> None:
    tax = Department.objects.create(code="test.tax", name_ko="세정과", kind="department")
    official = an_official(road)
    for _ in range(2):
        official_change(official, department=tax, is_active=False, now=NOW)
    assert not official_list(department=tax).exists()
    assert official_of(Official.objects.get(pk=official.pk).user) is None
    assert AuditEntry.objects.get(action="official.change").facts == {
        "department": "test.tax",
        "department_before": "test.road",
        "is_active": False,
        "is_active_before": True,
    }


def test_only_an_administrator_changes_who_may_do_what(road: Department) -> None:
    officer = an_official(road)
    with pytest.raises(RightMissing):
        official_change(officer, roles=["admin"], by=officer, now=NOW)
    with pytest.raises(RightMissing):
        an_official(road, by=officer, now=NOW)
    with pytest.raises(RoleUnknown):
        official_change(officer, roles=["mayor"], now=NOW)


def test_preferences_are_kept(road: Department) -> None:
    official = an_official(road)
    official_set_preferences(official, shortcuts_enabled=False, language="en")
    official.refresh_from_db()
    assert (official.shortcuts_enabled, official.language) == (False, "en")


def test_a_saved_view_is_replaced_under_its_name_and_shared_with_colleagues(
    road: Department,
) -> None:
    mine, theirs = an_official(road), an_official(road, "박서준")
    saved_view_save(owner=mine, screen="inbox", name="가로등", query={"q": "가로등"})
    view = saved_view_save(
        owner=mine, screen="inbox", name="가로등", query={"q": "등"}, is_shared=True
    )
    saved_view_save(owner=mine, screen="inbox", name="나만", query={})
    assert [v.query for v in saved_view_list(theirs, "inbox")] == [{"q": "등"}]
    assert [v.name for v in saved_view_list(mine, "inbox")] == ["나만", "가로등"]
    assert saved_view_list(mine, "scores") == []
    with pytest.raises(SavedViewNotYours):
        saved_view_delete(view, by=theirs)
    saved_view_delete(view, by=mine)
    assert saved_view_list(theirs, "inbox") == []


@dataclass
class Cases:
    """A room above, holding things for officials."""

    held: dict[UUID, int] = field(default_factory=dict)
    ordered_by: UUID | None = None
    kind = "case"
    label_ko = "맡은 일"

    def held_by(self, official_id: UUID) -> int:
        return self.held.get(official_id, 0)

    def hand_over(
        self,
        from_official_id: UUID,
        to_official_id: UUID,
        *,
        by_official_id: UUID | None,
        now: datetime,
    ) -> int:
        self.ordered_by = by_official_id
        moved = self.held.pop(from_official_id, 0)
        self.held[to_official_id] = self.held_by(to_official_id) + moved
        return moved

    def held_in(self, department_id: UUID) -> int:
        return self.held.get(department_id, 0)

    def move_unit(
        self,
        from_department_id: UUID,
        to_department_id: UUID,
        *,
        by_official_id: UUID | None,
        now: datetime,
    ) -> int:
        return self.hand_over(
            from_department_id, to_department_id, by_official_id=by_official_id, now=now
        )


def test_what_an_official_holds_is_handed_over_whole(
    road: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "_holders", {})
    mine, theirs = an_official(road), an_official(road, "박서준")
    cases = Cases({mine.id: 3, theirs.id: 1})
    register_work_holder(cases)
    assert work_held_by(mine) == [HeldWork("case", "맡은 일", 3)]
    assert work_hand_over(mine, to=theirs, now=NOW) == [HeldWork("case", "맡은 일", 3)]
    assert cases.held == {theirs.id: 4}
    with pytest.raises(ValueError, match="two people"):
        work_hand_over(mine, to=mine, now=NOW)


def test_a_hand_over_names_who_ordered_it(
    road: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was written down as the system's act, whoever had ordered it."""
    monkeypatch.setattr(work, "_holders", {})
    mine, theirs, head = (an_official(road, name) for name in ("이지은", "박서준", "최유나"))
    cases = Cases({mine.id: 3})
    register_work_holder(cases)
    work_hand_over(mine, to=theirs, now=NOW, by=head)
    assert cases.ordered_by == head.id
    entry = AuditEntry.objects.get(action="official.hand_over")
    assert (entry.actor_id, entry.subject_id, entry.at) == (head.id, mine.id, NOW)
    assert entry.facts == {"to": str(theirs.id), "moved_case": 3}


def test_nothing_is_handed_to_somebody_who_has_left(
    road: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work went to a closed account, where nobody saw it."""
    monkeypatch.setattr(work, "_holders", {})
    mine, gone = an_official(road), an_official(road, "박서준")
    cases = Cases({mine.id: 3})
    register_work_holder(cases)
    official_change(gone, is_active=False, now=NOW)
    with pytest.raises(OfficialInactive):
        work_hand_over(mine, to=gone, now=NOW)
    assert cases.held == {mine.id: 3}


def test_no_more_accounts_than_agreed_are_in_use(road: Department) -> None:
    first = an_official(road)
    small = replace(current_city(), limits={"staff_accounts": 2})
    with serving_city(small):
        second = an_official(road)
        with pytest.raises(StaffAccountsUsedUp):
            an_official(road)
        official_change(second, is_active=False, now=NOW)
        third = an_official(road)
        with pytest.raises(StaffAccountsUsedUp):
            official_return(second, now=NOW)
        official_leave(third, heir=None, now=NOW)
        official_return(second, now=NOW)
    assert {one.id for one in official_list(department=road)} == {first.id, second.id}


def test_a_city_keeps_its_last_administrator(road: Department) -> None:
    only = an_official(road, roles=["admin"])
    for change in ({"roles": ["officer"]}, {"is_active": False}):
        with pytest.raises(LastAdministrator):
            official_change(only, now=NOW, **change)  # type: ignore[arg-type]
    an_official(road, roles=["admin"])
    assert official_change(only, roles=["officer"], now=NOW).roles == ["officer"]


def test_nobody_changes_what_they_themselves_may_do(road: Department) -> None:
    admin = an_official(road, roles=["admin"])
    an_official(road, roles=["admin"])
    for change in ({"roles": ["admin", "approver"]}, {"is_active": False}):
        with pytest.raises(OwnAccessChange):
            official_change(admin, by=admin, now=NOW, **change)  # type: ignore[arg-type]
    assert official_change(admin, position="과장", by=admin, now=NOW).position == "과장"


def test_who_leaves_hands_over_first(road: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_holders", {})
    mine, theirs = an_official(road), an_official(road, "박서준")
    cases = Cases({mine.id: 3})
    register_work_holder(cases)
    with pytest.raises(HeirNeeded) as needed:
        official_leave(mine, heir=None, now=NOW)
    assert needed.value.facts == {"case": 3}
    assert official_leave(mine, heir=theirs, now=NOW) == [HeldWork("case", "맡은 일", 3)]
    mine.user.refresh_from_db()
    assert (mine.user.is_active, cases.held) == (False, {theirs.id: 3})
