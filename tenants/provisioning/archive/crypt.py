"""Encrypted streams: bytes go through a pipe and a thread, so that memory stays flat.

The format is age's (age-encryption.org/v1): `age -d -i KEY FILE` opens it without Sodam.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO

import pyrage

from tenants.provisioning.archive.errors import ArchiveMissing, ArchiveTorn, BackupKeyWrong
from tenants.provisioning.archive.keys import identities, recipients

ANOTHERS_KEY = "No matching keys found"  # age's words


@contextmanager
def encrypting(path: Path) -> Iterator[IO[bytes]]:
    """Write here what a new file is to hold encrypted; it is on the disk when the block ends."""
    keys = recipients()
    with new_file(path) as out:
        read, write = os.pipe()
        work = _Aside(lambda: _encrypt(read, out, keys))
        with work, os.fdopen(write, "wb") as given:
            yield given
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def decrypting(path: Path) -> Iterator[IO[bytes]]:
    """Read here what a file holds. Raises ArchiveMissing, ArchiveTorn, BackupKeyWrong.

    What is wrong with the file takes the place of whatever it made fail in the block.
    """
    keys = identities()
    if not path.is_file():
        raise ArchiveMissing(f"그런 보관본이 없습니다: {path.name}")
    read, write = os.pipe()
    work = _Aside(lambda: _decrypt(path, write, keys))
    with work, os.fdopen(read, "rb") as found:
        yield found


class _Aside:
    """Work in a thread for the length of a block; its failure is the block's failure.

    Who leaves the block early closes the pipe, which ends the thread: that is no failure of it.
    """

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._failure: BaseException | None = None
        self._thread = Thread(target=self._run)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_block: object) -> None:
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            self._work()
        except BrokenPipeError:
            pass
        except BaseException as failure:
            self._failure = failure


def new_file(path: Path) -> IO[bytes]:
    """A file that was not there, for us alone to read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def sync_folder(folder: Path) -> None:
    """A file's new name is on the disk when this returns."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def _encrypt(read: int, out: IO[bytes], keys: list[pyrage.x25519.Recipient]) -> None:
    with os.fdopen(read, "rb") as plain:
        pyrage.encrypt_io(plain, out, keys)


def _decrypt(path: Path, write: int, keys: list[pyrage.x25519.Identity]) -> None:
    with os.fdopen(write, "wb") as plain, path.open("rb") as source:
        try:
            pyrage.decrypt_io(source, plain, keys)
        except pyrage.DecryptError as refused:
            raise _refusal(path, str(refused)) from None
        except OSError as refused:
            if refused.errno is not None:  # the disk's or the pipe's, not the file's
                raise
            raise _refusal(path, str(refused)) from None


def _refusal(path: Path, words: str) -> ArchiveTorn | BackupKeyWrong:
    if ANOTHERS_KEY in words:
        return BackupKeyWrong(
            f"이 열쇠로는 {path.name}을 열 수 없습니다. 만든 때의 열쇠를 쓰십시오."
        )
    return ArchiveTorn(f"{path.name}이 온전하지 않습니다. 다른 보관본을 쓰십시오.")
