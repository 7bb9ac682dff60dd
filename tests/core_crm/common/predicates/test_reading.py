"""What a document must be to be a predicate, and what its writer is told when it is none."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from core_crm.common.predicates import (
    AllOf,
    Compare,
    Not,
    PredicateError,
    check,
    read_predicate,
)
from core_crm.common.predicates.tree import MOST_DEPTH, MOST_NODES
from tests.core_crm.common.predicates.people import PEOPLE

ADULT = {"op": "ge", "field": "age", "value": 19}


def refused(document: Any) -> PredicateError:
    with pytest.raises(PredicateError) as caught:
        check(read_predicate(document), PEOPLE)
    return caught.value


def nested(levels: int) -> Any:
    document: Any = ADULT
    for _level in range(levels):
        document = {"not": document}
    return document


def test_a_tree_is_written_as_it_was_read() -> None:
    document = {
        "all": [
            {"op": "within_days", "field": "moved_in", "value": 15},
            {"any": [{"not": {"op": "eq", "field": "consent.sms", "value": True}}, ADULT]},
            {"op": "in", "field": "home.people", "value": [1, 2.5]},
        ]
    }
    tree = read_predicate(document)
    check(tree, PEOPLE)
    assert tree.model_dump(mode="json") == document
    assert read_predicate(tree.model_dump(mode="json")) == tree


def test_a_tree_can_be_made_in_code() -> None:
    adult = Compare(op="ge", field="age", value=19)
    assert read_predicate({"all": [{"not": ADULT}]}) == AllOf(all=(Not(part=adult),))


@pytest.mark.parametrize(
    ("document", "reason", "pointer"),
    [
        (None, "shape", ""),
        ([], "shape", ""),
        ({}, "shape", "/op"),
        ({"all": []}, "shape", "/all"),
        ({"all": ADULT}, "shape", "/all"),
        ({"not": [ADULT]}, "shape", "/not"),
        ({"all": [ADULT], "any": [ADULT]}, "shape", "/any"),
        ({"all": [ADULT, 5]}, "shape", "/all/1"),
        ({**ADULT, "op": "is"}, "shape", "/op"),
        ({**ADULT, "op": ["ge"]}, "shape", "/op"),
        ({**ADULT, "a/b": 1}, "shape", "/a~1b"),
        ({"op": "ge", "field": "age"}, "shape", "/value"),
        ({**ADULT, "value": None}, "shape", "/value"),
        ({**ADULT, "value": [[1]]}, "shape", "/value"),
        ({**ADULT, "op": "in", "value": []}, "shape", "/value"),
        ({**ADULT, "value": float("nan")}, "shape", "/value"),
        (nested(MOST_DEPTH), "too_deep", ""),
        (nested(1000), "too_deep", None),
        ({"all": [{"any": [ADULT] * 50}, {"any": [ADULT] * 50}]}, "too_big", ""),
        ({"not": {"any": [ADULT, {**ADULT, "field": "agee"}]}}, "field", "/not/any/1/field"),
        ({"op": "lt", "field": "name", "value": "가"}, "operation", "/op"),
        ({"op": "eq", "field": "seen_at", "value": "2026-11-23T00:00:00Z"}, "operation", "/op"),
        ({"op": "within_days", "field": "age", "value": 3}, "operation", "/op"),
        ({"op": "eq", "field": "age", "value": [1]}, "value", "/value"),
        ({"op": "in", "field": "age", "value": 1}, "value", "/value"),
        ({"op": "in", "field": "age", "value": [1, "2"]}, "value", "/value"),
        ({"op": "eq", "field": "age", "value": True}, "value", "/value"),
        ({"op": "eq", "field": "age", "value": 10**16}, "value", "/value"),
        ({"op": "eq", "field": "consent.sms", "value": 1}, "value", "/value"),
        ({"op": "isnull", "field": "age", "value": 1}, "value", "/value"),
        ({"op": "eq", "field": "name", "value": ""}, "value", "/value"),
        ({"op": "eq", "field": "name", "value": "a\x00b"}, "value", "/value"),
        ({"op": "eq", "field": "name", "value": "\ud800"}, "value", "/value"),
        ({"op": "eq", "field": "grade", "value": "platinum"}, "value", "/value"),
        ({"op": "eq", "field": "moved_in", "value": "23.11.2026"}, "value", "/value"),
        ({"op": "eq", "field": "moved_in", "value": 20261123}, "value", "/value"),
        ({"op": "eq", "field": "moved_in", "value": "0001-01-01"}, "value", "/value"),
        ({"op": "lt", "field": "seen_at", "value": "2026-11-23T00:00:00"}, "value", "/value"),
        ({"op": "within_days", "field": "moved_in", "value": -1}, "value", "/value"),
        ({"op": "within_days", "field": "moved_in", "value": True}, "value", "/value"),
        ({"op": "days_before", "field": "seen_at", "value": 10**9}, "value", "/value"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(document: Any, reason: str, pointer: str | None) -> None:
    error = refused(document)
    assert error.reason == reason
    assert pointer is None or error.pointer == pointer
    assert error.facts == {"reason": reason, "pointer": error.pointer}


@pytest.mark.parametrize(
    ("document", "meant"),
    [({**ADULT, "field": "agee"}, "age"), ({**ADULT, "op": "within_day"}, "within_days")],
)
def test_a_near_name_is_offered(document: Any, meant: str) -> None:
    assert f"혹시 ‘{meant}’인가요?" in str(refused(document))


def test_an_operation_of_another_kind_is_answered_with_those_there_are() -> None:
    error = refused({"op": "lt", "field": "name", "value": "가"})
    assert "eq, ne, in, isnull" in str(error)


def test_a_document_that_holds_a_tree_is_bounded_too() -> None:
    """Pydantic models of documents have `Predicate` fields; the limits are the tree's own."""
    with pytest.raises(ValidationError, match="겹보다 깊습니다"):
        Not.model_validate(nested(MOST_DEPTH))
    with pytest.raises(ValidationError, match=f"{MOST_NODES}개까지"):
        AllOf.model_validate({"all": [{"all": [ADULT] * 49}] * 3})
