"""JSON becomes a tree, or the reason why not in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from core_crm.common.predicates.errors import PredicateError
from core_crm.common.predicates.tree import AllOf, AnyOf, Compare, Not, Op, Predicate
from core_crm.common.similar import did_you_mean
from core_crm.common.types import Json

_TREES: TypeAdapter[Predicate] = TypeAdapter(Predicate)
_TAGS = {shape.__name__ for shape in (Compare, AllOf, AnyOf, Not)}


def read_predicate(document: Json) -> Predicate:
    """The tree of a JSON document. Raises PredicateError for the first thing that is wrong."""
    try:
        return _TREES.validate_python(document)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        reason = _REASONS.get(first["type"], "shape")
        raise PredicateError(reason, _message(first), pointer=_pointer(first["loc"])) from error


_REASONS = {
    "too_big": "too_big",
    "too_deep": "too_deep",
    "recursion_loop": "too_deep",  # pydantic's own limit of 255 levels comes first
    "recursion_depth_exceeded": "too_deep",
}


def _message(problem: ErrorDetails) -> str:
    kind = problem["type"]
    if kind in ("too_big", "too_deep"):
        return problem["msg"]
    if kind == "literal_error":
        known = get_args(Op)
        near = did_you_mean(str(problem["input"])[:60], known)
        return f"쓸 수 있는 비교는 {', '.join(known)}입니다.{near}"
    return _MESSAGES.get(kind, "올바르지 않은 값입니다. 수, 글, true·false나 그 목록을 쓰세요.")


_MESSAGES = {
    "missing": "빠져 있습니다. 채워 주세요.",
    "extra_forbidden": "쓸 수 없는 항목입니다. 지워 주세요.",
    "recursion_loop": "조건이 너무 깊습니다. 더 얕게 나누세요.",
    "recursion_depth_exceeded": "조건이 너무 깊습니다. 더 얕게 나누세요.",
    "too_short": "비어 있습니다. 하나 이상 쓰세요.",
    "too_long": "너무 많습니다. 줄여 주세요.",
    "union_tag_not_found": "조건이 아닙니다. all, any, not이나 op로 시작하는 객체를 쓰세요.",
}


def _pointer(location: Iterable[int | str]) -> str:
    """RFC 6901, as far as a `value`: pydantic's tags and names of types are no steps of ours."""
    steps = [str(step) for step in location if step not in _TAGS]
    if "value" in steps:
        steps = steps[: steps.index("value") + 1]
    return "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps)
