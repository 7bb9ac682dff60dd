"""`sodam hosts`: lines for /etc/hosts, for programs that do not resolve *.localhost."""

import argparse

import yaml

from sodam.cli.answers import Code
from sodam.runtime.paths import PROJECT


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """hosts"""
    command = nouns.add_parser("hosts", help="/etc/hosts에 넣을 줄")
    command.set_defaults(run=_hosts)


def _hosts(_options: argparse.Namespace) -> int:
    for name in ("localhost", "console.localhost", "ministry.localhost"):
        print(f"127.0.0.1  {name}")
    for code in government_codes():
        print(f"127.0.0.1  {code}.localhost")
    return Code.OK


def government_codes() -> list[str]:
    """Codes of today's governments in the customary order, from the shipped facts."""
    told = yaml.safe_load((PROJECT / "fixtures/regions/regions.yaml").read_text(encoding="utf-8"))
    today = [region for region in told["regions"] if "valid_to" not in region["names"][-1]]
    return [region["code"] for region in sorted(today, key=lambda region: region["sort"])]
