"""Processes of this machine: who a pid is, ending one surely, and running as a lesser user."""

import os
import pwd
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

Mark = list[int | str]


class NoLesserUser(Exception):
    """Postgres refuses to run as root, and this machine has no other user to run it."""


def lesser_user() -> pwd.struct_passwd | None:
    """Whom root runs a server as: `postgres` or `nobody`. None for an ordinary user."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoLesserUser(
        "Postgres는 root로 실행할 수 없고, 이 컴퓨터에 postgres나 nobody 사용자가 없습니다. "
        "예: useradd --system postgres"
    )


def can_reach(folder: Path, user: pwd.struct_passwd | None) -> bool:
    """May this user enter the folder (every folder above it included)?"""
    if user is None:
        return folder.is_dir()
    tried = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


def give_to(folder: Path, user: pwd.struct_passwd | None) -> None:
    """Hands one folder to the lesser user, closed to everybody else."""
    folder.mkdir(parents=True, exist_ok=True)
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)


def mark_of(pid: int) -> Mark | None:
    """The pid and its start time: the two together never mean another process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return _mark_without_proc(pid)
    return None if fields[0] == "Z" else [pid, fields[19]]


def _mark_without_proc(pid: int) -> Mark | None:
    if Path("/proc/self/stat").exists():
        return None
    said = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    return None if not said or said[0].startswith("Z") else [pid, " ".join(said[1:])]


def is_alive(mark: Mark | None) -> bool:
    """Does the very process of this mark still run (not another one that got its pid)?"""
    return mark is not None and mark_of(int(mark[0])) == list(mark)


def end(mark: Mark, *, patience_seconds: float = 10, whole_group: bool = False) -> None:
    """Asks the process to end, waits, then kills it; does nothing to a stranger's pid.

    Of a group, whoever outlived its leader is killed: a leader alone must not leave heirs.
    """
    leads = whole_group and is_alive(mark) and os.getpgid(int(mark[0])) == mark[0]
    for number, wait_seconds in ((signal.SIGTERM, patience_seconds), (signal.SIGKILL, 5.0)):
        if not is_alive(mark):
            break
        send(mark, number, whole_group=whole_group)
        until = time.monotonic() + wait_seconds
        while is_alive(mark) and time.monotonic() < until:
            time.sleep(0.05)
    if leads:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(int(mark[0]), signal.SIGKILL)


def send(mark: Mark, number: signal.Signals, *, whole_group: bool = False) -> None:
    """One signal to the process of this mark, or to the group it leads."""
    pid = int(mark[0])
    try:
        if whole_group and os.getpgid(pid) == pid:
            os.killpg(pid, number)
        else:
            os.kill(pid, number)
    except ProcessLookupError:
        return
