"""The archive as a stream of members: a tar inside gzip inside age, written and read once through.

Opened by hand: `age -d -i KEY FILE | tar -xz`.
"""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tenants.provisioning.archive.crypt import decrypting, encrypting, sync_folder
from tenants.provisioning.archive.errors import ArchiveThere, ArchiveTorn

ZIP_LEVEL = 3  # text halves again at 9, at eight times the price
PIECE = 1 << 20
NOT_WHOLE = "보관본이 끝까지 온전하지 않습니다. 다른 보관본을 쓰십시오."
_TORN = (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error)


class MemberWriter:
    """Adds members, one after the other. Nothing of what was written is kept in memory."""

    def __init__(self, out: IO[bytes] | gzip.GzipFile, *, at: float) -> None:
        self._tar = tarfile.TarFile.open(mode="w|", fileobj=out, format=tarfile.PAX_FORMAT)
        self._at = at

    def add(self, name: str, data: bytes) -> None:
        self.add_from(name, io.BytesIO(data), size=len(data))

    def add_json(self, name: str, facts: Mapping[str, Any]) -> None:
        self.add(name, json.dumps(facts, ensure_ascii=False, indent=1, default=str).encode())

    def add_from(self, name: str, source: IO[bytes], *, size: int) -> None:
        """`size` bytes of a file. Raises OSError when it has fewer."""
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, self._at
        self._tar.addfile(member, source)
        _forget(self._tar)

    def close(self) -> None:
        self._tar.close()


def _forget(tar: tarfile.TarFile) -> None:
    """The list of what went through would grow with the city."""
    tar.members = []  # type: ignore[attr-defined]  # public, absent from the stubs


@dataclass(frozen=True, slots=True)
class Member:
    """One member; its bytes can be read until the next is asked for."""

    name: str
    source: IO[bytes]

    def json(self) -> dict[str, Any]:
        """Raises ArchiveTorn."""
        try:
            return dict(json.loads(self.source.read()))
        except ValueError as refused:
            raise ArchiveTorn(NOT_WHOLE) from refused

    def pieces(self) -> Iterator[bytes]:
        while piece := self.source.read(PIECE):
            yield piece


@contextmanager
def writing(path: Path, *, at: float) -> Iterator[MemberWriter]:
    """A new archive; the file has its name only when it is whole and on the disk.

    `at`: seconds of the epoch. Raises ArchiveThere, BackupKeyMissing.
    """
    if path.exists():
        raise ArchiveThere(f"이미 있는 파일은 덮어쓰지 않습니다: {path}")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)  # of a run that was killed
    try:
        with (
            encrypting(part) as encrypted,
            gzip.GzipFile(
                fileobj=encrypted, mode="wb", compresslevel=ZIP_LEVEL, mtime=at
            ) as zipped,
            closing(MemberWriter(zipped, at=at)) as writer,
        ):
            yield writer
        part.rename(path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def reading(path: Path) -> Iterator[Iterator[Member]]:
    """The members in order. To its very end the file is judged when all of them were asked for."""
    with decrypting(path) as plain:
        yield _members(plain)


def _members(plain: IO[bytes]) -> Iterator[Member]:
    try:
        with gzip.GzipFile(fileobj=plain, mode="rb") as unzipped:
            with tarfile.open(mode="r|", fileobj=unzipped) as tar:
                while (member := tar.next()) is not None:
                    _forget(tar)
                    source = tar.extractfile(member)
                    if source is None:
                        raise ArchiveTorn(NOT_WHOLE)  # we write plain files only
                    yield Member(member.name, source)
            while unzipped.read(PIECE):
                pass  # what follows is empty, but its checksums are not
    except _TORN as refused:
        raise ArchiveTorn(NOT_WHOLE) from refused
