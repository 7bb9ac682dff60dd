"""`sodam serve …`: one process each, in the foreground, for a container or a service manager.

`sodam up` starts the same processes together on one machine.
"""

import argparse
import os
import time
from pathlib import Path

from sodam.cli.answers import Code, say
from sodam.cli.processes import load_django

QUEUES = ("transactional", "bulk", "imports", "rollups")
LEASE_SECONDS = 15.0


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """web, worker, beat, metrics, userlist."""
    noun = nouns.add_parser("serve", help="프로세스 하나를 앞에서 돌린다 (컨테이너용)")
    verbs = noun.add_subparsers(metavar="프로세스", required=True)
    web = verbs.add_parser("web", help="웹")
    web.add_argument("--port", type=int, default=8000, help="포트 (기본: 8000)")
    web.set_defaults(run=_web)
    worker = verbs.add_parser("worker", help="작업자")
    named = f"{', '.join(QUEUES)} (기본: 모두)"
    worker.add_argument("--queues", type=_queues, default=[], metavar="A,B", help=named)
    worker.set_defaults(run=_worker)
    verbs.add_parser("beat", help="시계 (여럿이면 하나만 움직인다)").set_defaults(run=_beat)
    metrics = verbs.add_parser("metrics", help="지표 (Prometheus 형식)")
    metrics.add_argument("--port", type=int, default=9100, help="포트 (기본: 9100)")
    metrics.set_defaults(run=_metrics)
    _add_userlist(verbs)


def _add_userlist(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    userlist = verbs.add_parser("userlist", help="PgBouncer의 사용자 파일을 쓰고 새로 고친다")
    userlist.add_argument("--output", type=Path, required=True, metavar="FILE", help="쓸 파일")
    userlist.add_argument(
        "--every", type=float, default=0, metavar="초", help="이 간격으로 되풀이한다 (기본: 한 번)"
    )
    userlist.add_argument("--pid-file", type=Path, metavar="FILE", help="다시 읽을 PgBouncer의 것")
    userlist.set_defaults(run=_userlist)


def _web(options: argparse.Namespace) -> int:
    from sodam.cli.parts import web_command
    from sodam.settings.environment import env

    return _become(web_command(f"{env.bind_host}:{options.port}"))


def _worker(options: argparse.Namespace) -> int:
    from sodam.cli.parts import worker_command

    return _become(worker_command(options.queues))


def _beat(_options: argparse.Namespace) -> int:
    from sodam.cli.parts import beat_command
    from sodam.runtime.leading import Leader, Lease
    from sodam.settings.environment import env

    lease = Lease(env.broker_url, "beat", seconds=LEASE_SECONDS)
    leader = Leader(lease, beat_command(env.home), say=say)
    leader.listen_for_signals()
    return leader.run()


def _metrics(options: argparse.Namespace) -> int:
    load_django()
    from sodam.cli.metrics import serve_metrics
    from sodam.settings.environment import env

    serve_metrics(host=env.bind_host, port=options.port)
    return Code.OK


def _userlist(options: argparse.Namespace) -> int:
    """Written whole beside the file and then put in its place; PgBouncer is told to look."""
    load_django()
    from sodam.cli.userlists import tell_pgbouncer, write_userlist

    while True:
        if write_userlist(options.output) and options.pid_file:
            tell_pgbouncer(options.pid_file)
        if not options.every:
            return Code.OK
        time.sleep(options.every)


def _become(command: list[str]) -> int:
    """This process becomes the command: signals reach it, and its end is ours."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sodam.settings")
    os.execv(command[0], command)  # noqa: S606  # no shell is wanted


def _queues(text: str) -> list[str]:
    named = text.split(",")
    strangers = [name for name in named if name not in QUEUES]
    if strangers:
        raise argparse.ArgumentTypeError(f"{', '.join(QUEUES)} 가운데 고르십시오: {strangers[0]}")
    return named
