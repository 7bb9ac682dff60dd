"""Loading plugins one at a time: a broken one is left out, with its reason, and stops no other."""

from __future__ import annotations

import logging
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from core_crm.extension_points import ExtensionPoint
from customization.plugin_api import API_VERSION, Plugin, is_compatible
from customization.registry.discovery import Candidate

log = logging.getLogger(__name__)

Points = Mapping[str, ExtensionPoint[Any]]


class PluginRefused(Exception):
    """The plugin was read and cannot be used here; the message says why."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plugin ready for use, with its answers made."""

    plugin: Plugin
    origin: str
    answers: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A plugin that was left out."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plugins:
    """Every plugin that was found: usable ones by code, and those left out."""

    loaded: Mapping[str, Loaded] = field(default_factory=dict)
    quarantined: tuple[Quarantined, ...] = ()


def load_all(found: Iterable[Candidate], *, points: Points) -> Plugins:
    """Load each candidate; whatever one of them does wrong, the next is tried."""
    loaded: dict[str, Loaded] = {}
    quarantined: list[Quarantined] = []
    for candidate in found:
        try:
            one = _load(candidate, points=points, taken=loaded)
        except (Exception, SystemExit) as failure:  # a stranger's code may raise anything
            reason = f"{type(failure).__name__}: {failure}"
            log.exception("plugin_quarantined", extra={"plugin": candidate.origin})
            quarantined.append(Quarantined(candidate.origin, reason))
        else:
            loaded[one.plugin.code] = one
    return Plugins(loaded, tuple(quarantined))


def _load(candidate: Candidate, *, points: Points, taken: Container[str]) -> Loaded:
    plugin = candidate.load()
    if not isinstance(plugin, Plugin):
        raise PluginRefused("PLUGIN is not a customization.plugin_api.Plugin")
    if not is_compatible(plugin.api):
        raise PluginRefused(f"made for version {plugin.api} of the contract, this is {API_VERSION}")
    if plugin.code in taken:
        raise PluginRefused(f"the code {plugin.code!r} is taken")
    answers = {
        question: _answer(question, place, points=points)
        for question, place in plugin.answers.items()
    }
    return Loaded(plugin, candidate.origin, answers)


def _answer(question: str, place: str, *, points: Points) -> object:
    point = points.get(question)
    if point is None:
        raise PluginRefused(f"nobody asks {question!r}; the questions are {', '.join(points)}")
    module, _, name = place.partition(":")
    answer: object = getattr(import_module(module), name)()
    lacking = [each for each in _offered(point.standard) if not callable(getattr(answer, each, 0))]
    if lacking:
        raise PluginRefused(f"the answer to {question!r} lacks {', '.join(lacking)}")
    return answer


def _offered(standard: object) -> list[str]:
    """The public methods of a standard answer: what the rooms may call."""
    return [
        name
        for name in dir(type(standard))
        if not name.startswith("_") and callable(getattr(standard, name))
    ]
