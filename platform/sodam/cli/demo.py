"""`sodam demo build`: the invented world of the demo: 15 governments and a year of their work."""

import argparse

from sodam.cli import demo_citizens
from sodam.cli.answers import Code, complain, say
from sodam.cli.processes import load_django


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """demo build [--size small|full]"""
    noun = nouns.add_parser("demo", help="데모 세계")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    command = verbs.add_parser("build", help="데모 세계를 만든다 (다시 해도 안전하다)")
    command.add_argument("--size", choices=("small", "full"), default="full")
    command.set_defaults(run=_build)
    demo_citizens.add(verbs)


def _build(options: argparse.Namespace) -> int:
    from sodam.settings.environment import env

    if not env.is_demo:
        return complain("데모 세계는 데모 모드에서만 만들 수 있습니다.", code=Code.CONFLICT)
    load_django()
    from sodam.demo import build

    build(size=options.size, progress=lambda words: say(f"  {words}"))
    return Code.OK
