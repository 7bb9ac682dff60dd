"""Giving each city what its plugins answer and add, and the standard ones where they have none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial, wraps
from typing import Any

from core_crm import extension_points
from core_crm.common.contributions import Added, ContributionPoint
from core_crm.extension_points import DocumentSource, ExtensionPoint
from customization.documents.archive import CityArchive
from customization.documents.parts import bind_added, bind_starting_plugins
from customization.documents.source import CityDocuments, documents_kept
from customization.documents.types import PluginUse
from customization.registry import health
from customization.registry.calling import answer_of, guarded
from customization.registry.loading import Loaded, Plugins
from customization.registry.records import Keeper, record_data
from customization.registry.results import Hook
from tenants.context import current_city, current_city_or_none
from tenants.errors import DomainError

ANSWER_SECONDS = 1.0

_assumed: ContextVar[tuple[PluginUse, ...] | None] = ContextVar("plugins_assumed", default=None)


def questions() -> dict[str, ExtensionPoint[Any]]:
    """All extension points of the core, by name."""
    found = [each for each in vars(extension_points).values() if isinstance(each, ExtensionPoint)]
    return {point.name: point for point in found}


def lists() -> dict[str, ContributionPoint[Any]]:
    """All lists of the core that plugins may add to, by name."""
    found = vars(extension_points).values()
    return {point.name: point for point in found if isinstance(point, ContributionPoint)}


def bind_all(plugins: Plugins) -> None:
    """Put the plugins, and what cities published, between the questions and the standard."""
    for point in questions().values():
        point.unbind()
        point.bind(_resolve(plugins, point))
    for contributed in lists().values():
        contributed.unbind()
        contributed.bind(adder(plugins, contributed))
    bind_starting_plugins(partial(starting, plugins))
    bind_added(partial(added_codes, plugins))


def _resolve(plugins: Plugins, point: ExtensionPoint[Any]) -> Callable[[], Any]:
    if point is extension_points.plugin_records:
        return lambda: record_data
    if point is extension_points.document_archive:
        return lambda: CityArchive(point.standard) if current_city_or_none() else None
    resolve = resolver(plugins, point)
    return published(resolve) if point is extension_points.documents else resolve


def uses_here() -> tuple[PluginUse, ...]:
    """The plugins turned on in the city being served, in order; none outside of one."""
    assumed = _assumed.get()
    if assumed is not None:
        return assumed
    return documents_kept().plugins if current_city_or_none() else ()


@contextmanager
def assuming(uses: Sequence[PluginUse]) -> Iterator[None]:
    """As if these plugins were on: for judging a plan before it is carried out."""
    token = _assumed.set(tuple(uses))
    try:
        yield
    finally:
        _assumed.reset(token)


def config_here(plugin: str) -> Mapping[str, Any]:
    """The configuration of a plugin in the city being served."""
    return next((one.config for one in uses_here() if one.code == plugin), {})


def use_of(loaded: Loaded, config: Mapping[str, Any] | None = None) -> PluginUse:
    """A plugin as a city would turn it on now: its present version, documents and defaults."""
    plugin = loaded.plugin
    values = plugin.config().model_dump(mode="json") if plugin.config else {}
    return PluginUse(plugin.code, plugin.version, {**values, **(config or {})}, loaded.parts)


def starting(plugins: Plugins) -> tuple[PluginUse, ...]:
    """What the city being served starts with: its government's own plugin, if that is usable."""
    loaded = plugins.loaded.get(current_city().plugin)
    return (use_of(loaded),) if loaded else ()


def added_codes(plugins: Plugins, uses: Sequence[PluginUse]) -> Mapping[str, frozenset[str]] | None:
    """Name of a list -> the full codes that these plugins add to it.

    None while one of them is left out: its city may still change documents.
    """
    if any(one.code not in plugins.loaded for one in uses):
        return None
    on = [plugins.loaded[one.code] for one in uses]
    return {
        name: frozenset(
            Added(loaded.plugin.code, one).code for loaded in on for one in loaded.of(point.of)
        )
        for name, point in lists().items()
    }


def published(resolve: Callable[[], DocumentSource | None]) -> Callable[[], DocumentSource | None]:
    """A city's own documents, on top of what its plugin or the standard answers."""

    def resolve_published() -> DocumentSource | None:
        if current_city_or_none() is None:
            return None
        return CityDocuments(resolve() or extension_points.documents.standard)

    return resolve_published


def adder(plugins: Plugins, point: ContributionPoint[Any]) -> Callable[[], Iterable[Added[Any]]]:
    """What is added to `point` in the city being served."""
    ready = {
        code: tuple(
            Added(code, guarded(code, one, config=config_here)) for one in loaded.of(point.of)
        )
        for code, loaded in plugins.loaded.items()
    }

    def resolve() -> Iterable[Added[Any]]:
        return [each for use in uses_here() for each in ready.get(use.code, ())]

    return resolve


def resolver(plugins: Plugins, point: ExtensionPoint[Any]) -> Callable[[], Any]:
    """Who answers `point` in the city being served? The first of its plugins that does; None: the
    standard."""
    ready = {
        code: Guarded(code, one.answers[point.name], standard=point.standard)
        for code, one in plugins.loaded.items()
        if point.name in one.answers
    }

    def resolve() -> Any:
        if not ready:
            return None
        return next((ready[use.code] for use in uses_here() if use.code in ready), None)

    return resolve


class Guarded:
    """A plugin's answer that can refuse, but not fail: its errors are noted with its name and the
    standard answers instead. A DomainError is an answer ("there is none") and passes."""

    def __init__(self, plugin: str, answer: object, *, standard: object) -> None:
        self._plugin, self._answer, self._standard = plugin, answer, standard

    def __getattr__(self, name: str) -> Any:
        ask, fall_back = getattr(self._answer, name), getattr(self._standard, name)
        hook = Hook(name, ANSWER_SECONDS, check=lambda each: each, neutral=lambda: None)

        @wraps(ask)
        def call(*args: Any) -> Any:
            if health.is_paused(self._plugin):
                return fall_back(*args)
            try:
                return answer_of(
                    ask,
                    args,
                    hook=hook,
                    config=config_here(self._plugin),
                    keeper=Keeper(self._plugin, may_write=False),
                    city=current_city().code,
                )
            except DomainError:
                raise
            except Exception as failure:
                health.failed(self._plugin, name, failure)
                return fall_back(*args)

        return call
