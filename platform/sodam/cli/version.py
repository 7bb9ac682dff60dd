"""`sodam version`."""

import argparse
import subprocess
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version

from sodam.cli.answers import Code, formats, show_json
from sodam.runtime.paths import PROJECT


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """version [--format json]"""
    command = nouns.add_parser("version", help="버전")
    formats(command)
    command.set_defaults(run=_version)


def _version(options: argparse.Namespace) -> int:
    facts = {"version": number(), "revision": revision()}
    if options.format == "json":
        show_json(facts)
    else:
        print(f"sodam {facts['version']} ({facts['revision'] or '-'})")
    return Code.OK


def number() -> str:
    """The installed version."""
    try:
        return installed_version("sodam")
    except PackageNotFoundError:
        return "0"


def revision() -> str:
    """The commit of this clone; empty for an installed wheel."""
    try:
        done = subprocess.run(
            ["git", "-C", str(PROJECT), "rev-parse", "--short=12", "HEAD"],  # noqa: S607 - any git
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
