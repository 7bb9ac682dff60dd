"""What a preview says: a sentence, a few figures, and the rows behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Tree: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Impact:
    """The effect of a change of one kind of document.

    `what`: kpi, workflow, routing, campaign. `figures`: named whole numbers, e.g. cases looked at.
    `rows` are cut after the first hundred; `rows_in_all` says how many there are. A preview that
    could not be made has `failed` filled in, for people, and nothing else.
    """

    what: str
    title: str
    sentence: str = ""
    figures: Mapping[str, int] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    rows_in_all: int = 0
    failed: str = ""


MOST_ROWS = 100
