"""The studio's calculator, `sodam clock` and the clock itself say the same of due times by hand."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from core_crm.calendars import city_calendar, due
from core_crm.calendars.answers import instant_of, period_of
from sodam.cli import main
from sodam.studio.calendar import DueForm
from tests.conftest import ServedCity
from tests.core_crm.calendars.test_hand_worked import Case, Told, cases

RANGE = re.compile(r"(supplement|inspection|outage) ([^\s;]+?)\.\.([^\s;]+)")
OF_THE_COMMAND = {"supplement": "--supplement", "inspection": "--inspection", "outage": "--outage"}


def told_by_a_form(case: Case) -> bool:
    """One stretch of each sort at most, whole days but for an outage, one plain extension."""
    if "Z" in case.received:
        return False
    kinds = []
    for part in filter(None, (part.strip() for part in case.happened.split(";"))):
        found = RANGE.fullmatch(part)
        if found is None and part != "extended":
            return False
        if found and found[1] != "outage" and "T" in part:
            return False
        if found and found[1] == "outage" and "T" not in part:
            return False
        kinds.append(found[1] if found else part)
    return len(kinds) == len(set(kinds))


GOLDEN = [case for case in cases() if told_by_a_form(case)]


def in_the_form(case: Case) -> dict[str, str]:
    amount, _, unit = case.period.rpartition(" ")
    day, _, at = case.received.partition(" ")
    fields = {"received_on": day, "received_time": at, "unit": unit, "amount": amount}
    for kind, first, last in RANGE.findall(case.happened):
        fields |= {f"{kind}_from": first, f"{kind}_to": last}
    return fields | ({"is_extended": "on"} if "extended" in case.happened else {})


def by_the_page(case: Case) -> str:
    form = DueForm(in_the_form(case))
    assert form.is_valid(), form.errors
    return form.answer(city_calendar()).at.isoformat()


def by_the_command(case: Case, capsys: Any) -> str:
    amount, _, unit = case.period.rpartition(" ")
    words = ["clock", "--unit", unit, "--received", case.received, "--format", "json"]
    words += ["--amount", amount] if amount else []
    for kind, first, last in RANGE.findall(case.happened):
        words += [OF_THE_COMMAND[kind], f"{first}..{last}"]
    words += ["--extended"] if "extended" in case.happened else []
    assert main(words) == 0
    return str(json.loads(capsys.readouterr().out)["due_at"])


def by_the_clock(case: Case) -> str:
    amount, _, unit = case.period.rpartition(" ")
    told = Told(case.happened)
    period = period_of(unit, int(amount) if amount else None)
    answer = due(
        period,
        instant_of(case.received),
        told.calendar,
        adjustments=told.adjustments,
        extensions=told.extensions,
    )
    return answer.at.isoformat()


def test_there_are_fifty_of_them_and_every_sort_among_them() -> None:
    assert len(GOLDEN) >= 50
    happened = " ".join(case.happened for case in GOLDEN)
    assert all(word in happened for word in ("supplement", "inspection", "outage", "extended"))


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case.period}: {case.why}")
def test_page_command_and_clock_say_what_was_worked_out_by_hand(
    busan: ServedCity, capsys: Any, case: Case
) -> None:
    by_hand = f"{case.due.replace(' ', 'T')}:00+09:00"
    assert by_the_page(case) == by_the_command(case, capsys) == by_the_clock(case) == by_hand
