"""`sodam clock`: when a petition is due, and how each day of it was counted. No database."""

import argparse

from sodam.cli.answers import Code, formats, show_json, show_rows

UNITS = ("immediately", "hours", "days", "weeks", "months", "years")
COLUMNS = {"from": "부터", "to": "까지", "counted": "계산", "unit": "단위", "article": "근거"}


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """clock --unit U [--amount N] --received ISO [ranges] [--extended]"""
    command = nouns.add_parser("clock", help="법정 처리기한과 그 계산")
    command.add_argument("--unit", required=True, choices=UNITS, help="처리기간의 단위")
    command.add_argument("--amount", type=int, metavar="N", help="처리기간의 수")
    command.add_argument("--received", required=True, metavar="ISO", help="접수 시각 (서울)")
    for name, words in (("supplement", "보완"), ("outage", "장애"), ("inspection", "검사")):
        command.add_argument(
            f"--{name}", action="append", default=[], metavar="A..B", help=f"{words} 기간 (여러 번)"
        )
    command.add_argument("--extended", action="store_true", help="한 번 연장")
    formats(command)
    command.set_defaults(run=_clock)


def _clock(options: argparse.Namespace) -> int:
    from core_crm.calendars import clock_answer

    answer = clock_answer(
        unit=options.unit,
        received=options.received,
        amount=options.amount,
        supplements=options.supplement,
        outages=options.outage,
        inspections=options.inspection,
        extended=options.extended,
    )
    if options.format == "json":
        show_json(answer)
        return Code.OK
    steps = answer["steps"]
    show_rows(steps if isinstance(steps, list) else [], columns=COLUMNS, form="table")
    print(f"\n처리기한  {answer['due_at']}")
    return Code.OK
