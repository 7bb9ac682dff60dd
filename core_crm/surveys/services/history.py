"""Taking over past surveys in bulk: a demo world, or another system's."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core_crm.staff.models import Department, Official
from core_crm.surveys.models import SurveyAnswer, SurveyInvitation
from core_crm.surveys.types import SCORED_ITEMS

BATCH = 1000


@dataclass(frozen=True, slots=True)
class PastSurvey:
    """One citizen asked after one closing, and what they said, if anything.

    `department` is a code, `officer` an e-mail. `scores` holds the items that were answered.
    """

    voice_id: UUID
    ref: str
    closing_no: int
    citizen_id: UUID
    department: str
    officer: str
    recorded_at: datetime
    closes_at: datetime
    answered_at: datetime | None = None
    scores: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""
    is_solved: bool | None = None


@transaction.atomic
def surveys_load(surveys: Iterable[PastSurvey]) -> int:
    """Write invitations and their answers; how many invitations. Their links open nothing."""
    past = list(surveys)
    departments = dict(Department.objects.values_list("code", "id"))
    officials = dict(Official.objects.values_list("user__email", "id"))
    invitations = [_invitation(each, departments, officials) for each in past]
    SurveyInvitation.objects.bulk_create(invitations, batch_size=BATCH)
    SurveyAnswer.objects.bulk_create(_answers(past, invitations), batch_size=BATCH)
    return len(invitations)


def _invitation(
    past: PastSurvey, departments: Mapping[str, UUID], officials: Mapping[str, UUID]
) -> SurveyInvitation:
    return SurveyInvitation(
        voice_id=past.voice_id,
        ref=past.ref,
        closing_no=past.closing_no,
        citizen_id=past.citizen_id,
        department_id=departments[past.department],
        officer_id=officials[past.officer] if past.officer else None,
        token_digest=hashlib.sha256(secrets.token_bytes(32)).hexdigest(),
        recorded_at=past.recorded_at,
        closes_at=past.closes_at,
        opened_at=past.answered_at,
        answered_at=past.answered_at,
    )


def _answers(
    past: Sequence[PastSurvey], invitations: Sequence[SurveyInvitation]
) -> list[SurveyAnswer]:
    return [
        SurveyAnswer(
            invitation_id=invitation.id,
            comment=each.comment,
            is_solved=each.is_solved,
            at=each.answered_at,
            **{item: each.scores.get(item) for item in SCORED_ITEMS},
        )
        for each, invitation in zip(past, invitations, strict=True)
        if each.answered_at is not None
    ]
