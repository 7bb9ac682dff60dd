"""What upper floors have against changing a city's tables now: asked before its turn comes."""

from __future__ import annotations

from collections.abc import Callable

from django.db import Error as DatabaseError

from tenants.context import serving_city
from tenants.directory import by_code

Guard = Callable[[], str]

_guards: dict[str, Guard] = {}


def register_guard(name: str, guard: Guard) -> None:
    """`guard()` runs inside the city: why its turn must not come, in words; "" when it may."""
    known = _guards.get(name)
    if known is not None and known is not guard:
        raise ValueError(f"The guard {name!r} is registered already.")
    _guards[name] = guard


def why_held(code: str) -> str:
    """The first objection; "" when there is none. In the serving process."""
    with serving_city(by_code(code)):
        return next((why for guard in _guards.values() if (why := _asked(guard))), "")


def _asked(guard: Guard) -> str:
    """A table that the release changes may not be readable yet: nothing is known against it."""
    try:
        return guard()
    except DatabaseError:
        return ""
