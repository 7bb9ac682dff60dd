"""The document `routing/voice`: which department a voice goes to, by its words, place and facts."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from core_crm.common.predicates import Predicate
from core_crm.voices.types.catalogue import TwoLanguages

MOST_RULES, MOST_WORDS = 200, 100

Word = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"\S")]
Words = Annotated[dict[Word, bool], Field(max_length=MOST_WORDS)]
"""Words as keys, so that two may add one each; `false` puts one of the standard's aside."""
Role = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=48)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RoutingRule(_Strict):
    """One rule. It holds when one of its words is in title or text, none of `not_words` is, one of
    its places is in the place, and `when` is true of the voice; what it does not name, it does not
    ask. The lowest `sort` that holds decides.
    """

    label: TwoLanguages
    sort: int = 100
    words: Words = {}
    not_words: Words = {}
    places: Words = {}
    when: Predicate | None = None
    department_role: Role
    is_active: bool = True

    @model_validator(mode="after")
    def _asks_something(self) -> RoutingRule:
        if not (self.words or self.places or self.when):
            raise ValueError("낱말, 장소, 조건 가운데 하나는 있어야 합니다.")
        return self


class RoutingDefinition(_Strict):
    """The document. `fallback_role` gets what no rule, service or category leads anywhere.

    `departments`: for a role, the code of the city's own department, where the name alone would
    lead to another (fixtures/organisation/mapping.yaml goes by names).
    """

    version: str = ""
    label: TwoLanguages
    rules: dict[Role, RoutingRule] = Field(default_factory=dict, max_length=MOST_RULES)
    fallback_role: Role = "civil_service"
    departments: dict[Role, Annotated[str, StringConstraints(min_length=1, max_length=64)]] = {}
