"""The way in: a link that opens once, for seven days, in one city."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core_crm.audit.models import AuditEntry
from core_crm.staff.errors import (
    InvitationInvalid,
    OfficialInactive,
    PasswordTooWeak,
    RightMissing,
)
from core_crm.staff.models import Official
from core_crm.staff.services import (
    admin_invite,
    invitation_accept,
    invitation_make,
    invitation_open,
    official_change,
    official_invite,
)
from core_crm.staff.types import Invitation
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-25 09:00")
WORD = "바다가 보이는 창가 7"


def somebody(**changes: Any) -> Official:
    given = {"email": "lee@busan.example", "name": "이지은", "roles": ["officer"]} | changes
    return official_invite(department=None, now=NOW, **given)


def token_of(made: Invitation) -> str:
    return made.url.rpartition("/")[2]


def test_a_link_opens_once_and_then_the_password_does(busan: ServedCity) -> None:
    made = invitation_make(somebody(), now=NOW)
    assert made.url.startswith("http://busan.localhost")
    assert invitation_open(token_of(made), now=NOW).name == "이지은"
    official = invitation_accept(token_of(made), password=WORD, now=NOW)
    assert official.user.check_password(WORD)
    with pytest.raises(InvitationInvalid):
        invitation_open(token_of(made), now=NOW)


def test_looking_uses_nothing_up(busan: ServedCity) -> None:
    token = token_of(invitation_make(somebody(), now=NOW))
    for _ in range(3):
        assert invitation_open(token, now=NOW + timedelta(days=6, hours=23))


def test_after_seven_days_it_opens_no_more(busan: ServedCity) -> None:
    token = token_of(invitation_make(somebody(), now=NOW))
    with pytest.raises(InvitationInvalid, match="7일"):
        invitation_accept(token, password=WORD, now=NOW + timedelta(days=7))


def test_only_the_newest_link_opens(busan: ServedCity) -> None:
    official = somebody()
    first = token_of(invitation_make(official, now=NOW))
    second = token_of(invitation_make(official, now=NOW + timedelta(seconds=1)))
    with pytest.raises(InvitationInvalid):
        invitation_open(first, now=NOW)
    assert invitation_open(second, now=NOW) == official


@pytest.mark.parametrize("token", ["", "x", "~", "0~0", "e" * 32 + "-1~" + "a" * 43])
def test_what_we_did_not_sign_opens_nothing(busan: ServedCity, token: str) -> None:
    with pytest.raises(InvitationInvalid):
        invitation_open(token, now=NOW)


def test_one_letter_changed_opens_nothing(busan: ServedCity) -> None:
    token = token_of(invitation_make(somebody(), now=NOW))
    for at in (0, 20, 40, len(token) - 5):
        changed = token[:at] + ("a" if token[at] != "a" else "b") + token[at + 1 :]
        with pytest.raises(InvitationInvalid):
            invitation_open(changed, now=NOW)


def test_a_link_of_another_city_opens_nothing_though_the_person_stood_there_too(
    two_cities: tuple[str, str],
) -> None:
    from tenants.context import serving_city

    with serving_city("busan"):
        made = invitation_make(somebody(), now=NOW)
    with serving_city("seoul"):
        twin = somebody()
        Official.objects.filter(pk=twin.pk).delete()
        twin.id = made.official_id
        twin.invited_at = made.made_at
        twin.save(force_insert=True)
        with pytest.raises(InvitationInvalid):
            invitation_open(token_of(made), now=NOW)


def test_who_has_left_comes_in_by_no_link(busan: ServedCity) -> None:
    official = somebody()
    token = token_of(invitation_make(official, now=NOW))
    official = official_change(official, is_active=False, now=NOW)
    with pytest.raises(InvitationInvalid):
        invitation_open(token, now=NOW)
    with pytest.raises(OfficialInactive):
        invitation_make(official, now=NOW)


@pytest.mark.parametrize("word", ["short7!", "password123", "lee@busan.example"])
def test_a_weak_password_is_refused_and_the_link_stays(busan: ServedCity, word: str) -> None:
    token = token_of(invitation_make(somebody(), now=NOW))
    with pytest.raises(PasswordTooWeak):
        invitation_accept(token, password=word, now=NOW)
    assert invitation_open(token, now=NOW)


def test_only_who_manages_the_staff_makes_links(busan: ServedCity) -> None:
    official = somebody()
    with pytest.raises(RightMissing):
        invitation_make(official, by=official, now=NOW)


def test_the_audit_knows_of_link_and_entry_but_not_of_the_token(busan: ServedCity) -> None:
    official = somebody()
    made = invitation_make(official, now=NOW)
    invitation_accept(token_of(made), password=WORD, now=NOW)
    entries = AuditEntry.objects.filter(subject_id=official.id).order_by("id")
    assert [one.action for one in entries] == [
        "official.invite",
        "official.link",
        "official.welcome",
    ]
    assert not any(token_of(made) in str(one.facts) for one in entries)


def test_the_first_administrator_is_made_once_and_their_link_anew(busan: ServedCity) -> None:
    first = admin_invite(email="Admin@Busan.example", now=NOW)
    second = admin_invite(email="admin@busan.example", now=NOW + timedelta(minutes=1))
    assert first is not None
    assert second is not None
    assert first.official_id == second.official_id
    assert first.url != second.url
    assert Official.objects.get(pk=first.official_id).roles == ["admin"]
    invitation_accept(token_of(second), password=WORD, now=NOW + timedelta(minutes=2))
    assert admin_invite(email="admin@busan.example", now=NOW + timedelta(minutes=3)) is None
