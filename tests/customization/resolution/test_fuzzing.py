"""Whatever is fed in, the answer is ours and comes soon: YAML, trees, conditions, formulas.

Each parser of text that officials write either reads it or refuses it by an error with a sentence.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from core_crm.common.formulas import Kind, parse
from core_crm.common.predicates import read_predicate
from core_crm.extension_points import digest_of
from core_crm.messaging.services.rendering import placeholders_of
from core_crm.messaging.types import MessageTemplate
from customization.documents.errors import DocumentsNotValid
from customization.documents.portable import read_portable, written
from customization.resolution.judging import findings
from customization.resolution.operations import apply, diff
from customization.resolution.standard import standard_tree
from customization.resolution.trees import is_same
from tenants.errors import DomainError

STANDARD = standard_tree()
SECONDS = 5.0
often = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))

TEXTS = st.text(st.characters(codec="utf-8"), max_size=80)
WORDS = (
    "documents: kpi: {} [] - & * ! | > ' \" : , \n \t a 1 0x1 ~ null true 12:30 "
    "<<: %YAML --- ? \x00"
)
YAMLS = st.lists(st.sampled_from(WORDS.split(" ")), max_size=40).map(" ".join)
JSONS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(TEXTS, below, max_size=3),
    max_leaves=12,
)


def soon(act: Callable[[], Any], *refusals: type[Exception]) -> Any:
    """What it gives, or one of our refusals; never later than a person would wait."""
    begun = time.monotonic()
    try:
        return act()
    except refusals:
        return None
    finally:
        assert time.monotonic() - begun < SECONDS


@often
@given(TEXTS | YAMLS)
def test_any_text_is_a_file_of_documents_or_is_refused(text: str) -> None:
    soon(lambda: read_portable(text), DocumentsNotValid)
    soon(lambda: read_portable(f"documents:\n  kpi: {text}"), DocumentsNotValid)


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [1]\ndocuments: {b: *a}",
        "documents: !!python/object/apply:os.system [ls]",
        "documents: " + "[" * 5_000,
        "documents: " + "{a: " * 3_000,
        "documents: {a: 2026-99-99}",
        "documents: {? {a: 1} : 2}",
        "documents: {a: .inf, b: .nan}",
        "documents: {1: {2: 3}}",
        "&a documents: {<<: *a}",
        "documents: {a: 9" + "9" * 5_000 + "}",
        "x" * 5_000_001,
        "\ufeffdocuments: {}",
    ],
)
def test_known_tricks_of_yaml_are_read_plainly_or_refused(text: str) -> None:
    soon(lambda: read_portable(text), DocumentsNotValid)


@often
@given(st.dictionaries(TEXTS, st.dictionaries(TEXTS, JSONS, max_size=3), max_size=3))
def test_what_is_written_as_yaml_is_read_back_to_the_letter(tree: dict[str, Any]) -> None:
    assert is_same(read_portable(written({"documents": tree})).documents, tree)


FORMULA = "a b 1 0 . + - * / ( ) if else and or not in [ ] , < = max round 'x' x.y.z ** lambda"
KINDS_OR_WORDS = st.sampled_from(sorted(STANDARD)) | TEXTS


@often
@given(st.dictionaries(KINDS_OR_WORDS, JSONS, max_size=3))
def test_any_tree_is_judged(tree: dict[str, Any]) -> None:
    found = soon(lambda: findings(tree, STANDARD, added={}))
    assert found
    assert all(problem.message and problem.path for problem in found)


@often
@given(st.data())
def test_the_standard_with_nonsense_at_a_place_is_judged(data: st.DataObject) -> None:
    tree: Any = standard_tree()
    here, steps = tree, data.draw(st.integers(1, 6))
    for _ in range(steps):
        key = data.draw(st.sampled_from(sorted(here)))
        if not isinstance(here[key], dict) or not here[key]:
            break
        here = here[key]
    here[data.draw(st.sampled_from(sorted(here)) | TEXTS)] = data.draw(JSONS)
    soon(lambda: findings(tree, STANDARD, added={}))
    assert digest_of(apply(STANDARD, diff(STANDARD, tree))) == digest_of(tree)


@often
@given(JSONS)
def test_any_value_is_a_condition_or_is_refused(value: Any) -> None:
    soon(lambda: read_predicate(value), DomainError)


PREDICATE_KEYS = st.sampled_from(["all", "any", "not", "op", "field", "value", "x"])


@often
@given(
    st.recursive(
        st.dictionaries(
            PREDICATE_KEYS, st.sampled_from(["eq", "in", "a", 1, None, []]), max_size=3
        ),
        lambda below: st.dictionaries(PREDICATE_KEYS, below | st.lists(below), max_size=2),
        max_leaves=30,
    )
)
def test_anything_like_a_condition_is_one_or_is_refused(value: Any) -> None:
    soon(lambda: read_predicate(value), DomainError)


def test_a_condition_without_end_is_refused() -> None:
    deep: Any = {"op": "eq", "field": "a", "value": 1}
    for _ in range(3_000):
        deep = {"not": deep}
    assert soon(lambda: read_predicate(deep), DomainError) is None


@often
@given(TEXTS | st.lists(st.sampled_from(FORMULA.split(" ")), max_size=60).map(" ".join))
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    names = {"a": Kind.NUMBER, "b": Kind.TRUTH}
    formula = soon(lambda: parse(text, names=names, expects=Kind.NUMBER), DomainError)
    if formula is not None:
        soon(lambda: formula.evaluate({"a": 1, "b": True}), DomainError)


@often
@given(
    TEXTS
    | st.lists(
        st.sampled_from(["((", "))", "(", ")", "ref", "a", "{{", "%", "\n", "가"]), max_size=40
    ).map("".join)
)
def test_any_text_is_a_notice_or_is_refused(text: str) -> None:
    body = {"texts": {"ko": {"sms": text}}}
    template = soon(lambda: MessageTemplate.model_validate(body), ValidationError)
    assert template.texts["ko"].sms == text
    assert all(name in text for name in soon(lambda: placeholders_of(text)))


def test_a_file_of_the_standard_is_yaml_for_others_too() -> None:
    assert is_same(yaml.safe_load(written({"documents": STANDARD}))["documents"], STANDARD)
