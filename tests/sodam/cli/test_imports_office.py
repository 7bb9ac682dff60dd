"""`sodam import departments|staff`: the counts sum to the rows; a dry run keeps nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core_crm.staff.models import Department, OfficePlan, Official
from core_crm.staff.services import department_load
from core_crm.staff.types import DepartmentRow
from sodam.cli import main
from tenants.context import serving_city

ORGANISATION = "부서코드,부서명,상위부서,이메일\nx,엑스국,,\nx.road,도로안전과,x,\n,새과,x,틀림\n"


@pytest.fixture
def run(two_cities: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    with serving_city("busan"):
        department_load(
            [
                DepartmentRow(code="x", name_ko="엑스국", kind="bureau"),
                DepartmentRow(code="x.road", name_ko="도로과", parent_code="x"),
                DepartmentRow(code="x.old", name_ko="옛과", parent_code="x"),
            ]
        )

    def call(verb: str, text: str, *more: str) -> tuple[int, Any]:
        file = tmp_path / "list.csv"
        file.write_bytes(text.encode("cp949"))
        words = ["import", verb, "--city", "busan", str(file), *more, "--format", "json"]
        code = main(words)
        return code, json.loads(capsys.readouterr().out)

    return call


def test_counts_sum_to_the_rows_and_refused_ones_come_as_a_file(run: Any) -> None:
    code, told = run("departments", ORGANISATION)
    assert code == 6
    path = told.pop("errors_file")
    assert told == {"rows": 3, "created": 0, "updated": 1, "skipped": 1, "refused": 1}
    assert "틀림" in Path(path).read_text(encoding="utf-8-sig")
    with serving_city("busan"):
        assert Department.objects.get(code="x.road").name_ko == "도로안전과"
        assert Department.objects.get(code="x.old").valid_to is None


def test_a_dry_run_tells_the_same_and_keeps_nothing(run: Any) -> None:
    code, told = run("departments", ORGANISATION, "--dry-run")
    assert (code, told["updated"], told["errors_file"]) == (6, 1, None)
    with serving_city("busan"):
        assert Department.objects.get(code="x.road").name_ko == "도로과"
        assert not OfficePlan.objects.exists()


def test_a_whole_list_ends_the_rest(run: Any) -> None:
    text = "부서코드,부서명\nx,엑스국\nx.road,도로과\n"
    code, told = run("departments", text, "--whole")
    assert (code, told["rows"], told["skipped"]) == (0, 2, 2)
    with serving_city("busan"):
        assert Department.objects.get(code="x.old").valid_to is not None


def test_people_are_invited_and_the_same_list_again_does_nothing(run: Any) -> None:
    text = "이름,이메일,부서,역할\n이지은,lee@busan.example,도로과,부서장\n"
    assert run("staff", text)[1]["created"] == 1
    assert run("staff", text) == (
        0,
        {
            "rows": 1,
            "created": 0,
            "updated": 0,
            "skipped": 1,
            "refused": 0,
            "errors_file": None,
        },
    )
    with serving_city("busan"):
        assert Official.objects.get().roles == ["head"]


def test_a_list_without_its_columns_is_invalid(
    run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other.csv"
    file.write_text("가,나\n1,2\n", encoding="utf-8")
    assert main(["import", "staff", "--city", "busan", str(file)]) == 3
    assert "이메일" in capsys.readouterr().err
