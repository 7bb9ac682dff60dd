"""Scenes of `tests.support.growing`: archives of another release than the one that reads them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenants.errors import DomainError
from tenants.provisioning import replay
from tenants.provisioning.archive import erasing, places
from tenants.provisioning.archive.backing_up import city_back_up
from tenants.provisioning.archive.configuration import ConfigurationText
from tenants.provisioning.archive.opening import archive_head, migrations_in
from tenants.provisioning.archive.restoring import restored_check, rows_restore, schema_for
from tenants.provisioning.archive.types import Configuration
from tenants.provisioning.migrating import cities_migrate
from tenants.types import Purpose
from tests.support.environment import run_folder
from tests.support.growing_facts import ask, change
from tests.support.shape import differences, history_of, shape_of

if TYPE_CHECKING:
    from tests.support.growing import Garden

FOLDER = run_folder() / f"older-{os.getpid()}"
NEWEST = "0099_taller"
TALLER = """
    dependencies = [("growing", "{last}")]
    operations = [migrations.AddField("Tree", "taller", models.IntegerField(db_default=2))]
"""
NOTHING = ConfigurationText("", Configuration())


def an_older_and_a_newer_archive(garden: Garden) -> dict[str, Any]:
    """Restored at its own migrations and brought up to date; one of a later release is refused."""
    change("INSERT INTO seoul.growing_tree (name) VALUES ('old oak')")
    old = _archive("old")
    last = sorted(path.stem for path in garden.folder.glob("0*.py"))[-1]
    garden.plant(NEWEST, TALLER.format(last=last))
    cities_migrate(["seoul"])
    new = _archive("new")
    places.place_listed("seoul_copy", archive_head(old), Purpose.COPY)
    schema_for(old, "seoul_copy")
    checked = restored_check(rows_restore(old, "seoul_copy"), "seoul_copy")
    was_at = history_of("seoul_copy")
    replay.migrate_schema("seoul_copy")
    found = {
        "differences": list(checked.differences),
        "lacked": sorted(set(history_of("seoul")) - set(was_at)),
        "lacks": sorted(set(history_of("seoul")) - set(history_of("seoul_copy"))),
        "shape": differences(sorted(shape_of("seoul")), sorted(shape_of("seoul_copy"))),
        "oak": ask("SELECT taller FROM seoul_copy.growing_tree WHERE name = 'old oak'"),
    }
    places.place_cleared("seoul_copy")
    (garden.folder / f"{NEWEST}.py").unlink()
    return {**found, "too_new": _refusal(new), "left": erasing.traces_left("seoul_copy")}


def _archive(name: str) -> Path:
    now = datetime.now(UTC)
    return city_back_up("seoul", FOLDER / f"{name}.age", now=now, configuration=NOTHING).path


def _refusal(path: Path) -> str:
    try:
        migrations_in(archive_head(path))
    except DomainError as refused:
        return refused.code
    return ""


SCENES = [an_older_and_a_newer_archive]
