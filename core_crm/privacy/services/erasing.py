"""A whole person is forgotten: every room, in one transaction, but for what a law keeps."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.common.personal_holders import PersonalDataHolder, holders
from core_crm.customers.models import Citizen
from core_crm.customers.selectors import own_ids, survivor_of
from core_crm.privacy.models import PrivacyRequest
from core_crm.privacy.types import Erasure

LAST = "customers"


@transaction.atomic
def person_erase(citizen: Citizen, *, by: Actor | None, now: datetime) -> Erasure:
    """Erase the person and all who were merged into it. Their row stays, without personal data.

    Customers forget last: the other rooms find a person's letters by their contacts.
    """
    owner = Citizen.objects.select_for_update().get(pk=survivor_of(citizen).pk)
    ids = own_ids(owner)
    rows = {one.code: one.erase(ids, now=now) for one in sorted(holders(), key=_order)}
    PrivacyRequest.objects.filter(citizen_id__in=ids).update(text="")
    erasure = Erasure(rows, tuple(hold for one in holders() for hold in one.holds(ids)))
    audit_append(
        "privacy.person_erased",
        actor=by,
        subject_kind="citizen",
        subject_id=owner.pk,
        now=now,
        facts={"rows": erasure.count, "held": sum(one.count for one in erasure.holds)},
    )
    return erasure


def _order(one: PersonalDataHolder) -> tuple[bool, str]:
    return one.code == LAST, one.code
