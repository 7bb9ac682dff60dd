"""Named reads of the platform's accounts."""

from __future__ import annotations

from uuid import UUID

from tenants.accounts.models import User
from tenants.serving import serving_platform

OPERATING = (User.PlatformRole.OPERATOR.value, User.PlatformRole.APPROVER.value)


def is_operator(user_id: UUID) -> bool:
    """Is this a living account of somebody who runs the platform? Asked as the platform's login."""
    with serving_platform():
        known = User.objects.filter(pk=user_id, is_active=True, platform_role__in=OPERATING)
        return known.exists()
