"""`sodam provisioner`: the owner's process that does what consoles, studios and schedules ask."""

import argparse
import os
import subprocess
from uuid import UUID

from sodam.cli.answers import Code
from sodam.cli.operations import utc_now
from sodam.cli.processes import load_django, own_command


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """provisioner: in the foreground until it is ended; `sodam up` starts it."""
    command = nouns.add_parser("provisioner", help="개통·백업 같은 작업을 맡아 하는 프로세스")
    command.set_defaults(run=_provisioner)


def _provisioner(_options: argparse.Namespace) -> int:
    """Ended by a signal. An operation it began goes on in its own process, or is taken up again."""
    os.environ["SODAM_PROCESS"] = "owner"
    load_django()
    from tenants.provisioning.operations.provisioning import Provisioner

    Provisioner(start=_start, now=utc_now).run()
    return Code.OK


def _start(operation_id: UUID) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(own_command("operation", "run", str(operation_id)))
