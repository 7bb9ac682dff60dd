"""Who is being served: the bare fact, below all else so that the backend can ask for it."""

from __future__ import annotations

import threading
from contextvars import ContextVar
from dataclasses import dataclass

from tenants.errors import NoCity
from tenants.types import CityRef


@dataclass(eq=False, slots=True)
class Scope:
    """Schema and login role now in use; `city` is None for the platform's own pages."""

    schema: str
    role: str
    city: CityRef | None
    open: bool = True  # a task that outlives the `with` it was started in loses the city


current_scope: ContextVar[Scope | None] = ContextVar("tenants_scope", default=None)


class _Barred(threading.local):
    is_barred = False


_barred = _Barred()


def bar_this_thread() -> None:
    """No city is ever served in this thread: it runs code that is not ours."""
    _barred.is_barred = True


def refuse_if_barred() -> None:
    """Raise NoCity in a thread that may serve nobody."""
    if _barred.is_barred:
        raise NoCity("This thread runs a plugin's code; it can enter no city.")


def current_or_none() -> Scope | None:
    scope = current_scope.get()
    return scope if scope is not None and scope.open else None


def current() -> Scope:
    """The open scope. Raises NoCity: a new thread or a finished request has none."""
    scope = current_or_none()
    if scope is None:
        raise NoCity(
            "No city is being served here. Wrap the code in `with serving_city(city):` (a new "
            "thread, a finished request and a task that outlived its request have no city)."
        )
    return scope


def forget_after_fork() -> None:
    current_scope.set(None)
