"""`sodam import citizens|organisations|undo`: counts sum to the rows; a dry run keeps nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core_crm.customers.models import AcquiredList, Citizen, Organisation
from core_crm.imports.models import ImportBatch
from sodam.cli import main
from tenants.context import serving_city

PEOPLE = (
    "성명,핸드폰,생일,비고\n"
    '김소담,010-1234-5678,1990.3.1,"큰 글씨, 전화"\n'
    "김소담,1012345678,,\n"
    "박하나,010-2222-3333,2025-02-29,\n"
)
NURSERIES = [
    {
        "name": "가나어린이집",
        "type": "국공립",
        "phone": "051-111-2222",
        "capacity": 99,
        "lat": 35.1,
    },
    {"name": "다라어린이집", "type": "민간", "phone": "없음", "capacity": 20, "lat": 35.2},
]


@pytest.fixture
def run(two_cities: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*words: str, data: bytes = PEOPLE.encode("cp949")) -> tuple[int, dict[str, Any]]:
        file = tmp_path / "명단.csv"
        file.write_bytes(data)
        given = [str(file) if word == "FILE" else word for word in words]
        code = main(["import", *given, "--format", "json"])
        return code, json.loads(capsys.readouterr().out)

    return call


def test_a_list_is_taken_in_counted_and_taken_back(run: Any) -> None:
    code, told = run("citizens", "--city", "busan", "FILE")
    errors, batch = Path(told.pop("errors_file")), told.pop("id")
    assert code == 6
    assert told == {"rows": 3, "created": 1, "updated": 0, "skipped": 1, "refused": 1}
    text = errors.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "성명,핸드폰,생일,비고,사유"
    assert "박하나,010-2222-3333,2025-02-29,,4번째 줄: ‘생일’ 열: 달력에 없는" in text.replace(
        '"', ""
    )
    with serving_city("busan"):
        assert Citizen.objects.filter(source="명단.csv").count() == 1
    code, told = run("undo", batch)
    assert (code, told) == (0, {"removed": 1, "restored": 0, "kept": 0, "state": "undone"})
    with serving_city("busan"):
        assert not Citizen.objects.filter(source="명단.csv").exists()


def test_a_dry_run_tells_the_same_and_keeps_nothing(run: Any) -> None:
    code, told = run("citizens", "--city", "busan", "FILE", "--dry-run")
    assert (code, told["created"], told["refused"], told["errors_file"]) == (6, 1, 1, None)
    with serving_city("busan"):
        assert not Citizen.objects.filter(source="명단.csv").exists()
        assert ImportBatch.objects.get().state == "cancelled"


def test_a_column_is_named_by_hand_and_the_list_becomes_an_acquired_one(run: Any) -> None:
    words = ["--map", "비고=address", "--acquired", "축제", "--basis", "제15조"]
    code, told = run("citizens", "--city", "busan", "FILE", *words, "--expires", "2099-01-01")
    assert (code, told["created"]) == (6, 1)
    with serving_city("busan"):
        assert Citizen.objects.get(source="명단.csv").address == "큰 글씨, 전화"
        listed = AcquiredList.objects.get(name="축제")
        assert (listed.basis, listed.members.count()) == ("제15조", 1)


def test_an_acquired_list_without_a_basis_is_refused(two_cities: Any, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(PEOPLE, encoding="utf-8")
    words = ["import", "citizens", "--city", "busan", str(file), "--acquired", "축제"]
    assert main(words) == 2


def test_a_list_of_json_objects_becomes_bodies(run: Any) -> None:
    data = json.dumps(NURSERIES, ensure_ascii=False).encode()
    code, told = run("organisations", "--city", "busan", "FILE", data=data)
    assert (code, told["created"], told["refused"]) == (6, 1, 1)
    with serving_city("busan"):
        body = Organisation.objects.get(source="명단.csv")
        assert (body.trade, body.facts) == ("국공립", {"정원": 99})


def test_an_unknown_number_is_not_found(two_cities: Any) -> None:
    assert main(["import", "undo", "00000000-0000-7000-8000-000000000000"]) == 4
