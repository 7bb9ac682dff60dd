"""What upper floors do in a fresh city: named, ordered, idempotent; each a step of its opening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from tenants.context import current_city, serving_city
from tenants.directory import by_code
from tenants.isolation.ids import uuid7
from tenants.provisioning.operations.kinds import StepContext
from tenants.types import CityRef, OperationKind

Fill = Callable[[CityRef], None]
FillAsTold = Callable[[CityRef, StepContext], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One idempotent piece of filling a fresh city, run inside it by the city's own login."""

    name: str
    run: FillAsTold
    order: int = 100
    label_ko: str = ""
    label_en: str = ""


_steps: dict[str, Step] = {}


def register_step(
    name: str, fill: Fill, *, order: int = 100, label_ko: str = "", label_en: str = ""
) -> None:
    """Add a step that needs the city alone. The same name twice is a mistake."""

    def run(city: CityRef, _work: StepContext) -> None:
        fill(city)

    register_step_as_told(name, run, order=order, label_ko=label_ko, label_en=label_en)


def register_step_as_told(
    name: str, run: FillAsTold, *, order: int = 100, label_ko: str = "", label_en: str = ""
) -> None:
    """Add a step that reads what the operator asked for (`work.arguments`) or tells results."""
    if name in _steps:
        raise ValueError(f"Provisioning step {name!r} is already registered.")
    _steps[name] = Step(name, run, order, label_ko, label_en)


def ordered_steps() -> list[Step]:
    return sorted(_steps.values(), key=lambda step: (step.order, step.name))


def run_steps(code: str, *, progress: Callable[[str], None] = lambda _: None) -> list[str]:
    """Run every step in the city, in order, as if nothing was asked for; their names.

    For the demo world and tests; an operator's opening runs them as steps of its operation.
    """
    with serving_city(by_code(code)):
        city = current_city()
        for step in ordered_steps():
            progress(step.name)
            step.run(city, _nothing_asked(code))
    return [step.name for step in ordered_steps()]


def _nothing_asked(code: str) -> StepContext:
    return StepContext(
        operation_id=uuid7(),
        kind=OperationKind.OPEN,
        city_code=code,
        arguments={},
        results={},
        now=timezone.now,
        tell=lambda _told: None,
    )
