"""`sodam import voices`: a plugin's format by its name; one that is none names those that are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core_crm.common.contributions import Added, Importer
from core_crm.extension_points import importers
from core_crm.voices.models import Voice
from sodam.cli import main
from tenants.context import serving_city
from tests.support.points import bound
from tests.support.voices import an_office

OLD = Importer(
    code="old",
    label_ko="옛 시스템",
    label_en="The old system",
    convert=lambda line: {"title": line["요지"], "body": line["상세"]},
    columns=("요지", "상세"),
)


@pytest.fixture
def file(two_cities: tuple[str, str], tmp_path: Path) -> str:
    with serving_city("busan"):
        an_office()
    path = tmp_path / "old.csv"
    path.write_text("요지,상세\n가로등,꺼져 있습니다\n", encoding="utf-8")
    return str(path)


def test_a_plugins_format_takes_the_file_in(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["import", "voices", "--city", "busan", file, "--format-of", "x.busan.old"]
    with bound(importers, lambda: [Added("busan", OLD)]):
        assert main([*words, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["created"] == 1
    with serving_city("busan"):
        assert Voice.objects.get().title == "가로등"


def test_a_format_that_nobody_reads_names_those_that_are(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["import", "voices", "--city", "busan", file, "--format-of", "x.busan.new"]
    with bound(importers, lambda: [Added("busan", OLD)]):
        assert main(words) != 0
    assert "x.busan.old" in capsys.readouterr().err
