"""Forgetting what has been kept long enough, as the city's rules say (개인정보 보호법 제21조)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from core_crm.audit.services import audit_append
from core_crm.calendars import SEOUL
from core_crm.common.personal_holders import PersonalDataHolder
from core_crm.privacy.models import RetentionRun
from core_crm.privacy.selectors.retention import before_of, carried_out_by, retention_rules
from core_crm.privacy.types import RetentionRule
from tenants.isolation.fair import Slice

AT_ONCE = 500


def retention_run(*, now: datetime) -> dict[str, int]:
    """Forget a slice of what is due, by rule. Call it again until it says 0 everywhere.

    Each batch is one transaction with its trail, so that a killed worker leaves nothing halfway.
    Harmless to run twice or at once.
    """
    work, forgotten = Slice(), {}
    for code, rule in retention_rules():
        held_by = carried_out_by(rule)
        forgotten[code] = _forget(code, rule, held_by, work, now=now) if held_by else 0
    return forgotten


def _forget(
    code: str, rule: RetentionRule, holder: PersonalDataHolder, work: Slice, *, now: datetime
) -> int:
    _ran(code, 0, now=now)
    gone = 0
    while work.has_time() and (batch := _forget_some(code, rule, holder, now=now)):
        gone += batch
    return gone


@transaction.atomic
def _forget_some(
    code: str, rule: RetentionRule, holder: PersonalDataHolder, *, now: datetime
) -> int:
    before = before_of(rule, now=now)
    gone = holder.purge(rule.subject.value, before=before, limit=AT_ONCE, now=now)
    if gone:
        _ran(code, gone, now=now)
        audit_append(
            "privacy.forgotten",
            actor=None,
            subject_kind="retention",
            subject_id=None,
            now=now,
            facts={"rule": code, "rows": gone, "keep_days": rule.keep_days},
        )
    return gone


def _ran(code: str, gone: int, *, now: datetime) -> None:
    run, _ = RetentionRun.objects.get_or_create(
        rule=code, on=now.astimezone(SEOUL).date(), defaults={"last_at": now}
    )
    mine = RetentionRun.objects.filter(pk=run.pk)
    mine.update(forgotten=F("forgotten") + gone, last_at=now)
