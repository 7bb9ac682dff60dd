"""Reads of surveys: by a citizen's link, and as scores of departments."""

from core_crm.surveys.selectors.asked import asked_voice_ids
from core_crm.surveys.selectors.invitations import (
    invitation_by_token,
    invitation_of,
    invitations_to,
    survey_definition,
)
from core_crm.surveys.selectors.scores import answers_recent, score_card
from core_crm.surveys.selectors.tokens import survey_url

__all__ = [
    "answers_recent",
    "asked_voice_ids",
    "invitation_by_token",
    "invitation_of",
    "invitations_to",
    "score_card",
    "survey_definition",
    "survey_url",
]
