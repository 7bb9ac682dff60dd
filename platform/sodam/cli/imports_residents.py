"""`sodam import residents`: the ministry's figures of residents, by sex, district and age."""

from __future__ import annotations

import argparse
from pathlib import Path

from sodam.cli.answers import Code, complain, formats, one_city, show_facts
from sodam.cli.processes import load_django


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """import residents --city C FILE [--source NAME]"""
    command = verbs.add_parser(
        "residents", help="주민등록인구 (행정안전부 CSV 그대로): 성별, 시·군·구, 나이"
    )
    one_city(command)
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument(
        "--source", default="행정안전부 주민등록 인구통계", help="통계의 출처 (화면에 보인다)"
    )
    formats(command)
    command.set_defaults(run=_residents)


def _residents(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        return complain(f"파일이 없습니다: {options.file}", code=Code.NOT_FOUND)
    load_django()
    from core_crm.customers.services.residents import residents_load
    from tenants.context import serving_city

    with serving_city(options.city):
        told = residents_load(options.file.read_bytes(), source=options.source)
    facts = {
        "written": told.written,
        "passed_over": told.passed_over,
        "counted_on": told.counted_on.isoformat(),
    }
    show_facts(facts, form=options.format)
    return Code.OK
