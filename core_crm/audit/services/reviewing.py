"""The monthly review of the access log, signed by its watcher (안전성 확보조치 제8조 제2항)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from core_crm.audit.errors import ReviewNotPossible
from core_crm.audit.models import AccessReview
from core_crm.audit.selectors.access_log import disclosures_between
from core_crm.audit.selectors.alerts import alerts_between
from core_crm.audit.services.appending import audit_append
from core_crm.audit.types import Actor
from core_crm.calendars import SEOUL

SHORTEST_NOTE = 10


def month_span(month: date) -> tuple[datetime, datetime]:
    """From the first moment of the month in Seoul to the first of the next."""
    first = month.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return _midnight(first), _midnight(following)


@transaction.atomic
def review_sign(month: date, *, note: str, by: Actor, now: datetime) -> AccessReview:
    """Sign one month that is over, once; its figures are kept as they are now.

    Who signs says what came of the alerts, if there were any. Raises ReviewNotPossible.
    """
    since, until = month_span(month)
    if until > now:
        raise ReviewNotPossible("아직 끝나지 않은 달입니다. 다음 달에 점검해 주세요.")
    counted = Counter(alert.code for alert in alerts_between(since, until))
    if counted and len(note.strip()) < SHORTEST_NOTE:
        raise ReviewNotPossible(
            "이상 징후를 어떻게 확인했는지 열 글자 이상으로 써 주세요.", field="note"
        )
    review = _signed(since, until, dict(counted), note=note, by=by, now=now)
    audit_append(
        "access_log.reviewed",
        actor=by,
        subject_kind="access_review",
        subject_id=review.id,
        now=now,
        facts={"month": f"{month:%Y-%m}", "disclosures": review.disclosures},
    )
    return review


def _signed(
    since: datetime,
    until: datetime,
    counted: dict[str, int],
    *,
    note: str,
    by: Actor,
    now: datetime,
) -> AccessReview:
    try:
        with transaction.atomic():
            return AccessReview.objects.create(
                month=since.astimezone(SEOUL).date(),
                disclosures=disclosures_between(since, until).count(),
                alerts=counted,
                note=note.strip()[:1000],
                by_id=by.id,
                by_name=by.name[:60],
                at=now,
            )
    except IntegrityError as twice:
        raise ReviewNotPossible("이미 점검을 마친 달입니다.") from twice


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SEOUL)
