"""How many people may work in a city: a number agreed with the operator."""

from __future__ import annotations

from core_crm.staff.errors import StaffAccountsUsedUp
from core_crm.staff.models import Official
from tenants.context import current_city

LIMIT = "staff_accounts"


def accounts_require(adding: int) -> None:
    """Raise StaffAccountsUsedUp when so many more would be too many. No number: no limit."""
    limit = current_city().limits.get(LIMIT)
    if limit is None:
        return
    if Official.objects.filter(user__is_active=True).count() + adding > limit:
        raise StaffAccountsUsedUp(
            "약정한 직원 계정을 모두 쓰고 있습니다. 쓰지 않는 계정을 멈추거나 운영자에게 한도를 "
            "늘려 달라고 해 주세요.",
            limit=limit,
        )
