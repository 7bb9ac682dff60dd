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


def test_every_city_says_how_far_it_went_from_the_standard(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = edited(exported, "opens_at: 09:00", "opens_at: 08:30")
    apply = ["config", "apply", "--city", "busan", changed, "--by", WRITER]
    said(capsys, *apply, "--approved-by", APPROVER)
    rows = {row["code"]: row["customised"] for row in told(capsys, "config", "drift", "--all")}
    assert rows == {"busan": ["calendar.office.opens_at"], "seoul": []}
    up = told(capsys, "config", "upgrade", "--to", "1.0", "--all", "--dry-run")
    assert [(one["code"], one["kept"], one["conflict"]) for one in up["cities"]] == [
        ("busan", 1, []),
        ("seoul", 0, []),
    ]
