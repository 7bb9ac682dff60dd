"""Rules about cities that the import contracts cannot say, read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOORS = ("core_crm/extension_points.py", "core_crm/events.py", "customization/plugin_api.py")
SOURCE = ("platform/sodam", "tenants", "core_crm", "customization", "plugins")


def modules(*, outside: tuple[str, ...] = ()) -> Iterator[tuple[str, ast.Module]]:
    for folder in SOURCE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if "node_modules" in name or name.startswith(outside):
                continue
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def calls_of(names: set[str], *, outside: tuple[str, ...]) -> list[str]:
    found = []
    for module, tree in modules(outside=outside):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func
                name = getattr(called, "attr", getattr(called, "id", ""))
                if name in names:
                    found.append(f"{module}:{node.lineno} {name}()")
    return found


def imports_of(names: set[str], *, outside: tuple[str, ...]) -> list[str]:
    found = []
    for module, tree in modules(outside=outside):
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in names:
                found.append(f"{module}:{node.lineno} {node.module}")
            if isinstance(node, ast.Import) and any(alias.name in names for alias in node.names):
                found.append(f"{module}:{node.lineno}")
    return found


def test_only_tenants_opens_a_cursor() -> None:
    runtime = "platform/sodam/runtime"  # before Django: its own servers, no city's data
    assert calls_of({"cursor", "raw"}, outside=("tenants/", runtime)) == []


def test_nobody_chooses_a_city_but_by_serving_it() -> None:
    ways = {"schema_context", "tenant_context", "set_schema", "set_tenant", "set_schema_to_public"}
    assert calls_of(ways, outside=("tenants/provisioning/",)) == []


def test_no_job_outside_the_city_base_task() -> None:
    assert calls_of({"shared_task"}, outside=("tenants/isolation/jobs.py",)) == []
    assert imports_of({"celery"}, outside=("tenants/isolation/", "platform/sodam/celery.py")) == []


def test_no_cache_or_storage_without_the_city() -> None:
    doors = ("tenants/isolation/keys.py", "tenants/isolation/broker.py")
    assert imports_of({"django.core.cache", "django.core.files.storage"}, outside=doors) == []


def test_no_thread_without_a_thought_for_its_city() -> None:
    told = "tenants/isolation/nudges.py"  # each nudge names its city
    barred = "customization/registry/apart.py"  # a plugin's thread can enter none
    reading = "tenants/provisioning/operations/serving_side.py"  # a pipe, nothing else
    sealing = "tenants/provisioning/archive/crypt.py"  # bytes through a pipe, nothing else
    renewing = "tenants/isolation/turns.py"  # leases at the broker, each key with its city
    thoughtful = ("platform/sodam/runtime/", told, barred, reading, sealing, renewing)
    assert calls_of({"Thread", "ThreadPoolExecutor"}, outside=thoughtful) == []


def test_rooms_never_read_the_clock() -> None:
    """Time is passed in (`now=`): a service that reads it cannot be tested or replayed."""
    edges = tuple(f"core_crm/{room}/jobs.py" for room in _rooms())
    receivers = tuple(f"core_crm/{room}/receivers.py" for room in _rooms())
    failing = "customization/registry/health.py"  # of a plugin's function, whose call has no time
    step = "core_crm/staff/services/first_admin.py"  # asks the operation, which was given it
    edges = (*edges, "customization/documents/jobs.py", failing, step)
    found = calls_of(
        {"now", "today", "utcnow"}, outside=("tenants/", "platform/", *edges, *receivers)
    )
    assert found == []


def _rooms() -> list[str]:
    return [path.name for path in (ROOT / "core_crm").iterdir() if path.is_dir()]


@pytest.mark.parametrize("door", DOORS)
def test_every_function_of_a_door_says_what_it_returns(door: str) -> None:
    tree = ast.parse((ROOT / door).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert [each.name for each in functions if each.returns is None] == []
