"""A city as one file: backed up, restored, compared, made nobody's, switched, exported, erased."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.timeout(400)  # the first waits for all scenes, three processes of them
NOTHING_LEFT = {"schema": 0, "role": 0, "city": 0, "hosts": 0, "files": 0, "cache_keys": 0}


def test_a_restored_city_is_the_city_to_the_last_row_and_file(facts: dict[str, Any]) -> None:
    scene = facts["backed_up_and_restored"]
    assert scene["rows"] > 200
    assert scene["files"] == 30
    assert scene["checked"] == {"rows": scene["rows"], "differences": []}
    assert scene["compared"]["differences"] == []
    assert scene["compared"]["tables"] > 40
    assert scene["with_archive"]["differences"] == []
    assert scene["verified"] == []


def test_its_schema_is_the_same_by_pg_dump_and_counting_goes_on(facts: dict[str, Any]) -> None:
    scene = facts["backed_up_and_restored"]
    assert scene["shape"] is True
    assert scene["next_id"] is True


def test_nothing_can_be_read_in_the_file_and_the_copy_is_listed_as_one(
    facts: dict[str, Any],
) -> None:
    scene = facts["backed_up_and_restored"]
    assert scene["plain"] is False
    assert scene["host"] == [["busan-copy.localhost"]]
    assert scene["listed"] == [["copy", "busan", "open"]]


def test_a_letter_a_row_and_a_file_that_differ_are_named(facts: dict[str, Any]) -> None:
    found = {one["place"]: one["reason"] for one in facts["one_letter_differs"]}
    assert found == {
        "core_files_storedfile": "rows",
        "core_voices_voice": "values",
        "files": "files",
    }


def test_what_is_no_whole_archive_is_refused_and_leaves_nothing(facts: dict[str, Any]) -> None:
    scene = facts["broken_archives"]
    assert scene["codes"] == {
        "half": "backup.archive_torn",
        "one_bit": "backup.archive_torn",
        "last_byte": "backup.archive_torn",
        "taken": "backup.code_taken",
        "missing": "backup.archive_missing",
        "another_key": "backup.key_wrong",
    }
    assert scene["left"] == NOTHING_LEFT


def test_in_a_training_copy_nobody_of_the_city_is_left(facts: dict[str, Any]) -> None:
    scene = facts["a_training_copy"]
    assert all(scene["before"].values()), scene["before"]  # each of them can be found at all
    assert set(scene["after"].values()) == {0}
    assert scene["files"] == 0


def test_a_training_copy_is_otherwise_the_city(facts: dict[str, Any]) -> None:
    """As many people with as many numbers, each voice still somebody's; nobody can log in."""
    scene = facts["a_training_copy"]
    assert scene["people"][0] == scene["people"][1]
    assert scene["joined"] == [[31]]
    assert scene["passwords"] == [[0]]
    assert scene["log_in_twice"] == [[0]]
    assert scene["differences"] == []
    assert scene["verified"] == []


def test_city_and_copy_change_places_once_and_back(facts: dict[str, Any]) -> None:
    scene = facts["switched"]
    assert scene["titles"] == [[[31]], [[0]]]  # the copy's titles stand in the city, asked twice
    assert scene["back"] == [[[0]], [[31]]]
    assert scene["files"] == [True, True, 1]
    assert scene["generations"][:2] == [["busan", 1], ["busan_copy", 1]]


def test_after_a_switch_rights_are_those_of_a_city_that_never_moved(facts: dict[str, Any]) -> None:
    scene = facts["switched"]
    assert scene["shape"] == []
    assert scene["verified"] == {"busan": [], "busan_copy": []}


def test_an_export_opens_elsewhere_and_says_what_everything_is(facts: dict[str, Any]) -> None:
    scene = facts["exported"]
    assert scene["broken"] is None
    assert scene["count"] == [31, 31]
    assert scene["people"][0]["name"] == "심은이름000"
    assert "첫 줄\n역\\슬래시 \\N 따옴표\" ' 🙂 끝" in scene["bodies"]
    assert sum(name.startswith("files/") for name in scene["names"]) == 30
    assert scene["sums"] is True
    described = set(scene["described"])
    tables = {name[4:-4] for name in scene["names"] if name.startswith("csv/")}
    assert tables <= described


def test_the_dictionary_speaks_korean_and_english(facts: dict[str, Any]) -> None:
    (phone,) = facts["exported"]["phone"]
    assert (phone["table_ko"], phone["table_en"]) == ("시민", "Citizen")
    assert (phone["name_ko"], phone["name_en"]) == ("휴대전화", "Phone")
    assert (phone["type"], phone["longest"], phone["personal"]) == ("text", 16, True)


def test_of_an_erased_city_nothing_is_found(facts: dict[str, Any]) -> None:
    """Neither by its own search nor by looking for every planted value by hand."""
    scene = facts["erased"]
    assert scene["values"]["values"] > 300
    assert scene["scan"]["hits"] == 0
    assert scene["scan"]["names"] == NOTHING_LEFT
    assert scene["scan"]["places"]["database"]["looked_at"] > 100
    assert scene["planted"] == 0
    assert scene["seoul"] == []


def test_the_search_finds_what_is_left(facts: dict[str, Any]) -> None:
    assert facts["scan_finds_what_is_left"] == {"database": 1, "files": 0, "cache": 0}


def test_every_step_may_be_done_twice(facts: dict[str, Any]) -> None:
    """As after a kill between a step's work and its mark: one archive, one copy, one switch."""
    scene = facts["every_step_twice"]
    assert scene["archives"] == 1
    assert scene["restored"] == [True, []]
    assert scene["tried"] == [True, []]
    assert scene["newest"] is True
    assert scene["compared"] == [0, 0]
    assert scene["copy_is_gone"] is False
    assert scene["exported"] == ".zip"
    assert scene["backups"] == [{"removed": 2, "kept": []}, False]
    assert scene["hits"] == 0
    assert scene["left"] == NOTHING_LEFT
    assert scene["work"] == []


def test_a_restore_that_fails_leaves_nothing_and_can_be_tried_again(facts: dict[str, Any]) -> None:
    scene = facts["a_torn_archive_in_a_restore"]
    assert scene == {"code": "backup.archive_torn", "left": NOTHING_LEFT, "differences": []}


def test_nights_back_up_and_try_one_city_after_the_other(facts: dict[str, Any]) -> None:
    scene = facts["the_nights"]
    assert scene["evening"] == []  # Busan's is new, Seoul is open since this morning
    assert scene["night"] == ["seoul", "busan"]  # who waits longest comes first
    assert scene["late"] == ["seoul"]  # more than 26 hours, at any time of the day
    assert scene["trials_by_night"] == []
    assert scene["trials"] == ["busan"]
    assert (scene["asked"], scene["asked_again"]) == (["seoul"], [])
    assert scene["next"] == ["busan"]  # Seoul's failed: it is left alone for an hour
    assert scene["by"] == "schedule"


def test_old_archives_go_but_not_the_held_nor_the_last_proven_one(facts: dict[str, Any]) -> None:
    scene = facts["retention"]
    assert set(scene["left"]) >= {*range(14), 20, 29}
    assert len(scene["left"]) == 30 - scene["removed"] == scene["rows"]
    assert scene["removed"] > 5


def test_the_writers_memory_does_not_grow_with_the_city(facts: dict[str, Any]) -> None:
    scene = facts["memory_is_flat"]
    assert scene["rows"] >= 30_000
    assert scene["peak"] < scene["text"] / 2


def test_a_city_that_lost_its_tables_comes_back_under_its_own_code(facts: dict[str, Any]) -> None:
    scene = facts["lost_tables"]
    assert scene["refused"] == "backup.archive_torn"
    assert scene["still_listed"] is True
    assert scene["listed"] is True
    assert scene["differences"] == []
    assert scene["verified"] == []
