"""DOOR for plugin authors' tests: the contract as one call, and a plugin at work without a city.

assert problems_of_plugin("jeju_extra") == []

with plugin_at_work(config={"days": 3}):
    assert show(a_case(channel="phone"), today) == PanelContent(...)
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

from customization.plugin_api import CaseView, PluginDoor, door

__all__ = ["a_case", "plugin_at_work", "problems_of_plugin"]


def problems_of_plugin(package: str) -> list[str]:
    """What breaks the contract, as `rule: what`; none when it is kept. Takes about a second."""
    _ready()
    from customization.registry.contract import plugin_check
    from customization.registry.discovery import from_package

    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        return [f"{package}: there is no such package"]
    folder = Path(next(iter(found.submodule_search_locations)))
    checked = plugin_check(from_package(package), folder=folder, package=package)
    return [f"{one.rule}: {one.wrong}" for one in checked if not one.is_kept]


def a_case(**changes: Any) -> CaseView:
    """A voice as a plugin sees it, with these fields changed."""
    _ready()
    from customization.registry.contract_cases import a_case as drawn

    return replace(drawn(1, Random(1)), **changes)  # noqa: S311  # not a secret


@contextmanager
def plugin_at_work(
    *, city: str = "busan", config: Mapping[str, Any] | None = None
) -> Iterator[None]:
    """As if a city asked: `records` are kept in memory, `configured` reads `config`."""
    _ready()
    from customization.registry.contract_calls import MemoryRecords

    token = door.set(_TestDoor(city, dict(config or {}), MemoryRecords(may_write=True)))
    try:
        yield
    finally:
        door.reset(token)


class _TestDoor(PluginDoor):
    def __init__(self, city: str, config: Mapping[str, Any], records: Any) -> None:
        self.city, self._config, self._records = city, config, records

    def config(self) -> Mapping[str, Any]:
        return self._config

    def get(self, kind: str, key: str) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self._records.get(kind, key)
        return found

    def put(self, kind: str, key: str, data: Mapping[str, Any], *, schema_version: int) -> None:
        self._records.put(kind, key, data, schema_version=schema_version)

    def find(self, kind: str, equal: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
        found: list[tuple[str, Mapping[str, Any]]] = self._records.find(kind, equal)
        return found


def _ready() -> None:
    """Sodam's settings, for an author whose tests know nothing of Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sodam.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
