"""Finding an invitation, and the questions it asks."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from core_crm.extension_points import Reading
from core_crm.surveys.errors import SurveyLinkInvalid
from core_crm.surveys.models import SurveyInvitation
from core_crm.surveys.selectors.tokens import token_digest, token_is_ours
from core_crm.surveys.types import SurveyDefinition

SURVEY = "closing"

_survey = Reading("survey", lambda one: SurveyDefinition.model_validate(one.body))


def invitation_by_token(token: str) -> SurveyInvitation:
    """The invitation a link belongs to, with its answer so far. Raises SurveyLinkInvalid."""
    found = None
    if token_is_ours(token):
        found = (
            SurveyInvitation.objects.select_related("answer", "department")
            .filter(token_digest=token_digest(token))
            .first()
        )
    if found is None:
        raise SurveyLinkInvalid("주소가 올바르지 않거나 끝이 잘렸습니다.")
    return found


def invitation_of(voice_id: UUID, *, closing_no: int) -> SurveyInvitation | None:
    """The invitation of one closing, for the tracking page."""
    return (
        SurveyInvitation.objects.select_related("answer", "department")
        .filter(voice_id=voice_id, closing_no=closing_no)
        .first()
    )


def invitations_to(citizen_ids: Sequence[UUID]) -> QuerySet[SurveyInvitation]:
    """What one citizen was asked (`citizen_ids`: theirs and their aliases'), the newest first."""
    found = SurveyInvitation.objects.filter(citizen_id__in=citizen_ids)
    return found.order_by("-recorded_at", "-id")


def survey_definition() -> SurveyDefinition:
    """The questions as effective in the city being served."""
    return _survey(SURVEY)
