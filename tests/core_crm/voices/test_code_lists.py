"""A city's own lists of words."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from core_crm.voices.types.catalogue import CodeList

LABEL = {"ko": "출처", "en": "Source"}


def listed(**parents: str) -> CodeList:
    items = {code: {"label": LABEL, "parent": parent} for code, parent in parents.items()}
    return CodeList.model_validate({"label": LABEL, "items": items})


def test_entries_may_lie_below_others() -> None:
    assert listed(council="", mayor="", audit="council").items["audit"].parent == "council"


@pytest.mark.parametrize(
    ("parents", "reason"),
    [
        ({"a1": "b1"}, "없습니다"),
        ({"a1": "a1"}, "돌고"),
        ({"a1": "b1", "b1": "a1"}, "돌고"),
        ({"Big": ""}, "pattern"),
    ],
)
def test_a_tree_that_is_none_is_refused(parents: dict[str, str], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        listed(**parents)
