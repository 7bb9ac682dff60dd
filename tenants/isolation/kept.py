"""What a city rarely changes, kept in the process for a moment: `@kept_a_moment`."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings

from tenants.context import current_city

P = ParamSpec("P")
T = TypeVar("T")
MOST = 4096


def kept_a_moment(load: Callable[P, T]) -> Callable[P, T]:
    """Answer from memory, per city and arguments, for CITY_POOLS["KEPT_SECONDS"] at most.

    For reads whose staleness is harmless: a change is seen everywhere within these seconds. What is
    raised is not kept. The answers are shared by all threads: nobody may change them.
    """
    known: dict[tuple[Any, ...], tuple[float, T]] = {}

    @wraps(load)
    def read(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (current_city().code, args, *kwargs.items())
        until, answer = known.get(key, (0.0, None))
        now = time.monotonic()
        if answer is not None and now < until:
            return answer
        found = load(*args, **kwargs)
        if len(known) >= MOST:
            known.clear()
        known[key] = (now + settings.CITY_POOLS["KEPT_SECONDS"], found)
        return found

    return read
