"""The standard itself is sound; what is wrong with an overlay is told to the letter."""

from __future__ import annotations

from typing import Any

import pytest

from customization.resolution.operations import Operation, OverlayNotValid, apply, operation
from customization.resolution.resolving import resolve
from customization.resolution.standard import standard_tree, standard_versions
from customization.resolution.trees import ABSENT, Path, value_at

PERIOD = ("code_list", "services", "services", "passport_issue", "period")
STATES = ("workflow", "voice", "states")


@pytest.fixture(scope="module")
def standard() -> dict[str, Any]:
    return standard_tree()


def change(standard: dict[str, Any], path: Path, wanted: Any) -> Operation:
    return operation(path, seen=value_at(standard, path), wanted=wanted)


def said(standard: dict[str, Any], *changes: tuple[Path, Any]) -> list[str]:
    overlay = [change(standard, path, wanted) for path, wanted in changes]
    return [str(problem) for problem in resolve(standard, overlay).problems]


@pytest.mark.parametrize("version", standard_versions())
def test_every_shipped_standard_is_sound(version: str) -> None:
    resolved = resolve(standard_tree(version), [])
    assert resolved.problems == ()
    assert resolved.tree == standard_tree(version)


def test_a_digest_names_the_documents(standard: dict[str, Any]) -> None:
    same = resolve(standard, []).digest
    other = resolve(standard, [change(standard, ("calendar", "office", "opens_at"), "08:30")])
    assert resolve(standard_tree(), []).digest == same
    assert other.digest != same
    assert other.is_valid


def test_a_misspelt_key_is_named_with_what_was_meant(standard: dict[str, Any]) -> None:
    path = (*STATES, "waiting", "lable")
    assert said(standard, (path, {"ko": "기다림", "en": "Waiting"})) == [
        "workflow.voice.states.waiting.lable: 그런 항목은 없습니다 — 혹시 'label'?"
    ]


def test_a_kind_that_does_not_exist_is_named(standard: dict[str, Any]) -> None:
    found = said(standard, (("workflows",), {}))
    assert found == ["workflows: 그런 종류의 문서는 없습니다 — 혹시 'workflow'?"]


def test_a_state_that_nobody_reaches_is_refused(standard: dict[str, Any]) -> None:
    lonely = {
        "label": {"ko": "보류", "en": "On hold"},
        "category": "active",
        "maps_to": "in_progress",
    }
    found = said(standard, ((*STATES, "on_hold"), lonely))
    assert any("on_hold" in one for one in found)


@pytest.mark.parametrize(
    ("period", "is_lawful"),
    [
        ({"unit": "days", "amount": 7}, True),
        ({"unit": "hours", "amount": 30}, True),
        ({"unit": "immediately", "amount": 1}, True),
        ({"unit": "days", "amount": 9}, False),
        ({"unit": "weeks", "amount": 1}, False),
    ],
)
def test_a_lawful_period_only_becomes_shorter(
    standard: dict[str, Any], period: dict[str, Any], is_lawful: bool
) -> None:
    assert value_at(standard, PERIOD) == {"unit": "days", "amount": 8}
    changes = [((*PERIOD, name), value) for name, value in period.items()]
    found = said(standard, *changes)
    assert (found == []) is is_lawful, found


def test_what_the_law_calls_it_stays(standard: dict[str, Any]) -> None:
    path = ("code_list", "categories", "categories", "road", "petition_class")
    found = said(standard, (path, "other"))
    assert found == [f"{'.'.join(path)}: 민원의 종류는 법이 정합니다 (민원 처리에 관한 법률 제2조)"]


def test_a_service_may_be_dropped_and_one_added(standard: dict[str, Any]) -> None:
    service = dict(value_at(standard, PERIOD[:-1]))
    dropped = (PERIOD[:-1], ABSENT)
    added = (("code_list", "services", "services", "beach_permit"), service)
    assert said(standard, dropped, added) == []


def test_two_operations_may_not_meet(standard: dict[str, Any]) -> None:
    overlay = [
        change(standard, PERIOD, {"unit": "days", "amount": 5}),
        change(standard, (*PERIOD, "amount"), 3),
    ]
    with pytest.raises(OverlayNotValid, match="같은 곳을 두 번"):
        apply(standard, overlay)


def test_a_plugins_documents_stand_under_its_name(standard: dict[str, Any]) -> None:
    body = dict(value_at(standard, ("template", "voice_answered")))
    resolved = resolve(standard, [], parts={"busan": {"template": {"voice_answered": body}}})
    assert resolved.is_valid
    assert resolved.tree["template"]["x.busan.voice_answered"] == body
    assert resolved.tree["template"]["voice_answered"] == standard["template"]["voice_answered"]
