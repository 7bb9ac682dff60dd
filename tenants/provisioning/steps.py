"""What upper floors do in a fresh city: named, ordered, idempotent, remembered when done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tenants.context import current_city, serving_city
from tenants.directory import by_code
from tenants.types import CityRef


@dataclass(frozen=True, slots=True)
class Step:
    """One idempotent piece of filling a fresh city, run inside it."""

    name: str
    run: Callable[[CityRef], None]
    order: int = 100


_steps: dict[str, Step] = {}


def register_step(name: str, run: Callable[[CityRef], None], *, order: int = 100) -> None:
    """Add a step; the same name twice is a mistake unless it is the same function."""
    known = _steps.get(name)
    if known is not None and known.run is not run:
        raise ValueError(f"Provisioning step {name!r} is already registered.")
    _steps[name] = Step(name, run, order)


def step_names() -> list[str]:
    return [step.name for step in _ordered()]


def _ordered() -> list[Step]:
    return sorted(_steps.values(), key=lambda step: (step.order, step.name))


def run_steps(code: str, *, progress: Callable[[str], None] = lambda _: None) -> list[str]:
    """Run every step in the city, in order. Steps are idempotent: run again after a crash."""
    with serving_city(by_code(code)):
        city = current_city()
        for step in _ordered():
            progress(step.name)
            step.run(city)
    return step_names()
