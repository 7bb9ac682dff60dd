"""Settings: typed, checked at the start, every wrong one named with a reason and an example."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sodam.runtime import state
from sodam.settings.environment import DatabaseAddress, EnvironmentInvalid, load

PRODUCTION = {
    "SODAM_MODE": "production",
    "SODAM_SECRET_KEY": "s" * 40,
    "SODAM_MASTER_KEY": "m" * 40,
    "SODAM_DATABASE_URL": "postgresql://sodam@db.example:5432/sodam",
    "SODAM_BROKER_URL": "redis://:pw@valkey.example:6379/0",
}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting but a home of this test's own."""
    for name in [name for name in os.environ if name.startswith("SODAM_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SODAM_HOME", str(tmp_path))


def _set(monkeypatch: pytest.MonkeyPatch, **given: str) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)


def test_a_demo_needs_no_setting_at_all(tmp_path: Path) -> None:
    found = load()
    assert (found.mode, found.process, found.home) == ("demo", "serving", tmp_path)
    assert found.database is None
    assert len(found.secret_key) >= 32
    assert load().secret_key == found.secret_key


def test_a_demo_finds_the_servers_that_up_started(tmp_path: Path) -> None:
    place = state.DatabaseState(host="127.0.0.1", port=5499, name="sodam")
    state.update(tmp_path, database=place, broker_url="redis://:x@127.0.0.1:6399/0", port=8007)
    found = load()
    assert found.database == DatabaseAddress(host="127.0.0.1", port=5499, name="sodam")
    assert (found.broker_url, found.port) == ("redis://:x@127.0.0.1:6399/0", 8007)


def test_only_the_owners_process_gets_the_owners_login(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = state.DatabaseState(host="127.0.0.1", port=5499, name="sodam")
    state.update(tmp_path, database=place)
    assert load().owner_database is None
    _set(monkeypatch, SODAM_PROCESS="owner")
    owner = load().owner_database
    assert owner is not None
    assert (owner.user, owner.port) == ("sodam_owner", 5499)
    assert len(owner.password) >= 32


def test_outside_the_demo_no_secret_has_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, SODAM_MODE="production")
    with pytest.raises(EnvironmentInvalid) as refused:
        load()
    for name in ("SECRET_KEY", "MASTER_KEY", "DATABASE_URL", "BROKER_URL"):
        assert f"SODAM_{name}: 운영 모드에서는 반드시 있어야 합니다. 예: " in str(refused.value)


def test_production_writes_no_secrets_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _set(monkeypatch, **PRODUCTION)
    assert load().mode == "production"
    assert not (tmp_path / "secrets.json").exists()


def test_production_owners_need_their_own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, **PRODUCTION, SODAM_PROCESS="owner")
    with pytest.raises(EnvironmentInvalid, match="SODAM_OWNER_DATABASE_URL"):
        load()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("MODE", "test", "demo, production"),
        ("PORT", "99999", "0–65535"),
        ("PORT", "eight", "0–65535"),
        ("DATABASE_URL", "mysql://db.example/sodam", "postgresql://"),
        ("DATABASE_URL", "postgresql://db.example", "데이터베이스 이름"),
        ("BROKER_URL", "amqp://rabbit.example", "redis://"),
        ("SECRET_KEY", "too-short", "32자 이상"),
        ("ROLE_PREFIX", "Sodam-", "소문자"),
        ("SMTP_SECURITY", "ssl", "starttls"),
        ("LOG_LEVEL", "loud", "WARNING"),
        ("HOST_SUFFIX", ".localhost", "점으로 시작하지 않는"),
    ],
)
def test_a_wrong_value_is_named_with_the_reason_and_an_example(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    monkeypatch.setenv(f"SODAM_{name}", value)
    with pytest.raises(EnvironmentInvalid) as refused:
        load()
    said = str(refused.value)
    assert said.startswith(f"SODAM_{name}: ")
    assert reason in said
    assert ". 예: " in said


def test_all_wrong_values_are_told_at_once_and_none_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _set(monkeypatch, SODAM_SECRET_KEY="my-own-password", SODAM_PORT="x", SODAM_MODE="live")
    with pytest.raises(EnvironmentInvalid) as refused:
        load()
    assert len(str(refused.value).splitlines()) == 3
    assert "my-own-password" not in str(refused.value)


def test_text_that_looks_like_a_number_stays_text(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, SODAM_SMTP_PASSWORD="0123", SODAM_SECRET_KEY="0" * 40)
    assert (load().smtp_password, load().secret_key) == ("0123", "0" * 40)


def test_secrets_are_not_in_the_text_of_the_settings() -> None:
    found = load()
    assert found.secret_key not in repr(found)
    assert found.master_key not in repr(found)


def test_a_wrong_setting_stops_the_start_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sodam.settings.environment"],
        env={**os.environ, "SODAM_PORT": "x"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "SODAM_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_with_escaped_signs_is_read_as_it_was_meant() -> None:
    address = DatabaseAddress.parse("postgresql://o%40wner:p%2Fw@db:6000/sodam?sslmode=require")
    assert (address.user, address.password, address.port) == ("o@wner", "p/w", 6000)
    assert address.options == {"sslmode": "require"}


def test_a_citys_own_gateway_is_named_by_city_and_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().city_gateways == {}
    _set(monkeypatch, SODAM_CITY_GATEWAYS="busan.sms=x.busan.carrier, jeju.email=x.jeju.relay")
    assert load().city_gateways == {
        ("busan", "sms"): "x.busan.carrier",
        ("jeju", "email"): "x.jeju.relay",
    }


@pytest.mark.parametrize("text", ["busan=x.busan.carrier", "busan.fax=x.a.b", "busan.sms=carrier"])
def test_a_gateway_that_is_not_named_so_is_refused(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    _set(monkeypatch, SODAM_CITY_GATEWAYS=text)
    with pytest.raises(EnvironmentInvalid, match="SODAM_CITY_GATEWAYS"):
        load()
