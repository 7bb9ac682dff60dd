"""Changing places with a copy, closing, erasing, step by step."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

from tenants.errors import UnknownCity
from tenants.models import City, Operation
from tenants.provisioning.applied import cities_behind
from tenants.provisioning.archive import erasing, places, records, tables
from tenants.provisioning.archive.asking import erasable
from tenants.provisioning.archive.errors import NotSwitchable
from tenants.provisioning.archive.switching import schemas_switch
from tenants.provisioning.operations import StepContext, StepSpec, operation_get
from tenants.provisioning.operations.forgetting import operations_forget_persons
from tenants.provisioning.owner import connection_apart
from tenants.stamp import directory_changed
from tenants.types import OPEN, OperationFacts, Purpose


def switch_steps(_operation: OperationFacts) -> list[StepSpec]:
    return [
        StepSpec("check", _switch_check, "owner", None, "바꿀 수 있는지 확인", "Checks"),
        StepSpec("switch", _switch, "owner", _switch_back, "자리 바꾸기", "Changing places"),
        StepSpec("tidy", _switch_tidy, "owner", None, "빈 사본 지우기", "An empty copy"),
    ]


def close_steps(_operation: OperationFacts) -> list[StepSpec]:
    return [StepSpec("close", _close, "owner", _reopen, "서비스 닫기", "Closing")]


def erase_steps(_operation: OperationFacts) -> list[StepSpec]:
    return [
        StepSpec("inventory", _inventory, "owner", None, "지울 것 세기", "What is there"),
        StepSpec("values", _values, "owner", None, "찾아볼 값 고르기", "What to look for"),
        StepSpec("close", _close, "owner", _reopen, "서비스 닫기", "Closing"),
        StepSpec("schema", _schema, "owner", None, "표와 접속 계정 지우기", "Tables and login"),
        StepSpec("traces", _traces, "owner", None, "파일과 캐시 지우기", "Files and cache"),
        StepSpec("backups", _backups, "owner", None, "백업 지우기", "Backups"),
        StepSpec("unlisted", _unlisted, "owner", None, "목록에서 지우기", "List and hosts"),
        StepSpec("scan", _scan, "owner", None, "남은 것 찾기", "Looking for traces"),
        StepSpec("certificate", _certificate, "owner", None, "파기 증명", "Certificate"),
    ]


def _switch_check(context: StepContext) -> None:
    """A copy of the same government, as new as the city, with nothing under way."""
    city, copy = _city(context.city_code), _city(_with(context))
    if city.purpose != Purpose.SERVICE or copy.purpose != Purpose.COPY:
        raise NotSwitchable("시·도와 그 사본만 자리를 바꿀 수 있습니다. 교육용 사본은 안 됩니다.")
    if city.region_code != copy.region_code:
        raise NotSwitchable("다른 시·도의 사본입니다.", region=copy.region_code)
    behind = cities_behind([code for code in (city.code, copy.code) if places.has_schema(code)])
    if behind:
        raise NotSwitchable("이행이 밀려 있습니다. `sodam city migrate`를 먼저 하십시오.", **behind)
    if not places.has_schema(copy.code):
        raise NotSwitchable("사본에 표가 없습니다. 사본을 다시 만드십시오.", code=copy.code)
    if Operation.objects.filter(city_code=copy.code, stands=True).exists():
        raise NotSwitchable("사본에 아직 끝나지 않은 작업이 있습니다.", code=copy.code)


def _switch(context: StepContext) -> None:
    began = time.monotonic()
    schemas_switch(context.city_code, _with(context), key=str(context.operation_id))
    directory_changed()
    seconds = round(time.monotonic() - began, 3)
    context.result(**{"with": _with(context), "seconds": seconds})


def _switch_tidy(context: StepContext) -> None:
    """The place of a city whose tables were lost holds nothing: nobody needs it."""
    with connection_apart() as raw:
        is_empty = not tables.table_columns(raw, _with(context))
    if is_empty:
        places.place_cleared(_with(context))
    context.result(copy_is_gone=is_empty)


def _switch_back(context: StepContext) -> None:
    schemas_switch(context.city_code, _with(context), key=f"{context.operation_id}-back")
    directory_changed()


def _with(context: StepContext) -> str:
    return str(context.arguments.get("with", ""))


def _city(code: str) -> City:
    found: City | None = City.objects.filter(code=code).first()
    if found is None:
        raise UnknownCity("그런 시·도나 사본이 없습니다.", code=code)
    return found


def _close(context: StepContext) -> None:
    city = City.objects.filter(code=context.city_code).first()
    if city is None:
        raise UnknownCity("그런 시·도나 사본이 없습니다.", code=context.city_code)
    context.result(was=context.results.get("was", city.status))
    erasing.city_close(context.city_code)
    directory_changed()


def _reopen(context: StepContext) -> None:
    was = context.results.get("was", OPEN)
    City.objects.filter(code=context.city_code).update(status=was)
    directory_changed()


def _inventory(context: StepContext) -> None:
    """Counted before anything is touched; refused when the city may not be erased."""
    erasable(_city(context.city_code))
    context.result(erased=erasing.what_is_there(context.city_code))


def _values(context: StepContext) -> None:
    """What operations know of its people goes first: else it would count as known elsewhere."""
    operations_forget_persons(context.city_code)
    context.result(values=erasing.values_put(context.city_code, _values_path(context)))


def _schema(context: StepContext) -> None:
    erasing.schema_drop(context.city_code)


def _traces(context: StepContext) -> None:
    context.result(cache_keys=erasing.traces_drop(context.city_code))


def _backups(context: StepContext) -> None:
    """Ours are removed unless they are to be kept; those made elsewhere are named."""
    code, now = context.city_code, context.now()
    keep = bool(context.arguments.get("keep_backups"))
    removed = [] if keep else records.backups_remove(code, now=now)
    kept = records.backups_left(code)
    before = context.results.get("backups", {}).get("removed", 0)  # by a run that was killed
    context.result(backups={"removed": before + len(removed), "kept": kept})
    for path in kept:
        context.say(f"백업이 남아 있습니다: {path}", "warn")


def _unlisted(context: StepContext) -> None:
    erasing.row_drop(context.city_code)
    directory_changed()


def _scan(context: StepContext) -> None:
    erasing.traces_drop(context.city_code)  # what a process put back before it heard
    found = erasing.scanned(context.city_code, _values_path(context))
    context.result(scan={**found, **context.results["values"]})
    if found["hits"]:
        context.say(f"지운 뒤에도 {found['hits']}곳에서 찾았습니다.", "error")


def _certificate(context: StepContext) -> None:
    asked = operation_get(context.operation_id)
    said: dict[str, Any] = {
        "operation": str(asked.id),
        "by": asked.asked_by_name,
        "approved_by": asked.approved_by_name,
        "reason": asked.reason,
        "asked_at": asked.asked_at.isoformat(),
        "erased_at": context.now().isoformat(),
    }
    facts = context.results
    paper = erasing.certificate(
        erased=facts["erased"], scan=facts["scan"], backups=facts["backups"], asked=said
    )
    context.result(certificate=paper)
    shutil.rmtree(records.work_folder(context.operation_id), ignore_errors=True)


def _values_path(context: StepContext) -> Path:
    return records.work_folder(context.operation_id) / "values"
