"""The rendered PgBouncer, truly run: cities log in through it, also one opened later."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from sodam.cli.userlists import tell_pgbouncer, write_userlist
from sodam.runtime.ports import free_port, is_free
from tenants.context import city_role
from tenants.isolation.pools import role_password
from tenants.isolation.userlist import shared_userlist
from tests.support import environment
from tests.support.chart import release

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = [
    pytest.mark.runtime,
    pytest.mark.usefixtures("cities"),
    pytest.mark.skipif(PROGRAM is None, reason="pgbouncer: not run (apt install pgbouncer)"),
]
NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """In the run's own folder: pytest's is closed to PgBouncer's user."""
    made = environment.run_folder() / f"pgbouncer-{environment.worker()}-{tmp_path.name}"
    made.mkdir()
    os.chown(made, *_owner())
    return made


def _owner() -> tuple[int, int]:
    """PgBouncer refuses root, as Postgres does."""
    return (NOBODY, NOBODY) if os.geteuid() == 0 else (os.geteuid(), os.getegid())


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    """A running PgBouncer that knows the shared roles only."""
    (folder / "userlist.txt").write_text(shared_userlist())
    number = free_port()
    (folder / "pgbouncer.ini").write_text(_settings(folder, number))
    user = {"user": NOBODY, "group": NOBODY} if os.geteuid() == 0 else {}
    assert PROGRAM
    child = subprocess.Popen([PROGRAM, str(folder / "pgbouncer.ini")], cwd=folder, **user)
    until = time.monotonic() + 10
    while is_free(number):
        assert child.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    yield number
    child.terminate()
    child.wait(10)


def _settings(folder: Path, number: int) -> str:
    """The chart's own words, at this test's places."""
    text: str = release("").named("ConfigMap", "sodam-pgbouncer")["data"]["pgbouncer.ini"]
    server = psycopg.conninfo.conninfo_to_dict(os.environ["SODAM_DATABASE_URL"])
    place = f"host={server['host']} port={server['port']} dbname={server['dbname']}"
    text = text.replace("host=postgres.sodam-data.svc port=5432 dbname=sodam", place)
    text = text.replace("/run/pgbouncer", str(folder)).replace("6432", str(number))
    return text.replace("listen_addr = 0.0.0.0", "listen_addr = 127.0.0.1")


def _who(port: int, role: str) -> tuple[str, str]:
    given = {"host": "127.0.0.1", "port": port, "dbname": "sodam", "connect_timeout": 5}
    with psycopg.connect(user=role, password=role_password(role), autocommit=True, **given) as city:
        row = city.execute("SELECT current_user::text, current_schema()::text").fetchone()
        assert row
        return row


def test_a_city_logs_in_by_its_own_role_once_its_line_is_there(folder: Path, port: int) -> None:
    busan, seoul = city_role("busan"), city_role("seoul")
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        _who(port, busan)
    assert write_userlist(folder / "userlist.txt")
    os.chown(folder / "userlist.txt", *_owner())
    assert tell_pgbouncer(folder / "pgbouncer.pid")
    time.sleep(0.5)
    assert (_who(port, busan), _who(port, seoul)) == ((busan, "busan"), (seoul, "seoul"))


def test_the_owner_cannot_log_in_through_it(folder: Path, port: int) -> None:
    write_userlist(folder / "userlist.txt")
    os.chown(folder / "userlist.txt", *_owner())
    tell_pgbouncer(folder / "pgbouncer.pid")
    time.sleep(0.5)
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        _who(port, f"{os.environ['SODAM_ROLE_PREFIX']}owner")


def test_a_pgbouncer_that_does_not_run_is_not_told(tmp_path: Path) -> None:
    assert not tell_pgbouncer(tmp_path / "none.pid")
