"""What models of documents are made of: strict parts, codes, and weights that add up."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

WHOLE = Decimal(100)

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Percent = Annotated[Decimal, Field(gt=0, le=100, decimal_places=2)]


class Part(BaseModel):
    """A part of a document: unknown keys are refused, and it never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def refuse_unless_whole(weights: Iterable[Decimal]) -> None:
    """Raise ValueError unless the weights, in percent, add up to a hundred."""
    given = sum(weights, Decimal())
    if given != WHOLE:
        raise ValueError(f"가중치의 합이 100이어야 합니다 (지금 {given.normalize():f})")
