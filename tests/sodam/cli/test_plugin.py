"""`sodam plugin`: all there are, on and off in one city, written and tried out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sodam.cli import main
from tests.support.plugins import Know, forget, know, outside_template, package

__all__ = ["know", "outside_template", "package"]

ON = ("plugin", "enable", "template", "--city", "busan")


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    """What a command answers as JSON."""
    forget()
    assert main([*words, "--format", "json"]) == code
    return json.loads(capsys.readouterr().out)


def test_all_sixteen_governments_have_a_usable_plugin(
    two_cities: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = told(capsys, "plugin", "list")
    governments = [one for one in rows if one["government"]]
    assert len(governments) == 16
    assert {one["status"] for one in governments} == {"loaded"}
    assert [one for one in rows if one["status"] == "quarantined"] == []
    assert all(one["source"] and one["summary"] for one in governments)


def test_those_left_out_are_listed_with_their_reason(
    two_cities: tuple[str, str], know: Know, capsys: pytest.CaptureFixture[str]
) -> None:
    know(broken="import no_such_thing")
    (broken,) = [one for one in told(capsys, "plugin", "list") if one["status"] == "quarantined"]
    assert broken["origin"] == "broken"
    assert "no_such_thing" in broken["reason"]
    assert main(["plugin", "list"]) == 0
    assert "no_such_thing" in capsys.readouterr().out


def test_it_is_seen_turned_on_and_off_in_one_city(
    two_cities: tuple[str, str], outside_template: None, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = told(capsys, *ON, "--dry-run")
    assert plan["changes"] == [
        "set kpi.x.template.by_phone_share",
        "set template.x.template.visit_notice",
    ]
    made = told(capsys, *ON, "--config", '{"visit_within_days": 3}')
    assert made["digest"] == plan["digest_after"] != plan["digest_before"]
    assert "template" in made["plugins"]
    (row,) = [one for one in told(capsys, "plugin", "list") if one["code"] == "template"]
    assert row["enabled_in"] == ["busan"]
    assert main([*ON, "--format", "json"]) == 5
    capsys.readouterr()
    off = told(capsys, "plugin", "disable", "template", "--city", "busan")
    assert off["digest"] == plan["digest_before"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("plugin", "enable", "no_such", "--city", "busan"), 4),
        (("plugin", "disable", "template", "--city", "busan"), 5),
        ((*ON, "--config", "{"), 3),
        ((*ON, "--config", "[]"), 3),
        ((*ON, "--config", '{"visit_within_days": 0}'), 3),
    ],
)
def test_what_cannot_be_done_is_told_by_its_exit_code(
    two_cities: tuple[str, str], outside_template: None, words: tuple[str, ...], code: int
) -> None:
    forget()
    try:
        found = main(list(words))
    except SystemExit as left:
        found = int(left.code or 0)
    assert found == code


def test_a_new_one_is_written_into_an_empty_folder_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plugin", "new", "Harbour", str(tmp_path / "a")]) == 3
    assert main(["plugin", "new", "harbour", str(tmp_path / "a")]) == 0
    assert str(tmp_path / "a" / "harbour" / "__init__.py") in capsys.readouterr().out
    assert main(["plugin", "new", "harbour", str(tmp_path / "a")]) == 5


def test_a_broken_contract_is_told_by_the_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "odd_one"
    folder.mkdir()
    (folder / "__init__.py").write_text("import tenants.sql\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    (found,) = told(capsys, "plugin", "check", str(folder), code=3)
    assert "tenants.sql" in found["wrong"]
    assert main(["plugin", "check", str(tmp_path / "nowhere")]) == 4
