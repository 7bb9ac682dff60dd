"""What may be done with surveys: invite after a closing, take the answer."""

from core_crm.surveys.services.answering import survey_answer, survey_open
from core_crm.surveys.services.inviting import survey_invite, survey_invite_by_step

__all__ = ["survey_answer", "survey_invite", "survey_invite_by_step", "survey_open"]
