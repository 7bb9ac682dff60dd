"""Predicates: who is meant, as a tree of comparisons that documents hold.

    who = read_predicate({"all": [{"op": "within_days", "field": "moved_in_on", "value": 15},
                                  {"op": "eq", "field": "consent.sms", "value": True}]})
    Citizen.objects.filter(to_q(who, CITIZENS, today=today))    # all of them
    matches(who, CITIZENS, row, today=today)                    # one, when something happened

Both choose the same rows, so a preview counts those who are then written to. A comparison with null
is false; `ne` and `not` are then true. Described in docs/reference/formulas.md.
"""

from core_crm.common.predicates.conditions import check
from core_crm.common.predicates.errors import PredicateError
from core_crm.common.predicates.fields import (
    FieldKind,
    PersonalDataClass,
    PredicateField,
    PredicateSource,
)
from core_crm.common.predicates.json_values import (
    JsonValue,
    is_in_json,
    json_holds,
    json_value,
    value_in_json,
)
from core_crm.common.predicates.matching import matcher, matches
from core_crm.common.predicates.querying import to_q
from core_crm.common.predicates.reading import read_predicate
from core_crm.common.predicates.tree import AllOf, AnyOf, Compare, Not, Predicate

__all__ = [
    "AllOf",
    "AnyOf",
    "Compare",
    "FieldKind",
    "JsonValue",
    "Not",
    "PersonalDataClass",
    "Predicate",
    "PredicateError",
    "PredicateField",
    "PredicateSource",
    "check",
    "is_in_json",
    "json_holds",
    "json_value",
    "matcher",
    "matches",
    "read_predicate",
    "to_q",
    "value_in_json",
]
