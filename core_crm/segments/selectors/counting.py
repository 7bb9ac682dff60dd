"""Whom a condition finds: how many, which of its rules removed whom, whom one may write to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import and_, or_

from django.db.models import Count, Q, QuerySet

from core_crm.common.predicates import Predicate, PredicateSource, to_q
from core_crm.customers.models import Citizen
from core_crm.customers.selectors import citizen_source, citizens_matching
from core_crm.customers.selectors.consents import consenting
from core_crm.customers.types import ConsentPurpose, ContactChannel, CustomerState
from core_crm.segments.selectors.asking import rules_of
from core_crm.segments.types import ConsentReach, RuleStep, RuleWalk

SAMPLE = 20
EACH = {"all": and_, "any": or_}


def condition_count(
    predicate: Predicate, *, today: date, source: PredicateSource | None = None
) -> int:
    """How many citizens of whom the condition holds: one statement, as bare as its SQL."""
    return citizens_matching(predicate, today=today, source=source).count()


def sample_of(found: QuerySet[Citizen], *, most: int = SAMPLE) -> list[Citizen]:
    """The newest of them."""
    return list(found.order_by("-pk")[:most])


def rule_walk(
    predicate: Predicate, *, today: date, source: PredicateSource | None = None
) -> RuleWalk:
    """The outermost rules one after the other, all counted in one scan of the citizens."""
    join, parts = rules_of(predicate)
    fields = source or citizen_source(today=today)
    tests = [to_q(part, fields, today=today) for part in parts]
    counts = _counted(tests, join)
    steps, left = [], counts["all_citizens"]
    for place, part in enumerate(parts):
        now = counts[f"left_{place}"]
        removed = left - now if join == "all" else 0
        document = part.model_dump(mode="json")
        steps.append(RuleStep(document, counts[f"alone_{place}"], now, removed))
        left = now
    return RuleWalk(join, counts["all_citizens"], tuple(steps))


def _counted(tests: list[Q], join: str) -> dict[str, int]:
    wanted = {"all_citizens": Count("pk")}
    for place, test in enumerate(tests):
        so_far = reduce(EACH[join], tests[: place + 1])
        wanted[f"alone_{place}"] = Count("pk", filter=test)
        wanted[f"left_{place}"] = Count("pk", filter=so_far)
    found: dict[str, int] = Citizen.objects.filter(state=CustomerState.ACTIVE).aggregate(**wanted)
    return found


def consent_reach(found: QuerySet[Citizen], *, today: date) -> tuple[ConsentReach, ...]:
    """Per purpose and channel: how many of them agreed, and how many they are in all."""
    pairs = [(purpose.value, channel.value) for purpose, channel in _pairs()]
    wanted = {
        f"agreed_{place}": Count("pk", filter=consenting(purpose, channel, today=today))
        for place, (purpose, channel) in enumerate(pairs)
    }
    counts = found.aggregate(total=Count("pk"), **wanted)
    return tuple(
        ConsentReach(purpose, channel, counts[f"agreed_{place}"], counts["total"])
        for place, (purpose, channel) in enumerate(pairs)
    )


def _pairs() -> Iterable[tuple[ConsentPurpose, ContactChannel]]:
    return [(purpose, channel) for purpose in ConsentPurpose for channel in ContactChannel]
