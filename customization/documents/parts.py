"""Where documents ask about plugins: which a city starts with, and what those turned on add.

Answered by the registry, bound at boot.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

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


def _unknown(_uses: Sequence[PluginUse]) -> Mapping[str, Collection[str]] | None:
    return None


_adding: list[Callable[[Sequence[PluginUse]], Mapping[str, Collection[str]] | None]] = [_unknown]


def bind_added(
    ask: Callable[[Sequence[PluginUse]], Mapping[str, Collection[str]] | None],
) -> None:
    """Ask `ask` which codes these plugins add to which of the core's lists."""
    _adding[:] = [ask]


def added_by(uses: Sequence[PluginUse]) -> Mapping[str, Collection[str]] | None:
    """Name of the list (`measures` …) -> full codes `x.<plugin>.<code>`; None: nobody knows."""
    return _adding[0](uses)
