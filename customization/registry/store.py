"""The plugins of this process, loaded once when it starts."""

from __future__ import annotations

from customization.registry.binding import bind_all, questions
from customization.registry.discovery import candidates
from customization.registry.loading import Loaded, Plugins, load_all

_known: list[Plugins] = []


def known_plugins() -> Plugins:
    """All plugins found, loaded at the first call and bound to the core's questions and lists."""
    if not _known:
        take(load_all(candidates(), points=questions()))
    return _known[0]


def take(plugins: Plugins) -> None:
    """Let these be the plugins of this process, in the place of any before."""
    bind_all(plugins)
    _known[:] = [plugins]


def plugin_list() -> list[Loaded]:
    """The plugins that can be used, by code."""
    return sorted(known_plugins().loaded.values(), key=lambda each: each.plugin.code)
