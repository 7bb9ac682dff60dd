"""What runs now, and the secrets of a demo: files that no crash and no neighbour can spoil."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

from sodam.runtime import state
from sodam.runtime.secrets import demo_secret


def test_a_home_that_never_ran_has_an_empty_state(tmp_path: Path) -> None:
    assert state.read(tmp_path) == state.State()
    assert not state.is_ready(tmp_path)


def test_a_broken_state_file_counts_as_never_ran(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text('{"port": 80', encoding="utf-8")
    assert state.read(tmp_path) == state.State()


def test_a_field_of_a_newer_version_does_not_stop_an_older_one(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text('{"port": 8123, "colour": "blue"}', encoding="utf-8")
    assert state.read(tmp_path).port == 8123


def test_changing_one_field_keeps_the_others(tmp_path: Path) -> None:
    place = state.DatabaseState(host="127.0.0.1", port=5433, name="sodam")
    state.update(tmp_path, port=8001, database=place)
    state.update(tmp_path, is_ready=True)
    kept = state.read(tmp_path)
    assert (kept.port, kept.database, kept.is_ready) == (8001, place, True)


def test_a_process_is_remembered_and_forgotten(tmp_path: Path) -> None:
    state.note_process(tmp_path, "web", [41, "7"])
    state.note_process(tmp_path, "worker", [42, "8"])
    state.note_process(tmp_path, "web", None)
    assert state.read(tmp_path).processes == {"worker": [42, "8"]}


def test_secrets_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    demo_secret(tmp_path, "master_key")
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_the_state_with_the_brokers_password_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    """Broke: any local user could read the address, and so hand our workers jobs and pickles."""
    for change in (
        lambda: state.update(tmp_path, broker_url="redis://:secret@127.0.0.1:1/0"),
        lambda: state.note_process(tmp_path, "web", [41, "7"]),
    ):
        change()
        assert (tmp_path / "state.json").stat().st_mode & 0o777 == 0o600


def test_a_secret_stays_the_same_and_differs_from_the_others(tmp_path: Path) -> None:
    first = demo_secret(tmp_path, "master_key")
    assert len(first) >= 32
    assert demo_secret(tmp_path, "master_key") == first
    assert demo_secret(tmp_path, "secret_key") != first


def _make(folder: str) -> str:
    return demo_secret(Path(folder), "master_key")


def test_two_processes_that_start_at_once_agree_on_a_secret(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        made = pool.map(_make, [str(tmp_path)] * 8)
    assert len(set(made)) == 1
    assert json.loads((tmp_path / "secrets.json").read_text()) == {"master_key": made[0]}
