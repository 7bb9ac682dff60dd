"""`sodam facts refresh`: the figures behind indicators and the ministry's map, computed anew."""

import argparse
import hashlib
from datetime import UTC, date, datetime
from typing import Any

from sodam.cli.answers import Code, formats, say, show_json, show_rows
from sodam.cli.processes import load_django

COLUMNS = {"code": "코드", "days": "날", "rows": "행", "digest": "지문"}


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """facts refresh (--all | --city C) [--date D] [--full]"""
    noun = nouns.add_parser("facts", help="성과지표의 바탕이 되는 집계")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    command = verbs.add_parser("refresh", help="바뀐 날을 다시 집계한다 (다시 해도 같다)")
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", help="열린 시·도 모두와 중앙부처 집계")
    which.add_argument("--city", metavar="CODE", help="시·도 코드 (예: busan)")
    command.add_argument(
        "--date",
        type=date.fromisoformat,
        metavar="D",
        help="이 날까지의 지문 (기본: 오늘)",
    )
    command.add_argument("--full", action="store_true", help="모든 날을 처음부터 다시 집계한다")
    formats(command)
    command.set_defaults(run=_refresh)


def _refresh(options: argparse.Namespace) -> int:
    load_django()
    from core_crm.calendars import SEOUL
    from tenants.context import open_city_codes

    now = datetime.now(UTC)
    on = options.date or now.astimezone(SEOUL).date()
    codes = open_city_codes() if options.all else [options.city]
    cities = [_city(code, now=now, on=on, is_full=options.full) for code in codes]
    if options.all:
        _ministry(now, is_full=options.full)
    _show(on, cities, form=options.format)
    return Code.OK


def _city(code: str, *, now: datetime, on: date, is_full: bool) -> dict[str, Any]:
    from core_crm.kpis.services import facts_refresh
    from tenants.context import serving_city

    with serving_city(code):
        done = facts_refresh(now=now, full=is_full, on=on)
    return {"code": code, "rows": done.rows, "digest": done.digest, "days": done.days}


def _ministry(now: datetime, *, is_full: bool) -> None:
    from core_crm.national_reports.services import national_refresh

    done = national_refresh(now=now, full=is_full)
    say(f"중앙부처 집계: 시·도 {done.cities}곳, 칸 {done.cells:,}개")
    if done.failed:
        say(f"집계하지 못한 시·도: {', '.join(done.failed)} (전의 값을 그대로 둡니다)")


def _show(on: date, cities: list[dict[str, Any]], *, form: str) -> None:
    """As in the contract: the days computed are told to people only, they differ between runs."""
    total = hashlib.sha256("\n".join(f"{one['code']} {one['digest']}" for one in cities).encode())
    if form != "json":
        show_rows(cities, columns=COLUMNS, form=form)
        print(f"\n{on}까지  {total.hexdigest()}")
        return
    told = [{name: one[name] for name in ("code", "rows", "digest")} for one in cities]
    show_json({"date": on.isoformat(), "cities": told, "digest": total.hexdigest()})
