"""What a segment's condition asks: its fields, and whether the law has to allow them."""

from __future__ import annotations

from datetime import date
from typing import Any

from core_crm.common.predicates import (
    AllOf,
    AnyOf,
    PersonalDataClass,
    Predicate,
    PredicateField,
    PredicateSource,
    check,
    read_predicate,
)
from core_crm.common.predicates.tree import comparisons
from core_crm.customers.selectors import citizen_source

NEEDS_A_LAW = frozenset({PersonalDataClass.SENSITIVE, PersonalDataClass.UNIQUE_ID})


def read_condition(
    condition: Any, *, today: date | None = None, source: PredicateSource | None = None
) -> Predicate:
    """The tree of a segment's condition, checked. Raises PredicateError."""
    predicate = read_predicate(condition)
    check(predicate, source or citizen_source(today=today))
    return predicate


def fields_needing_basis(
    predicate: Predicate, source: PredicateSource | None = None
) -> tuple[PredicateField, ...]:
    """The fields of sensitive data that the condition names (개인정보 보호법 제23조, 제24조)."""
    known = (source or citizen_source()).fields
    named = dict.fromkeys(compare.field for _pointer, compare in comparisons(predicate))
    fields = (known[code] for code in named if code in known)
    return tuple(field for field in fields if field.personal in NEEDS_A_LAW)


def rules_of(predicate: Predicate) -> tuple[str, tuple[Predicate, ...]]:
    """How the outermost rules go together (all or any), and the rules."""
    if isinstance(predicate, AllOf):
        return "all", predicate.all
    if isinstance(predicate, AnyOf):
        return "any", predicate.any
    return "all", (predicate,)
