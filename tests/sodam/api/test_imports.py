"""Files of customers over the API: sent once, matched, checked, taken in, asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from core_crm.customers.models import Citizen
from core_crm.imports.models import ImportBatch
from core_crm.imports.services import batch_work
from tests.conftest import kst

Maker = Callable[..., Any]
NOW = kst("2026-11-24 09:00")
FILE = "성명,휴대폰,비고\n김하늘,010-0000-1001,가\n이바다,010-12,나\n"


def send(asking: Any, text: str = FILE, *, key: str = "", **more: Any) -> Any:
    file = SimpleUploadedFile("회원.csv", text.encode("cp949"))
    given = {"file": file, "kind": "citizens", "source": "시립박물관", **more}
    headers = {**asking._headers(), **({"Idempotency-Key": key} if key else {})}
    return asking.client.post("/api/v1/imports", given, headers=headers)


def told(asking: Any, batch_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = asking.get(f"/api/v1/imports/{batch_id}").json()
    return answer


def test_a_file_is_taken_in_and_its_progress_told(program: Maker) -> None:
    asking = program("citizens:import")
    started = send(asking)
    assert started.status_code == 201
    made = started.json()
    assert (made["state"], made["mapping"]) == ("waiting", {"성명": "name", "휴대폰": "phone"})
    assert told(asking, made["id"])["place"] == 1
    while batch_work(UUID(made["id"]), now=NOW):
        pass
    ended = told(asking, made["id"])
    counts = [ended[name] for name in ("rows", "created", "updated", "skipped", "refused")]
    assert (ended["state"], counts) == ("done", [2, 1, 0, 0, 1])
    assert Citizen.objects.filter(name="김하늘").exists()


def test_a_dry_run_tells_problems_and_registers_nobody(program: Maker) -> None:
    asking = program("citizens:import")
    made = send(asking, dry_run="true").json()
    plan = told(asking, made["id"])
    assert (plan["state"], plan["created"], plan["refused"]) == ("planned", 1, 1)
    assert [(one["row"], one["column"]) for one in plan["problems"]] == [(3, "휴대폰")]
    assert "010-12" not in json.dumps(plan)
    assert not Citizen.objects.filter(name="김하늘").exists()


def test_the_same_file_sent_again_is_taken_in_once(program: Maker) -> None:
    asking = program("citizens:import")
    first, again = send(asking, key="k-1"), send(asking, key="k-1")
    assert (again.status_code, again["Idempotency-Replayed"]) == (201, "true")
    assert again.json() == first.json()
    assert ImportBatch.objects.count() == 1
    other = send(asking, FILE + "박온유,010-0000-1003,다\n", key="k-1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency.key_reused")


def test_a_mapping_that_is_said_is_used(program: Maker) -> None:
    asking = program("citizens:import")
    said = {"비고": "name", "휴대폰": "phone"}
    made = send(asking, mapping=json.dumps(said), dry_run="true").json()
    assert made["mapping"] == said


def test_a_wrong_mapping_is_refused_by_its_column_and_keeps_no_file(program: Maker) -> None:
    asking = program("citizens:import")
    answer = send(asking, mapping='{"성명": "name", "비고": "name"}')
    assert (answer.status_code, answer.json()["facts"]["column"]) == (422, "비고")
    assert not ImportBatch.objects.exclude(state="cancelled").exists()
    assert send(asking, mapping="[1]").status_code == 422


def test_what_is_no_table_and_what_is_no_file_is_refused(program: Maker) -> None:
    asking = program("citizens:import")
    answer = send(asking, "\n")
    assert (answer.status_code, answer.json()["code"]) == (422, "imports.table_unreadable")
    assert send(asking, kind="shoes").status_code == 422
    assert asking.post("/api/v1/imports", {"kind": "citizens"}).status_code == 415


def test_an_unknown_import_is_not_there(program: Maker) -> None:
    answer = program("citizens:import").get(f"/api/v1/imports/{UUID(int=0)}")
    assert (answer.status_code, answer.json()["code"]) == (404, "imports.batch_not_found")
