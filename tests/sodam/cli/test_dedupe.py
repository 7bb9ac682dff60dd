"""`sodam dedupe`: found now, and judged by a truth that is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core_crm.customers.models import DuplicatePair
from sodam.cli import main
from sodam.demo.crowd import crowd_write
from tenants.context import serving_city

pytestmark = pytest.mark.usefixtures("two_cities")
FIND = ("dedupe", "find", "--city", "busan")
EVALUATE = ("dedupe", "evaluate", "--city", "busan", "--key")


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main([*words, "--format", "json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_crowd_is_judged_and_its_duplicates_found(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    key = tmp_path / "key.json"
    made = crowd_write("busan", count=1000, seed=6, key=key)
    told = answered(capsys, *EVALUATE, str(key))
    assert (
        told["pairs"] == made["duplicates"] == sum(n["in_all"] for n in told["by_noise"].values())
    )
    assert told["precision"] > told["phone_only"]["precision"]
    assert told["recall"] >= 0.9
    with serving_city("busan"):
        assert not DuplicatePair.objects.exists()
    done = answered(capsys, *FIND, "--all")
    assert (done["looked"], done["found"]) == (1000, told["found"])
    with serving_city("busan"):
        assert DuplicatePair.objects.count() == told["found"]
    assert answered(capsys, *FIND)["looked"] == 0


def test_what_is_no_key(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    assert main([*EVALUATE, str(key)]) == 3
    key.write_text('{"pairs": 3}', encoding="utf-8")
    assert main([*EVALUATE, str(key)]) == 3
    assert "sodam demo citizens" in capsys.readouterr().err
