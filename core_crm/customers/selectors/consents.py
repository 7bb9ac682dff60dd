"""What a citizen agreed to, and whom one may write to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from core_crm.customers.models import Citizen, Consent, ConsentChange
from core_crm.customers.types import ConsentPurpose, CustomerState

NEEDS = {ConsentPurpose.MARKETING_NIGHT.value: (ConsentPurpose.MARKETING.value,)}
"""By night needs the consent by day as well (정보통신망법 제50조 제3항)."""


def consents_of(citizen: Citizen) -> list[Consent]:
    """The states in force, by purpose and channel; of an alias those of whom it was merged into."""
    owner = citizen.merged_into_id or citizen.id
    return list(Consent.objects.filter(citizen_id=owner).order_by("purpose", "channel"))


def consent_changes(ids: tuple[UUID, ...]) -> QuerySet[ConsentChange]:
    """Every giving and taking back, the newest first; `ids`: the citizen's and its aliases'."""
    return ConsentChange.objects.filter(citizen_id__in=ids).order_by("-at", "-id")


def has_consent(citizen_id: UUID, purpose: str, channel: str, *, today: date) -> bool:
    """May one write to this citizen for this purpose on this channel today?

    No without a yes, when it was to be confirmed before today, and for who asked us to stop
    processing (처리 정지) or was erased.
    """
    mine = Q(pk=citizen_id) | Q(aliases=citizen_id)
    citizens = Citizen.objects.filter(mine, consenting(purpose, channel, today=today))
    return citizens.exists()


def consenting(purpose: str, channel: str, *, today: date) -> Q:
    """Over citizens: those to whom one may write for this purpose on this channel today."""
    found = Q(state=CustomerState.ACTIVE, is_restricted=False)
    for needed in (*NEEDS.get(purpose, ()), purpose):
        found &= Q(Exists(_in_force(needed, channel, today)))
    return found


def consents_to_confirm(*, before: date) -> QuerySet[Consent]:
    """Given ones whose two years end before this day, the nearest first."""
    given = Consent.objects.filter(is_given=True, asked_again_on__lt=before)
    return given.select_related("citizen").order_by("asked_again_on", "id")


def _in_force(purpose: str, channel: str, today: date) -> QuerySet[Consent]:
    fresh = Q(asked_again_on__isnull=True) | Q(asked_again_on__gte=today)
    given = Consent.objects.filter(fresh, is_given=True, purpose=purpose, channel=channel)
    return given.filter(citizen=OuterRef("pk"))
