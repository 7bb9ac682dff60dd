"""What the containers run is ours: commands that exist, settings that are read."""

from __future__ import annotations

import configparser
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from sodam.cli.commands import parser
from sodam.runtime.ports import free_port
from sodam.settings import environment
from tenants.isolation.queues import Queue
from tests.support.chart import SAMPLES, Object, Release, containers_of, release

NOT_OURS = {"VALKEY_PASSWORD", "OWNER_PASSWORD", "PYTHONUNBUFFERED"}  # parts of addresses
BEFORE_LOADING = {"SODAM_HOME"}  # read before the settings are


@pytest.fixture(params=SAMPLES)
def rendered(request: pytest.FixtureRequest) -> Release:
    return release(request.param)


def _ours(rendered: Release) -> list[tuple[str, Object]]:
    return [
        (component, container)
        for component, _metadata, spec in rendered.pods()
        for container in containers_of(spec)
        if "/sodam/sodam" in container["image"]
    ]


def test_every_command_is_one_that_sodam_knows(rendered: Release) -> None:
    for component, container in _ours(rendered):
        assert container["command"] == ["sodam"], component
        assert callable(parser().parse_args(container["args"]).run)


def test_every_setting_that_is_given_is_one_that_is_read(rendered: Release) -> None:
    known = {f"SODAM_{one.name.upper()}" for one in environment.SETTINGS}
    given = set(rendered.named("ConfigMap", "sodam-config")["data"])
    for _component, container in _ours(rendered):
        given |= {entry["name"] for entry in container["env"]}
    assert given - known - NOT_OURS - BEFORE_LOADING == set()


def test_the_settings_are_accepted_in_production(
    rendered: Release, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for component, container in _ours(rendered):
        for name in [name for name in os.environ if name.startswith("SODAM_")]:
            monkeypatch.delenv(name)
        for name, value in _environment(rendered, container, home=tmp_path).items():
            monkeypatch.setenv(name, value)
        loaded = environment.load()
        assert (loaded.mode, loaded.is_owner) == ("production", _is_owners(container)), component


def _is_owners(container: Object) -> bool:
    return {"name": "SODAM_PROCESS", "value": "owner"} in container["env"]


def _environment(rendered: Release, container: Object, *, home: Path) -> dict[str, str]:
    """What the kubelet would make of it, with invented secrets."""
    given = dict(rendered.named("ConfigMap", "sodam-config")["data"])
    for entry in container["env"]:
        reference = entry.get("valueFrom", {}).get("secretKeyRef")
        text = entry["value"] if reference is None else _secret(reference["key"])
        given[entry["name"]] = _expanded(text, given)
    given["SODAM_HOME"] = str(home)
    return given


def _secret(key: str) -> str:
    if key == "owner-database-url":
        return "postgresql://sodam_owner:invented@postgres.example:5432/sodam"
    return "redis://:invented@valkey.example:6379/0" if key == "broker-url" else "s" * 40


def _expanded(text: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        text = text.replace(f"$({name})", value)
    return text


def test_every_class_of_work_has_its_workers(rendered: Release) -> None:
    read = [c["args"][-1] for part, c in _ours(rendered) if c["args"][:2] == ["serve", "worker"]]
    assert sorted(read) == sorted(Queue)


def test_pgbouncer_keeps_a_pool_for_each_login_in_transaction_mode() -> None:
    text = release("everything").named("ConfigMap", "sodam-pgbouncer")["data"]["pgbouncer.ini"]
    read = configparser.ConfigParser(comment_prefixes=(";",))
    read.read_string(text)
    assert "user" not in read["databases"]["sodam"]  # each client's own
    assert read["pgbouncer"]["pool_mode"] == "transaction"
    assert read["pgbouncer"]["auth_file"] == "/run/pgbouncer/userlist.txt"
    assert read["pgbouncer"]["server_tls_sslmode"] == "verify-full"
    assert read["pgbouncer"]["server_tls_ca_file"] == "/run/sodam/ca/ca.crt"


@pytest.mark.runtime
@pytest.mark.usefixtures("cities")
def test_the_webs_container_answers_in_production_mode(tmp_path: Path) -> None:
    container = next(c for part, c in _ours(release("")) if c["name"] == "web")
    port = free_port()
    given = _environment(release(""), container, home=tmp_path)
    given |= {name: os.environ[name] for name in ("SODAM_DATABASE_URL", "SODAM_BROKER_URL")}
    given |= {"SODAM_ROLE_PREFIX": os.environ["SODAM_ROLE_PREFIX"], "SODAM_WEB_PROCESSES": "1"}
    given |= {"SODAM_MASTER_KEY": environment.env.master_key, "SODAM_BIND_HOST": "127.0.0.1"}
    arguments = [str(port) if one == "8000" else one for one in container["args"]]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SODAM_")}
    web = subprocess.Popen(
        [sys.executable, "-m", "sodam.cli", *arguments], env={**kept, **given}, cwd=tmp_path
    )
    try:
        assert _answer(f"http://127.0.0.1:{port}/readyz") == "ready\n"
        web.send_signal(signal.SIGTERM)
        assert web.wait(20) == 0
    finally:
        web.kill()


def _answer(url: str) -> str:
    until = time.monotonic() + 120
    while True:
        try:
            with urlopen(url, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.2)
