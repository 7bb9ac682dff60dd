"""DOOR for plugin authors: what a plugin is, what it may add, and what its functions may ask.

Beside this module a plugin imports `core_crm.extension_points`, `core_crm.events` and rooms'
`types`. Everything else is private and may change on any day.

What a plugin adds are the shapes below (`Measure`, `Panel` …), each with a code of the plugin's
own; documents and rooms call it `x.<plugin>.<code>`. A function is given plain values and returns
plain values. It runs apart, with a time budget and without a database; its records and its
configuration are asked for by `records` and `configured`. One that fails is answered neutrally.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from core_crm.common.contributions import (
    Action,
    ActionResult,
    CaseView,
    Contribution,
    Gateway,
    Guard,
    Importer,
    Measure,
    OutgoingText,
    Panel,
    PanelContent,
    RecordField,
    ReportColumn,
    Trigger,
)

__all__ = [
    "API_VERSION",
    "CODE",
    "Action",
    "ActionResult",
    "CaseView",
    "Contribution",
    "Gateway",
    "Guard",
    "Importer",
    "Measure",
    "OutgoingText",
    "Panel",
    "PanelContent",
    "Permission",
    "Plugin",
    "PluginNotValid",
    "RecordField",
    "ReportColumn",
    "Trigger",
    "configured",
    "is_compatible",
    "records",
    "this_city",
]

API_VERSION = (1, 1)

CODE = re.compile(r"[a-z][a-z0-9_]{0,47}")
_PLACE = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")
_VERSION = re.compile(r"\d+(\.\d+){1,2}")

C = TypeVar("C", bound=BaseModel)


class PluginNotValid(ValueError):
    """The plugin's declaration breaks the contract; the message says where."""


class Permission(StrEnum):
    """What a government agrees to when it turns a plugin on. Nothing else is possible."""

    CASES = "cases"  # is shown a voice, without who wrote it
    STEPS = "steps"  # may refuse a step of a voice, or keep values and a note with it
    FIGURES = "figures"  # adds measures that indicators may use
    RECORDS = "records"  # keeps records of its own in the city's schema
    FILES = "files"  # reads the lines of files that officials import
    MESSAGES = "messages"  # sends messages: sees addresses and words
    CAMPAIGNS = "campaigns"  # adds days that may set a campaign off
    DOCUMENTS = "documents"  # adds documents under its own prefix


NEEDS: Mapping[type[Contribution], Permission] = {
    Panel: Permission.CASES,
    ReportColumn: Permission.CASES,
    Guard: Permission.STEPS,
    Action: Permission.STEPS,
    Measure: Permission.FIGURES,
    RecordField: Permission.RECORDS,
    Importer: Permission.FILES,
    Gateway: Permission.MESSAGES,
    Trigger: Permission.CAMPAIGNS,
}
"""What each shape needs. This is the whole list of what may be contributed."""


@dataclass(frozen=True, kw_only=True)
class Plugin:
    """What one government has beside the standard. A plain object called `PLUGIN`, no Django app.

    - `version`: of the plugin, `1.0` or `1.0.2`. `api`: the version of this contract it knows.
    - `summary`, `publisher`: for the officials who turn it on. `source`: where its facts come from,
      with the date they were read.
    - `contributes`: what it adds to the core's lists.
    - `documents`: a folder of `<kind>/<code>.yaml`, in force as `x.<plugin>.<code>`.
    - `config`: a pydantic model, each field with a default; a city's values are read by
      `configured`.
    - `permissions`: what all this needs (`NEEDS`), said openly.
    - `answers`: per extension point the class that answers it, as `module:Class`; made once,
      without arguments. It has to offer every method of the standard answer.

    Raises PluginNotValid.
    """

    code: str
    name: str
    api: tuple[int, int]
    version: str = "1.0"
    summary: str = ""
    publisher: str = ""
    source: str = ""
    contributes: tuple[Contribution, ...] = ()
    documents: Path | None = None
    config: type[BaseModel] | None = None
    permissions: tuple[Permission, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.code, str) or not CODE.fullmatch(self.code):
            raise PluginNotValid(f"code {self.code!r}: small letters, digits and _, a letter first")
        if not self.name.strip():
            raise PluginNotValid(f"{self.code}: name is empty")
        if not _VERSION.fullmatch(self.version):
            raise PluginNotValid(f"{self.code}: version {self.version!r} is not like 1.0 or 1.0.2")
        _check_answers(self.answers)
        _check_contributions(self.contributes)
        _check_permissions(self)


def _check_answers(answers: Mapping[str, str]) -> None:
    for question, place in answers.items():
        if not _PLACE.fullmatch(place):
            raise PluginNotValid(f"answer to {question!r}: {place!r} is not `module:Class`")


def _check_contributions(contributes: tuple[Contribution, ...]) -> None:
    seen: set[tuple[type[Contribution], str]] = set()
    for one in contributes:
        if type(one) not in NEEDS:
            raise PluginNotValid(f"contributes {one!r}: not one of the shapes of plugin_api")
        if not CODE.fullmatch(one.code):
            raise PluginNotValid(f"{type(one).__name__} {one.code!r}: not a code")
        if not one.label_ko.strip() or not one.label_en.strip():
            raise PluginNotValid(f"{type(one).__name__} {one.code!r}: a label is empty")
        if (type(one), one.code) in seen:
            raise PluginNotValid(f"{type(one).__name__} {one.code!r} is there twice")
        seen.add((type(one), one.code))


def _check_permissions(plugin: Plugin) -> None:
    needed = {NEEDS[type(one)] for one in plugin.contributes}
    needed |= {Permission.DOCUMENTS} if plugin.documents else set()
    lacking = sorted(each.value for each in needed.difference(plugin.permissions))
    if lacking:
        raise PluginNotValid(f"{plugin.code}: permissions lack {', '.join(lacking)}")


def is_compatible(api: tuple[int, int]) -> bool:
    """Can a plugin made for this version run here? Same major, and no newer minor than ours."""
    major, minor = api
    return major == API_VERSION[0] and minor <= API_VERSION[1]


class PluginDoor(Protocol):
    """What a running function may ask of the city it serves. Bound by the dispatcher."""

    city: str

    def config(self) -> Mapping[str, Any]: ...
    def get(self, kind: str, key: str) -> Mapping[str, Any] | None: ...
    def put(self, kind: str, key: str, data: Mapping[str, Any], *, schema_version: int) -> None: ...
    def find(self, kind: str, equal: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]: ...


door: ContextVar[PluginDoor] = ContextVar("plugin_door")
"""Set by the dispatcher while a plugin's function runs; the contract kit sets one of its own."""


class Records:
    """The plugin's own records in the city being served: JSON by kind and key.

    Only from a function a city called, and only this plugin's rows. `put` works in an `Action`
    (an official took a step); elsewhere it raises RuntimeError, because looking changes nothing.
    """

    def get(self, kind: str, key: str) -> Mapping[str, Any] | None:
        """The record, or None."""
        return door.get().get(kind, key)

    def put(self, kind: str, key: str, data: Mapping[str, Any], *, schema_version: int = 1) -> None:
        """Write or replace a record: at most 16 kB of JSON."""
        door.get().put(kind, key, data, schema_version=schema_version)

    def find(self, kind: str, **equal: Any) -> list[tuple[str, Mapping[str, Any]]]:
        """(key, data) of the records whose data has these values, by key; the first 200."""
        return door.get().find(kind, equal)


records = Records()


def configured(model: type[C]) -> C:
    """The city's configuration of this plugin; its defaults where the city said nothing."""
    return model.model_validate(dict(door.get().config()))


def this_city() -> str:
    """The code of the city being served."""
    return door.get().city
