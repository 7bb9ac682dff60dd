"""DOOR for plugin authors: what a plugin is, and the version of this contract.

Beside this module a plugin imports `core_crm.extension_points`, `core_crm.events` and rooms'
`types`. Everything else is private and may change on any day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

API_VERSION = (1, 0)

CODE = re.compile(r"[a-z][a-z0-9_]{0,47}")
_PLACE = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")


class PluginNotValid(ValueError):
    """The plugin's declaration breaks the contract; the message says where."""


@dataclass(frozen=True, kw_only=True)
class Plugin:
    """What one government answers differently. A plain object called `PLUGIN`, no Django app.

    `answers` names, per extension point, the class that answers it, as `module:Class`; it is made
    once, without arguments, and serves only cities that use this plugin. It has to offer every
    method of the standard answer. Raises PluginNotValid.
    """

    code: str
    name: str
    api: tuple[int, int]
    answers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise PluginNotValid(f"code {self.code!r}: small letters, digits and _, a letter first")
        if not self.name.strip():
            raise PluginNotValid(f"{self.code}: name is empty")
        for question, place in self.answers.items():
            if not _PLACE.fullmatch(place):
                raise PluginNotValid(f"answer to {question!r}: {place!r} is not `module:Class`")


def is_compatible(api: tuple[int, int]) -> bool:
    """Can a plugin made for this version run here? Same major, and no newer minor than ours."""
    major, minor = api
    return major == API_VERSION[0] and minor <= API_VERSION[1]
