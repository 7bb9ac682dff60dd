"""An archive read from its first member to its last, and judged against its own manifest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tenants.provisioning.archive.copying import RowsSeen
from tenants.provisioning.archive.errors import ArchiveTooNew, ArchiveTorn
from tenants.provisioning.archive.members import NOT_WHOLE, Member, reading
from tenants.provisioning.archive.types import (
    DATA,
    FILES,
    FORMAT,
    HEAD,
    KIND,
    MANIFEST,
    FilesFacts,
    Head,
    Manifest,
    TableFacts,
)
from tenants.schema import Key, migrations_on_disk

TOO_NEW = "더 새로운 소담에서 만든 보관본입니다. 소담을 먼저 올린 뒤에 다시 하십시오."


@contextmanager
def opened(path: Path) -> Iterator[tuple[Head, Iterator[Member]]]:
    """The head, and the members after it in order, the manifest the last.

    Raises ArchiveMissing, ArchiveTooNew, ArchiveTorn, BackupKeyMissing, BackupKeyWrong.
    """
    with reading(path) as members:
        first = next(members, None)
        if first is None or first.name != HEAD:
            raise ArchiveTorn(NOT_WHOLE)
        yield _head(first), members


def _head(member: Member) -> Head:
    given = member.json()
    if given.get("kind") != KIND:
        raise ArchiveTorn(NOT_WHOLE)
    if int(given.get("format", 0)) > FORMAT:
        raise ArchiveTooNew(TOO_NEW)
    try:
        return Head.read(given)
    except (KeyError, TypeError) as refused:
        raise ArchiveTorn(NOT_WHOLE) from refused


def archive_head(path: Path) -> Head:
    """What is known before the first row."""
    with opened(path) as (head, _members):
        return head


def archive_manifest(path: Path) -> Manifest:
    """Read and judge the whole file; its manifest."""
    return archive_sums(path)[0]


def archive_sums(
    path: Path, *, without: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Manifest, dict[str, TableFacts]]:
    """Read and judge the whole file; its manifest, and its tables without some columns."""
    left_out, manifest = without or {}, None
    whole: dict[str, RowsSeen] = defaultdict(RowsSeen)
    parts: dict[str, RowsSeen] = defaultdict(RowsSeen)
    with opened(path) as (head, members):
        for member in members:
            if member.name == MANIFEST:
                manifest = manifest_in(member)
            elif member.name.startswith(DATA):
                table = table_of(member)
                chunk = member.source.read()  # a few megabytes
                whole[table].add(chunk)
                names = left_out.get(table, ())
                parts[table].add(_without(chunk, head.tables[table], names) if names else chunk)
    found = judged(manifest, tables={name: seen.facts() for name, seen in whole.items()})
    nothing = RowsSeen().facts()
    return found, {name: parts[name].facts() if name in parts else nothing for name in found.tables}


def _without(chunk: bytes, columns: tuple[str, ...], names: tuple[str, ...]) -> bytes:
    """The lines of COPY text without these columns."""
    stay = [place for place, name in enumerate(columns) if name not in names]
    lines = (line.split(b"\t") for line in chunk.split(b"\n")[:-1])
    return b"".join(b"\t".join([cells[place] for place in stay]) + b"\n" for cells in lines)


def manifest_in(member: Member) -> Manifest:
    try:
        return Manifest.read(member.json())
    except (KeyError, TypeError) as refused:
        raise ArchiveTorn(NOT_WHOLE) from refused


def table_of(member: Member) -> str:
    """`data/core_voices_voice/00001.copy`: of which table it holds rows."""
    return member.name.removeprefix(DATA).rpartition("/")[0]


def file_of(member: Member) -> str:
    return member.name.removeprefix(FILES)


def judged(
    manifest: Manifest | None,
    *,
    tables: dict[str, TableFacts],
    files: FilesFacts | None = None,
) -> Manifest:
    """The manifest, when what was read is what it says. Raises ArchiveTorn."""
    if manifest is None:
        raise ArchiveTorn(NOT_WHOLE)
    nothing = RowsSeen().facts()
    wrong = [name for name, facts in manifest.tables.items() if tables.get(name, nothing) != facts]
    if wrong or set(tables) - set(manifest.tables) or files not in (None, manifest.files):
        raise ArchiveTorn(NOT_WHOLE, tables=wrong)
    return manifest


def migrations_in(head: Head) -> set[Key]:
    """The migrations of the archive. Raises ArchiveTooNew when this Sodam has not all of them."""
    wanted = {(app, name) for app, _, name in (one.partition(".") for one in head.migrations)}
    strangers = wanted - migrations_on_disk()
    if strangers:
        raise ArchiveTooNew(TOO_NEW, migrations=sorted(".".join(key) for key in strangers))
    return wanted
