"""The command line as other systems rely on it: data, messages and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sodam.cli import main

REPOSITORY = Path(__file__).resolve().parents[3]


def _run(*arguments: str, home: Path, **given: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SODAM_")}
    return subprocess.run(
        [sys.executable, "-m", "sodam.cli", *arguments],
        env={**kept, "SODAM_HOME": str(home), **given},
        capture_output=True,
        text=True,
        check=False,
    )


def test_version_answers_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == "0.1.0"


def test_hosts_are_the_doors_and_the_16_governments_of_today(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["hosts"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3 + 16
    assert "127.0.0.1  busan.localhost" in lines
    assert all(line.startswith("127.0.0.1  ") for line in lines)


def test_help_and_version_need_no_right_setting_and_leave_no_trace(tmp_path: Path) -> None:
    for command in ("version", "hosts", "--help"):
        assert _run(command, home=tmp_path / "none", SODAM_PORT="wrong").returncode == 0
    assert not (tmp_path / "none").exists()


def test_the_clock_counts_the_days_and_cites_the_law(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["clock", "--unit", "days", "--amount", "3", "--received", "2026-12-23T15:30"]
    assert main([*asked, "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["due_at"] == "2026-12-29T15:30:00+09:00"
    assert set(answer["steps"][0]) == {"from", "to", "counted", "unit", "article"}


def test_the_table_shows_the_same_due_time(capsys: pytest.CaptureFixture[str]) -> None:
    main(["clock", "--unit", "days", "--amount", "3", "--received", "2026-12-23T15:30"])
    assert "처리기한  2026-12-29T15:30:00+09:00" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["clock", "--unit", "days", "--received", "2026-12-23"], 3),
        (["clock", "--unit", "days", "--amount", "3", "--received", "yesterday"], 3),
        (["import", "voices", "--city", "busan", "no-such-file.csv"], 4),
    ],
)
def test_a_failure_is_one_sentence_on_stderr_and_a_code(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert main(arguments) == code
    answered = capsys.readouterr()
    assert answered.out == ""
    assert answered.err.startswith("오류: ")


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["city"], ["city", "show"], ["clock", "--unit", "days"]]
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_no_command_guesses_a_city() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["api-key", "create", "--name", "x", "--scopes", "voices:read"])
    assert ended.value.code == 2


def test_status_of_a_home_that_never_ran_says_so(tmp_path: Path) -> None:
    done = _run("status", "--format", "json", home=tmp_path)
    facts = json.loads(done.stdout)
    assert done.returncode == 1
    assert (facts["url"], facts["port"]) == (None, None)
    assert {part["state"] for part in facts["services"].values()} == {"stopped"}


def test_down_of_a_home_that_never_ran_is_no_failure(tmp_path: Path) -> None:
    assert _run("down", home=tmp_path / "none").returncode == 0


def test_without_a_database_the_mend_is_told_not_a_traceback(tmp_path: Path) -> None:
    done = _run("city", "list", home=tmp_path)
    assert done.returncode == 1
    assert "sodam up" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_finds_the_missing_servers_each_with_its_mend(tmp_path: Path) -> None:
    done = _run("doctor", "--format", "json", home=tmp_path)
    found = {finding["name"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 1
    for name in ("데이터베이스", "브로커"):
        assert not found[name]["is_well"]
        assert "sodam up" in found[name]["mend"]
    assert found["공휴일 달력"]["is_well"]


def test_manage_py_is_the_same_command_line() -> None:
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "platform" / "manage.py"), "version"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("sodam 0.1.0")
