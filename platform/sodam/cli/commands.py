"""From the words of a command to its function, and from failures to exit codes."""

import argparse
import os
import sys
from collections.abc import Sequence

from sodam.cli import (
    api_key,
    audit,
    city,
    clock,
    config,
    dedupe,
    demo,
    doctor,
    down,
    facts,
    hosts,
    imports,
    kpi,
    ministry,
    operation,
    platform,
    plugin,
    privacy,
    provisioner,
    restart,
    serve,
    status,
    up,
    user,
    version,
    wait,
    workflow,
)
from sodam.cli.answers import Code, complain

NOUNS = (
    up,
    down,
    status,
    doctor,
    version,
    hosts,
    city,
    clock,
    config,
    imports,
    api_key,
    audit,
    user,
    facts,
    kpi,
    ministry,
    dedupe,
    demo,
    platform,
    plugin,
    privacy,
    operation,
    provisioner,
    restart,
    serve,
    wait,
    workflow,
)
DJANGO_COMMANDS = {
    "check",
    "collectstatic",
    "dbshell",
    "diffsettings",
    "findstatic",
    "makemessages",
    "makemigrations",
    "migrate",
    "shell",
    "showmigrations",
    "spectacular",
    "sqlmigrate",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its exit code. Never shows a traceback for a failure of the field."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in DJANGO_COMMANDS:
        return _django(given)
    options = parser().parse_args(given)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        return complain("멈췄습니다.", code=Code.FAILURE)
    except BrokenPipeError:
        sys.stdout = None  # type: ignore[assignment]  # the reader has gone: nothing left to say
        return Code.OK
    except Exception as failure:
        known = _known_failure(failure)
        if known is None:
            raise
        return known


def parser() -> argparse.ArgumentParser:
    """All nouns and verbs, with help in Korean."""
    top = argparse.ArgumentParser(
        prog="sodam", description="소담: 시민의 소리를 담는 시·도 공동 시스템"
    )
    nouns = top.add_subparsers(title="명령", metavar="명령", required=True)
    for noun in NOUNS:
        noun.add(nouns)
    return top


def _known_failure(failure: Exception) -> int | None:
    """Failures with a name and a sentence; None for a bug, whose traceback must be seen."""
    status_code = getattr(failure, "http_status", None)
    if status_code is not None:
        return complain(str(failure), code=_BY_STATUS.get(status_code, Code.FAILURE))
    if type(failure).__module__.startswith("sodam.runtime."):
        return complain(str(failure), code=Code.FAILURE)
    if any(kind.__name__ == "OperationalError" for kind in type(failure).__mro__):
        return complain(
            "데이터베이스에 연결할 수 없습니다. `sodam up`으로 시작했는지 확인하십시오. "
            "자세한 점검: `sodam doctor`",
            code=Code.FAILURE,
        )
    return None


_BY_STATUS = {400: Code.INVALID, 422: Code.INVALID, 404: Code.NOT_FOUND, 409: Code.CONFLICT}


def _django(given: list[str]) -> int:
    """Django's own commands, for those who develop Sodam. Those that migrate run as the owner."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sodam.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["sodam", *given])
    return Code.OK
