"""The access log: who saw whose data, the newest first, narrowed; and its monthly reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from core_crm.audit.models import AccessReview, Disclosure

PAGE = 50


@dataclass(frozen=True, slots=True)
class LogFilters:
    """What is looked for; None and "" narrow nothing. `until` itself is not in it."""

    since: datetime
    until: datetime
    actor_id: UUID | None = None
    subject_id: UUID | None = None
    action: str = ""
    is_without_reason: bool = False

    def rows(self) -> QuerySet[Disclosure]:
        """All of them, in no order."""
        found = disclosures_between(self.since, self.until)
        if self.actor_id:
            found = found.filter(actor_id=self.actor_id)
        if self.subject_id:
            found = found.filter(subject_id=self.subject_id)
        if self.action:
            found = found.filter(action=self.action)
        return found.filter(reason="") if self.is_without_reason else found


def disclosure_page(
    filters: LogFilters, *, before: tuple[datetime, UUID] | None = None, size: int = PAGE
) -> list[Disclosure]:
    """The newest first, `size` and one more if there are more; `before`: the last one shown."""
    found = filters.rows()
    if before:
        at, last = before
        found = found.filter(Q(at__lt=at) | Q(at=at, id__lt=last))
    return list(found.order_by("-at", "-id")[: size + 1])


def disclosures_between(since: datetime, until: datetime) -> QuerySet[Disclosure]:
    """Everything shown from `since` up to, but not at, `until`; in no order."""
    return Disclosure.objects.filter(at__gte=since, at__lt=until)


def disclosures_of_subject(ids: tuple[UUID, ...]) -> QuerySet[Disclosure]:
    """To whom one person's data was shown, the newest first; `ids`: theirs and their aliases'."""
    return Disclosure.objects.filter(subject_id__in=ids).order_by("-at", "-id")


def actors_in(since: datetime, until: datetime) -> list[tuple[UUID, str]]:
    """Who saw somebody's data in this time: id and the name they had last, by name."""
    found = disclosures_between(since, until).filter(actor_id__isnull=False)
    return sorted(
        found.values_list("actor_id").annotate(name=Max("actor_name")), key=lambda one: one[1]
    )


def review_of(month: date) -> AccessReview | None:
    """The signed review of the month that begins on this day."""
    return AccessReview.objects.filter(month=month).first()


def reviews(*, limit: int = 12) -> list[AccessReview]:
    """The last reviews, the newest month first."""
    return list(AccessReview.objects.order_by("-month")[:limit])
