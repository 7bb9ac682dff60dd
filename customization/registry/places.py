"""Where a plugin that somebody names lies: a folder, one of ours, or an installed one."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from customization.registry.discovery import BUILT_IN, GROUP, Candidate, from_package
from customization.registry.errors import PluginUnknown


@dataclass(frozen=True, slots=True)
class Place:
    """A plugin to be looked at: how it is loaded, and its package's source."""

    candidate: Candidate
    folder: Path
    package: str


def place_of(wanted: str) -> Place:
    """By a folder (with a pyproject.toml, or the package itself) or by code. Raises PluginUnknown.

    A folder is put first on this process's path: for a command of its own, never for a server.
    """
    folder = Path(wanted)
    return _in_folder(folder.resolve()) if folder.is_dir() else _by_code(wanted)


def _in_folder(folder: Path) -> Place:
    package = _package_named(folder)
    at = folder if package else folder.parent
    package = package or folder.name
    inside = at / "src" if (at / "src" / package).is_dir() else at
    if not (inside / package / "__init__.py").is_file():
        raise PluginUnknown(
            f"{folder}에서 플러그인을 찾지 못했습니다. pyproject.toml에 "
            f'[project.entry-points."{GROUP}"]가 있어야 합니다.'
        )
    sys.path.insert(0, str(inside))
    return Place(from_package(package), inside / package, package)


def _package_named(folder: Path) -> str:
    """The package that the folder's pyproject.toml names as its plugin; "" without one."""
    project = folder / "pyproject.toml"
    if not project.is_file():
        return ""
    stated = tomllib.loads(project.read_text(encoding="utf-8"))
    points = stated.get("project", {}).get("entry-points", {}).get(GROUP, {})
    return str(next(iter(points.values()), "")).partition(":")[0]


def _by_code(code: str) -> Place:
    package = f"{BUILT_IN}.{code}"
    found = _spec_folder(package) if code.isidentifier() else None
    if found is not None:
        return Place(from_package(package), found, package)
    for point in entry_points(group=GROUP, name=code):
        installed = _spec_folder(point.module)
        if installed is not None:
            return Place(Candidate(str(point), point.load), installed, point.module)
    raise PluginUnknown("그런 플러그인이 없습니다. `sodam plugin list`를 보세요.", plugin=code)


def _spec_folder(package: str) -> Path | None:
    try:
        spec = find_spec(package)
    except ImportError:
        return None
    places = list(spec.submodule_search_locations or []) if spec else []
    return Path(places[0]) if places else None
