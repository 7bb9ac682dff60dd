"""`sodam dedupe`: look for duplicates now, and judge the search by a crowd whose truth is known."""

import argparse
import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sodam.cli.answers import Code, complain, formats, one_city, say, show_facts, show_json
from sodam.cli.processes import load_django

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Verbs = Any


def add(nouns: Verbs) -> None:
    """dedupe find --city C [--all] | dedupe evaluate --city C --key FILE"""
    noun = nouns.add_parser("dedupe", help="같은 사람일 수 있는 고객")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    find = verbs.add_parser("find", help="중복 후보를 지금 찾는다 (합치지 않는다)")
    one_city(find)
    find.add_argument("--all", action="store_true", help="바뀐 고객만이 아니라 모두")
    formats(find)
    find.set_defaults(run=_find)
    evaluate = verbs.add_parser("evaluate", help="정답을 아는 꾸며낸 시민으로 정밀도·재현율을 잰다")
    one_city(evaluate)
    evaluate.add_argument("--key", type=Path, required=True, metavar="FILE", help="정답 파일")
    formats(evaluate)
    evaluate.set_defaults(run=_evaluate)


def _find(options: argparse.Namespace) -> int:
    load_django()
    from core_crm.customers.services.dedupe import search_begin, search_step
    from tenants.context import serving_city

    with serving_city(options.city):
        search = search_begin(now=datetime.now(UTC), is_whole=options.all)
        while search_step(search, now=datetime.now(UTC)):
            search.refresh_from_db()
            say(f"  {search.looked:,}")
        search.refresh_from_db()
    told = {"city": options.city, "looked": search.looked, "found": search.found}
    show_facts(told | {"since": search.since}, form=options.format)
    return Code.OK


def _evaluate(options: argparse.Namespace) -> int:
    try:
        key = json.loads(options.key.read_text(encoding="utf-8"))
        truth = {_pair(one): one["noise"] for one in key["pairs"]}
        source = str(key["source"])
    except (OSError, ValueError, KeyError, TypeError):
        return complain(
            "정답 파일을 읽을 수 없습니다. `sodam demo citizens --key FILE`로 만드십시오.",
            code=Code.INVALID,
        )
    load_django()
    from core_crm.customers.selectors.duplicates_judged import (
        found_in_crowd,
        judged,
        sharing_a_phone,
    )
    from tenants.context import serving_city

    began = time.monotonic()
    with serving_city(options.city):
        found = found_in_crowd(source, progress=lambda looked: say(f"  {looked:,}"))
        seconds = time.monotonic() - began
        verdict, yardstick = judged(found, truth), judged(sharing_a_phone(source), truth)
    told = _figures(verdict) | {
        "by_noise": {
            kind: {"found": got, "in_all": there, "recall": round(got / there, 4)}
            for kind, (got, there) in verdict.by_kind.items()
        },
        "phone_only": _figures(yardstick),
        "seconds": round(seconds, 1),
    }
    show = show_json if options.format == "json" else _show
    show({"city": options.city, "source": source, "citizens": key.get("citizens"), **told})
    return Code.OK


def _pair(one: dict[str, str]) -> tuple[UUID, UUID]:
    left, right = sorted((UUID(one["left"]), UUID(one["right"])))
    return left, right


def _figures(verdict: Any) -> dict[str, Any]:
    return {
        "precision": round(verdict.precision, 4),
        "recall": round(verdict.recall, 4),
        "found": verdict.found,
        "right": verdict.right,
        "pairs": verdict.true,
    }


def _show(told: dict[str, Any]) -> None:
    show_facts(told, form="table")
