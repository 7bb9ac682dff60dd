"""Links by which somebody new sets a password: signed, for this city only, used once, 7 days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction

from core_crm.common.addresses import public_url
from core_crm.staff.errors import InvitationInvalid, OfficialInactive, PasswordTooWeak
from core_crm.staff.models import Official
from core_crm.staff.services.access import access_note, access_require
from core_crm.staff.services.officials import official_invite
from core_crm.staff.types import Invitation, Right, Role
from tenants.context import current_city

LIVES = timedelta(days=7)
SHORTEST_PASSWORD = 10
PATH = "/staff/welcome/"
UNNAMED_ADMIN = "관리자"


@transaction.atomic
def invitation_make(official: Official, *, by: Official | None = None, now: datetime) -> Invitation:
    """A fresh link for a person; the one before it opens nothing any more.

    `by` is None for the system. Raises RightMissing, and OfficialInactive for who has left.
    """
    access_require(by, Right.STAFF_MANAGE)
    if not official.is_active:
        raise OfficialInactive("사용이 중지된 계정입니다. 먼저 다시 쓰게 해 주세요.")
    official.invited_at = now
    official.save(update_fields=["invited_at"])
    return invitation_note(official, by=by, now=now)


def invitation_note(official: Official, *, by: Official | None, now: datetime) -> Invitation:
    """The link of somebody who was invited at this instant, and its line of the history."""
    made = _invitation(official, now=now)
    _note("official.link", official, by=by, now=now, expires_at=made.expires_at.isoformat())
    return made


@transaction.atomic
def admin_invite(*, email: str, name: str = "", now: datetime) -> Invitation | None:
    """The first administrator of a fresh city, and their link; None for who has come already.

    Safe to repeat: an account is made once, a link anew each time.
    """
    found = Official.objects.select_related("user").filter(user__email__iexact=email).first()
    if found is None:
        found = official_invite(
            email=email,
            name=name or UNNAMED_ADMIN,
            department=None,
            roles=[Role.ADMIN],
            now=now,
        )
    if found.user.has_usable_password() or not found.is_active:
        return None
    return invitation_make(found, now=now)


def invitation_open(token: str, *, now: datetime) -> Official:
    """Whose link it is. Looking uses nothing up. Raises InvitationInvalid."""
    return _opened(token, now=now, is_locked=False)


@transaction.atomic
def invitation_accept(token: str, *, password: str, now: datetime) -> Official:
    """Set the password and use the link up. Raises InvitationInvalid, PasswordTooWeak."""
    official = _opened(token, now=now, is_locked=True)
    _check(password, official)
    official.user.set_password(password)
    official.user.save(update_fields=["password"])
    official.invited_at = None
    official.save(update_fields=["invited_at"])
    _note("official.welcome", official, by=official, now=now)
    return official


def _invitation(official: Official, *, now: datetime) -> Invitation:
    return Invitation(
        official_id=official.id,
        email=official.user.email,
        name=official.name,
        language=official.language,
        url=public_url(f"{PATH}{_signer().sign(_said(official.id, now))}"),
        made_at=now,
        expires_at=now + LIVES,
    )


def _signer() -> Signer:
    return Signer(salt=f"sodam.staff.welcome.{current_city().code}", sep="~")


def _said(official_id: UUID, instant: datetime) -> str:
    moment = instant.astimezone(UTC)
    return f"{official_id.hex}-{int(moment.timestamp())}{moment.microsecond:06d}"


def _opened(token: str, *, now: datetime, is_locked: bool) -> Official:
    officials = Official.objects.select_related("user")
    if is_locked:
        officials = officials.select_for_update(of=("self",))
    try:
        said = _signer().unsign(token)
        official = officials.filter(pk=UUID(said.partition("-")[0])).first()
    except (BadSignature, ValueError):
        official, said = None, ""
    made_at = official.invited_at if official is not None and official.is_active else None
    if official is None or made_at is None or said != _said(official.id, made_at):
        raise InvitationInvalid(
            "이미 썼거나 새 링크로 바뀐 초대입니다. 관리자에게 새 링크를 청해 주세요."
        )
    if now >= made_at + LIVES:
        raise InvitationInvalid("7일이 지난 초대입니다. 관리자에게 새 링크를 청해 주세요.")
    return official


def _check(password: str, official: Official) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooWeak("비밀번호는 10자 이상이어야 합니다.", least=SHORTEST_PASSWORD)
    try:
        validate_password(password, official.user)
    except ValidationError as refused:
        raise PasswordTooWeak(" ".join(refused.messages)) from None


def _note(
    action: str, official: Official, *, by: Official | None, now: datetime, **facts: str
) -> None:
    access_note(
        action, by=by, subject_kind="official", subject_id=official.id, now=now, facts=facts
    )
