"""Each function of a plugin with fifty contexts, twice, the network shut, records in memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from core_crm.common.contributions import Contribution, Gateway
from customization.registry.binding import use_of
from customization.registry.calling import answer_of
from customization.registry.contract_cases import MOST, Arguments, arguments_for
from customization.registry.loading import Loaded
from customization.registry.patches import Snapshot
from customization.registry.results import HOOKS, Hook

MOST_SECONDS = 0.05
TEST_CITY = "busan"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule of the contract. `wrong` says what breaks it; "" when it is kept."""

    rule: str
    wrong: str = ""

    @property
    def is_kept(self) -> bool:
        return not self.wrong


@dataclass(slots=True)
class MemoryRecords:
    """Records in memory, for one call."""

    may_write: bool
    kept: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)

    def get(self, kind: str, key: str) -> Mapping[str, Any] | None:
        return self.kept.get((kind, key))

    def put(self, kind: str, key: str, data: Mapping[str, Any], *, schema_version: int = 1) -> None:
        if not self.may_write:
            raise RuntimeError("records are written by an Action only")
        self.kept[kind, key] = dict(data)

    def find(self, kind: str, equal: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
        return [
            (key, data)
            for (each, key), data in sorted(self.kept.items())
            if each == kind and all(data.get(name) == value for name, value in equal.items())
        ]


@dataclass(slots=True)
class _Tally:
    errors: list[str] = field(default_factory=list)
    differing: int = 0
    slowest: float = 0.0


def function_findings(loaded: Loaded) -> Iterator[Finding]:
    """What is kept and broken by each function that the plugin contributes."""
    for one in loaded.plugin.contributes:
        hook = HOOKS.get(type(one))
        if hook is not None:
            yield from _function(loaded, one, replace(hook, may_connect=False))


def _function(loaded: Loaded, one: Contribution, hook: Hook) -> Iterator[Finding]:
    watch, tally = Snapshot(), _Tally()
    function, config = getattr(one, hook.function), use_of(loaded).config
    for arguments in arguments_for(one):
        _try(one, hook, tally, partial(_asked, function, arguments, hook, config))
    changed = watch.undo()
    name = f"{type(one).__name__} {one.code}"
    yield Finding(f"{name}: 어떤 민원에도 옳게 답한다", _most(tally.errors))
    yield Finding(f"{name}: 같은 물음에 같은 답을 한다", _share(tally.differing))
    yield Finding(f"{name}: 50밀리초 안에 답한다", _late(tally.slowest))
    yield Finding(f"{name}: 남의 코드를 바꾸지 않는다", ", ".join(changed[:5]))


def _try(one: Contribution, hook: Hook, tally: _Tally, call: Callable[[], Any]) -> None:
    """Twice: the faster of both counts, so that a busy machine is nobody's fault."""
    try:
        first, took = _timed(call)
        again, took_again = _timed(call)
        hook.check(first)
    except Exception as failure:
        if not _is_a_gateways(one, failure):
            tally.errors.append(f"{type(failure).__name__}: {failure}")
        return
    tally.differing += first != again
    tally.slowest = max(tally.slowest, min(took, took_again))


def _asked(
    function: Callable[..., Any], given: Arguments, hook: Hook, config: Mapping[str, Any]
) -> Any:
    records = MemoryRecords(hook.may_write)
    return answer_of(function, given, hook=hook, config=config, keeper=records, city=TEST_CITY)


def _timed(call: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    return call(), time.perf_counter() - begun


def _is_a_gateways(one: Contribution, failure: Exception) -> bool:
    """A gateway may say that it could not send: it is asked again."""
    return isinstance(one, Gateway) and isinstance(failure, OSError)


def _most(errors: list[str]) -> str:
    return f"{MOST}번 가운데 {len(errors)}번 실패: {errors[0]}" if errors else ""


def _share(differing: int) -> str:
    return f"{MOST}번 가운데 {differing}번 달랐습니다" if differing else ""


def _late(seconds: float) -> str:
    return f"{seconds * 1000:.0f}밀리초" if seconds > MOST_SECONDS else ""
