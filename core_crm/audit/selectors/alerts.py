"""What in the access log ought to be looked at: rules over a span of time (이상 징후).

A rule is a question, never a verdict: who watches over the log asks the official.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from statistics import median
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import ExtractHour, TruncHour

from core_crm.audit.models import Disclosure
from core_crm.audit.selectors.access_log import disclosures_between
from core_crm.audit.types import Alert
from core_crm.calendars import SEOUL

MANY_AN_HOUR = 50
"""Different people shown to one official within one hour of the clock."""
NIGHT_FROM, NIGHT_TO = 22, 6
"""Hours of Seoul between which nobody works by rule."""
NEEDS_REASON = ("customer.unmasked", "customer.exported")
EXPORTED = "customer.exported"
FAR_ABOVE, FEW, COLLEAGUES = 5, 50, 3
"""An official far above colleagues: five times their median, with at least fifty people, and only
where three others or more can be compared with."""

Rule = Callable[[QuerySet[Disclosure]], Iterable[Alert]]
_more: dict[str, Rule] = {}


def alert_rule_register(code: str, rule: Rule) -> None:
    """A room that knows more of the persons adds a rule over the same rows."""
    _more[code] = rule


def alerts_between(since: datetime, until: datetime) -> list[Alert]:
    """Every alert of this time, by rule and then the largest first."""
    rows = disclosures_between(since, until).filter(actor_id__isnull=False)
    rules: tuple[Rule, ...] = (_many, _night, _without_reason, _exported, _far_above)
    found = [alert for rule in (*rules, *_more.values()) for alert in rule(rows)]
    places = {code: place for place, code in enumerate(dict.fromkeys(one.code for one in found))}
    return sorted(found, key=lambda one: (places[one.code], -one.count, one.actor_name))


def by_actor(code: str, rows: QuerySet[Disclosure]) -> list[Alert]:
    """One alert for each official in these rows: how many different people, and when last."""
    counted = rows.values("actor_id").annotate(
        name=Max("actor_name"), n=Count("subject_id", distinct=True), last=Max("at")
    )
    return [_alert(code, one) for one in counted]


def _alert(code: str, one: Mapping[str, Any]) -> Alert:
    return Alert(code, one["actor_id"], one["name"], one["n"], one["last"])


def _many(rows: QuerySet[Disclosure]) -> Iterable[Alert]:
    """The worst hour of each official with too many people in one."""
    hours = (
        rows.annotate(hour=TruncHour("at"))
        .values("actor_id", "hour")
        .annotate(name=Max("actor_name"), n=Count("subject_id", distinct=True), last=Max("at"))
        .filter(n__gt=MANY_AN_HOUR)
        .order_by("n")
    )
    worst = {one["actor_id"]: one for one in hours}
    return [_alert("many", one) for one in worst.values()]


def _night(rows: QuerySet[Disclosure]) -> Iterable[Alert]:
    hours = rows.annotate(hour=ExtractHour("at", tzinfo=SEOUL))
    late, early = hours.filter(hour__gte=NIGHT_FROM), hours.filter(hour__lt=NIGHT_TO)
    return by_actor("night", late | early)


def _without_reason(rows: QuerySet[Disclosure]) -> Iterable[Alert]:
    return by_actor("no_reason", rows.filter(action__in=NEEDS_REASON, reason=""))


def _exported(rows: QuerySet[Disclosure]) -> Iterable[Alert]:
    return by_actor("exports", rows.filter(action=EXPORTED))


def _far_above(rows: QuerySet[Disclosure]) -> Iterable[Alert]:
    each = by_actor("far_above", rows)
    for one in each:
        others = [other.count for other in each if other is not one]
        if len(others) >= COLLEAGUES and one.count >= max(FEW, FAR_ABOVE * median(others)):
            yield one
