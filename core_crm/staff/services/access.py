"""Who may give rights, and the history of every right that was given, changed or taken away.

개인정보의 안전성 확보조치 기준 제5조 제3항: that history is kept for at least three years.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor, Fact
from core_crm.staff.errors import RightMissing
from core_crm.staff.models import Official
from core_crm.staff.types import Right


def access_require(by: Official | None, right: Right) -> None:
    """Refuse an official without the right; None is the system or its operator's command line."""
    if by is not None and not by.has(right):
        raise RightMissing("이 일을 할 권한이 없습니다.", right=right.value)


def access_note(
    action: str,
    *,
    by: Official | None,
    subject_kind: str,
    subject_id: UUID,
    now: datetime,
    facts: Mapping[str, Fact],
) -> None:
    """Write one line of the history, in the transaction of the act."""
    audit_append(
        action,
        actor=Actor(id=by.id, name=by.name) if by else None,
        subject_kind=subject_kind,
        subject_id=subject_id,
        now=now,
        facts=facts,
    )
