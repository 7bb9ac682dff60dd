"""Opening a city: taken up after a kill at any step, alone, and taken back without a trace."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.scenes import facts_of

KILLED = -9
HELD = 40  # tests.support.opening_scenes


@pytest.fixture(scope="module")
def facts(cities: None) -> dict[str, Any]:
    """What the owner's process tells of three scenes."""
    return facts_of("tests.support.opening_scenes")


def test_killed_after_every_single_step_it_is_completed_by_the_next_run(
    facts: dict[str, Any],
) -> None:
    scene = facts["every_step_killed"]
    assert scene["names"] == scene["planned"]
    assert {"reserve", "tables", "walls", "staff.organisation", "staff.admin", "listed"} <= set(
        scene["names"]
    )
    assert scene["signals"] == [KILLED] * len(scene["names"])
    assert scene["state_before"] == "running"
    assert scene["state"] == "done"
    assert scene["attempts"] == [2] * len(scene["names"])  # each was done, and once more
    assert scene["have_seconds"] is True


def test_asking_twice_is_one_opening_and_an_open_city_is_not_opened_again(
    facts: dict[str, Any],
) -> None:
    scene = facts["every_step_killed"]
    assert scene["is_one"] is True
    assert scene["operations"] == 1
    assert scene["again"] == "city.already_open"
    assert scene["city"]["hosts"] == ["sejong.localhost"]


def test_a_fresh_city_is_in_trial_whole_and_its_administrator_is_invited(
    facts: dict[str, Any],
) -> None:
    scene = facts["every_step_killed"]
    assert scene["city"]["status"] == "open"
    assert scene["city"]["is_trial"] is True
    assert scene["city"]["public"] is False
    assert scene["city"]["limits"] == {"storage_gb": 5}
    checks = scene["result"]["checks"]
    found = {name: checks[name] for name in ("schema_diff_lines", "grants", "owner", "walls")}
    assert found == {"schema_diff_lines": 0, "grants": 0, "owner": 0, "walls": 0}
    assert "/staff/welcome/" in scene["result"]["invitation_url"]
    assert scene["filled"]["core_staff_department"] > 20
    assert scene["filled"]["core_voices_category"] > 10
    assert scene["filled"]["core_staff_official"] == 1


def test_what_it_knows_of_persons_is_forgotten_when_the_city_goes(facts: dict[str, Any]) -> None:
    left = facts["every_step_killed"]["persons_forgotten"]
    assert left == ["checks", "hosts", "is_trial", "limits"]


def test_a_second_runner_finds_the_operation_held(facts: dict[str, Any]) -> None:
    assert facts["two_runners"]["second"] == [HELD]


def test_cancelled_half_way_nothing_is_left(facts: dict[str, Any]) -> None:
    scene = facts["two_runners"]
    assert scene["state"] == "cancelled"
    assert scene["steps"]["reserve"] == scene["steps"]["tables"] == "undone"
    assert scene["steps"]["walls"] == scene["steps"]["listed"] == "waiting"
    assert scene["left"] == {"schema": 0, "role": 0, "city": 0, "hosts": 0}


def test_a_city_that_is_not_whole_is_not_opened_and_stands_until_it_is_mended(
    facts: dict[str, Any],
) -> None:
    scene = facts["failing_walls"]
    assert (scene["failed"], scene["stands"], scene["status"]) == ("failed", True, "not_open")
    assert "too_much" in " ".join(scene["lines"])
    assert scene["other"] == "operation.under_way"
    assert scene["same"] is True
    assert scene["state"] == "done"
    assert scene["hosts"] == ["ulsan.localhost"]  # as it was asked for at first


def test_a_serving_process_that_dies_in_a_step_is_replaced(facts: dict[str, Any]) -> None:
    assert facts["failing_walls"]["warned"] >= 1


def test_the_provisioner_begins_what_waits_and_nobody_holds(facts: dict[str, Any]) -> None:
    """The one that is held comes when it is free; one that awaits a second person does not."""
    assert facts["provisioner"]["begun"] == [True, True, 2]


def test_a_schedule_that_fails_keeps_no_other_from_its_turn(facts: dict[str, Any]) -> None:
    assert facts["provisioner"]["asked"] == 1
