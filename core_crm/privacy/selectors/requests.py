"""What citizens asked, and what waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from core_crm.privacy.errors import RequestNotFound
from core_crm.privacy.models import WAITING, PrivacyRequest


def request_get(request_id: UUID) -> PrivacyRequest:
    """Raises RequestNotFound."""
    found = PrivacyRequest.objects.select_related("citizen").filter(pk=request_id).first()
    if found is None:
        raise RequestNotFound("그런 요구가 없습니다. 주소를 확인해 주세요.")
    return found


def requests_waiting() -> QuerySet[PrivacyRequest]:
    """Open and accepted ones, the nearest due day first."""
    waiting = PrivacyRequest.objects.filter(state__in=WAITING)
    return waiting.select_related("citizen").order_by("due_on", "opened_at")


def requests_ended(*, limit: int = 20) -> list[PrivacyRequest]:
    """Done and refused ones, the newest first."""
    ended = PrivacyRequest.objects.exclude(state__in=WAITING)
    return list(ended.select_related("citizen").order_by("-decided_at")[:limit])


def requests_of(ids: Sequence[UUID]) -> QuerySet[PrivacyRequest]:
    """All that a citizen asked, the newest first; `ids`: the citizen's and its aliases'."""
    return PrivacyRequest.objects.filter(citizen_id__in=ids).order_by("-opened_at")
