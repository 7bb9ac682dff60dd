"""Looking for duplicates in slices, and keeping what was found for a person to decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Q

from core_crm.customers.models import DuplicatePair, DuplicateSearch
from core_crm.customers.selectors.duplicates import Likeness, Pair
from core_crm.customers.selectors.duplicates_walk import Looked, look_along, slice_after
from core_crm.customers.types import EvidenceCode, PairState

SEOUL = ZoneInfo("Asia/Seoul")
NIGHT_HOURS = range(1, 6)
REST = timedelta(hours=20)


def search_begin(*, now: datetime, is_whole: bool = False) -> DuplicateSearch:
    """Look through those who changed since the last search began; `is_whole`: through everybody.

    One search at a time: one that is under way is returned as it is.
    """
    try:
        with transaction.atomic():
            since = None if is_whole else _last_began()
            return DuplicateSearch.objects.create(since=since, started_at=now)
    except IntegrityError:
        return DuplicateSearch.objects.get(done_at__isnull=True)


def search_begin_if_due(*, now: datetime) -> DuplicateSearch | None:
    """The search under way; else a new one when it is night and none began today; else None."""
    under_way = DuplicateSearch.objects.filter(done_at__isnull=True).first()
    if under_way is not None:
        return under_way
    last = _last_began()
    is_night = now.astimezone(SEOUL).hour in NIGHT_HOURS
    is_due = is_night and (last is None or now - last >= REST)
    return search_begin(now=now) if is_due else None


@transaction.atomic
def search_step(search: DuplicateSearch, *, now: datetime) -> bool:
    """Look through one more slice; True while there is more. Another worker's turn is left to it.

    Nothing is merged: a pair waits for a person.
    """
    locked = DuplicateSearch.objects.select_for_update(skip_locked=True)
    row = locked.filter(pk=search.pk, done_at__isnull=True).first()
    if row is None:
        return False
    part = slice_after(row.reached)
    looked = look_along(part, since=row.since)
    row.found += pairs_keep(looked, now=now)
    row.looked += len(looked.ids)
    row.reached = part.upto or row.reached
    row.done_at = now if part.upto is None else None
    row.save()
    return part.upto is not None


def pairs_keep(looked: Looked, *, now: datetime) -> int:
    """Keep the pairs of a slice; how many are new.

    What a person decided or picked stays. What waits and was not found again, since somebody was
    corrected, goes.
    """
    found = {(one.left, one.right): one for one in looked.pairs}
    there = _there(looked)
    new = [one for pair, one in found.items() if pair not in there]
    made = DuplicatePair.objects.bulk_create(_rows(new, now=now), ignore_conflicts=True)
    open_ones = {pair: row for pair, row in there.items() if _is_ours(row)}
    _renew((open_ones[pair], one) for pair, one in found.items() if pair in open_ones)
    gone = [row.pk for pair, row in open_ones.items() if pair not in found]
    DuplicatePair.objects.filter(pk__in=gone).delete()
    return len(made)


def _last_began() -> datetime | None:
    began = DuplicateSearch.objects.order_by("-started_at").values_list("started_at", flat=True)
    return began.first()


def _there(looked: Looked) -> dict[Pair, DuplicatePair]:
    """The pairs of which one was looked at, whatever their state."""
    theirs = Q(left__in=looked.ids) | Q(right__in=looked.ids)
    return {(one.left_id, one.right_id): one for one in DuplicatePair.objects.filter(theirs)}


def _is_ours(pair: DuplicatePair) -> bool:
    """Open, and found by a search, not picked by a person."""
    codes = {one["code"] for one in pair.evidence}
    return pair.state == PairState.OPEN and EvidenceCode.BY_HAND not in codes


def _rows(likely: Iterable[Likeness], *, now: datetime) -> list[DuplicatePair]:
    return [
        DuplicatePair(
            left_id=one.left,
            right_id=one.right,
            score=one.score,
            evidence=_told(one),
            found_at=now,
        )
        for one in likely
    ]


def _renew(pairs: Iterable[tuple[DuplicatePair, Likeness]]) -> None:
    """What speaks for them now, where that has changed."""
    changed = [(row, one) for row, one in pairs if row.evidence != _told(one)]
    for row, one in changed:
        row.score, row.evidence = one.score, _told(one)
    DuplicatePair.objects.bulk_update([row for row, _one in changed], ["score", "evidence"])


def _told(likeness: Likeness) -> list[dict[str, Any]]:
    return [asdict(one) for one in likeness.evidence]
