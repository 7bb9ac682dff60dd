"""Named reads of what was done, and of operators' visits."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core_crm.audit.models import AuditEntry, OperatorVisit
from core_crm.audit.types import VISIT, VISIT_SEEN, VisitFacts
from tenants.isolation.kept import kept_a_moment


def entry_list(
    *, actions: str = "", text: str = "", since: datetime | None = None
) -> QuerySet[AuditEntry]:
    """What was done, the newest first. `actions`: how they begin; `text`: in a name or reason."""
    found = AuditEntry.objects.select_related("seal").order_by("-at", "-id")
    if actions:
        found = found.filter(action__startswith=actions)
    if since:
        found = found.filter(at__gte=since)
    for word in text.split():
        told = Q(actor_name__icontains=word) | Q(reason__icontains=word)
        found = found.filter(told | Q(action__icontains=word) | Q(facts__city=word))
    return found


def entries_about(kind: str) -> QuerySet[AuditEntry]:
    """What was done to things of one kind, in its order."""
    return AuditEntry.objects.filter(subject_kind=kind).order_by("at", "id")


def entry_unsealed_count() -> int:
    """How many wait for the next seal."""
    return AuditEntry.objects.filter(seal=None).count()


def visit_list() -> QuerySet[OperatorVisit]:
    """Every visit, the newest first; each with `pages`, how many it looked at."""
    seen = AuditEntry.objects.filter(
        subject_kind=VISIT, subject_id=OuterRef("pk"), action=VISIT_SEEN
    ).order_by()
    counted = seen.values("subject_id").annotate(n=Count("id")).values("n")
    pages = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return OperatorVisit.objects.annotate(pages=pages).order_by("-asked_at")


def visit_get(visit_id: UUID) -> OperatorVisit | None:
    return OperatorVisit.objects.filter(pk=visit_id).first()


def visit_living(visit_id: UUID, *, now: datetime) -> OperatorVisit | None:
    """The visit while it lasts: entered, not ended, its time not over."""
    return OperatorVisit.objects.filter(pk=visit_id, ended_at=None, ends_at__gt=now).first()


def visit_pages(visit: OperatorVisit) -> QuerySet[AuditEntry]:
    """What the visit looked at, in its order."""
    return AuditEntry.objects.filter(subject_kind=VISIT, subject_id=visit.id).order_by("at", "id")


def visits_now(*, now: datetime) -> list[VisitFacts]:
    """Who visits now. Asked on every page of officials, so it may be two seconds old."""
    return [one for one in _under_way() if one.ends_at > now]


@kept_a_moment
def _under_way() -> tuple[VisitFacts, ...]:
    """Begun and not ended; whose time is over the caller leaves out."""
    begun = OperatorVisit.objects.filter(ended_at=None, ends_at__isnull=False)
    return tuple(
        VisitFacts(one.id, one.operator_name, one.reason, one.ends_at)
        for one in begun.order_by("-ends_at")[:20]
        if one.ends_at
    )


def link_lives_until(visit: OperatorVisit) -> datetime:
    """Until when the link that begins the visit opens."""
    return visit.asked_at + timedelta(seconds=OperatorVisit.LINK_SECONDS)
