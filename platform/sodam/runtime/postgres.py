"""The embedded Postgres of one home: made, started, found again after a crash, and stopped."""

import hashlib
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sodam.runtime import state
from sodam.runtime.paths import file_lock
from sodam.runtime.ports import free_port, is_free_soon
from sodam.runtime.postgres_binaries import BUILTIN_LOCALE_SINCE, Binaries, find_binaries
from sodam.runtime.processes import can_reach, give_to, lesser_user, mark_of
from sodam.runtime.secrets import demo_secret

SUPERUSER = "postgres"
START_TRIES = 5
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "200",
    "max_locks_per_transaction": "256",
    "jit": "off",
    # A refused statement holds what a citizen wrote: neither it nor its values belong in a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}


def memory_settings() -> dict[str, str]:
    """An eighth of the machine's memory for tables, 128 MB to 1 GB: the built-in 128 MB does not
    hold a large city's open voices and their indexes."""
    machine_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {"shared_buffers": f"{min(max(machine_mb // 8, 128), 1024)}MB"}


class PostgresFailed(Exception):
    """The embedded Postgres did not start, or is not what Sodam needs."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running Postgres that is surely this home's own."""

    host: str
    port: int
    superuser_dsn: str
    bin_dir: Path
    data_directory: Path
    pid: int

    def dsn(self, database: str) -> str:
        """The superuser's address of another database of this server."""
        return f"{self.superuser_dsn.rpartition('/')[0]}/{database}"


class EmbeddedPostgres:
    """One Postgres server whose data belongs to one home. Started twice, it is the same server."""

    def __init__(
        self, home: Path, *, fsync: bool = True, settings: Mapping[str, str] | None = None
    ) -> None:
        self.home = home
        chosen = {"fsync": "on" if fsync else "off", **memory_settings()}
        self._settings = {**SETTINGS, **chosen, **(settings or {})}
        home.mkdir(parents=True, exist_ok=True)
        self._folder = self._choose_folder()
        self.data = self._folder / "data"
        self._user = self._owner()

    def start(self) -> Server:
        """Makes the data folder at the first start; raises PostgresFailed or NoPostgres."""
        with file_lock(self.home / "pg.lock"):
            binaries = find_binaries(home=self.home)
            running = self._running(binaries)
            if running is None:
                self._initialise(binaries)
                running = self._launch(binaries)
            self._assert_korean_search(running)
            return running

    def running(self) -> Server | None:
        """The server when it runs now; never starts one."""
        if not (self.data / "postmaster.pid").exists():
            return None
        return self._running(find_binaries(home=self.home))

    def stop(self) -> None:
        """Ends the server; open connections are closed, committed work is safe."""
        with file_lock(self.home / "pg.lock"):
            if self._postmaster() is None:
                return
            binaries = find_binaries(home=self.home)
            self._run(binaries, "pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w")

    def destroy(self) -> None:
        """Ends the server and removes its data: for servers that were never meant to last."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    # -- where the data lies ---------------------------------------------------------------

    def _choose_folder(self) -> Path:
        """`<home>/pg`, or a folder below /var/lib when the server's user cannot get there."""
        remembered = state.read(self.home).data_directory
        if remembered and Path(remembered).exists():
            return Path(remembered).parent
        user = lesser_user()
        if (
            user is not None
            and not can_reach(self.home, user)
            and can_reach(self.home.parent, user)
        ):
            self.home.chmod(0o711)
        if can_reach(self.home, user):
            return self.home / "pg"
        mark = hashlib.sha256(str(self.home).encode()).hexdigest()[:16]
        return Path("/var/lib/sodam") / mark / "pg"

    def _owner(self) -> pwd.struct_passwd | None:
        """Who runs the server: the owner of data that is there already, else the lesser user."""
        chosen = lesser_user()
        if not self.data.exists():
            return chosen
        owner = self.data.stat().st_uid
        if os.geteuid() == 0 and owner != 0:
            return pwd.getpwuid(owner)
        if owner != os.geteuid():
            raise PostgresFailed(
                f"{self.data} 폴더는 다른 사용자({owner})의 것입니다. 그 사용자로 실행하거나 "
                "SODAM_HOME으로 다른 폴더를 주십시오 (예: SODAM_HOME=~/sodam-data)."
            )
        return chosen

    # -- starting ----------------------------------------------------------------------------

    def _initialise(self, binaries: Binaries) -> None:
        if not (self.data / "sodam.conf").exists():
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            give_to(self._folder, self._user)
            self._initdb(binaries)
        lines = [f"{name} = '{value}'\n" for name, value in self._settings.items()]
        (self.data / "sodam.conf").write_text("".join(lines), encoding="utf-8")
        state.update(self.home, data_directory=str(self.data))

    def _initdb(self, binaries: Binaries) -> None:
        """A folder without sodam.conf is one whose making was cut short: it holds no work yet."""
        self._run(binaries, "/bin/rm", "-rf", str(self.data))
        password = self._folder / "password"
        password.touch(mode=0o600)
        password.write_text(demo_secret(self.home, "postgres_password"), encoding="utf-8")
        if self._user is not None:
            os.chown(password, self._user.pw_uid, self._user.pw_gid)
        locale = ["--locale=C.UTF-8"]
        if binaries.major >= BUILTIN_LOCALE_SINCE:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        wanted = ["-D", str(self.data), "-U", SUPERUSER, "--encoding=UTF8", *locale]
        self._run(binaries, "initdb", *wanted, "-A", "scram-sha-256", f"--pwfile={password}")
        password.unlink()
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write("\ninclude 'sodam.conf'\n")

    def _launch(self, binaries: Binaries) -> Server:
        """Tries several ports: between the choosing and the start another program may take one."""
        said = ""
        for _ in range(START_TRIES):
            self._forget_dead_postmaster()
            command = ["start", "-D", str(self.data), "-l", str(self._folder / "server.log")]
            port = self._port_again() or free_port()
            try:
                self._run(binaries, "pg_ctl", *command, "-w", "-t", "120", "-o", f"-p {port}")
            except PostgresFailed as failure:
                said = str(failure)
                time.sleep(0.5)
                continue
            server = self._running(binaries)
            if server is not None:
                (self.home / "pg.port").write_text(str(port), encoding="utf-8")
                return server
        raise PostgresFailed(f"{said}\n{self._last_log_lines()}")

    def _port_again(self) -> int:
        """The port of last time when it is free: then those who knew it find the server again."""
        try:
            last = int((self.home / "pg.port").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return 0
        return last if is_free_soon(last) else 0

    def _forget_dead_postmaster(self) -> None:
        """After kill -9 the lock file may name a pid that is now another program's."""
        if self._postmaster() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    # -- looking -----------------------------------------------------------------------------

    def _postmaster(self) -> tuple[int, int] | None:
        """Pid and port from the lock file, when that pid truly is a Postgres in this folder."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            pid, port = int(lines[0]), int(lines[3])
        except (OSError, IndexError, ValueError):
            return None
        here = Path(f"/proc/{pid}/cwd")
        if Path("/proc/self").exists():
            same = here.exists() and here.resolve() == self.data.resolve()
            return (pid, port) if same else None
        return (pid, port) if mark_of(pid) else None

    def _running(self, binaries: Binaries) -> Server | None:
        """Waits while it recovers; asks for its data folder before anything is written to it."""
        found = self._postmaster()
        if found is None:
            return None
        server = self._server(binaries, pid=found[0], port=found[1])
        until = time.monotonic() + 120
        while self._postmaster() is not None and time.monotonic() < until:
            try:
                answered = ask(server, "SHOW data_directory")
            except PostgresFailed:
                time.sleep(0.2)
                continue
            if Path(answered).resolve() != self.data.resolve():
                raise PostgresFailed(f"포트 {server.port}번의 서버는 남의 것입니다: {answered}")
            return server
        return None

    def _server(self, binaries: Binaries, *, pid: int, port: int) -> Server:
        password = quote(demo_secret(self.home, "postgres_password"), safe="")
        return Server(
            host="127.0.0.1",
            port=port,
            superuser_dsn=f"postgresql://{SUPERUSER}:{password}@127.0.0.1:{port}/postgres",
            bin_dir=binaries.folder,
            data_directory=self.data,
            pid=pid,
        )

    def _assert_korean_search(self, server: Server) -> None:
        """A trigram index in the wrong locale holds no Korean at all, and says nothing about it."""
        ask(server, "CREATE SCHEMA IF NOT EXISTS extensions")
        ask(server, "CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA extensions")
        shown = ask(server, "SELECT extensions.show_trgm('교통신호')")
        if shown in ("", "{}"):
            raise PostgresFailed(
                "이 Postgres의 로캘은 한글 검색을 할 수 없습니다 (show_trgm 비어 있음)."
            )

    def _last_log_lines(self) -> str:
        try:
            return "\n".join((self._folder / "server.log").read_text().splitlines()[-15:])
        except OSError:
            return ""

    def _run(self, binaries: Binaries, program: str, *arguments: str) -> str:
        user = self._user
        who = (
            {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        )
        done = subprocess.run(
            [str(binaries.folder / program), *arguments],
            cwd="/",
            env=binaries.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **who,
        )
        if done.returncode != 0:
            raise PostgresFailed(f"{program}: {done.stdout.strip()[-800:]}")
        return done.stdout


def ask(server: Server, sql: str, *, database: str = "postgres") -> str:
    """One statement as the superuser, by psql; the unaligned answer. Raises PostgresFailed."""
    done = subprocess.run(
        [str(server.bin_dir / "psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", sql],
        env={
            "PGHOST": server.host,
            "PGPORT": str(server.port),
            "PGUSER": SUPERUSER,
            "PGPASSWORD": server.superuser_dsn.split(":")[2].partition("@")[0],
            "PGDATABASE": database,
            "PGCONNECT_TIMEOUT": "5",
            "PGCLIENTENCODING": "UTF8",
            "PGOPTIONS": "-c client_min_messages=warning",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise PostgresFailed(done.stderr.strip())
    return done.stdout.strip()
