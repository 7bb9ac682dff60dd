"""`sodam wait`: until the shared tables are as this release needs them, and a web answers."""

import argparse
import time
from http import HTTPStatus
from urllib.request import urlopen

from sodam.cli.answers import Code, complain, say
from sodam.cli.processes import load_django

PAUSE_SECONDS = 2.0


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """wait [--url URL] [--seconds N]; exit code 1 when the time is over."""
    command = nouns.add_parser("wait", help="이행이 끝나고 웹이 답할 때까지 기다린다")
    command.add_argument("--url", default="", help="답해야 하는 주소 (예: http://web/readyz)")
    command.add_argument(
        "--seconds", type=float, default=600, help="가장 오래 기다릴 초 (기본: 600)"
    )
    command.set_defaults(run=_wait)


def _wait(options: argparse.Namespace) -> int:
    load_django()
    until = time.monotonic() + options.seconds
    told = ""
    while obstacle := _unprepared() or _silent(options.url):
        if time.monotonic() > until:
            return complain(obstacle, code=Code.FAILURE)
        if obstacle != told:
            say(f"· {obstacle}")
            told = obstacle
        time.sleep(PAUSE_SECONDS)
    return Code.OK


def _unprepared() -> str:
    from django.db import Error as DatabaseError

    from tenants.isolation.prepared import shared_migrations_missing

    try:
        missing = shared_migrations_missing()
    except DatabaseError as failure:
        return f"데이터베이스가 아직 준비되지 않았습니다 ({type(failure).__name__})."
    return f"공통 표의 이행 {len(missing)}개를 기다립니다." if missing else ""


def _silent(url: str) -> str:
    if not url:
        return ""
    try:
        with urlopen(url, timeout=5) as answer:  # noqa: S310  # an operator names it
            return "" if answer.status == HTTPStatus.OK else f"{url}: {answer.status}"
    except OSError as failure:
        return f"{url}: {failure}"
