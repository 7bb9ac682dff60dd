"""A wheel of an outside author: written, tried out, built, installed; one city has it, one not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from customization.public import plugin_write

REPOSITORY = Path(__file__).resolve().parents[2]
CODE = "harbour_extra"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new plugin's folder, as `sodam plugin new` writes it."""
    folder = tmp_path_factory.mktemp("outside") / "project"
    plugin_write(CODE, folder)
    return folder


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    """The wheel, built without a network, unpacked where Python looks."""
    run("-m", "hatchling", "build", "--target", "wheel", cwd=project)
    (wheel,) = (project / "dist").glob("*.whl")
    place = project.parent / "site"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(place)
    return place


def run(*arguments: str, cwd: Path, path: tuple[Path, ...] = ()) -> str:
    """A Python of our environment, with these folders on its path besides; what it says."""
    wanted = [*path, REPOSITORY, REPOSITORY / "platform"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, wanted))}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**environment, "DJANGO_SETTINGS_MODULE": "sodam.settings"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def test_what_is_written_keeps_the_contract_and_passes_its_own_tests(project: Path) -> None:
    found = json.loads(
        run("-m", "sodam.cli", "plugin", "check", str(project), "--format", "json", cwd=project)
    )
    assert len(found) > 25
    assert all(one["kept"] for one in found)
    said = run("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project)
    assert "5 passed" in said


def test_no_word_of_the_template_is_left(project: Path) -> None:
    left = [
        str(path)
        for path in project.rglob("*")
        if path.is_file()
        and "dist" not in path.parts
        and path.suffix in (".py", ".toml", ".md", ".yaml")
        and "plugins._template" in path.read_text(encoding="utf-8")
    ]
    assert left == []


def test_the_installed_wheel_adds_a_measure_and_a_panel_to_one_city(
    two_cities: tuple[str, str], site: Path
) -> None:
    arguments = ("-m", "tests.plugins.outside_product", CODE)
    found: dict[str, Any] = json.loads(
        run(*arguments, cwd=REPOSITORY, path=(site,)).splitlines()[-1]
    )
    busan, seoul = found["cities"]["busan"], found["cities"]["seoul"]
    assert CODE in found["known"]
    assert (busan["panel"], busan["indicator"], busan["share"]) == (True, True, True)
    assert (seoul["panel"], seoul["indicator"]) == (False, False)
    assert seoul["digest"] == found["before"] != busan["digest"]
