"""The measures that plugins add here: which can be counted, and their sums for a grid or score."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from core_crm import extension_points
from core_crm.common.contributions import Added, Measure
from core_crm.common.predicates import (
    FieldKind,
    Predicate,
    PredicateSource,
    read_predicate,
    to_q,
)
from core_crm.common.predicates.tree import comparisons
from core_crm.extension_points import digest_of
from core_crm.kpis.models import ExtraFact, ExtraMeasure
from core_crm.surveys.types import SCORED_ITEMS
from core_crm.voices.selectors.fields import voice_form
from core_crm.voices.selectors.predicate_source import voice_source
from tenants.errors import DomainError

STEADY = frozenset(
    {
        "ref",
        "category",
        "service",
        "petition_class",
        "is_compound",
        "is_joint",
        "channel",
        "location",
        "language",
        "department",
        "outcome",
        "reopened_count",
        "received_at",
        "answered_at",
        "closed_at",
        "allowed_minutes",
        "used_minutes",
        "used_percent",
    }
)
"""Fields of a voice that do not change without an event that marks its days."""
OWN_FIELDS = "field."
NEVER_THE_SAME = ("within_days", "days_before")
ANY_DAY = date(2000, 1, 1)
"""No comparison that is let through asks for today."""


@dataclass(frozen=True, slots=True)
class AddedMeasure:
    """A measure that can be counted. `where` None: every row."""

    code: str
    what: Measure
    where: Predicate | None
    source: PredicateSource

    @property
    def fingerprint(self) -> str:
        """Of what it counts: another one means that every day has to be counted anew."""
        what = self.what
        where = extension_points.canonical(dict(what.where))
        return digest_of({"of": what.of, "field": what.field, "where": where})

    @property
    def q(self) -> Q:
        """The voices it is about."""
        return to_q(self.where, self.source, today=ANY_DAY) if self.where is not None else Q()


def measures_added() -> list[AddedMeasure]:
    """Those in force here that can be counted, by code."""
    given = extension_points.measures.all()
    source = voice_source() if given else None
    return [
        _read(each, source) for each in given if source and not measure_fault(each.what, source)
    ]


def measures_wrong() -> dict[str, str]:
    """Code -> why it cannot be counted."""
    found = ((each.code, measure_fault(each.what)) for each in extension_points.measures.all())
    return {code: why for code, why in found if why}


def measures_have_changed() -> bool:
    """Do the facts hold other measures than those in force? Without plugins: no query's worth."""
    held = dict(ExtraMeasure.objects.values_list("code", "fingerprint"))
    return held != {each.code: each.fingerprint for each in measures_added()}


def measures_held(codes: Collection[str]) -> list[str]:
    """Those of these codes that the facts count: where they count none, it is 0 and not unknown."""
    found = ExtraMeasure.objects.filter(code__in=codes) if codes else ExtraMeasure.objects.none()
    return sorted(found.values_list("code", flat=True))


def measure_fault(what: Measure, source: PredicateSource | None = None) -> str:
    """Why a measure cannot be counted exactly, for people; "" when it can."""
    if what.field and what.field not in _fields_of(what):
        known = ", ".join(sorted(_fields_of(what)))
        return f"‘{what.field}’은(는) 더할 수 있는 수가 아닙니다. {known} 가운데 하나를 쓰세요."
    if not what.where:
        return ""
    try:
        where = read_predicate(dict(what.where))
        to_q(where, source or voice_source(), today=ANY_DAY)
    except DomainError as refused:
        return refused.message
    return next((why for one in comparisons(where) if (why := _unsteady(one[1]))), "")


def _unsteady(compare: Any) -> str:
    if compare.op in NEVER_THE_SAME:
        return f"‘{compare.op}’의 답은 날마다 달라서 셀 수 없습니다. 날짜를 적으세요."
    if compare.field in STEADY:
        return ""
    if compare.field.startswith(OWN_FIELDS):
        own = voice_form().fields.get(compare.field.removeprefix(OWN_FIELDS))
        is_forgotten = own is not None and own.retention_days is not None
        return (
            f"‘{compare.field}’은(는) 기한이 지나면 지워져 쓸 수 없습니다." if is_forgotten else ""
        )
    return f"‘{compare.field}’은(는) 세고 난 뒤에 달라질 수 있어 쓸 수 없습니다."


def _fields_of(what: Measure) -> frozenset[str]:
    """The whole numbers that may be added up."""
    if what.of == "rated":
        return frozenset(SCORED_ITEMS)
    numbers = (
        field.code
        for field in voice_source().fields.values()
        if field.kind == FieldKind.NUMBER and field.code in STEADY
    )
    return frozenset(numbers)


def _read(each: Added[Measure], source: PredicateSource) -> AddedMeasure:
    where = read_predicate(dict(each.what.where)) if each.what.where else None
    return AddedMeasure(each.code, each.what, where, source)


Sums = Mapping[tuple[Any, ...], Mapping[str, int]]
MONTH = "month"


def added_sums(codes: Collection[str], facts: QuerySet[ExtraFact], *by: str) -> Sums:
    """The values of these columns (`month` may be one) -> each measure's sum."""
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for line in _lines(codes, facts, by) if codes else ():
        found.setdefault(tuple(line[name] for name in by), {})[line["code"]] = line["total"]
    return found


def _lines(
    codes: Collection[str], facts: QuerySet[ExtraFact], by: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    asked = facts.filter(code__in=codes)
    if MONTH in by:
        asked = asked.annotate(month=TruncMonth("day"))
    yield from asked.values(*by, "code").annotate(total=Sum("value")).order_by()
