"""Rows of visitors becoming visits: a person, and what they came to on which day (방문·참여)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate

from core_crm.calendars import SEOUL
from core_crm.customers.errors import CustomerNotValid
from core_crm.customers.models import Citizen, Occasion, Participation, TimelineEntry
from core_crm.customers.services import intake_cells as cells
from core_crm.customers.services.history import PastMoment, timeline_load
from core_crm.customers.services.intake_citizens import people_for, people_read, person_take
from core_crm.customers.services.intake_fields import PARTICIPATION_FIELDS
from core_crm.customers.services.intake_lists import list_check
from core_crm.customers.services.intake_people import Values
from core_crm.customers.services.intake_undo import citizens_remove, citizens_used
from core_crm.customers.services.intake_writing import again_if_taken, people_write
from core_crm.customers.services.occasions import ABOUT, PARTICIPATED, instant_of
from core_crm.imports.types import ImportOptions, RowField, RowOutcome, RowResult, Taking
from tenants.errors import DomainError

VISIT = "방문"
Key = tuple[UUID, UUID, date]


@dataclass(frozen=True, slots=True)
class Visit:
    """What a row says beside who it was."""

    occasion: str
    kind: str
    venue: str
    role: str
    on: date


class ParticipationRows:
    """Each row is a visit of a person, who is written down when nobody knew them.

    The same person at the same thing on the same day is one visit. What they came to grows to the
    days that the rows name. An undo takes the visits back, and the people whom the list made known
    and of whom nothing else is known.
    """

    code = "participations"
    label = "방문·행사 참여"
    fields: tuple[RowField, ...] = PARTICIPATION_FIELDS

    def check(self, options: ImportOptions) -> None:
        """Raises CustomerNotValid."""
        list_check(options, kind=self.code)

    def take(self, rows: Sequence[Mapping[str, str]], taking: Taking) -> list[RowResult]:
        """In the caller's transaction, which a check rolls back."""
        people = people_read(rows, taking)
        visits = [_visit(row, today=localdate(taking.now)) for row in rows]
        read = [_together(*each) for each in zip(people, visits, strict=True)]
        return again_if_taken(partial(_take, read, taking))

    def used(self, ids: Sequence[UUID], acquired_list_id: UUID | None) -> set[UUID]:
        return set()

    def remove(self, ids: Sequence[UUID]) -> None:
        """Visits with their lines of history, and who came by the same list only."""
        found = list(Participation.objects.filter(pk__in=ids))
        Participation.objects.filter(pk__in=ids).delete()
        visits = {(one.citizen_id, one.occasion_id, one.on) for one in found}
        lines = TimelineEntry.objects.filter(
            kind=PARTICIPATED, citizen_id__in={visit[0] for visit in visits}
        )
        gone = [
            one.pk
            for one in lines
            if (one.citizen_id, one.about_id, one.at.astimezone(SEOUL).date()) in visits
        ]
        TimelineEntry.objects.filter(pk__in=gone).delete()
        _forget_strangers(found)

    def restore(self, changes: Sequence[Any], *, now: datetime) -> set[UUID]:
        return set()


def _forget_strangers(visits: Sequence[Participation]) -> None:
    people = Citizen.objects.filter(
        pk__in={one.citizen_id for one in visits}, batch_id__in={one.batch_id for one in visits}
    )
    ids = list(people.values_list("pk", flat=True))
    used = citizens_used(ids, None)
    citizens_remove([pk for pk in ids if pk not in used])


def _together(person: Values | RowResult, visit: Visit | RowResult) -> Any:
    """Both, or the first refusal."""
    if isinstance(person, RowResult):
        return person
    return visit if isinstance(visit, RowResult) else (person, visit)


def _visit(row: Mapping[str, str], *, today: date) -> Visit | RowResult:
    try:
        return _read(row, today)
    except DomainError as refused:
        field = str(refused.facts.get("field", ""))
        return RowResult(RowOutcome.REFUSED, field=field, reason=refused.message)


def _read(row: Mapping[str, str], today: date) -> Visit:
    occasion = cells.text_cell(row.get("occasion", ""), length=120, field="occasion")
    on = cells.day_cell(row.get("on", ""), field="on")
    if not occasion:
        raise CustomerNotValid("무엇에 참여했는지 적어 주세요.", field="occasion")
    if on is None or on > today:
        raise CustomerNotValid("참여한 날을 적어 주세요. 오늘까지의 날짜입니다.", field="on")
    return Visit(
        occasion,
        cells.text_cell(row.get("kind", ""), length=40, field="kind") or VISIT,
        cells.text_cell(row.get("venue", ""), length=120, field="venue"),
        cells.text_cell(row.get("role", ""), length=40, field="role"),
        on,
    )


def _take(read: Sequence[Any], taking: Taking) -> list[RowResult]:
    people = people_for([each if isinstance(each, RowResult) else each[0] for each in read], taking)
    occasions = Occasions([each[1] for each in read if not isinstance(each, RowResult)], taking)
    met: list[tuple[UUID, Visit] | RowResult] = [
        each
        if isinstance(each, RowResult)
        else (person_take(each[0], people, taking)[0].id, each[1])
        for each in read
    ]
    known = _known(met, occasions)
    results: list[RowResult] = []
    new: list[Participation] = []
    for each in met:
        results.append(each if isinstance(each, RowResult) else _one(*each, occasions, known, new))
    people_write(people, taking)
    occasions.write()
    _write(new, occasions, taking)
    return results


def _one(
    citizen_id: UUID,
    visit: Visit,
    occasions: Occasions,
    known: dict[Key, UUID],
    new: list[Participation],
) -> RowResult:
    occasion = occasions.find(visit)
    key = (occasion.pk, citizen_id, visit.on)
    if key in known:
        return RowResult(RowOutcome.SKIPPED, known[key])
    row = Participation(
        occasion_id=occasion.pk, citizen_id=citizen_id, on=visit.on, role=visit.role
    )
    known[key] = row.pk
    new.append(row)
    return RowResult(RowOutcome.CREATED, row.pk)


def _known(met: Sequence[Any], occasions: Occasions) -> dict[Key, UUID]:
    """Visits that are written down already."""
    people = {each[0] for each in met if not isinstance(each, RowResult)}
    found = Participation.objects.filter(
        citizen_id__in=people, occasion_id__in=[one.pk for one in occasions.all()]
    )
    told = found.values_list("occasion_id", "citizen_id", "on", "pk")
    return {(occasion, citizen, on): pk for occasion, citizen, on, pk in told}


def _write(new: Sequence[Participation], occasions: Occasions, taking: Taking) -> None:
    names = {one.pk: one.name for one in occasions.all()}
    for row in new:
        row.source, row.batch_id = taking.source[:80], taking.batch_id
    Participation.objects.bulk_create(new, batch_size=1000)
    timeline_load(
        PastMoment(
            row.citizen_id,
            instant_of(row.on, taking.now),
            PARTICIPATED,
            ABOUT,
            row.occasion_id,
            names[row.occasion_id],
        )
        for row in new
    )


class Occasions:
    """What the rows name: by name and venue, known ones and new ones."""

    def __init__(self, visits: Sequence[Visit], taking: Taking) -> None:
        self._by: dict[tuple[str, str], Occasion] = {}
        self._new: list[Occasion] = []
        self._grown: dict[UUID, Occasion] = {}
        self._taking = taking
        names = {visit.occasion for visit in visits}
        for row in Occasion.objects.filter(Q(name__in=names)).order_by("-starts_on", "pk"):
            self._by.setdefault((row.name, row.venue), row)
        for visit in sorted(visits, key=lambda visit: visit.on):
            self._grow(visit)

    def find(self, visit: Visit) -> Occasion:
        return self._by[visit.occasion, visit.venue]

    def all(self) -> Sequence[Occasion]:
        return list(self._by.values())

    def write(self) -> None:
        Occasion.objects.bulk_create(self._new)
        Occasion.objects.bulk_update(self._grown.values(), ["starts_on", "ends_on"])

    def _grow(self, visit: Visit) -> None:
        row = self._by.get((visit.occasion, visit.venue))
        if row is None:
            self._by[visit.occasion, visit.venue] = row = Occasion(
                name=visit.occasion,
                kind=visit.kind,
                venue=visit.venue,
                starts_on=visit.on,
                ends_on=visit.on,
                source=self._taking.source[:80],
                created_at=self._taking.now,
            )
            self._new.append(row)
        elif not row.starts_on <= visit.on <= row.ends_on:
            row.starts_on, row.ends_on = min(row.starts_on, visit.on), max(row.ends_on, visit.on)
            if row not in self._new:
                self._grown[row.pk] = row
