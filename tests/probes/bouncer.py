"""PgBouncer in transaction mode before the test's Postgres, when this machine has it."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, connections

from sodam.runtime.ports import free_port
from sodam.runtime.processes import give_to, lesser_user
from tenants.context import platform_role
from tenants.isolation.pools import role_password
from tests.support.environment import run_folder

POOL_SIZE = 2
PATIENCE_SECONDS = 10.0
TEXT = """
[databases]
* = host=127.0.0.1 port={server_port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users.txt
pool_mode = transaction
default_pool_size = {size}
max_db_connections = 24
max_client_conn = 400
server_reset_query_always = 0
stats_users = {watcher}
ignore_startup_parameters = extra_float_digits
logfile = {folder}/pgbouncer.log
pidfile = {folder}/pgbouncer.pid
"""


def binary() -> str:
    """Where `pgbouncer` is; "" when this machine has none (apt: pgbouncer)."""
    return shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer") or ""


@contextmanager
def behind_bouncer(roles: Iterable[str]) -> Iterator[Path]:
    """This process's pools go through it; its log is what is given."""
    folder = run_folder() / "bouncer"
    server_port = connections.databases["default"]["PORT"]
    port = _written(folder, roles, server_port=server_port)
    process = subprocess.Popen(
        [binary(), "-q", str(folder / "pgbouncer.ini")],
        cwd=folder,
        **_as_lesser(),  # type: ignore[arg-type]
    )
    try:
        _wait_for(port, process, folder)
        _point(port)
        yield folder / "pgbouncer.log"
    finally:
        _point(server_port)
        process.terminate()
        process.wait(10)


def transactions_seen() -> int:
    """How many transactions went by the one this process is behind."""
    where = {"host": "127.0.0.1", "port": connections.databases["default"]["PORT"]}
    role = platform_role()
    login = {"user": role, "password": role_password(role), "dbname": "pgbouncer"}
    with psycopg.connect(**where, **login, autocommit=True) as console:
        found = console.execute("SHOW TOTALS").fetchall()
    return next(int(value) for name, value in found if name == "total_xact_count")


def _written(folder: Path, roles: Iterable[str], *, server_port: int) -> int:
    """Its settings and the list of logins: passwords are derived, so it can be made anew."""
    user, port = lesser_user(), free_port()
    give_to(folder, user)
    lines = [f'"{role}" "{role_password(role)}"\n' for role in roles]
    (folder / "users.txt").write_text("".join(lines))
    text = TEXT.format(
        server_port=server_port, port=port, folder=folder, size=POOL_SIZE, watcher=platform_role()
    )
    (folder / "pgbouncer.ini").write_text(text)
    for name in ("users.txt", "pgbouncer.ini"):
        shutil.chown(folder / name, *(user.pw_uid, user.pw_gid) if user else (None, None))
    return port


def _as_lesser() -> dict[str, object]:
    user = lesser_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with psycopg.connect(host="127.0.0.1", port=port, user="nobody", connect_timeout=2):
                return
        except psycopg.OperationalError as answered:
            if "refused" not in str(answered):  # it answers, and knows nobody of that name
                return
        time.sleep(0.1)
    log = folder / "pgbouncer.log"
    raise RuntimeError(f"PgBouncer did not start:\n{log.read_text() if log.exists() else ''}")


def _point(port: int) -> None:
    connection.close_pool()
    connections.databases["default"]["PORT"] = port
    settings.DATABASES["default"]["PORT"] = port
