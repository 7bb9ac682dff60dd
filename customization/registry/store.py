"""The plugins of this process, loaded once when it starts."""

from __future__ import annotations

from functools import lru_cache

from customization.registry.binding import bind_all, questions
from customization.registry.discovery import candidates
from customization.registry.loading import Loaded, Plugins, load_all


@lru_cache(maxsize=1)
def known_plugins() -> Plugins:
    """All plugins found, loaded at the first call and bound to the core's questions and lists."""
    plugins = load_all(candidates(), points=questions())
    bind_all(plugins)
    return plugins


def plugin_list() -> list[Loaded]:
    """The plugins that can be used, by code."""
    return sorted(known_plugins().loaded.values(), key=lambda each: each.plugin.code)
