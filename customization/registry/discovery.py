"""Where plugins are found. Finding one runs none of its code."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points

BUILT_IN = "plugins"  # by name: no floor imports a plugin
GROUP = "sodam.plugins"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plugin that is there but not loaded. `load` runs its code and returns its `PLUGIN`."""

    origin: str
    load: Callable[[], object]


def candidates() -> list[Candidate]:
    """Packages of `plugins/` (those with a leading _ are none), then installed entry points."""
    shipped = [
        from_package(f"{BUILT_IN}.{module.name}")
        for module in pkgutil.iter_modules(import_module(BUILT_IN).__path__)
        if not module.name.startswith("_")
    ]
    installed = [
        Candidate(origin=f"{GROUP}: {point.name} = {point.value}", load=point.load)
        for point in entry_points(group=GROUP)
    ]
    return sorted(shipped, key=_origin) + sorted(installed, key=_origin)


def from_package(package: str) -> Candidate:
    return Candidate(origin=package, load=lambda: import_module(package).PLUGIN)


def _origin(candidate: Candidate) -> str:
    return candidate.origin
