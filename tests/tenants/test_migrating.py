"""Migrating cities by captured SQL: the same as by Django, one city's failure is its own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import cluster
from tests.support.scenes import facts_of, place_of_its_own


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    """What the owner's process tells of twelve scenes, in a database of its own."""
    environ = place_of_its_own("growing")
    cluster.run_as_owner("open", "jeju", environ=environ)
    return facts_of(
        "tests.support.growing", environ=environ, settings="tests.support.growing_settings"
    )


def test_the_files_by_name_are_djangos_graph(facts: dict[str, Any]) -> None:
    assert facts["names_on_disk"] is True


def test_a_captured_city_is_a_migrated_one_also_when_it_was_ahead(facts: dict[str, Any]) -> None:
    """Tables, names, rights and recorded migrations: pg_dump finds no line of difference."""
    scene = facts["one_is_ahead"]
    assert scene["behind"] == scene["applied"] == {"jeju": 1, "seoul": 2}
    assert scene["differences"] == {"seoul": [], "jeju": []}
    assert scene["trees"] == ["100% oak"]


def test_new_tables_are_their_citys_alone_and_no_content_type_is_made(
    facts: dict[str, Any],
) -> None:
    scene = facts["one_is_ahead"]
    assert scene["rights"] == {"busan": False, "jeju": False, "seoul": True}
    before, after = scene["content_types"]
    assert before == after


def test_what_cannot_be_captured_is_done_by_django_in_each_city(facts: dict[str, Any]) -> None:
    scene = facts["left_to_django"]
    assert scene["reasons"] == {
        "0001_trees": "",
        "0002_growth": "",
        "0003_by_python": "it runs Python",
        "0004_outside": "it does not run in a transaction",
        "0005_asks": "an operation looks into the database",
        "0006_two_tables": "",
    }
    assert scene["applied"] == {"jeju": 4, "seoul": 4}
    assert scene["differences"] == {"seoul": [], "jeju": []}
    assert scene["trees"] == {
        code: ["100% oak", code] for code in ("busan", "seoul", "jeju")
    }  # the Python ran in every city, in that city


def test_a_deploy_without_migrations_is_one_query(facts: dict[str, Any]) -> None:
    scene = facts["nothing_to_do"]
    assert scene == {"applied": {}, "failed": {}, "round_trips": 1, "statements": 1}


def test_a_city_that_fails_is_named_keeps_what_it_had_and_stops_no_other(
    facts: dict[str, Any],
) -> None:
    scene = facts["one_fails"]
    assert scene["first"]["applied"] == {"jeju": 2}
    assert list(scene["first"]["failed"]) == ["seoul"]
    assert "already exists" in scene["first"]["failed"]["seoul"]
    assert scene["half"] == [[0]]  # the first of the two went back with the second
    assert scene["second"] == {"applied": {"seoul": 2}, "failed": {}}
    assert scene["differences"] == {"seoul": [], "jeju": []}
    assert scene["verified"] == {"busan": [], "seoul": [], "jeju": []}


def test_after_a_kill_the_next_run_does_what_is_left(facts: dict[str, Any]) -> None:
    scene = facts["killed_between_cities"]
    assert scene["left"] == scene["applied"] == {"jeju": 2, "seoul": 2}


def test_a_city_whose_table_is_held_waits_for_no_longer_than_the_limit(
    facts: dict[str, Any],
) -> None:
    scene = facts["somebody_reads"]
    assert scene["busy"]["applied"] == {"busan": 1, "jeju": 1}
    assert "lock timeout" in scene["busy"]["failed"]["seoul"]
    assert scene["afterwards"] == {"applied": {"seoul": 1}, "failed": {}}


def test_what_another_process_migrated_meanwhile_is_not_done_twice(facts: dict[str, Any]) -> None:
    scene = facts["another_was_faster"]
    assert scene["failed"] == {}
    assert scene["rows"] == [[1]]


def test_what_another_run_put_on_top_is_never_taken_away(facts: dict[str, Any]) -> None:
    """Django goes backwards to a target that is applied already."""
    scene = facts["another_was_faster_at_python"]
    assert scene["failed"] == {}
    assert scene["is_same_table"]
    assert scene["history"] == []


def test_a_city_whose_history_is_torn_is_refused(facts: dict[str, Any]) -> None:
    scene = facts["history_torn"]
    assert scene["applied"] == {}
    assert scene["failed"]["jeju"].startswith("HistoryTorn: growing.0003_by_python")
    assert scene["again"] == {"applied": {}, "failed": {}}


def test_only_the_named_cities_are_migrated_and_closed_ones_never(facts: dict[str, Any]) -> None:
    named = facts["only_named_cities"]
    assert named == {"applied": {"jeju": 1}, "failed": {}, "left": {"seoul": 1}}
    closed = facts["not_served"]
    assert closed == {"behind": {}, "named": {"jeju": 1}, "refused": "city.unknown"}


def test_a_city_whose_schema_is_gone_is_named_and_nothing_is_made(facts: dict[str, Any]) -> None:
    lost = facts["schema_lost"]
    assert lost["applied"] == {}
    assert lost["failed"]["ulsan"].startswith("HistoryTorn: it has no tables")
    assert lost["made"] == [[0]]


def test_an_unsafe_migration_is_refused_and_a_safe_one_is_not(facts: dict[str, Any]) -> None:
    scene = facts["linted"]
    assert scene["later"][0] == "0002_growth"
    assert scene["statements"] >= 9
    assert scene["rules"] == {
        "growing.0007_wider": [],
        "growing.0008_deeper": [],
        "growing.0009_outside": [],
        "growing.0010_unsafe": [
            "adding-foreign-key-constraint",
            "ban-drop-column",
            "ban-drop-default",  # which Django takes away at once: old code could not insert
            "changing-column-type",
            "require-concurrent-index-creation",
        ],
        "growing.0011_allowed": [],
    }


def test_the_canary_is_first_and_when_it_fails_nobody_else_has_a_turn(
    facts: dict[str, Any],
) -> None:
    scene = facts["rings"]
    assert scene["first"] == [["busan", 0, "failed"], ["seoul", 1, "held"], ["jeju", 2, "held"]]
    assert scene["why_held"] == "the canary failed: busan"
    assert scene["only_ring_2"] == [["jeju", 2, "migrated"]]
    assert scene["rest"] == [["busan", 0, "migrated"], ["seoul", 1, "migrated"]]
    assert scene["left"] == {}


def test_a_citys_report_says_from_where_to_where_and_how(facts: dict[str, Any]) -> None:
    report = facts["rings"]["report"]
    assert (report["how"], report["applied"], report["lock_waits"]) == ("sql", 1, 0)
    before, after = (int(report[name].partition("-")[0]) for name in ("version_from", "version_to"))
    assert after == before + 1


def test_a_dry_run_names_what_waits_and_changes_nothing(facts: dict[str, Any]) -> None:
    scene = facts["looked"]
    assert scene["found"] == [["seoul", ["0008_deeper"]], ["jeju", ["0008_deeper"]]]
    assert 'ADD COLUMN "depth"' in scene["sql"]
    assert scene["still_behind"] == ["busan", "jeju", "seoul"]
    assert facts["wave_looked"] == {
        "waiting": [
            [code, ring, ["growing.0008_deeper"]]
            for code, ring in (("busan", 0), ("seoul", 1), ("jeju", 2))
        ],
        "sql": ["growing.0008_deeper"],
    }


def test_a_wave_leaves_the_city_that_fails_and_a_retry_does_only_that_one(
    facts: dict[str, Any],
) -> None:
    first, second = facts["wave"]["first"], facts["wave"]["second"]
    assert first["state"] == "failed"
    assert "이전 판 그대로인 곳: seoul" in first["problem"]
    assert first["cities"] == {"busan": "migrated", "seoul": "failed", "jeju": "migrated"}
    assert first["checks"] == [0, 0]
    assert second["state"] == "done"
    assert set(second["cities"].values()) == {"migrated"}
    assert facts["wave"]["left"] == {}


def test_a_failing_canary_stops_the_wave_and_a_plugin_in_the_way_holds_its_city(
    facts: dict[str, Any],
) -> None:
    first, second = facts["wave_stopped"]["first"], facts["wave_stopped"]["second"]
    assert first["state"] == "failed"
    assert first["cities"] == {"busan": "failed"}
    assert first["steps"]["city.seoul"] == first["steps"]["city.jeju"] == "waiting"
    assert second["state"] == "done"
    assert second["cities"] == {"busan": "migrated", "seoul": "migrated", "jeju": "held"}
    assert facts["wave_stopped"]["left"] == ["jeju"]


def test_a_paused_wave_keeps_what_it_did_and_the_next_does_the_rest(facts: dict[str, Any]) -> None:
    first, second = facts["wave_paused"]["first"], facts["wave_paused"]["second"]
    assert first["state"] == "cancelled"
    assert first["cities"] == {"busan": "migrated"}
    assert facts["wave_paused"]["left"] == ["jeju", "seoul"]
    assert second["state"] == "done"
    assert second["cities"] == {"seoul": "migrated", "jeju": "migrated"}


def test_an_older_archive_is_brought_up_to_date_and_a_newer_one_refused(
    facts: dict[str, Any],
) -> None:
    scene = facts["an_older_and_a_newer_archive"]
    assert scene["differences"] == []
    assert scene["lacked"] == ["growing|0099_taller"]
    assert scene["lacks"] == []
    assert scene["shape"] == []
    assert scene["oak"] == [[2]]  # the row of the archive, the column of the release
    assert scene["too_new"] == "backup.archive_too_new"
    assert set(scene["left"].values()) == {0}
