"""Two citizens beside each other: what each says, what would be kept, and what was put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from core_crm.customers.errors import MergeNotFound, PairNotFound
from core_crm.customers.models import Citizen, DuplicatePair, Merge, TimelineEntry
from core_crm.customers.selectors.citizens import own_ids
from core_crm.customers.selectors.consents import consents_of
from core_crm.customers.types import ConsentPurpose, PairState

FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "phone": ("phone",),
    "email": ("email",),
    "birth_on": ("birth_on",),
    "sex": ("sex",),
    "address": ("address", "postcode", "address_detail", "district_code"),
    "preferred_channel": ("preferred_channel",),
    "language": ("language",),
    "needs": ("needs",),
}
"""What is chosen, and the columns that go with it: an address is taken as a whole."""
LEFT, RIGHT, BOTH = "left", "right", "both"


@dataclass(frozen=True, slots=True)
class FieldPair:
    """What both say of one field (the values of its first column), and which would be kept.

    `suggested`: `left`, `right`; `both` for needs, which add up unless somebody chooses.
    """

    field: str
    left: Any
    right: Any
    suggested: str

    @property
    def is_same(self) -> bool:
        """Nothing to choose."""
        return bool(self.left == self.right)


@dataclass(frozen=True, slots=True)
class ConsentPair:
    """One purpose on one channel: what each said (None: never asked), and what would be."""

    purpose: str
    channel: str
    left: bool | None
    right: bool | None
    result: bool


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do. `told`: how many lines of history each brings, left then right."""

    fields: tuple[FieldPair, ...]
    consents: tuple[ConsentPair, ...]
    told: tuple[int, int]


def merge_preview(left: Citizen, right: Citizen) -> MergePreview:
    """Both beside each other; `left` is who would stay. Changes nothing."""
    fields = tuple(_field_pair(field, left, right) for field in FIELDS)
    told = (_lines(left), _lines(right))
    return MergePreview(fields, tuple(_consent_pairs(left, right)), told)


def merged_values(left: Citizen, right: Citizen, chosen: Mapping[str, str]) -> dict[str, Any]:
    """The columns of who stays: as chosen, else their own, else what the other knows."""
    values: dict[str, Any] = {}
    for field, columns in FIELDS.items():
        side = chosen.get(field) or suggested_side(field, left, right)
        if side == BOTH:
            values[field] = list(dict.fromkeys([*left.needs, *right.needs]))
            continue
        source = right if side == RIGHT else left
        values |= {column: getattr(source, column) for column in columns}
    return values | {"is_restricted": left.is_restricted or right.is_restricted}


def suggested_side(field: str, left: Citizen, right: Citizen) -> str:
    """Who stays keeps their own; what they do not know is taken over."""
    if field == "needs":
        return BOTH
    own, other = (getattr(one, field) for one in (left, right))
    return RIGHT if other and not own else LEFT


def pair_get(pair_id: UUID) -> DuplicatePair:
    """The pair with both citizens. Raises PairNotFound."""
    found = DuplicatePair.objects.select_related("left", "right").filter(pk=pair_id).first()
    if found is None:
        raise PairNotFound("없는 중복 후보입니다. 목록에서 다시 골라 주세요.")
    return found


def pairs_open() -> QuerySet[DuplicatePair]:
    """Who waits for somebody to decide, the likeliest first."""
    found = DuplicatePair.objects.filter(state=PairState.OPEN)
    return found.select_related("left", "right").order_by("-score", "id")


def pairs_decided() -> QuerySet[DuplicatePair]:
    """What was decided to be two persons, the newest first."""
    found = DuplicatePair.objects.filter(state=PairState.DISMISSED)
    return found.select_related("left", "right").order_by("-decided_at", "id")


def merge_get(merge_id: UUID) -> Merge:
    """The merge with both citizens. Raises MergeNotFound."""
    found = Merge.objects.select_related("survivor", "alias").filter(pk=merge_id).first()
    if found is None:
        raise MergeNotFound("없는 병합입니다.")
    return found


def merges_of(ids: Sequence[UUID]) -> QuerySet[Merge]:
    """What was put together into one of these and stands, the newest first."""
    found = Merge.objects.filter(Q(survivor__in=ids), undone_at__isnull=True)
    return found.select_related("alias").order_by("-at", "-id")


def merges_undoable(*, now: datetime) -> QuerySet[Merge]:
    """What can still be undone, the newest first."""
    found = Merge.objects.filter(undone_at__isnull=True, undo_until__gt=now).exclude(before={})
    return found.select_related("survivor", "alias").order_by("-at", "-id")


def _field_pair(field: str, left: Citizen, right: Citizen) -> FieldPair:
    suggested = suggested_side(field, left, right)
    return FieldPair(field, getattr(left, field), getattr(right, field), suggested)


def _lines(citizen: Citizen) -> int:
    counted = TimelineEntry.objects.filter(citizen__in=own_ids(citizen))
    return int(counted.aggregate(lines=Count("id"))["lines"])


def _consent_pairs(left: Citizen, right: Citizen) -> list[ConsentPair]:
    own, other = (
        {(c.purpose, c.channel): c.is_given for c in consents_of(o)} for o in (left, right)
    )
    given = {key: strictest(own.get(key), other.get(key)) for key in sorted({*own, *other})}
    return [
        ConsentPair(*key, own.get(key), other.get(key), is_given and _has_day(key, given))
        for key, is_given in given.items()
    ]


def strictest(one: bool | None, other: bool | None) -> bool:
    """Who said no once said no; what only one was asked counts as they said."""
    return False not in (one, other)


def _has_day(key: tuple[str, str], given: Mapping[tuple[str, str], bool]) -> bool:
    """By night nobody is written to who said no to the day (정보통신망법 제50조 제3항)."""
    purpose, channel = key
    is_night = purpose == ConsentPurpose.MARKETING_NIGHT
    return not is_night or given.get((ConsentPurpose.MARKETING.value, channel), False)
