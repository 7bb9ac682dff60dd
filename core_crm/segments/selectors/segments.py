"""Which segments there are, and whom each holds."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from core_crm.customers.models import Citizen
from core_crm.customers.selectors import citizen_source, citizens_matching
from core_crm.customers.types import CustomerState
from core_crm.segments.errors import SegmentNotFound
from core_crm.segments.models import Segment
from core_crm.segments.selectors.asking import read_condition
from core_crm.segments.types import Drift, SegmentKind, Use, UsesOf

_uses: list[UsesOf] = []


def segment_list(*, archived: bool = False) -> QuerySet[Segment]:
    """Those in use by name, or those put away."""
    found = Segment.objects.filter(archived_at__isnull=not archived)
    return found.select_related("owner__user").order_by("name", "code")


def segment_get(code: str) -> Segment:
    """Raises SegmentNotFound."""
    found = Segment.objects.select_related("owner__user").filter(code=code).first()
    if found is None:
        raise SegmentNotFound("없는 세그먼트입니다. 목록에서 다시 골라 주세요.")
    return found


def segment_members(segment: Segment, *, today: date) -> QuerySet[Citizen]:
    """Whom the segment holds: by its condition today, or those kept, but the merged and erased."""
    if segment.kind == SegmentKind.SNAPSHOT:
        kept = Citizen.objects.filter(kept_segments__segment=segment)
        active: QuerySet[Citizen] = kept.filter(state=CustomerState.ACTIVE)
        return active
    source = citizen_source(today=today)
    predicate = read_condition(segment.condition, source=source)
    return citizens_matching(predicate, today=today, source=source)


def segment_count(segment: Segment, *, today: date) -> int:
    """How many citizens the segment holds."""
    return segment_members(segment, today=today).count()


def segment_drift(segment: Segment, *, today: date) -> Drift:
    """What the condition of a kept segment would find today, beside whom it keeps."""
    kept = segment_members(segment, today=today)
    now = citizens_matching(read_condition(segment.condition), today=today)
    kept_count, now_count = kept.count(), now.count()
    both = kept.filter(pk__in=now.values("pk")).count()
    return Drift(kept_count, now_count, now_count - both, kept_count - both)


def segments_of(citizen: Citizen, *, today: date) -> list[Segment]:
    """The segments in use that hold this citizen, by name."""
    return [
        segment
        for segment in segment_list()
        if segment_members(segment, today=today).filter(pk=citizen.pk).exists()
    ]


def register_uses(uses: UsesOf) -> None:
    """A room above tells where it writes to a segment's citizens."""
    _uses.append(uses)


def segment_uses(segment: Segment) -> tuple[Use, ...]:
    """Everything that refers to the segment."""
    return tuple(use for uses in _uses for use in uses(segment.code))
