"""Where documents ask which plugins a city starts with: answered by the registry, bound at boot."""

from __future__ import annotations

from collections.abc import Callable

from customization.documents.types import PluginUse


def _none() -> tuple[PluginUse, ...]:
    return ()


_starting: list[Callable[[], tuple[PluginUse, ...]]] = [_none]


def bind_starting_plugins(ask: Callable[[], tuple[PluginUse, ...]]) -> None:
    """Ask `ask` what a city starts with, as long as it published nothing."""
    _starting[:] = [ask]


def starting_plugins() -> tuple[PluginUse, ...]:
    """The plugins of a city that published nothing yet; none without a registry."""
    return _starting[0]()
