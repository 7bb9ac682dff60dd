"""The parts of a formula, once read: each knows its kind, and says so when another was meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core_crm.common.formulas.errors import FormulaError
from core_crm.common.formulas.types import Kind, Run

_KINDS = {Kind.NUMBER: "수", Kind.TRUTH: "참·거짓", Kind.TEXT: "글"}


@dataclass(frozen=True, slots=True)
class Term:
    """The kind of a part's value, how to get it, and the character it begins at."""

    kind: Kind
    run: Run
    column: int
    is_constant: bool = False

    @property
    def constant(self) -> Any:
        """The value of a part without names."""
        return self.run({})

    def must_be(self, kind: Kind) -> Term:
        """Itself. Raises FormulaError when it is of another kind."""
        if self.kind != kind:
            message = f"{_KINDS[kind]} 자리에 {_KINDS[self.kind]} 값이 왔습니다."
            raise FormulaError("kind", message, column=self.column)
        return self


def runs(terms: Iterable[Term]) -> list[Run]:
    return [term.run for term in terms]
