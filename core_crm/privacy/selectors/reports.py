"""Everything that is held of one person: all rooms are asked (개인정보 보호법 제35조)."""

from __future__ import annotations

from datetime import datetime

from core_crm.common.personal_holders import holders
from core_crm.customers.models import Citizen
from core_crm.customers.selectors import own_ids, survivor_of
from core_crm.privacy.types import HeldPart, PersonReport


def person_report(citizen: Citizen, *, now: datetime) -> PersonReport:
    """What every room holds of the citizen and its aliases, in full.

    Whoever shows it notes the disclosure.
    """
    owner = survivor_of(citizen)
    ids = own_ids(owner)
    parts = [HeldPart(one.code, one.label_ko, tuple(one.held(ids))) for one in holders()]
    return PersonReport(
        citizen_id=owner.pk,
        at=now,
        parts=tuple(part for part in parts if part.rows),
        holds=tuple(hold for one in holders() for hold in one.holds(ids)),
    )
