"""Asking a plugin's functions: in time, with an answer of the right shape, or a neutral one.

A room never sees a plugin fail (a gateway that fails is tried again, as any gateway).
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from core_crm.calendars import SEOUL
from core_crm.common.contributions import CaseView, Contribution
from customization.plugin_api import door
from customization.registry import health
from customization.registry.apart import Ask, interrupt, run_apart
from customization.registry.barring import Barred, network_open
from customization.registry.errors import PluginMisbehaved
from customization.registry.records import Keeper
from customization.registry.results import HOOKS, Hook
from tenants.context import current_city

C = TypeVar("C", bound=Contribution)

Config = Callable[[str], Mapping[str, Any]]
"""The configuration of a plugin in the city being served."""


class RecordKeeper(Protocol):
    """Where a plugin's records are: in the city's schema, or in memory for the contract kit."""

    def get(self, kind: str, key: str) -> Mapping[str, Any] | None: ...
    def put(
        self, kind: str, key: str, data: Mapping[str, Any], *, schema_version: int = 1
    ) -> None: ...
    def find(self, kind: str, equal: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]: ...


@dataclass(slots=True)
class LaneDoor:
    """What a running function sees: each question is answered by the caller."""

    city: str
    _config: Mapping[str, Any]
    _ask: Ask
    _keeper: RecordKeeper

    def config(self) -> Mapping[str, Any]:
        return self._config

    def get(self, kind: str, key: str) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self._ask(lambda: self._keeper.get(kind, key))
        return found

    def put(self, kind: str, key: str, data: Mapping[str, Any], *, schema_version: int) -> None:
        self._ask(lambda: self._keeper.put(kind, key, data, schema_version=schema_version))

    def find(self, kind: str, equal: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
        found: list[tuple[str, Mapping[str, Any]]] = self._ask(
            lambda: self._keeper.find(kind, equal)
        )
        return found


def guarded(plugin: str, what: C, *, config: Config) -> C:
    """The same contribution with a function that does not fail; plain data as it is."""
    hook = HOOKS.get(type(what))
    if hook is None:
        return what
    function = getattr(what, hook.function)
    place = f"{type(what).__name__}.{what.code}"

    def call(*arguments: Any) -> Any:
        return _call(plugin, place, hook, function, arguments, config)

    changed: dict[str, Any] = {hook.function: call}
    return replace(what, **changed)


def _call(
    plugin: str,
    place: str,
    hook: Hook,
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
    config: Config,
) -> Any:
    if health.is_paused(plugin):
        return hook.neutral()
    try:
        answer = answer_of(
            function,
            arguments,
            hook=hook,
            config=config(plugin),
            keeper=Keeper(plugin, may_write=hook.may_write),
            city=current_city().code,
        )
        return hook.check(answer)
    except Exception as failure:
        if _is_the_networks(hook, failure):
            raise
        health.failed(plugin, place, failure)
        return hook.neutral()


def answer_of(
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
    *,
    hook: Hook,
    config: Mapping[str, Any],
    keeper: RecordKeeper,
    city: str,
) -> Any:
    """What the function gives, unchecked. Raises what it raises, and PluginMisbehaved."""
    own = [_on_our_clock(copy.deepcopy(one)) for one in arguments]  # what it changes is its own

    def inside(ask: Ask) -> Any:
        door.set(LaneDoor(city, config, ask, keeper))
        with network_open() if hook.may_connect else nullcontext():
            return function(*own)

    before = set(threading.enumerate())
    answer = run_apart(inside, seconds=hook.seconds)
    _refuse_threads(before, function)
    return answer


def _on_our_clock(value: Any) -> Any:
    """Instants by Korea's clock, so that an author who asks for the day gets the right one."""
    if isinstance(value, datetime):
        return value.astimezone(SEOUL)
    if not isinstance(value, CaseView):
        return value
    closed = value.closed_at.astimezone(SEOUL) if value.closed_at else None
    return replace(
        value,
        received_at=value.received_at.astimezone(SEOUL),
        due_at=value.due_at.astimezone(SEOUL),
        closed_at=closed,
    )


def _is_the_networks(hook: Hook, failure: Exception) -> bool:
    return hook.may_connect and isinstance(failure, OSError) and not isinstance(failure, Barred)


def _refuse_threads(before: set[threading.Thread], function: Callable[..., Any]) -> None:
    """Stop threads of the plugin's own that outlive the call. Raises PluginMisbehaved."""
    package = package_of(function.__module__)
    started = set(threading.enumerate()) - before
    left = [one for one in started if package_of(_module_of(one)) == package]
    for one in left:
        interrupt(one)
    if left:
        raise PluginMisbehaved("left a thread running")


def package_of(module: str) -> str:
    """The package a plugin's module belongs to: `plugins.busan`, or an installed one's own name."""
    first, _, rest = module.partition(".")
    return f"{first}.{rest.partition('.')[0]}" if first == "plugins" else first


def _module_of(thread: threading.Thread) -> str:
    target = getattr(thread, "_target", None)
    return getattr(target, "__module__", None) or type(thread).__module__
