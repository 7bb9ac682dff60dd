"""`sodam demo citizens`: an invented crowd in one city, for measuring; its duplicates are known."""

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sodam.cli.answers import Code, complain, formats, one_city, say, show_facts
from sodam.cli.processes import load_django

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Verbs = Any


def add(verbs: Verbs) -> None:
    """demo citizens --city C --count N [--seed S] [--key FILE]"""
    command = verbs.add_parser("citizens", help="꾸며낸 시민을 많이 만든다 (중복의 정답 파일 포함)")
    one_city(command)
    command.add_argument("--count", type=_count, required=True, metavar="N", help="몇 명")
    command.add_argument("--seed", type=int, default=1, metavar="S", help="씨앗 (기본: 1)")
    command.add_argument("--key", type=Path, metavar="FILE", help="중복 쌍을 적을 파일 (JSON)")
    formats(command)
    command.set_defaults(run=_citizens)


def _count(text: str) -> int:
    number = int(text.replace(",", "").replace("_", ""))
    if not 1 <= number <= 15_000_000:
        raise argparse.ArgumentTypeError("1부터 15,000,000까지입니다")
    return number


def _citizens(options: argparse.Namespace) -> int:
    from sodam.settings.environment import env

    if not env.is_demo:
        return complain("꾸며낸 시민은 데모 모드에서만 만들 수 있습니다.", code=Code.CONFLICT)
    load_django()
    from sodam.demo.crowd import crowd_write

    began = time.monotonic()
    facts = crowd_write(
        options.city,
        count=options.count,
        seed=options.seed,
        key=options.key,
        progress=lambda done: say(f"  {done:,}/{options.count:,}"),
    )
    seconds = time.monotonic() - began
    told = facts | {"seconds": round(seconds, 1), "per_second": round(facts["citizens"] / seconds)}
    show_facts(told, form=options.format)
    return Code.OK
