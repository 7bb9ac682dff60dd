"""Loading plugins one at a time: a broken one is left out, with its reason, and stops no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, TypeVar

from core_crm.common.contributions import Contribution
from core_crm.extension_points import ExtensionPoint
from customization.plugin_api import API_VERSION, Plugin, is_compatible
from customization.registry.apart import run_apart
from customization.registry.discovery import BUILT_IN, Candidate
from customization.registry.errors import PluginTooSlow
from customization.registry.parts import Parts, PartsNotValid, parts_of
from customization.registry.patches import Snapshot

C = TypeVar("C", bound=Contribution)

log = logging.getLogger(__name__)

Points = Mapping[str, ExtensionPoint[Any]]

LOADING_SECONDS = 10.0
"""A plugin that has not been imported by then is left out."""


class PluginRefused(Exception):
    """The plugin was read and cannot be used here; the message says why."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plugin ready for use, with its answers made and its documents read.

    `parts`: {kind: {the plugin's own code: body}}.
    """

    plugin: Plugin
    origin: str
    answers: Mapping[str, object]
    parts: Parts = field(default_factory=dict)

    @property
    def is_a_governments(self) -> bool:
        """Is it one of `plugins/`? It serves the government of its code, and no other."""
        return self.origin.startswith(f"{BUILT_IN}.")

    def may_serve(self, city: str) -> bool:
        return not self.is_a_governments or self.plugin.code == city

    def of(self, shape: type[C]) -> tuple[C, ...]:
        """What it contributes of one shape."""
        return tuple(one for one in self.plugin.contributes if isinstance(one, shape))


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
    watch = Snapshot()
    for candidate in found:
        try:
            one = _load(candidate, points=points, taken=loaded, watch=watch)
        except Exception as failure:  # a stranger's code may raise anything
            reason = f"{type(failure).__name__}: {failure}"
            log.warning("plugin_quarantined: %s: %s", candidate.origin, reason)
            log.debug("plugin_quarantined", exc_info=True)
            quarantined.append(Quarantined(candidate.origin, reason[:500]))
        else:
            loaded[one.plugin.code] = one
    return Plugins(loaded, tuple(quarantined))


def load_one(candidate: Candidate, *, points: Points) -> Loaded:
    """One plugin, for the contract kit. Raises what is wrong with it."""
    return _load(candidate, points=points, taken=(), watch=Snapshot())


def _load(
    candidate: Candidate, *, points: Points, taken: Container[str], watch: Snapshot
) -> Loaded:
    plugin = _imported(candidate, watch)
    if not isinstance(plugin, Plugin):
        raise PluginRefused("PLUGIN is not a customization.plugin_api.Plugin")
    if not is_compatible(plugin.api):
        raise PluginRefused(f"made for version {plugin.api} of the contract, this is {API_VERSION}")
    if plugin.code in taken:
        raise PluginRefused(f"the code {plugin.code!r} is taken")
    answers = {
        question: _answer(question, place, points=points, watch=watch)
        for question, place in plugin.answers.items()
    }
    _check_config(plugin)
    return Loaded(plugin, candidate.origin, answers, _parts(plugin))


def _imported(candidate: Candidate, watch: Snapshot) -> object:
    return _watched(candidate.load, watch, "importing it")


def _watched(load: Callable[[], object], watch: Snapshot, doing: str) -> Any:
    """Run a stranger's code apart; what it changed of others' is put back and refused."""
    try:
        found = run_apart(lambda ask: load(), seconds=LOADING_SECONDS)
    except PluginTooSlow:
        raise PluginRefused(f"{doing} took longer than {LOADING_SECONDS:.0f} seconds") from None
    finally:
        changed = watch.undo()
    if changed:
        raise PluginRefused(f"{doing} changed code that is not its own: {', '.join(changed[:5])}")
    return found


def _check_config(plugin: Plugin) -> None:
    if plugin.config is not None:
        plugin.config()  # raises where a field has no default


def _parts(plugin: Plugin) -> Parts:
    try:
        return parts_of(plugin)
    except PartsNotValid as wrong:
        raise PluginRefused(str(wrong)) from wrong


def _answer(question: str, place: str, *, points: Points, watch: Snapshot) -> object:
    point = points.get(question)
    if point is None:
        raise PluginRefused(f"nobody asks {question!r}; the questions are {', '.join(points)}")
    module, _, name = place.partition(":")
    answer: object = _watched(
        lambda: getattr(import_module(module), name)(), watch, f"making {place}"
    )
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
