"""Conditions ask what can be asked: fields of the standard, of the city and of its plugins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from core_crm.common.predicates import (
    Compare,
    Predicate,
    PredicateError,
    PredicateSource,
    check,
    read_predicate,
)
from core_crm.customers.selectors.lists import ListedWord
from core_crm.customers.selectors.predicate_source import citizen_source
from core_crm.voices.selectors.predicate_source import voice_source_of
from core_crm.voices.types.catalogue import CodeList
from core_crm.voices.types.forms import VoiceForm
from customization.resolution.places import places
from customization.resolution.problems import Problem
from customization.resolution.references import PLUGIN_MARK, Added
from customization.resolution.trees import ABSENT, Path, Tree, value_at

RULES: Path = ("routing", "*", "rules", "*", "when")
DAYS: Path = ("code_list", "dated_facts", "items")
AUDIENCES: Path = ("campaign_type", "*", "audience")


def condition_problems(tree: Tree, *, added: Added | None = None) -> Iterator[Problem]:
    """Conditions of routing rules and audiences; without `added`, those on plugins are left out."""
    yield from _checked(tree, RULES, voice_source_of(_form(tree)), added)
    yield from _checked(tree, AUDIENCES, citizen_source(dated_facts=_days(tree)), added)


def _checked(
    tree: Tree, pattern: Path, source: PredicateSource, added: Added | None
) -> Iterator[Problem]:
    for path, given in places(tree, pattern):
        found = _read(given)
        if found is None or (added is None and _asks_plugins(found)):
            continue
        try:
            check(found, source)
        except PredicateError as refused:
            yield Problem(path, refused.message)


def _read(given: Any) -> Predicate | None:
    """None for what is no condition at all: the model says so."""
    if not isinstance(given, Mapping):
        return None
    try:
        return read_predicate(dict(given))
    except PredicateError:
        return None


def _asks_plugins(predicate: Predicate) -> bool:
    if isinstance(predicate, Compare):
        return predicate.field.startswith(PLUGIN_MARK)
    return any(_asks_plugins(part) for _pointer, part in predicate.parts)


def _days(tree: Tree) -> list[ListedWord] | None:
    """The kinds of dated facts as the tree has them; those in force when it is not right."""
    found = value_at(tree, DAYS)
    try:
        items = CodeList.model_validate({"label": {"ko": "-"}, "items": found}).items
    except ValidationError:
        return None
    return [
        ListedWord(code, entry.label.ko, entry.label.en or entry.label.ko)
        for code, entry in items.items()
    ]


def _form(tree: Tree) -> VoiceForm:
    """The form as the tree has it; none when it is not right in itself."""
    found = value_at(tree, ("form", "voice"))
    try:
        return VoiceForm.model_validate({} if found is ABSENT else found)
    except ValidationError:
        return VoiceForm()
