"""`sodam down`: ends everything of this home, also what a killed `up` left behind."""

import argparse

from sodam.cli.answers import Code, say
from sodam.runtime import state
from sodam.runtime.paths import default_home
from sodam.runtime.processes import end, is_alive
from sodam.runtime.servers import stop_servers
from sodam.runtime.supervisor import end_orphans

PATIENCE_SECONDS = 90.0


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """down"""
    nouns.add_parser("down", help="모두 멈춘다").set_defaults(run=_down)


def _down(_options: argparse.Namespace) -> int:
    home = default_home()
    supervisor = state.read(home).processes.get("supervisor")
    was_running = supervisor is not None and is_alive(supervisor)
    if supervisor is not None and was_running:
        end(supervisor, patience_seconds=PATIENCE_SECONDS)
    if home.exists():
        end_orphans(home, say=say)
        stop_servers(home)
        state.update(home, is_ready=False)
    say("모두 멈췄습니다." if was_running else "실행 중이 아니었습니다.")
    return Code.OK
