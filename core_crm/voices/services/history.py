"""Taking over voices with their past in bulk: a demo world, or another system's.

Nothing is announced: no events, messages, surveys or audit entries come of what is long done, so
that no day is marked either: who loads history refreshes the facts in full (`facts_refresh`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from core_crm.calendars import Adjustment, Kind, city_calendar, processing_time
from core_crm.common.references import new_reference
from core_crm.customers.services.history import PastMoment, timeline_load
from core_crm.staff.models import Department, Official
from core_crm.voices.models import (
    Category,
    ClockAdjustment,
    ServiceItem,
    Voice,
    VoiceEntry,
    VoiceTransition,
)
from core_crm.voices.selectors.procedure import WORKFLOW, workflow_of_city
from core_crm.voices.selectors.targets import city_targets, target_at
from core_crm.voices.services.registration import next_progress_notice, search_terms_of
from core_crm.voices.types import AdjustmentKind, VoiceAction
from core_crm.voices.types.history import PastAct, PastVoice
from core_crm.workflows import Workflow
from tenants.context import current_city

T = TypeVar("T")
BATCH = 500
ENDINGS = {VoiceAction.ANSWER.value, VoiceAction.CLOSE_UNABLE.value}


@transaction.atomic
def history_load(voices: Iterable[PastVoice], *, now: datetime) -> dict[UUID, str]:
    """Write finished voices; id -> reference. Raises KeyError for a code the city does not know."""
    names = _Names.of_this_city()
    refs: dict[UUID, str] = {}
    for batch in _batches(voices, BATCH):
        rows = [_voice(past, names, now=now) for past in batch]
        Voice.objects.bulk_create(rows)
        VoiceTransition.objects.bulk_create(_transitions(batch, names))
        VoiceEntry.objects.bulk_create(_entries(batch, names))
        ClockAdjustment.objects.bulk_create(_adjustments(batch, names))
        timeline_load(_moments(rows))
        refs |= {row.id: row.ref for row in rows}
    return refs


@dataclass(slots=True)
class _Names:
    """What codes and e-mails mean in this city, and the references already given out."""

    departments: Mapping[str, UUID]
    officials: Mapping[str, UUID]
    categories: Mapping[str, UUID]
    services: Mapping[str, UUID]
    workflow: Workflow
    city_code: str
    taken: set[str]

    @classmethod
    def of_this_city(cls) -> _Names:
        return cls(
            departments=dict(Department.objects.values_list("code", "id")),
            officials=dict(Official.objects.values_list("user__email", "id")),
            categories=dict(Category.objects.values_list("code", "id")),
            services=dict(ServiceItem.objects.values_list("code", "id")),
            workflow=workflow_of_city(),
            city_code=current_city().region_code,
            taken=set(Voice.objects.values_list("ref", flat=True)),
        )

    def official(self, email: str) -> UUID | None:
        return self.officials[email] if email else None

    def fresh_reference(self, received_at: datetime) -> str:
        attempt = 0
        while True:
            ref = new_reference(
                city_code=self.city_code, received_on=received_at.date(), attempt=attempt
            )
            if ref not in self.taken:
                self.taken.add(ref)
                return ref
            attempt += 1


def _voice(past: PastVoice, names: _Names, *, now: datetime) -> Voice:
    last = past.acts[-1]
    voice = Voice(
        id=past.id,
        ref=names.fresh_reference(past.received_at),
        title=past.title,
        body=past.body,
        category_id=names.categories[past.category],
        service_id=names.services[past.service] if past.service else None,
        petition_class=past.petition_class,
        is_compound=past.is_compound,
        channel=past.channel,
        citizen_id=past.citizen_id,
        location=past.location,
        attributes=dict(past.attributes),
        language=past.language,
        reply_channel=past.reply_channel,
        is_public=past.is_public,
        department_id=names.departments[past.department],
        officer_id=names.official(past.officer),
        outcome=past.outcome,
        public_reason=past.public_reason,
        reopened_count=past.reopened_count,
        version=len(past.acts),
        status=last.to_status,
        phase=names.workflow.standard_state(last.to_status).value,
        workflow_code=WORKFLOW,
        workflow_digest=names.workflow.digest,
    )
    _set_times(voice, past, now=now)
    voice.search_terms = search_terms_of(voice)
    return voice


def _set_times(voice: Voice, past: PastVoice, *, now: datetime) -> None:
    last = past.acts[-1]
    voice.received_at, voice.clock_from_at = past.received_at, past.clock_from_at
    voice.period_unit, voice.period_amount = past.period.unit.value, past.period.amount
    voice.due_at, voice.due_steps = past.due.at, past.due.steps_as_json()
    voice.original_due_at, voice.updated_at = past.original_due_at, last.at
    voice.progress_notice_at = next_progress_notice(past.received_at, now=now)
    voice.paused_at = next(
        (
            each.starts_at
            for each in past.adjustments
            if each.kind == AdjustmentKind.SUPPLEMENT and each.ends_at is None
        ),
        None,
    )
    voice.answered_at = _last_time(past.acts, ENDINGS) if past.outcome else None
    voice.closed_at = last.at if past.outcome else None
    if voice.closed_at is not None:
        _set_minutes(voice, past, end=voice.answered_at or voice.closed_at)
    else:
        _set_target(voice, past)


def _set_target(voice: Voice, past: PastVoice) -> None:
    """The city's promise of a voice still open. Nobody is asked to look because of the past."""
    found = city_targets().best(
        petition_class=past.petition_class, category=past.category, service=past.service
    )
    if found is not None:
        target = target_at(
            *found,
            from_at=past.clock_from_at,
            due_at=voice.due_at,
            calendar=city_calendar(),
            adjustments=_left_out(past, closed_only=True),
        )
        voice.target_at, voice.target_warn_at = target.at, target.warn_at


def _set_minutes(voice: Voice, past: PastVoice, *, end: datetime) -> None:
    """How long the last handling took; time left out of earlier ones was theirs."""
    time = processing_time(
        start=past.clock_from_at,
        end=end,
        period=past.period,
        calendar=city_calendar(),
        adjustments=_left_out(past),
    )
    voice.allowed_minutes, voice.used_minutes = time.allowed_minutes, time.used_minutes


def _left_out(past: PastVoice, *, closed_only: bool = False) -> list[Adjustment]:
    """What the present count leaves out."""
    return [
        Adjustment(Kind(one.kind), one.starts_at, one.ends_at)
        for one in past.adjustments
        if one.kind != AdjustmentKind.EXTENSION
        and one.clock_no == past.reopened_count + 1
        and not (closed_only and one.ends_at is None)
    ]


def _last_time(acts: tuple[PastAct, ...], actions: set[str]) -> datetime | None:
    return next((act.at for act in reversed(acts) if act.action in actions), None)


def _transitions(batch: list[PastVoice], names: _Names) -> Iterator[VoiceTransition]:
    for past in batch:
        before: PastAct | None = None
        for version, act in enumerate(past.acts, start=1):
            yield VoiceTransition(
                voice_id=past.id,
                version=version,
                action=act.action,
                from_status=before.to_status if before else "",
                to_status=act.to_status,
                due_before=before.due_at if before else None,
                due_after=act.due_at,
                by_id=names.official(act.by),
                at=act.at,
                comment=act.comment[:500],
            )
            before = act


def _entries(batch: list[PastVoice], names: _Names) -> Iterator[VoiceEntry]:
    for past in batch:
        for entry in past.entries:
            yield VoiceEntry(
                voice_id=past.id,
                kind=entry.kind,
                body=entry.body,
                author_id=names.official(entry.author),
                at=entry.at,
                is_public=entry.is_public,
            )


def _adjustments(batch: list[PastVoice], names: _Names) -> Iterator[ClockAdjustment]:
    for past in batch:
        for one in past.adjustments:
            yield ClockAdjustment(
                voice_id=past.id,
                clock_no=one.clock_no,
                kind=one.kind,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                reply_by_on=one.reply_by_on,
                reason_code=one.reason_code,
                reason=one.reason,
                article=one.article,
                amount=one.amount,
                by_id=names.official(one.by),
                at=one.at,
            )


def _moments(rows: list[Voice]) -> Iterator[PastMoment]:
    for row in rows:
        yield _moment(row, row.received_at, "voice_registered")
        if row.closed_at is not None:
            yield _moment(row, row.closed_at, f"voice_{row.outcome}")


def _moment(row: Voice, at: datetime, kind: str) -> PastMoment:
    return PastMoment(row.citizen_id, at, kind, "voice", row.id, f"{row.ref} {row.title}")


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch
