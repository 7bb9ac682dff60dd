"""The rules of retention in force, and how much is due by each."""

from __future__ import annotations

from datetime import datetime, timedelta

from core_crm.common.personal_holders import PersonalDataHolder, holders
from core_crm.extension_points import document, documents
from core_crm.privacy.models import RetentionRun
from core_crm.privacy.types import RetentionLine, RetentionRule

KIND = "retention"


def retention_rules() -> list[tuple[str, RetentionRule]]:
    """Code and rule, in the order in which they are shown."""
    codes = documents.get().codes(KIND)
    found = [(code, RetentionRule.model_validate(document(KIND, code).body)) for code in codes]
    return sorted(found, key=lambda one: (one[1].sort, one[0]))


def carried_out_by(rule: RetentionRule) -> PersonalDataHolder | None:
    """The room that forgets by this rule; None: none in this city does."""
    return next((one for one in holders() if rule.subject.value in one.subjects), None)


def before_of(rule: RetentionRule, *, now: datetime) -> datetime:
    """Rows up to this instant are no longer kept."""
    return now - timedelta(days=rule.keep_days)


def retention_lines(*, now: datetime) -> list[RetentionLine]:
    """Every rule with what is due now and when it last ran: the dry run."""
    runs = {one.rule: one for one in RetentionRun.objects.order_by("on")}
    return [_line(code, rule, runs.get(code), now=now) for code, rule in retention_rules()]


def _line(
    code: str, rule: RetentionRule, run: RetentionRun | None, *, now: datetime
) -> RetentionLine:
    holder, before = carried_out_by(rule), before_of(rule, now=now)
    return RetentionLine(
        code=code,
        rule=rule,
        before=before,
        due=holder.due(rule.subject.value, before=before) if holder else None,
        last_at=run.last_at if run else None,
        last_forgotten=run.forgotten if run else 0,
    )
