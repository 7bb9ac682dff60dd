"""Giving each city the answers of its plugin, and the standard ones where it has none or fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from core_crm import extension_points
from core_crm.extension_points import DocumentSource, ExtensionPoint
from customization.documents.archive import CityArchive
from customization.documents.source import CityDocuments
from customization.registry.loading import Plugins
from tenants.context import current_city_or_none
from tenants.errors import DomainError

log = logging.getLogger(__name__)


def questions() -> dict[str, ExtensionPoint[Any]]:
    """All extension points of the core, by name."""
    found = [each for each in vars(extension_points).values() if isinstance(each, ExtensionPoint)]
    return {point.name: point for point in found}


def bind_all(plugins: Plugins) -> None:
    """Put the plugins, and what cities published, between the questions and the standard."""
    for point in questions().values():
        if point is extension_points.document_archive:  # no plugin's business
            point.bind(archive_of_the_city)
            continue
        resolve = resolver(plugins, point)
        point.bind(published(resolve) if point is extension_points.documents else resolve)


def archive_of_the_city() -> CityArchive | None:
    """What the city served published at some time, on top of what the standard's releases say."""
    if current_city_or_none() is None:
        return None
    return CityArchive(extension_points.document_archive.standard)


def published(resolve: Callable[[], DocumentSource | None]) -> Callable[[], DocumentSource | None]:
    """A city's own documents, on top of what its plugin or the standard answers."""

    def resolve_published() -> DocumentSource | None:
        if current_city_or_none() is None:
            return None
        return CityDocuments(resolve() or extension_points.documents.standard)

    return resolve_published


def resolver(plugins: Plugins, point: ExtensionPoint[Any]) -> Callable[[], Any]:
    """Who answers `point` in the city being served? None: the standard."""
    guarded = {
        code: Guarded(code, one.answers[point.name], standard=point.standard)
        for code, one in plugins.loaded.items()
        if point.name in one.answers
    }

    def resolve() -> Any:
        city = current_city_or_none()
        return guarded.get(city.plugin) if city else None

    return resolve


class Guarded:
    """A plugin's answer that can refuse, but not fail: its errors are logged with its name and the
    standard answers instead. A DomainError is an answer ("there is none") and passes."""

    def __init__(self, plugin: str, answer: object, *, standard: object) -> None:
        self._plugin, self._answer, self._standard = plugin, answer, standard

    def __getattr__(self, name: str) -> Any:
        ask, fall_back = getattr(self._answer, name), getattr(self._standard, name)

        @wraps(ask)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return ask(*args, **kwargs)
            except DomainError:
                raise
            except Exception:
                log.exception("plugin_failed", extra={"plugin": self._plugin, "method": name})
                return fall_back(*args, **kwargs)

        return call
