"""The document kind `call_routing`: who takes a call, and what happens when nobody can."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from core_crm.common.document_parts import Code, Part
from core_crm.common.labels import TwoLanguages


class CallLine(Part):
    """Calls about some subjects, taken by agents who know them.

    `categories`: what citizens file voices under (`code_list/categories`). `hands_over_to`: the
    department role that answers what an agent cannot.
    """

    label: TwoLanguages
    categories: frozenset[Code] = frozenset()
    hands_over_to: str
    takes_the_rest: bool = False
    sort: int = 100


class Otherwise(Part):
    """What a caller hears and is offered when no agent takes the call."""

    says: TwoLanguages
    offers: frozenset[Literal["call_back", "voice_guide", "message"]] = Field(min_length=1)


class CallBack(Part):
    """A missed call is called back by an agent, within working minutes of the city's office."""

    within_minutes: int = Field(ge=1, le=1440)
    tries: int = Field(ge=1, le=10)
    apart_minutes: int = Field(ge=1, le=1440)


class CallRouting(Part):
    """How the telephone is answered: agents first, a machine only when none is free.

    2006 paper, Table 5: the old need not fight an ARS; ARS only when all agents are busy, and at
    night and on holidays; a missed call becomes a call-back. `wait_seconds`: how long it rings at
    agents before `when_busy` is offered.
    """

    label: TwoLanguages
    hours: Code = Field(description="A document of the kind `calendar`.")
    greeting: TwoLanguages
    tells_recording: TwoLanguages
    agents_first: Literal[True] = True
    wait_seconds: int = Field(ge=5, le=600)
    lines: dict[Code, CallLine] = Field(min_length=1)
    when_busy: Otherwise
    when_closed: Otherwise
    missed: CallBack

    @model_validator(mode="after")
    def _somebody_takes_the_rest(self) -> Self:
        rest = [code for code, line in self.lines.items() if line.takes_the_rest]
        if len(rest) != 1:
            raise ValueError("나머지 전화를 받는 회선(takes_the_rest)이 꼭 하나 있어야 합니다")
        self._one_line_for_a_category()
        return self

    def _one_line_for_a_category(self) -> None:
        named = [one for line in self.lines.values() for one in line.categories]
        if twice := sorted({one for one in named if named.count(one) > 1}):
            raise ValueError(f"한 분야를 두 회선이 받습니다: {', '.join(twice)}")
