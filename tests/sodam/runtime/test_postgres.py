"""The embedded Postgres: fit for Korean, surviving kill -9, never touching a stranger's server."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import pytest

from sodam.runtime.ports import listen
from sodam.runtime.postgres import EmbeddedPostgres, PostgresFailed, Server, ask
from sodam.runtime.processes import mark_of

pytestmark = pytest.mark.runtime


def _start(home: Path) -> Server:
    return EmbeddedPostgres(home, fsync=False).start()


def _kill(server: Server) -> None:
    mark = mark_of(server.pid)
    os.kill(server.pid, signal.SIGKILL)
    while mark is not None and mark_of(server.pid) == mark:
        time.sleep(0.02)


def test_it_speaks_utf_8_and_finds_korean_trigrams(home: Path) -> None:
    server = _start(home)
    assert ask(server, "SHOW server_encoding") == "UTF8"
    assert ask(server, "SHOW timezone") == "UTC"
    assert "교통" in ask(server, "SELECT '교통신호'::text")
    assert ask(server, "SELECT cardinality(extensions.show_trgm('교통신호')) > 0") == "t"


def test_it_listens_on_this_machine_only_and_wants_a_password(home: Path) -> None:
    server = _start(home)
    assert ask(server, "SHOW listen_addresses") == "127.0.0.1"
    assert ask(server, "SHOW unix_socket_directories") == ""
    assert ask(server, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'trust'") == "0"


def test_its_log_does_not_quote_a_refused_statement(home: Path) -> None:
    """Broke: the log of the embedded server held what a citizen had written, name and all."""
    server = _start(home)
    ask(server, "CREATE TABLE citizen (phone text PRIMARY KEY)")
    ask(server, "INSERT INTO citizen VALUES ('010-0000-4321')")
    with pytest.raises(PostgresFailed):
        ask(server, "INSERT INTO citizen VALUES ('010-0000-4321')")
    log = (server.data_directory.parent / "server.log").read_text(encoding="utf-8")
    assert "duplicate key" in log
    assert "4321" not in log


def test_started_twice_it_is_the_same_server(home: Path) -> None:
    assert _start(home) == _start(home)


def test_after_kill_9_it_starts_again_on_its_port_with_its_data(home: Path) -> None:
    first = _start(home)
    ask(first, "CREATE TABLE kept AS SELECT 7 AS number")
    _kill(first)
    again = _start(home)
    assert again.pid != first.pid
    assert again.port == first.port
    assert ask(again, "SELECT number FROM kept") == "7"


def test_when_its_port_was_taken_meanwhile_it_takes_another(home: Path) -> None:
    first = _start(home)
    _kill(first)
    with listen(first.port):
        assert _start(home).port != first.port


def test_a_lock_file_with_the_pid_of_another_program_does_not_stop_it(home: Path) -> None:
    first = _start(home)
    postgres = EmbeddedPostgres(home, fsync=False)
    postgres.stop()
    lines = [str(os.getpid()), str(postgres.data), "1", str(first.port), "", "127.0.0.1", "", ""]
    (postgres.data / "postmaster.pid").write_text("\n".join(lines), encoding="utf-8")
    assert postgres.start().pid not in (os.getpid(), first.pid)


def test_a_making_that_was_cut_short_is_done_again(home: Path) -> None:
    postgres = EmbeddedPostgres(home, fsync=False)
    postgres.data.mkdir(parents=True)
    (postgres.data / "PG_VERSION").write_text("18\n", encoding="utf-8")
    if os.geteuid() == 0:
        shutil.chown(postgres.data.parent, "postgres" if _has_user("postgres") else "nobody")
        shutil.chown(postgres.data, "postgres" if _has_user("postgres") else "nobody")
    assert ask(EmbeddedPostgres(home, fsync=False).start(), "SELECT 1") == "1"


def _has_user(name: str) -> bool:
    return any(line.startswith(f"{name}:") for line in Path("/etc/passwd").read_text().splitlines())


def test_two_homes_have_two_servers_with_two_passwords(home: Path) -> None:
    other = Path(tempfile.mkdtemp(prefix="sodam other "))
    try:
        ours, theirs = _start(home), _start(other)
        assert (ours.port, ours.data_directory) != (theirs.port, theirs.data_directory)
        stranger = Server(**{**ours.__dict__, "port": theirs.port})
        with pytest.raises(PostgresFailed, match="password authentication failed"):
            ask(stranger, "SELECT 1")
    finally:
        EmbeddedPostgres(other).destroy()
        shutil.rmtree(other)


def test_a_stopped_server_is_not_running_and_starts_again(home: Path) -> None:
    first = _start(home)
    postgres = EmbeddedPostgres(home, fsync=False)
    postgres.stop()
    assert postgres.running() is None
    assert ask(_start(home), "SHOW data_directory") == str(first.data_directory)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root meets folders its server cannot reach")
def test_below_a_folder_closed_to_others_root_keeps_the_data_elsewhere() -> None:
    closed = Path(tempfile.mkdtemp(prefix="sodam closed "))
    inner = closed / "clone" / ".sodam"
    postgres = EmbeddedPostgres(inner, fsync=False)
    try:
        server = postgres.start()
        assert closed not in server.data_directory.parents
        assert EmbeddedPostgres(inner, fsync=False).data == server.data_directory
    finally:
        postgres.destroy()
        shutil.rmtree(closed)
