"""`sodam import residents`: the ministry's file as it is; one that is not such is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core_crm.customers.selectors.residents import residents_loaded
from sodam.cli import main
from tenants.context import serving_city

FILE = """\
행정구역,2025년10월_남자 인구수,2025년10월_여자 인구수
부산광역시 중구 (2611000000),40,60
"""


def test_the_file_is_read_and_told(
    two_cities: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "residents.csv"
    path.write_bytes(FILE.encode("cp949"))
    assert main(["import", "residents", "--city", "busan", str(path), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"written": 2, "passed_over": 0, "counted_on": "2025-10-31"}
    with serving_city("busan"):
        assert sorted(residents_loaded().values_list("residents", flat=True)) == [40, 60]
    with serving_city("seoul"):
        assert not residents_loaded().exists()


def test_another_file_is_refused_and_says_why(
    two_cities: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.csv"
    path.write_text("이름,전화\n", encoding="utf-8")
    assert main(["import", "residents", "--city", "busan", str(path)]) != 0
    assert "1행" in capsys.readouterr().err
