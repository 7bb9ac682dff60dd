"""An act on a case: what it is done with, saving it once, and telling when somebody was faster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.voices.errors import VoiceChangedMeanwhile
from sodam.staff.access import Seat, StaffRequest
from sodam.staff.list_query import ListQuery


@dataclass(frozen=True, slots=True)
class Doing:
    """An act about to be done: on what, by whom, when, seen in which version."""

    voice: Any
    by: Seat
    now: datetime
    expected_version: int | None
    given: dict[str, Any]

    @property
    def common(self) -> dict[str, Any]:
        """What every act of the voices room takes."""
        return {"by": self.by, "now": self.now}

    @property
    def versioned(self) -> dict[str, Any]:
        """The same for acts that refuse an outdated version."""
        return {**self.common, "expected_version": self.expected_version}


def perform(
    run: Callable[[Doing], Any], request: StaffRequest, voice: Any, given: dict[str, Any]
) -> None:
    """Do it unless somebody was faster; doing it all the same leaves the reason in the audit.

    Who does not say which version was seen has seen none.
    """
    seen, reason, now = given.get("version"), given.get("overwrite_reason"), timezone.now()
    if seen != voice.version:
        raise VoiceChangedMeanwhile("쓰시는 동안 다른 사람이 이 의견을 바꾸었습니다.")
    with transaction.atomic():
        if reason:
            audit_append(
                "voice.overwritten",
                actor=actor_of(request),
                subject_kind="voice",
                subject_id=voice.id,
                now=now,
                reason=reason,
            )
        run(Doing(voice, request.official, now, seen, given))


def rehearsed(request: StaffRequest, voice: Any, given: dict[str, Any]) -> Doing:
    """The same act for a rehearsal: any version will do."""
    return Doing(voice, request.official, timezone.now(), None, given)


def actor_of(request: StaffRequest) -> Actor:
    """Who acts, for the audit."""
    origin = request.META.get("REMOTE_ADDR", "")
    return Actor(id=request.official.id, name=request.official.name, origin=origin)


def back_to_case(request: StaffRequest, ref: str) -> HttpResponseBase:
    """See the case as it is now; htmx follows and gets its fragment."""
    return HttpResponseRedirect(ListQuery.of(request.GET).case_url(ref), status=303)
