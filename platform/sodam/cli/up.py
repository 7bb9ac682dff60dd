"""`sodam up`: servers, migrations, the demo world, then web, worker and beat until Ctrl-C."""

import argparse
import fcntl

from sodam.cli.answers import Code, complain
from sodam.runtime import state
from sodam.runtime.paths import default_home


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """up [--port N] [--demo-size small|full]"""
    command = nouns.add_parser("up", help="모두 시작하고 Ctrl-C까지 지킨다")
    command.add_argument(
        "--port", type=int, help="이 포트를 정확히 쓴다 (기본: 8000 또는 다음 빈 포트)"
    )
    command.add_argument("--demo-size", choices=("small", "full"), help="데모 세계의 크기")
    command.set_defaults(run=_up)


def _up(options: argparse.Namespace) -> int:
    """One `up` per home: the kernel frees the lock when its holder dies, however it dies."""
    home = default_home()
    home.mkdir(parents=True, exist_ok=True)
    with (home / "up.lock").open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            url = f"http://localhost:{state.read(home).port}/"
            return complain(f"이미 실행 중입니다: {url}", code=Code.CONFLICT)
        from sodam.cli.running import run_everything

        return run_everything(port=options.port, demo_size=options.demo_size)
