"""People joining the city's staff."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db import transaction

from core_crm.staff.errors import OfficialAlreadyInvited, RoleUnknown
from core_crm.staff.models import ROLES, Department, Official


@transaction.atomic
def official_invite(
    *,
    email: str,
    name: str,
    department: Department | None,
    roles: Iterable[str],
    password: str | None = None,
    position: str = "",
    phone: str = "",
    language: str = "ko",
) -> Official:
    """Give a person an account in this city, a seat and roles.

    Without a password the account cannot log in until its owner sets one by the reset link.
    Raises RoleUnknown, OfficialAlreadyInvited.
    """
    wanted = _roles(roles)
    users = get_user_model().objects
    if users.filter(email__iexact=email).exists():
        raise OfficialAlreadyInvited("이미 이 이메일로 등록된 직원이 있습니다.")
    user = users.create_user(email, password, name=name, language=language)
    official = Official(
        user=user,
        department=department,
        position=position,
        phone=phone,
        roles=wanted,
        language=language,
    )
    official.full_clean()
    official.save()
    return official


def official_set_preferences(
    official: Official, *, shortcuts_enabled: bool, language: str
) -> Official:
    """Keep what an official chose on their own page."""
    official.shortcuts_enabled = shortcuts_enabled
    official.language = language
    official.full_clean()
    official.save(update_fields=["shortcuts_enabled", "language"])
    return official


def _roles(roles: Iterable[str]) -> list[str]:
    wanted = [str(role) for role in dict.fromkeys(roles)]
    unknown = [role for role in wanted if role not in ROLES]
    if unknown or not wanted:
        raise RoleUnknown(
            "역할을 하나 이상, 정해진 목록에서 골라 주세요.", unknown=unknown, known=ROLES
        )
    return wanted
