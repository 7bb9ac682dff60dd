"""Ports of this machine: which are free, and which one the web takes."""

import socket
import time

FIRST_WEB_PORT = 8000


class PortTaken(Exception):
    """The port that was asked for exactly belongs to another program."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"포트 {port}번을 다른 프로그램이 쓰고 있습니다. --port로 다른 번호를 주십시오."
        )
        self.port = port


def is_free(port: int, *, host: str = "127.0.0.1") -> bool:
    """Could a server listen here now? A finished server's waiting connections do not count."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def is_free_soon(port: int, *, patience_seconds: float = 3.0) -> bool:
    """A killed server's port is freed a moment after its death."""
    until = time.monotonic() + patience_seconds
    while not is_free(port):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def free_port(*, host: str = "127.0.0.1") -> int:
    """A port the kernel says is free. Another program may take it first: callers try again."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.bind((host, 0))
        return int(trial.getsockname()[1])


def listen(port: int, *, host: str = "127.0.0.1") -> socket.socket:
    """Takes the port at once, so that nobody else can between the choosing and the start."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(512)
    except OSError:
        taken.close()
        raise PortTaken(port) from None
    taken.set_inheritable(True)
    return taken


def web_socket(asked: int | None = None, *, host: str = "127.0.0.1") -> socket.socket:
    """Listens on exactly the port asked for, or on 8000 or the next free one."""
    if asked is not None:
        return listen(asked, host=host)
    for port in range(FIRST_WEB_PORT, FIRST_WEB_PORT + 1000):
        try:
            return listen(port, host=host)
        except PortTaken:
            continue
    raise PortTaken(FIRST_WEB_PORT)
