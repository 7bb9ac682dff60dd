"""DOOR for the faces: the plugins this process knows."""

from __future__ import annotations

from customization.registry.loading import Loaded, Quarantined
from customization.registry.store import known_plugins

__all__ = ["Loaded", "Quarantined", "plugin_list", "plugin_quarantined_list"]


def plugin_list() -> list[Loaded]:
    """The plugins that can be used, by code."""
    return sorted(known_plugins().loaded.values(), key=lambda each: each.plugin.code)


def plugin_quarantined_list() -> list[Quarantined]:
    """The plugins that were found and left out, each with the reason."""
    return list(known_plugins().quarantined)
