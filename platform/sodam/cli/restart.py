"""`sodam restart`: web, worker and beat anew from the code that is there now; nobody is refused."""

import argparse
import time

from sodam.cli.answers import Code, complain, formats, show_facts
from sodam.runtime import state
from sodam.runtime.processes import is_alive, send
from sodam.runtime.supervisor import RENEW

PATIENCE_SECONDS = 240.0


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """restart [--format json]; exit code 6 when a part kept its old process, 1 when none runs."""
    command = nouns.add_parser(
        "restart", help="웹과 작업자를 새로 시작한다 (새 판으로 바꿀 때, 요청을 끊지 않는다)"
    )
    formats(command)
    command.set_defaults(run=_restart)


def _restart(options: argparse.Namespace) -> int:
    before = state.read()
    mark = before.processes.get("supervisor")
    if mark is None or not is_alive(mark):
        return complain(
            "실행 중인 소담이 없습니다. `sodam up`으로 시작하십시오.", code=Code.FAILURE
        )
    started = time.monotonic()
    send(mark, RENEW)
    while state.read().renewals == before.renewals:
        if time.monotonic() - started > PATIENCE_SECONDS or not is_alive(mark):
            return complain(
                "새로 시작하지 못했습니다. `sodam doctor`로 살펴보십시오.", code=Code.FAILURE
            )
        time.sleep(0.1)
    now = state.read()
    seconds = round(time.monotonic() - started, 1)
    show_facts({"seconds": seconds, "not_renewed": now.not_renewed}, form=options.format)
    if now.not_renewed:
        told = f"{', '.join(now.not_renewed)}: 새것이 시작하지 못해 쓰던 것이 일하고 있습니다."
        return complain(told, code=Code.PARTIAL)
    return Code.OK
