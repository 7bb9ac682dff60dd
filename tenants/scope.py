"""Who is being served: the bare fact, below all else so that the backend can ask for it."""

from __future__ import annotations

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
