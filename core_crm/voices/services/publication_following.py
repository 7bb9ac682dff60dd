"""The board follows the voice, in the transaction of every act: never green what is not solved."""

from __future__ import annotations

from datetime import datetime

from core_crm import events
from core_crm.audit.services import audit_append
from core_crm.common.search import search_terms
from core_crm.voices.models import Publication, Voice
from core_crm.voices.selectors.publication_text import state_of
from core_crm.voices.types import BoardState, Outcome, PublicationTakenBack, Standing

GONE_NOTES = {
    Outcome.WITHDRAWN: "시민이 의견을 취하함",
    Outcome.TRANSFERRED: "다른 기관으로 이송함",
}


def publication_follow(voice: Voice, *, now: datetime) -> None:
    """Bring the entry in line with where its voice stands now; nothing without one.

    Reopened: it goes on again. Unable: it leaves the board until a moderator has looked at the
    reason. Withdrawn or passed on: it is taken back. Writes in the caller's transaction.
    """
    if not voice.is_public:
        return
    entry = Publication.objects.filter(voice=voice).first()
    if entry is None:
        return
    before, was_shown = _line(entry), entry.standing == Standing.PUBLISHED
    if state_of(voice) is None:
        _take_back(entry, voice)
    else:
        in_line_with(entry, voice)
    if _line(entry) == before:
        return
    saved(entry, now=now)
    if was_shown and entry.standing != Standing.PUBLISHED:
        events.record(PublicationTakenBack(entry.id, entry.voice_id))
        _note(entry, now=now)


def in_line_with(entry: Publication, voice: Voice) -> None:
    """State, department, category and dates as the voice has them; unsaved."""
    state = state_of(voice) or BoardState.GOING_ON
    if not entry._state.adding and entry.state != state:
        entry.is_behind = True
        if state == BoardState.UNABLE:
            _needs_a_look(entry, voice)
    entry.state, entry.language = state.value, voice.language
    entry.category, entry.department = voice.category, voice.department
    entry.asked_at = voice.received_at
    entry.settled_at = None if state == BoardState.GOING_ON else voice.answered_at


def saved(entry: Publication, *, now: datetime) -> None:
    """One version further, with what it is found by."""
    entry.version += 1
    entry.changed_at = now
    body = " ".join((entry.summary, entry.result, entry.reason, entry.law, entry.alternative))
    entry.search_terms = search_terms(title=entry.title, body=body)
    entry.save()


def _needs_a_look(entry: Publication, voice: Voice) -> None:
    """An older reason may be another one's: the new one is only proposed."""
    entry.reason = voice.public_reason
    if entry.standing == Standing.PUBLISHED:
        entry.standing = Standing.PROPOSED.value


def _take_back(entry: Publication, voice: Voice) -> None:
    if entry.standing != Standing.TAKEN_BACK:
        entry.standing, entry.is_behind = Standing.TAKEN_BACK.value, False
        entry.note = GONE_NOTES[Outcome(voice.outcome)]


def _note(entry: Publication, *, now: datetime) -> None:
    """The system took it from the board; nobody has to remember to."""
    audit_append(
        "publication.followed",
        actor=None,
        subject_kind="publication",
        subject_id=entry.pk,
        now=now,
        facts={"voice": str(entry.voice_id), "state": entry.state, "standing": entry.standing},
    )


def _line(entry: Publication) -> tuple[object, ...]:
    return (
        entry.standing,
        entry.state,
        entry.category_id,
        entry.department_id,
        entry.asked_at,
        entry.settled_at,
        entry.is_behind,
    )
