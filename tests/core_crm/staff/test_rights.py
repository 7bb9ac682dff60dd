"""Who may do what: the whole table, so that a change of it is a change here."""

from __future__ import annotations

import pytest

from core_crm.staff.types import RIGHTS_BY_ROLE, ROLE_LABELS_KO, Right, Role, rights_of

ORDER = ["admin", "approver", "head", "officer", "agent", "steward", "privacy"]
TABLE = {
    # right: admin, approver, head, officer, agent, steward, privacy
    "voice_view_department": "..xx...",
    "voice_view_all": "xx..xx.",
    "voice_register": "x.xxx..",
    "voice_assign": "x.xxx..",
    "voice_handle": "..xx...",
    "voice_import": "x....x.",
    "voice_publish": "..x..x.",
    "customer_view": "xxxxxxx",
    "customer_change": "..xxxx.",
    "customer_unmask": "..xxxxx",
    "customer_merge": ".....x.",
    "customer_import": "x....x.",
    "customer_export": ".....x.",
    "segment_view": "xxxx.x.",
    "segment_change": "..x..x.",
    "privacy_manage": "......x",
    "score_view": "xxxx.x.",
    "score_view_officials": "xxx..x.",
    "settings_view": "xxxxxxx",
    "settings_change": "x....x.",
    "settings_approve": ".x.....",
    "staff_manage": "x......",
    "api_key_manage": "x......",
    "audit_view": "......x",
}


@pytest.mark.parametrize("right", list(Right))
def test_each_right_belongs_to_exactly_these_roles(right: Right) -> None:
    marks = dict(zip(ORDER, TABLE[right], strict=True))
    holders = {role.value for role in Role if right in RIGHTS_BY_ROLE[role]}
    assert holders == {role for role, mark in marks.items() if mark == "x"}


def test_every_role_has_rights_and_a_korean_name() -> None:
    assert set(ORDER) == {role.value for role in Role}
    assert set(RIGHTS_BY_ROLE) == set(ROLE_LABELS_KO) == set(Role)
    assert set(TABLE) == {right.value for right in Right}


def test_several_roles_add_up_and_none_gives_nothing() -> None:
    both = rights_of(["privacy", "agent"])
    assert Right.AUDIT_VIEW in both
    assert Right.VOICE_REGISTER in both
    assert rights_of([]) == frozenset()


def test_a_role_that_does_not_exist_is_no_role() -> None:
    with pytest.raises(ValueError, match="mayor"):
        rights_of(["mayor"])


def test_only_the_privacy_officer_reads_the_audit_and_reads_no_voice() -> None:
    privacy = rights_of([Role.PRIVACY])
    assert privacy == {
        Right.AUDIT_VIEW,
        Right.SETTINGS_VIEW,
        Right.CUSTOMER_VIEW,
        Right.CUSTOMER_UNMASK,
        Right.PRIVACY_MANAGE,
    }
