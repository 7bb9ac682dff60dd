"""The tree of a predicate, as documents hold it: comparisons under `all`, `any` and `not`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    FiniteFloat,
    StrictBool,
    StrictInt,
    StrictStr,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

MOST_DEPTH = 8
MOST_NODES = 100
MOST_PARTS = 50
MOST_OPTIONS = 100

Op: TypeAlias = Literal[
    "eq", "ne", "lt", "le", "gt", "ge", "in", "isnull", "within_days", "days_before"
]
Scalar: TypeAlias = StrictBool | StrictInt | FiniteFloat | StrictStr


class Node(BaseModel):
    """A part of a tree. It knows its parts, and refuses to grow beyond what a person can read."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, validate_by_name=True, serialize_by_alias=True
    )

    @property
    def parts(self) -> Iterator[tuple[str, Predicate]]:
        """Each part, and the pointer to it from here."""
        yield from ()

    @property
    def size(self) -> int:
        return 1 + sum(part.size for _pointer, part in self.parts)

    @property
    def depth(self) -> int:
        return 1 + max((part.depth for _pointer, part in self.parts), default=0)

    @model_validator(mode="after")
    def _is_bounded(self) -> Self:
        if self.depth > MOST_DEPTH:
            message = f"조건이 {MOST_DEPTH}겹보다 깊습니다. 더 얕게 나누세요."
            raise PydanticCustomError("too_deep", message)
        if self.size > MOST_NODES:
            message = f"조건이 너무 많습니다. {MOST_NODES}개까지 쓸 수 있습니다."
            raise PydanticCustomError("too_big", message)
        return self


class Compare(Node):
    """`{"op": "ge", "field": "age", "value": 65}`: one field, one operation, one value."""

    op: Op
    field: str = Field(max_length=150)
    value: Scalar | Annotated[tuple[Scalar, ...], Field(min_length=1, max_length=MOST_OPTIONS)]


class AllOf(Node):
    """`{"all": [...]}`: every part holds."""

    all: tuple[Predicate, ...] = Field(min_length=1, max_length=MOST_PARTS)

    @property
    def parts(self) -> Iterator[tuple[str, Predicate]]:
        return ((f"/all/{place}", part) for place, part in enumerate(self.all))


class AnyOf(Node):
    """`{"any": [...]}`: at least one part holds."""

    any: tuple[Predicate, ...] = Field(min_length=1, max_length=MOST_PARTS)

    @property
    def parts(self) -> Iterator[tuple[str, Predicate]]:
        return ((f"/any/{place}", part) for place, part in enumerate(self.any))


class Not(Node):
    """`{"not": {...}}`: the part does not hold. In code `Not(part=...)`."""

    part: Predicate = Field(alias="not")

    @property
    def parts(self) -> Iterator[tuple[str, Predicate]]:
        yield "/not", self.part


def _shape(value: Any) -> str | None:
    """The class that a part is of, by the word it begins with."""
    if isinstance(value, Node):
        return type(value).__name__
    if not isinstance(value, Mapping):
        return None
    named = ((word, shape) for word, shape in _SHAPES.items() if word in value)
    return next((shape for _word, shape in named), "Compare")


_SHAPES = {"all": "AllOf", "any": "AnyOf", "not": "Not", "part": "Not"}

Predicate: TypeAlias = Annotated[
    Annotated[Compare, Tag("Compare")]
    | Annotated[AllOf, Tag("AllOf")]
    | Annotated[AnyOf, Tag("AnyOf")]
    | Annotated[Not, Tag("Not")],
    Discriminator(_shape),
]

for _node in (AllOf, AnyOf, Not):
    _node.model_rebuild()


def comparisons(predicate: Predicate, pointer: str = "") -> Iterator[tuple[str, Compare]]:
    """Every comparison in the tree with its JSON pointer, from left to right."""
    if isinstance(predicate, Compare):
        yield pointer, predicate
    for step, part in predicate.parts:
        yield from comparisons(part, pointer + step)
