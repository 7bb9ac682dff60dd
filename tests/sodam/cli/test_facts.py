"""`sodam facts refresh` as the contract has it: twice, equal digests."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pytest

from core_crm.voices.services import voice_register
from sodam.cli import main
from tenants.context import serving_city
from tests.conftest import kst
from tests.support.voices import a_draft, an_office

pytestmark = pytest.mark.usefixtures("two_cities")
ALL = ("facts", "refresh", "--all", "--format", "json")


def refreshed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(list(arguments)) == 0
    return json.loads(capsys.readouterr().out)


def test_twice_gives_equal_digests_and_a_change_another(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with serving_city("busan"):
        an_office()
        voice_register(draft=a_draft(), now=kst("2026-11-02 10:00"))
    first = refreshed(capsys, *ALL, "--date", "2026-11-24")
    assert first["date"] == "2026-11-24"
    assert [(one["code"], one["rows"]) for one in first["cities"]] == [("busan", 1), ("seoul", 0)]
    assert all(set(one) == {"code", "rows", "digest"} for one in first["cities"])
    assert re.fullmatch(r"[0-9a-f]{64}", first["digest"])
    lines = "\n".join(f"{one['code']} {one['digest']}" for one in first["cities"])
    assert first["digest"] == hashlib.sha256(lines.encode()).hexdigest()
    assert refreshed(capsys, *ALL, "--date", "2026-11-24") == first
    assert refreshed(capsys, *ALL, "--date", "2026-11-24", "--full") == first
    with serving_city("busan"):
        voice_register(draft=a_draft(), now=kst("2026-11-03 10:00"))
    later = refreshed(capsys, *ALL, "--full", "--date", "2026-11-24")
    assert later["cities"][0]["rows"] == 2
    assert later["digest"] != first["digest"]
    assert refreshed(capsys, *ALL, "--date", "2026-11-02") == {
        **first,
        "date": "2026-11-02",
    }


def test_one_city_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["facts", "refresh", "--city", "seoul"]) == 0
    said = capsys.readouterr().out
    assert "seoul" in said
    assert "지문" in said


def test_an_unknown_city_is_not_found_and_no_city_is_a_mistake() -> None:
    assert main(["facts", "refresh", "--city", "atlantis"]) == 4
    for wrong in (["facts", "refresh"], ["facts", "refresh", "--all", "--date", "someday"]):
        with pytest.raises(SystemExit) as refused:
            main(wrong)
        assert refused.value.code == 2
