"""Commands that meet a real database: cities, keys and accounts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import timezone

from core_crm.staff.selectors import api_key_find
from sodam.cli import main
from tenants.context import serving_city

pytestmark = pytest.mark.usefixtures("two_cities")


def _answer(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_all_16_governments_are_listed_with_their_state(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["city", "list", "--format", "json"]) == 0
    rows = {row["code"]: row for row in _answer(capsys)}
    assert len(rows) == 16
    assert (rows["busan"]["status"], rows["sejong"]["status"]) == ("open", "not_open")
    assert {"code", "name", "status", "standard_version", "plugin"} <= set(rows["busan"])


def test_an_unknown_city_is_exit_code_4(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["city", "show", "atlantis"]) == 4
    assert capsys.readouterr().err.startswith("오류: ")


def test_a_key_is_shown_once_and_opens_its_city_only(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["api-key", "create", "--city", "busan", "--name", "콜센터", "--format", "json"]
    assert main([*asked, "--scopes", "voices:read,voices:write"]) == 0
    made = _answer(capsys)
    assert made["scopes"] == ["voices:read", "voices:write"]
    with serving_city("busan"):
        assert api_key_find(made["key"], now=timezone.now()) is not None
    with serving_city("seoul"):
        assert api_key_find(made["key"], now=timezone.now()) is None


def test_a_scope_that_does_not_exist_is_exit_code_3(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["api-key", "create", "--city", "busan", "--name", "x", "--scopes", "everything"]
    assert main(asked) == 3
    assert capsys.readouterr().out == ""


def test_an_official_is_invited_once(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["user", "invite", "--city", "seoul", "--email", "new@seoul.example"]
    asked += ["--name", "김가람", "--roles", "officer,head", "--format", "json"]
    assert main(asked) == 0
    assert _answer(capsys)["roles"] == ["officer", "head"]
    assert main(asked) == 5


def test_cities_of_this_release_have_nothing_to_migrate_and_differ_in_no_line(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["city", "migrate", "--ring", "1", "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out) == []
    assert main(["city", "verify", "--city", "busan", "--format", "json"]) == 0
    (row,) = json.loads(capfd.readouterr().out)
    counted = ("schema_diff_lines", "grants", "owner", "walls")
    assert (row["code"], [row[name] for name in counted]) == ("busan", [0, 0, 0, 0])
    assert row["version"] == row["reference_version"]


def test_a_stranger_is_neither_migrated_nor_verified(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["city", "migrate", "--only", "busan,atlantis", "--dry-run"]) == 4
    assert main(["city", "verify", "atlantis"]) == 4
