"""What happens to voices and surveys marks the days whose facts it changes.

A reaction marks the days as the rows stand when it runs. Should they have moved on since, what
moved them is a fact of its own and marks the rest; an undone closing brings its day along.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from core_crm import extension_points
from core_crm.events import receiver
from core_crm.kpis.services import (
    days_mark,
    days_mark_of,
    mark_all,
    mark_closing,
    mark_invitation,
    mark_receipt,
)
from core_crm.surveys.types import SurveyAnswered, SurveyInvited
from core_crm.voices.types import (
    VoiceAssigned,
    VoiceClosed,
    VoiceFilledIn,
    VoiceReclassified,
    VoiceRegistered,
    VoiceReopened,
    VoicesImported,
)


def _is_old(event: VoiceRegistered) -> bool:
    """Received before today; what comes today is counted without a mark, a file tells its days."""
    return event.is_backdated and not event.in_bulk


def _mark(voice_id: UUID, usual: Callable[[UUID], None]) -> None:
    """What plugins count may ask of any day of a voice what only one of them tells otherwise."""
    mark = mark_all if extension_points.measures.all() else usual
    mark(voice_id)


@receiver(VoiceRegistered, name="kpis.registered", concerns=_is_old)
def registered(event: VoiceRegistered) -> None:
    """An older receipt."""
    mark_receipt(event.voice_id)


@receiver(VoicesImported, name="kpis.imported")
def imported(event: VoicesImported) -> None:
    """Rows of a file, perhaps settled elsewhere long ago."""
    days_mark(event.days)


@receiver(VoiceAssigned, name="kpis.assigned")
def assigned(event: VoiceAssigned) -> None:
    """Receipts are counted where the voice is now."""
    _mark(event.voice_id, mark_receipt)


@receiver(VoiceReclassified, name="kpis.reclassified")
def reclassified(event: VoiceReclassified) -> None:
    """Class and category stand in every fact of a voice."""
    mark_all(event.voice_id)


@receiver(VoiceFilledIn, name="kpis.filled_in")
def filled_in(event: VoiceFilledIn) -> None:
    """What plugins count may ask of the city's own fields."""
    if extension_points.measures.all():
        mark_all(event.voice_id)


@receiver(VoiceClosed, name="kpis.closed")
def closed(event: VoiceClosed) -> None:
    """A closing is counted on its day."""
    _mark(event.voice_id, mark_closing)


@receiver(VoiceReopened, name="kpis.reopened")
def reopened(event: VoiceReopened) -> None:
    """A closing that was undone is not counted any more."""
    days_mark_of([event.closed_at])
    if extension_points.measures.all():
        mark_all(event.voice_id)


@receiver(SurveyInvited, name="kpis.invited")
def invited(event: SurveyInvited) -> None:
    """Invitations are counted on the day they were recorded."""
    mark_invitation(event.invitation_id)


@receiver(SurveyAnswered, name="kpis.rated")
def rated(event: SurveyAnswered) -> None:
    """A rating, however late, belongs to the day of its invitation."""
    mark_invitation(event.invitation_id)
