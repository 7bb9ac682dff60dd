"""One process each: what containers start, and what they tell."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sodam.cli import commands, metrics, serve
from sodam.cli.parts import worker_command
from sodam.cli.userlists import write_userlist
from tenants.context import city_role, serving_city
from tenants.isolation.jobs import Job
from tenants.isolation.pools import role_password
from tenants.isolation.prepared import shared_migrations_missing
from tenants.isolation.queues import ALL_QUEUES
from tests.support.jobs import mark


def test_the_classes_a_worker_may_be_given_are_those_there_are() -> None:
    assert list(ALL_QUEUES) == list(serve.QUEUES)


def test_a_worker_reads_only_the_classes_it_was_given() -> None:
    command = worker_command(["bulk", "rollups"])
    assert command[command.index("--queues") + 1] == "bulk,rollups"
    assert "--queues" not in worker_command()


def test_a_misspelt_class_is_refused_with_the_right_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        commands.parser().parse_args(["serve", "worker", "--queues", "bulk,rolups"])
    said = capsys.readouterr().err
    assert "transactional" in said
    assert "rolups" in said


@pytest.mark.usefixtures("cities")
def test_pgbouncers_users_are_the_serving_roles_and_nobody_else(tmp_path: Path) -> None:
    file = tmp_path / "userlist.txt"
    assert write_userlist(file)
    lines = file.read_text().splitlines()
    busan = city_role("busan")
    assert f'"{busan}" "{role_password(busan)}"' in lines
    names = {line.split('"')[1] for line in lines}
    prefix = os.environ["SODAM_ROLE_PREFIX"]
    expected = {"platform", "rollup", "ministry", "c_busan", "c_seoul"}
    assert {prefix + name for name in expected} <= names
    assert f"{prefix}owner" not in names
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("cities")
def test_pgbouncers_users_are_written_again_only_when_they_change(tmp_path: Path) -> None:
    file = tmp_path / "userlist.txt"
    assert write_userlist(file)
    assert not write_userlist(file)
    file.write_text(file.read_text().replace("c_busan", "c_atlantis"))
    assert write_userlist(file)
    assert "atlantis" not in file.read_text()


@pytest.mark.usefixtures("cities")
def test_nothing_is_missing_once_the_platform_is_prepared() -> None:
    assert shared_migrations_missing() == []
    assert commands.main(["wait", "--seconds", "0"]) == 0


@pytest.mark.usefixtures("cities")
def test_waiting_for_a_web_that_is_not_there_ends_with_its_address(
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = ["wait", "--url", "http://127.0.0.1:1/readyz", "--seconds", "0"]
    assert commands.main(given) == 1
    assert "http://127.0.0.1:1/readyz" in capsys.readouterr().err


def _page(path: str) -> tuple[str, str]:
    said: list[str] = []
    body = metrics.application({"PATH_INFO": path}, lambda status, _headers: said.append(status))
    return said[0], b"".join(body).decode()


def _waiting(queue: str, page: str) -> float:
    line = next(line for line in page.splitlines() if f'waiting{{queue="{queue}"}}' in line)
    return float(line.split()[-1])


@pytest.mark.usefixtures("cities")
def test_the_metrics_count_the_jobs_that_wait_and_the_cities() -> None:
    before = _waiting("transactional", _page("/metrics")[1])
    _send(mark)
    status, page = _page("/metrics")
    assert status == "200 OK"
    assert _waiting("transactional", page) == before + 1
    assert 'sodam_cities{state="open"}' in page
    assert 'sodam_up{part="broker"} 1' in page


def _send(job: Job) -> None:
    with serving_city("busan"):
        assert job.enqueue()


def test_other_addresses_of_the_metrics_are_not_found() -> None:
    assert _page("/")[0] == "404 Not Found"
