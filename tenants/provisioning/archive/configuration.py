"""A city's configuration as text, given by the floor that keeps it. Asked in a serving process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tenants.context import serving_city
from tenants.directory import by_code
from tenants.provisioning.archive.types import Configuration


@dataclass(frozen=True, slots=True)
class ConfigurationText:
    """The documents in force as YAML, and which they are."""

    yaml: str
    facts: Configuration


_giver: list[Callable[[], ConfigurationText]] = []


def register_configuration(give: Callable[[], ConfigurationText]) -> None:
    """Called once by the floor above; `give` is asked inside the city."""
    _giver[:] = [give]


def configuration_of(code: str) -> ConfigurationText:
    """Ask for it as the city; empty when no floor above keeps any."""
    if not _giver:
        return ConfigurationText("", Configuration())
    with serving_city(by_code(code)):
        return _giver[0]()


def configuration_put(code: str, path: Path) -> Configuration:
    """Leave it where the owner's process finds it."""
    found = configuration_of(code)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(found)), encoding="utf-8")
    path.chmod(0o600)
    return found.facts


def configuration_taken(path: Path) -> ConfigurationText:
    """What a serving process left. Empty when it left nothing."""
    if not path.exists():
        return ConfigurationText("", Configuration())
    found = json.loads(path.read_text(encoding="utf-8"))
    return ConfigurationText(found["yaml"], Configuration(**found["facts"]))
