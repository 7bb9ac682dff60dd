"""docs/reference/formulas.md says what is so: its examples are run."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from core_crm.common.formulas import Kind, Value, parse
from core_crm.common.formulas.functions import FUNCTIONS
from core_crm.common.predicates import read_predicate

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "formulas.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `([^`]+)` \| (-?[0-9.]+|True|False|null) \|$", TEXT, re.MULTILINE)


def shown(text: str) -> Value:
    words: dict[str, Value] = {"True": True, "False": False, "null": None}
    return words[text] if text in words else Fraction(Decimal(text))


@pytest.mark.parametrize(("source", "value"), EXAMPLES)
def test_the_examples_of_the_reference_page_are_right(source: str, value: str) -> None:
    formula = parse(source, names=dict.fromkeys("abzn", Kind.NUMBER))
    assert formula.evaluate({"a": 7, "b": 2, "z": 0, "n": None}) == shown(value)


def test_the_page_has_examples_and_tells_of_every_function() -> None:
    assert len(EXAMPLES) > 10
    assert [name for name in FUNCTIONS if f"`{name}(" not in TEXT] == []


def test_its_predicate_can_be_read() -> None:
    (document,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert read_predicate(json.loads(document)).depth == 3
