"""Two cities' folders of files change places at once, once per switch, whatever is killed."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from tenants.provisioning.archive.files import HIDDEN, files_folder

RENAME_EXCHANGE = 2  # linux/fs.h
AT_FDCWD = -100  # fcntl.h


def files_follow(city: str, copy: str, *, key: str, is_switched: bool) -> None:
    """Bring the folders to where the schemas are: the city's own is known by a mark in it."""
    mark = f"{HIDDEN}switch-{key}"
    for code in (city, copy):
        files_folder(code).mkdir(mode=0o700, parents=True, exist_ok=True)
    is_at_city, is_at_copy = ((files_folder(code) / mark).exists() for code in (city, copy))
    if not is_at_city and not is_at_copy:
        if is_switched:
            return  # all of it was done, and the mark taken away
        (files_folder(city) / mark).touch()
    if is_at_copy != is_switched:
        exchange(files_folder(city), files_folder(copy))


def files_settled(city: str, copy: str, *, key: str) -> None:
    """Take the mark away when nothing is left to do."""
    for code in (city, copy):
        (files_folder(code) / f"{HIDDEN}switch-{key}").unlink(missing_ok=True)


def exchange(one: Path, other: Path) -> None:
    """The two folders change names, in one step where the file system can (ext4, xfs, overlay)."""
    libc = ctypes.CDLL(None, use_errno=True)
    given = (AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE)
    rename = getattr(libc, "renameat2", None)
    if rename is None or rename(*given):
        aside = one.with_name(f"{HIDDEN}{one.name}.aside")
        one.rename(aside)
        other.rename(one)
        aside.rename(other)
