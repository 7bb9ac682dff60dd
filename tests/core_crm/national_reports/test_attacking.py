"""Nothing hidden can be computed from what is published; without complementary hiding much can."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from core_crm.national_reports.models import NationalCell
from core_crm.national_reports.services import national_attack, national_refresh
from core_crm.national_reports.types import FAMILIES, Family, Slice
from tenants import sql
from tenants.context import serving_rollup
from tests.conftest import kst
from tests.core_crm.national_reports.kit import (
    NOVEMBER,
    department,
    dice,
    hand_in,
    measures,
    some_month,
    with_one_category,
)
from tests.support.cluster import REPOSITORY

NOW = kst("2026-11-24 12:00")


@pytest.fixture
def published(nation: tuple[str, str]) -> tuple[str, str]:
    """Two cities with a month that is over and one that runs, handed in and published."""
    for at, code in enumerate(nation):
        rows = some_month(dice(at), size=7) + some_month(dice(at + 50), month=NOVEMBER)
        hand_in(code, rows)
    national_refresh(now=NOW)
    return nation


def test_nothing_is_recovered_and_without_complementary_hiding_much_is(
    published: tuple[str, str],
) -> None:
    found = national_attack(now=NOW)
    assert found.attempts > 100
    assert found.recovered == 0
    assert found.recovered_without_suppression > 10


@pytest.mark.parametrize("seed", range(6))
def test_nor_in_any_other_pair_of_cities(nation: tuple[str, str], seed: int) -> None:
    for at, code in enumerate(nation):
        hand_in(code, some_month(dice(1000 * seed + at)))
    national_refresh(now=NOW)
    found = national_attack(now=NOW)
    assert (found.recovered, found.attempts > 0) == (0, True)


def test_the_attack_finds_a_figure_that_was_left_open(nation: tuple[str, str]) -> None:
    """It can find: show one part that protects another, and both are told."""
    rows = [
        department("a1.road", measures(received=3)),
        department("a1.park", measures(received=9)),
        department("a2.tax", measures(received=30)),
    ]
    hand_in("busan", with_one_category(rows))
    national_refresh(now=NOW)
    assert national_attack(now=NOW).recovered == 0
    with serving_rollup():
        NationalCell.objects.filter(key="a1.park").update(received=9, hidden=[])
    assert national_attack(now=NOW).recovered == 1


def test_the_attack_finds_a_bound_that_is_too_narrow(nation: tuple[str, str]) -> None:
    """road has 3 of the answers: shown invitations say that park gave 6 at most."""
    rows = [
        department("a1.road", measures(closed=6, rated=3)),
        department("a1.park", measures(closed=6, rated=6)),
        department("a2.tax", measures(closed=40, rated=20)),
    ]
    hand_in("busan", with_one_category(rows))
    national_refresh(now=NOW)
    assert national_attack(now=NOW).recovered == 0
    with serving_rollup():
        shown = dict.fromkeys(_rated(), 0) | {"rated": 20, "hidden": []}
        counts = {f"{item}_count": 20 for item in ("speed", "kindness", "fairness", "convenience")}
        a2 = NationalCell.objects.filter(slice__in=[Slice.BUREAU, Slice.DEPARTMENT])
        a2.filter(key__startswith="a2").update(**(shown | counts))
        a1 = NationalCell.objects.filter(slice=Slice.BUREAU, key="a1")
        a1.update(**(shown | dict.fromkeys(counts, 9) | {"rated": 9}))
    assert national_attack(now=NOW).recovered > 0


def _rated() -> list[str]:
    return list(FAMILIES[Family.RATED])


def test_a_month_that_changed_since_is_left_to_the_next_refresh(
    published: tuple[str, str],
) -> None:
    everything = national_attack(now=NOW).attempts
    changed = some_month(dice(0), size=7)
    changed[0] = replace(changed[0], bureau=(changed[0].bureau[0], "새 이름"))
    hand_in("busan", changed + some_month(dice(50), month=NOVEMBER))
    assert national_attack(now=NOW).attempts < everything
    assert national_attack(now=NOW).recovered == 0


def test_the_tables_hold_no_hidden_figure_in_any_column(published: tuple[str, str]) -> None:
    """Whoever gets hold of the tables themselves has no more than a reader of the pages."""
    with serving_rollup():
        hidden = sql.rows(
            "SELECT * FROM core_national_reports_nationalcell"
            " WHERE hidden ?| array['received', 'closed', 'rated']"
        )
    assert hidden
    for row in hidden:
        if "received" in row["hidden"]:
            assert row["received"] is None
        if "rated" in row["hidden"]:
            assert {row[name] for name in _rated()} == {None}


@pytest.fixture
def long_ago(nation: tuple[str, str]) -> None:
    """A month that is over on whatever day the command is run: road is protected by park."""
    rows = [
        department("a1.road", measures(received=3), month=date(2020, 3, 1)),
        department("a1.park", measures(received=9), month=date(2020, 3, 1)),
        department("a2.tax", measures(received=30), month=date(2020, 3, 1)),
    ]
    hand_in("busan", with_one_category(rows))
    national_refresh(now=datetime.now(UTC))


def test_the_command_answers_as_the_contract_says(long_ago: None) -> None:
    done = attack()
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told == {"attempts": 2, "recovered": 0, "recovered_without_suppression": 1}


def test_the_command_fails_when_something_is_recovered(long_ago: None) -> None:
    with serving_rollup():
        NationalCell.objects.filter(key="a1.park").update(received=9, hidden=[])
    done = attack()
    assert (done.returncode, json.loads(done.stdout)["recovered"]) == (1, 1)


def test_the_command_says_what_to_do_when_nothing_is_published(nation: tuple[str, str]) -> None:
    done = attack()
    assert done.returncode == 1
    assert "sodam facts refresh --all" in done.stderr


def attack() -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sodam.cli", "ministry", "attack", "--format", "json"],
        cwd=REPOSITORY,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
