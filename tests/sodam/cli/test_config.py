"""A city's documents by command: out, looked at, in, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from customization.documents.source import forget_all
from sodam.cli import main
from tenants.context import serving_city
from tests.support.voices import an_office, person

WRITER, APPROVER = "admin@test.example", "approver@test.example"


@pytest.fixture
def office(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        made = an_office()
        person("approver", "한승인", made.civil, "approver")


@pytest.fixture
def exported(office: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "b.yaml"
    path.write_text(said(capsys, "config", "export", "--city", "busan"), encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    forget_all()
    assert main(list(words)) == code
    return capsys.readouterr().out


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    return json.loads(said(capsys, *words, "--format", "json", code=code))


def edited(path: Path, old: str, new: str) -> str:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(path)


def test_what_was_exported_changes_nothing(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = told(capsys, "config", "import", "--city", "busan", str(exported), "--dry-run")
    assert plan["changes"] == 0
    assert plan["digest_before"] == plan["digest_after"]
    assert plan["digest_after"] in exported.read_text(encoding="utf-8")
    assert plan["impact"] == []


def test_a_misspelt_key_is_exit_code_3_with_its_path(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = edited(exported, "opens_at:", "open_at:")
    found = told(capsys, "config", "validate", "--city", "busan", wrong, code=3)
    assert {"path": "calendar.office.open_at", "meant": "opens_at"}.items() <= found[0].items()


def test_a_file_that_is_none_says_where(tmp_path: Path, office: None, capsys: Any) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("documents: [", encoding="utf-8")
    said(capsys, "config", "validate", "--city", "busan", str(path), code=3)


def test_a_change_is_planned_applied_and_rolled_back(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = edited(exported, "opens_at: 09:00", "opens_at: 08:30")
    plan = told(capsys, "config", "plan", "--city", "busan", changed)
    assert [(one["path"], one["after"]) for one in plan["operations"]] == [
        ("calendar.office.opens_at", "08:30")
    ]
    assert plan["needs_approval"] is True
    apply = ["config", "apply", "--city", "busan", changed, "--by", WRITER]
    said(capsys, *apply, code=1)  # nobody approves alone
    done = told(capsys, *apply, "--approved-by", APPROVER)
    assert done == {"number": 1, "digest": plan["digest_after"]}
    back = told(capsys, "config", "rollback", "--city", "busan", "--to", "0")
    assert back == {"number": 2, "digest": plan["digest_before"]}
    history = told(capsys, "config", "history", "--city", "busan")
    assert [one["number"] for one in history] == [2, 1]


def test_a_file_is_checked_without_a_city(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "config", "validate", str(exported)) == []
    wrong = edited(exported, "category: certificate", "category: certficate")
    (found,) = told(capsys, "config", "validate", wrong, code=3)
    assert found["path"].endswith(".category")
    assert found["meant"] == "certificate"


@pytest.mark.parametrize("text", ["\x00", "a: *b", "- 1", "documents: {kpi: 3}", "documents: 1"])
def test_a_file_that_holds_no_documents_is_exit_code_3(
    text: str, tmp_path: Path, cities: None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    said(capsys, "config", "validate", str(path), code=3)


def test_a_plan_says_what_it_would_do_and_from_when_scores_move(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = edited(exported, "target: 50", "target: 60")
    plan = told(capsys, "config", "plan", "--city", "busan", changed)
    assert [one["path"] for one in plan["operations"]] == ["kpi.reduction.target"]
    assert plan["scores_from"].endswith("-01T00:00:00+09:00")
    assert {one["what"] for one in plan["impact"]} == {"kpi"}
    assert not [one for one in plan["impact"] if one["failed"]]


def test_files_and_cities_are_told_apart_place_by_place(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    as_it_was = tmp_path / "old.yaml"
    as_it_was.write_text(exported.read_text(encoding="utf-8"), encoding="utf-8")
    changed = edited(exported, "opens_at: 09:00", "opens_at: 08:30")
    two = told(capsys, "config", "diff", str(as_it_was), changed)
    one = told(capsys, "config", "diff", "--city", "busan", changed)
    assert two == one
    assert [(line["path"], line["before"], line["after"]) for line in one["operations"]] == [
        ("calendar.office.opens_at", "09:00", "08:30")
    ]
    assert told(capsys, "config", "diff", "--city", "seoul")["changes"] == 0
    with pytest.raises(SystemExit, match="2"):
        main(["config", "diff", changed])


def applied(capsys: pytest.CaptureFixture[str], path: str) -> None:
    apply = ["config", "apply", "--city", "busan", path, "--by", WRITER]
    said(capsys, *apply, "--approved-by", APPROVER)


def test_every_city_says_how_far_it_went_from_the_standard(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    applied(capsys, edited(exported, "opens_at: 09:00", "opens_at: 08:30"))
    rows = {row["code"]: row for row in told(capsys, "config", "drift", "--all")}
    assert rows["busan"]["customised"] == ["calendar.office.opens_at"]
    assert rows["busan"]["conflicting"] == []
    assert rows["seoul"]["customised"] == []
    assert {row["standard"] for row in rows.values()} == {"1.0"}


def test_the_standard_is_upgraded_for_all_but_one_that_has_to_choose(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    applied(capsys, edited(exported, "target: 50", "target: 60"))
    up = ["config", "upgrade", "--to", "1.1", "--all"]
    seen = {row["code"]: row for row in told(capsys, *up, "--dry-run")["cities"]}
    assert [(code, row["state"]) for code, row in seen.items()] == [
        ("busan", "conflict"),
        ("seoul", "ready"),
    ]
    assert seen["busan"]["conflict"] == [
        {"path": "kpi.reduction.target", "base": 50, "new": 55, "mine": 60}
    ]
    assert "kpi.solved_rate" in seen["seoul"]["inherited"]
    moved = {row["code"]: row["state"] for row in told(capsys, *up, code=5)["cities"]}
    assert moved == {"busan": "conflict", "seoul": "upgraded"}
    left = told(capsys, "config", "upgrade", "--to", "1.1", "--city", "busan", "--take", "mine")
    assert left["cities"][0]["state"] == "upgraded"
    after = {row["code"]: row for row in told(capsys, "config", "drift", "--all")}
    assert {row["standard"] for row in after.values()} == {"1.1"}
    assert after["busan"]["customised"] == ["kpi.reduction.target"]


def test_a_release_that_is_not_there_is_exit_code_4(
    cities: None, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "config", "upgrade", "--to", "7.7", "--all", "--dry-run", code=4)
