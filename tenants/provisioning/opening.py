"""Opening a city as an operation: which steps there are, and what each takes back.

From any process: nothing here needs the owner before a step is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tenants.context import serving_city
from tenants.directory import by_code
from tenants.errors import CityNotWhole
from tenants.provisioning import cities
from tenants.provisioning.cities import Wanted
from tenants.provisioning.operations import (
    StepContext,
    StepSpec,
    operation_ask,
    operation_list,
    register_operation,
)
from tenants.provisioning.steps import Step, ordered_steps
from tenants.provisioning.verifying import cities_verify
from tenants.shared import shared_tables
from tenants.types import Asker, OperationFacts, OperationKind, OperationState


def opening_ask(
    code: str, arguments: Mapping[str, Any], *, by: Asker, now: datetime
) -> OperationFacts:
    """Ask for a city to be opened; asked again meanwhile, it is the same operation.

    Arguments: hosts [name], plugin, standard_version, admin_email, admin_name, contacts {},
    limits {}, is_trial (true unless told otherwise). Raises UnknownCity, CityAlreadyOpen,
    HostInvalid, HostTaken, OperationUnderWay.
    """
    with shared_tables():
        cities.city_may_open(code, wanted(arguments), now=now)
    return operation_ask(OperationKind.OPEN, code, by=by, now=now, arguments=arguments)


def opening_done(code: str) -> OperationFacts | None:
    """The operation that opened this city; None when the demo world or another way did."""
    kinds, states = [OperationKind.OPEN], [OperationState.DONE]
    found = operation_list(code, kinds=kinds, states=states, limit=1)
    return found[0] if found else None


def wanted(arguments: Mapping[str, Any]) -> Wanted:
    """What was asked for, as the city is made of it."""
    known = {name: arguments[name] for name in Wanted.__slots__ if name in arguments}
    return Wanted(**known)


def opening_plan() -> list[StepSpec]:
    """The steps in order: the owner's, what upper floors fill in, and the opening itself."""
    return [*_MAKING, *(_filling(step) for step in ordered_steps()), _LISTING]


def _reserve(work: StepContext) -> None:
    city = cities.city_reserve(work.city_code, wanted(work.arguments), now=work.now())
    work.say(f"{city.name_ko}: {', '.join(city.domains.values_list('domain', flat=True))}")


def _release(work: StepContext) -> None:
    cities.city_release(work.city_code)


def _make(work: StepContext) -> None:
    work.say({"there": "이미 있습니다"}.get(how := cities.city_make(work.city_code), how))


def _unmake(work: StepContext) -> None:
    cities.city_unmake(work.city_code)


def _verify(work: StepContext) -> None:
    """Not a line of the schema may differ from a freshly migrated one, and every wall stands."""
    (check,) = cities_verify([work.city_code])
    work.result(
        checks={
            "schema_diff_lines": check.schema_diff_lines,
            "grants": check.grants,
            "owner": check.owner,
            "walls": check.walls,
            "version": check.version,
        }
    )
    for line in (*check.findings, *check.differences[:20]):
        work.say(line, "error")
    if not check.is_whole:
        raise CityNotWhole("표나 권한이 온전하지 않아 개통하지 않습니다.", code=work.city_code)


def _list(work: StepContext) -> None:
    is_trial = wanted(work.arguments).is_trial
    city = cities.city_list_as_open(work.city_code, is_trial=is_trial, now=work.now())
    work.result(hosts=list(city.domains.values_list("domain", flat=True)), is_trial=is_trial)


def _filling(step: Step) -> StepSpec:
    def fill(work: StepContext) -> None:
        city = by_code(work.city_code)
        with serving_city(city):
            step.run(city, work)

    return StepSpec(step.name, fill, side="serving", label_ko=step.label_ko, label_en=step.label_en)


_MAKING = (
    StepSpec(
        "reserve", _reserve, undo=_release, label_ko="이름과 주소 예약", label_en="Reserve names"
    ),
    StepSpec(
        "tables",
        _make,
        undo=_unmake,
        label_ko="스키마·로그인·표 만들기",
        label_en="Make schema, login and tables",
    ),
    StepSpec("walls", _verify, label_ko="표와 벽 검사", label_en="Check tables and walls"),
)
_LISTING = StepSpec("listed", _list, label_ko="개통", label_en="Open")


register_operation(OperationKind.OPEN, lambda _operation: opening_plan(), stands_when_failed=True)
