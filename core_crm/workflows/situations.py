"""What stands against a step: nothing, or one reason of a short list. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

Fact: TypeAlias = bool | int | str | None
NO_FACTS: Mapping[str, Fact] = MappingProxyType({})
NO_REFUSALS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Situation:
    """A case as far as steps ask of it.

    `held`: the asker's roles and rights. `refusals`: a plugin guard's full code → its reason, of
    those that refuse. `led_here`: the asker took the step that brought the case where it is.
    """

    held: frozenset[str] = frozenset()
    facts: Mapping[str, Fact] = field(default_factory=lambda: NO_FACTS)
    refusals: Mapping[str, str] = field(default_factory=lambda: NO_REFUSALS)
    led_here: bool = False


class Why(StrEnum):
    """Why a step cannot be taken; the first that holds, in this order."""

    STATE = "state"
    RIGHT = "right"
    FACT = "fact"
    GUARD = "guard"
    PLUGIN = "plugin"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason against a step. `says`: the document's or the plugin's own words, if any."""

    why: Why
    says: str = ""
    says_en: str = ""
