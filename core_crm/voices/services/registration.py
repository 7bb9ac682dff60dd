"""Taking in a voice: class, lawful due instant, reference, first state, receipt to its sender."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from core_crm import events
from core_crm.audit.services import audit_append
from core_crm.calendars import SEOUL, city_calendar
from core_crm.common.personal_data import normalise_phone
from core_crm.common.references import new_reference
from core_crm.common.safe_text import tidy
from core_crm.common.search import search_terms
from core_crm.customers.errors import ContactNotReadable
from core_crm.customers.models import Citizen
from core_crm.customers.services import citizen_find_or_create, timeline_add
from core_crm.staff.models import Official
from core_crm.staff.types import Right
from core_crm.voices.errors import (
    ReceivedInTheFuture,
    ReceivedTooLongAgo,
    RightMissing,
    TextMissing,
    WordUnknown,
)
from core_crm.voices.models import Voice
from core_crm.voices.selectors.clock import due_of
from core_crm.voices.selectors.fields import searchable_text
from core_crm.voices.selectors.procedure import WORKFLOW, workflow_of_city
from core_crm.voices.selectors.routing import Matter
from core_crm.voices.services.act import Act
from core_crm.voices.services.acting import actor_of, transition_write
from core_crm.voices.services.clock import target_apply
from core_crm.voices.services.fields import fields_of_draft
from core_crm.voices.services.notices import ABOUT, notice_queue
from core_crm.voices.services.routing import Route, route_of_matter
from core_crm.voices.types import VoiceAction, VoiceChannel, VoiceDraft, VoiceRegistered
from tenants.context import current_city
from tenants.rows import insert, is_about

REFERENCE_ATTEMPTS = 8
TITLE_LENGTH, TITLE_FROM_BODY = 200, 40
PROGRESS_EVERY = timedelta(days=30)
LANGUAGES = ("ko", "en")


@transaction.atomic
def voice_register(
    *, draft: VoiceDraft, now: datetime, by: Official | None = None, in_bulk: bool = False
) -> Voice:
    """Take in what a citizen says; `by` is the official who writes it down for them, if any.

    An unknown category is class `other`. Imported voices are registered without a receipt;
    `in_bulk`, as rows of a file of which another fact tells. Raises
    TextMissing, WordUnknown, ServiceUnknown, ContactNotReadable, FieldsNotValid,
    ReceivedInTheFuture, ReceivedTooLongAgo, RightMissing.
    """
    _check(draft, by=by, now=now)
    route = route_of_matter(matter_of(draft), today=_day(now))
    voice = _voice(draft, route, now=now)
    voice.citizen = _citizen(draft, by=by, now=now)
    _write_under_a_fresh_reference(voice, route, by=by, now=now, in_bulk=in_bulk)
    return voice


def matter_of(draft: VoiceDraft) -> Matter:
    """What the city's rules may read of a draft."""
    return Matter(
        title=draft.title,
        body=draft.body,
        location=draft.location,
        category=draft.category,
        service=draft.service_code,
        channel=draft.channel,
        language=draft.language,
        attributes=draft.attributes,
    )


def _check(draft: VoiceDraft, *, by: Official | None, now: datetime) -> None:
    if draft.channel not in list(VoiceChannel):
        raise WordUnknown("알 수 없는 접수 경로입니다.", channel=draft.channel)
    if draft.language not in LANGUAGES:
        raise WordUnknown("알 수 없는 언어입니다.", language=draft.language)
    if draft.reply_channel not in ("", "sms", "email"):
        raise WordUnknown("알 수 없는 답변 방법입니다.", reply_channel=draft.reply_channel)
    if not draft.body.strip():
        raise TextMissing("내용을 적어 주세요.", field="body")
    if draft.citizen.phone.strip() and not normalise_phone(draft.citizen.phone):
        raise ContactNotReadable("전화번호를 다시 확인해 주세요.", field="phone")
    if draft.received_at is not None and draft.received_at > now:
        raise ReceivedInTheFuture("접수일시가 지금보다 뒤입니다.", field="received_at")
    if draft.received_at is not None and draft.received_at < city_calendar().known_from:
        raise ReceivedTooLongAgo("접수일시가 너무 오래되었습니다.", field="received_at")
    right = Right.VOICE_IMPORT if draft.channel == VoiceChannel.IMPORT else Right.VOICE_REGISTER
    if by is not None and not by.has(right):
        raise RightMissing("민원을 접수할 권한이 없습니다.", action="register")


def _citizen(draft: VoiceDraft, *, by: Official | None, now: datetime) -> Citizen:
    """Whom an official writes down they have met; what a form or a file says is a claim."""
    return citizen_find_or_create(
        name=draft.citizen.name,
        phone=draft.citizen.phone,
        email=draft.citizen.email,
        language=draft.language,
        preferred_channel=draft.reply_channel,
        is_verified=by is not None and draft.channel != VoiceChannel.IMPORT,
        now=now,
    )


def _reply_channel(draft: VoiceDraft) -> str:
    """The wished one; else the only contact given: the record may hold one nobody gave today."""
    given = {"sms": draft.citizen.phone.strip(), "email": draft.citizen.email.strip()}
    possible = [channel for channel, contact in given.items() if contact]
    is_open = draft.reply_channel in possible or len(possible) != 1
    return draft.reply_channel if is_open else possible[0]


def _voice(draft: VoiceDraft, route: Route, *, now: datetime) -> Voice:
    """The voice as it will be saved, all but its citizen and its reference."""
    workflow, received_at = workflow_of_city(), draft.received_at or now
    title, body = title_and_body(draft.title, draft.body)
    voice = Voice(
        title=title,
        body=body,
        channel=draft.channel,
        location=tidy(draft.location)[:200],
        attributes=_attributes(draft, route, today=_day(now)),
        language=draft.language,
        reply_channel=_reply_channel(draft),
        is_public=draft.is_public,
        is_test=current_city().is_trial,
        received_at=received_at,
        clock_from_at=received_at,
        progress_notice_at=next_progress_notice(received_at, now=now),
        status=workflow.initial,
        phase=workflow.standard_state(workflow.initial).value,
        workflow_code=WORKFLOW,
        workflow_digest=workflow.digest,
        updated_at=now,
    )
    route_apply(voice, route)
    voice.department = route.department
    voice.original_due_at = voice.due_at
    return voice


def route_apply(voice: Voice, route: Route) -> None:
    """Set class and period, and count the clock anew from where it began."""
    voice.category, voice.service = route.category, route.service
    voice.petition_class, voice.is_compound = route.petition_class, route.is_compound
    voice.period_unit, voice.period_amount = route.period.unit.value, route.period.amount
    counted = due_of(voice)
    voice.due_at, voice.due_steps = counted.at, counted.steps_as_json()
    target_apply(voice)


def title_and_body(title: str, body: str) -> tuple[str, str]:
    """Plain texts. A missing title is the body's beginning; one too long moves there as well."""
    title, body = " ".join(tidy(title).split()), tidy(body)
    if not title:
        first = body.split("\n", maxsplit=1)[0]
        title = first if len(first) <= TITLE_FROM_BODY else f"{first[:TITLE_FROM_BODY].rstrip()}…"
    if len(title) > TITLE_LENGTH:
        body = f"{title}\n\n{body}"
        title = f"{title[: TITLE_LENGTH - 1].rstrip()}…"
    return title, body


def next_progress_notice(received_at: datetime, *, now: datetime) -> datetime:
    """The first thirtieth day after the receipt that is still to come (시행령 제23조 제2항)."""
    rounds = max((now - received_at) // PROGRESS_EVERY, 0) + 1
    return received_at + rounds * PROGRESS_EVERY


def search_terms_of(voice: Voice) -> list[str]:
    """What the voice is found by: pairs of signs of its reference, title, text and fields."""
    text = f"{voice.body} {searchable_text(voice.attributes)}"
    return search_terms(title=f"{voice.ref} {voice.title}", body=text)


def _attributes(draft: VoiceDraft, route: Route, *, today: date) -> dict[str, object]:
    is_unknown = bool(draft.category) and route.category is None
    given = {"category_as_given": draft.category[:80]} if is_unknown else {}
    return fields_of_draft(draft, route, today=today) | given


def _write_under_a_fresh_reference(
    voice: Voice, route: Route, *, by: Official | None, now: datetime, in_bulk: bool
) -> None:
    """Write the voice and its trail, as one message to the database.

    Two voices may draw the same reference: the database says so, and we draw again.
    """
    city_code, received_on = current_city().region_code, voice.received_at.astimezone(SEOUL).date()
    for attempt in range(REFERENCE_ATTEMPTS):
        voice.ref = new_reference(city_code=city_code, received_on=received_on, attempt=attempt)
        voice.search_terms = search_terms_of(voice)
        try:
            with transaction.atomic():
                insert(voice)
                _remember(voice, route, by=by, now=now, in_bulk=in_bulk)
        except IntegrityError as refused:
            if attempt + 1 == REFERENCE_ATTEMPTS or not is_about(refused, Voice, "ref"):
                raise
        else:
            return


def _remember(
    voice: Voice, route: Route, *, by: Official | None, now: datetime, in_bulk: bool
) -> None:
    act = Act(voice, VoiceAction.REGISTER.value, by, now, "", None, route.because)
    transition_write(act)
    timeline_add(
        voice.citizen,
        kind="voice_registered",
        about=(ABOUT, voice.id),
        summary=f"{voice.ref} {voice.title}",
        at=voice.received_at,
    )
    audit_append(
        "voice.register",
        actor=actor_of(by),
        subject_kind=ABOUT,
        subject_id=voice.id,
        now=now,
        facts={"channel": voice.channel, "class": voice.petition_class, "rule": _rule(route)},
    )
    events.record(
        VoiceRegistered(
            voice_id=voice.id,
            ref=voice.ref,
            petition_class=voice.petition_class,
            category=voice.category_code,
            channel=voice.channel,
            department_code=voice.department.code if voice.department else "",
            is_backdated=_day(voice.received_at) != _day(now),
            in_bulk=in_bulk,
        )
    )
    if voice.channel != VoiceChannel.IMPORT:
        notice_queue(voice, template="voice_received", key="received", now=now, is_fresh=True)


def _rule(route: Route) -> str:
    return route.rule.code if route.rule else ""


def _day(at: datetime) -> date:
    return at.astimezone(SEOUL).date()
