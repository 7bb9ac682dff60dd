"""A change of a workflow told in names: which step or state, what of it, and which states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from customization.public import ABSENT, value_at
from sodam.studio.workflow_words import word

Path = tuple[str, ...]
PARTS = ("states", "transitions")
NAMES_STATES = ("source", "target")


def part_name(path: Path, tree: Mapping[str, Any]) -> str:
    """`답변 › 어디서`; "" for a place that is no part of a known state or step."""
    if path[:1] != ("workflow",) or len(path) < 5 or path[2] not in PARTS:
        return ""
    label = value_at(tree, (*path[:4], "label"))
    name = word(label) if isinstance(label, Mapping) else path[3]
    return " › ".join([name, *(_words().get(step, step) for step in path[4:])])


def part_told(path: Path, value: Any, tree: Mapping[str, Any]) -> str:
    """The states of a step by their names; "" for any other value."""
    if path[:1] != ("workflow",) or path[-1] not in NAMES_STATES or value is ABSENT:
        return ""
    codes = value if isinstance(value, list) else [value]
    return ", ".join(_state_name(str(code), path[1], tree) for code in codes)


def _state_name(code: str, workflow: str, tree: Mapping[str, Any]) -> str:
    label = value_at(tree, ("workflow", workflow, "states", code, "label"))
    return word(label) if isinstance(label, Mapping) else code


def _words() -> dict[str, str]:
    return {
        "source": _("어디서"),
        "target": _("어디로"),
        "rights": _("필요한 권한"),
        "roles": _("역할"),
        "guard": _("조건식"),
        "guard_says": _("조건이 맞지 않을 때 하는 말"),
        "plugin_guards": _("플러그인이 보는 조건"),
        "requires_comment": _("사유를 꼭 적음"),
        "separation_of_duty": _("앞 단계를 한 사람은 할 수 없음"),
        "auto_after": _("저절로 넘어가는 때"),
        "actions": _("함께 하는 일"),
        "clock": _("머무는 목표"),
        "required_fields": _("들어오기 전에 채울 것"),
        "label": _("이름"),
        "category": _("성격"),
        "maps_to": _("표준 상태"),
        "sort": _("차례"),
        "ko": _("한국어"),
        "en": _("영어"),
    }
