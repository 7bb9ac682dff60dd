"""Finding one voice: by its reference or id, or by what a citizen holds in their hand."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from core_crm.common.references import is_valid, normalise
from core_crm.staff.models import Official
from core_crm.voices.errors import TrackingLinkInvalid, VoiceNotFound
from core_crm.voices.models import Voice
from core_crm.voices.selectors.links import tracking_token_fits
from core_crm.voices.selectors.visibility import may_see

FEWEST_DIGITS = 4
RELATED = ("category", "service", "citizen", "department", "officer__user", "officer__department")


def voice_get(ref_or_id: str | UUID, *, official: Official | None = None) -> Voice:
    """The voice with this reference or id, with all it points to, in one query.

    With `official` only one that is their business. Raises VoiceNotFound for everything else, so
    that nobody learns which references exist.
    """
    found = _with_related().filter(**_key(ref_or_id)).first()
    if found is None or (official is not None and not may_see(official, found)):
        raise VoiceNotFound("그런 접수번호가 없습니다.")
    return found


def voice_by_tracking(ref: str, token: str) -> Voice:
    """The voice a signed link opens. Raises TrackingLinkInvalid."""
    known = normalise(ref) if is_valid(ref) else ""
    if not known or not tracking_token_fits(known, token):
        raise TrackingLinkInvalid("주소가 올바르지 않거나 끝이 잘렸습니다.")
    return voice_get(known)


def voice_by_contact(ref: str, *, ending: str) -> Voice:
    """The voice of a citizen who knows its reference and the end of their own contact.

    `ending` is the last four digits of the phone, or the whole e-mail address. Raises
    VoiceNotFound, alike for a wrong reference and a wrong contact.
    """
    voice = voice_get(ref)
    digits = "".join(sign for sign in ending if sign.isdigit())
    phone, email = voice.citizen.phone, voice.citizen.email
    by_phone = len(digits) >= FEWEST_DIGITS and bool(phone) and phone.endswith(digits)
    by_email = bool(email) and ending.strip().lower() == email.lower()
    if not (by_phone or by_email):
        raise VoiceNotFound("그런 접수번호가 없습니다.")
    return voice


def voices_of(citizen_ids: Sequence[UUID]) -> QuerySet[Voice]:
    """What one citizen said (`citizen_ids`: theirs and their aliases'), the newest first."""
    return _with_related().filter(citizen_id__in=citizen_ids).order_by("-received_at", "-id")


def _with_related() -> QuerySet[Voice]:
    return Voice.objects.select_related(*RELATED).defer("search_terms")


def _key(ref_or_id: str | UUID) -> dict[str, object]:
    if isinstance(ref_or_id, UUID):
        return {"pk": ref_or_id}
    if is_valid(ref_or_id):
        return {"ref": normalise(ref_or_id)}
    try:
        return {"pk": UUID(ref_or_id)}
    except ValueError:
        return {"pk__in": []}
