"""The drills, small, in one product: upgrade under load, then the loss of one city."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.harness import Figure
from tests.drills import restore, upgrade
from tests.drills.product import DrilledProduct
from tests.drills.release import MIGRATIONS, Release
from tests.support.environment import run_folder, worker

pytestmark = [pytest.mark.runtime, pytest.mark.xdist_group("product"), pytest.mark.timeout(300)]

ENOUGH = 40  # so many answers come even where other tests take most of the processors


@pytest.fixture(scope="module")
def product() -> Iterator[DrilledProduct]:
    """In the run's folder: pytest's own is closed to the user whom root lends to Postgres."""
    folder = run_folder() / f"drill-{worker()}"
    with DrilledProduct(folder, web_processes=1, fsync=False) as running:
        yield running


def judged(figures: Iterator[Figure]) -> dict[str, Figure]:
    """By name; a missed goal is told with everything that was seen."""
    found = {one.name: one for one in figures}
    missed = [one for one in found.values() if one.holds is not True]
    assert not missed, json.dumps([one.exact | {"name": one.name} for one in missed])
    return found


def test_an_upgrade_under_load_refuses_nobody_and_one_citys_failure_stays_its_own(
    product: DrilledProduct,
) -> None:
    found = judged(upgrade.run(product, seconds=0.2, clients=4, thorough=False))
    assert int(found["upgrade.failed_requests"].exact["answered_during"]) > ENOUGH
    assert found["upgrade.cities_not_upgraded"].exact["canary_first"] == "True"
    assert "already exists" in str(
        found["upgrade.broken_city_not_serving_its_old_version"].exact["why"]
    )


def test_a_lost_city_comes_back_from_its_archive_while_the_others_work(
    product: DrilledProduct,
) -> None:
    found = judged(restore.run(product, seconds=0.2, clients=4, thorough=False))
    assert found["restore.seconds"].exact["answers_after"] > 0


def test_a_release_is_a_copy_and_the_second_brings_migrations(tmp_path: Path) -> None:
    release = Release(tmp_path)
    before = sorted(path.name for path in (tmp_path / MIGRATIONS).glob("9*.py"))
    names = release.second()
    after = sorted(path.stem for path in (tmp_path / MIGRATIONS).glob("9*.py"))
    assert (before, after) == ([], names)
