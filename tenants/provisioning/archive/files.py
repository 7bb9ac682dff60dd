"""A city's files on the disk: listed in one order, counted and summed up."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.conf import settings

from tenants.provisioning.archive.errors import ArchiveTorn
from tenants.provisioning.archive.types import FilesFacts

PIECE = 1 << 20
HIDDEN = ".sodam-"  # names of our own between the files of people
OUTSIDE = "보관본에 자기 자리 밖의 파일이 있습니다. 이 보관본은 쓰지 마십시오."


def files_folder(code: str) -> Path:
    """Where the files of a city are."""
    return Path(settings.MEDIA_ROOT) / code


@dataclass(slots=True)
class FilesSeen:
    """Files one after the other, in order; their list is summed up, not kept."""

    count: int = 0
    bytes: int = 0
    _list: hashlib._Hash = field(default_factory=hashlib.sha256)

    def add(self, name: str, digest: str, size: int) -> str:
        """The file's line in the list, as `sha256sum` writes it."""
        line = f"{digest}  {name}\n"
        self._list.update(line.encode())
        self.count, self.bytes = self.count + 1, self.bytes + size
        return line

    def facts(self) -> FilesFacts:
        return FilesFacts(self.count, self.bytes, self._list.hexdigest())


def file_names(code: str) -> Iterator[str]:
    """Names below the city's folder, folder by folder, sorted."""
    return _below(files_folder(code), "")


def _below(folder: Path, prefix: str) -> Iterator[str]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir(), key=lambda one: one.name):
        if path.name.startswith(HIDDEN):
            continue
        name = f"{prefix}{path.name}"
        if path.is_dir():
            yield from _below(path, f"{name}/")
        elif path.is_file():
            yield name


def digest_of(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def files_facts(code: str) -> FilesFacts:
    """Count, bytes and sum of a city's files as they are now."""
    seen, folder = FilesSeen(), files_folder(code)
    for name in file_names(code):
        path = folder / name
        seen.add(name, digest_of(path), path.stat().st_size)
    return seen.facts()


def place_in(folder: Path, name: str) -> Path:
    """Where a file of an archive goes. Raises ArchiveTorn for a name that leads outside."""
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or not parts.parts:
        raise ArchiveTorn(OUTSIDE)
    return folder.joinpath(*parts.parts)


def files_remove(code: str) -> None:
    """All files of a city, and what a killed restore left."""
    for folder in (files_folder(code), part_folder(code)):
        shutil.rmtree(folder, ignore_errors=True)


def part_folder(code: str) -> Path:
    """Where a restore puts files until all of them are there."""
    return Path(settings.MEDIA_ROOT) / f"{HIDDEN}{code}.part"
