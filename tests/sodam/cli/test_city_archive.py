"""`sodam city backup … close`: the city as a file at the terminal, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sodam.cli import main
from tenants.context import serving_city
from tests.conftest import kst
from tests.support.voices import a_voice, load_catalogue

pytestmark = pytest.mark.usefixtures("two_cities", "empty_platform")


def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_from_the_backup_to_the_certificate(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Backed up, restored beside the city, compared, erased: each command as it is documented."""
    with serving_city("busan"):
        load_catalogue()
        a_voice(kst("2026-11-23 10:00"))
    file, paper = tmp_path / "busan.sodam.age", tmp_path / "certificate.json"
    assert main(["city", "backup", "busan", "--out", str(file), "--format", "json"]) == 0
    made = answer(capfd)
    assert made["state"] == "done"
    assert made["result"]["bytes"] == file.stat().st_size
    assert all(step["seconds"] is not None for step in made["steps"])
    assert main(["city", "restore", str(file), "--as", "busan_copy", "--format", "json"]) == 0
    assert answer(capfd)["result"]["rows"] == made["result"]["rows"]
    assert main(["city", "compare", "busan", "busan_copy", "--format", "json"]) == 0
    assert answer(capfd)["differences"] == []
    erase = ["city", "close", "busan_copy", "--erase", "--yes", "--certificate", str(paper)]
    assert main([*erase, "--format", "json"]) == 0
    said = json.loads(paper.read_text(encoding="utf-8"))
    assert said["scan"]["hits"] == 0
    assert said["erased"]["rows"] == made["result"]["rows"]
    assert said["erased"]["city"]["code"] == "busan_copy"
    capfd.readouterr()
    assert main(erase) == 4  # it is not there any more


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["backup"], 2, "--due"),
        (["backup", "atlantis"], 4, "없습니다"),
        (["restore", "nowhere.age", "--as", "busan_copy"], 4, "nowhere.age"),
        (["restore", __file__, "--as", "busan"], 5, "이미 쓰는 코드"),
        (["restore", __file__, "--as", "Busan!"], 4, "코드로 쓸 수 없는"),
        (["compare", "busan", "atlantis"], 4, "없습니다"),
        (["switch", "busan", "busan_copy"], 2, "--yes"),
        (["close", "busan"], 2, "--yes"),
        (["close", "busan", "--erase", "--yes"], 5, "먼저 닫아야"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_asked_for(
    arguments: list[str], code: int, words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["city", *arguments]) == code
    assert words in capfd.readouterr().err
