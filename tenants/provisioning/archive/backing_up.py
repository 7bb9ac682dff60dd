"""Writing the archive of one city: one moment of its rows, its files, its configuration.

The rows are read in one REPEATABLE READ transaction, so that they fit together while people go on
working. Files are added afterwards: each is kept before its row and taken after it, so what the
rows name is there, but for what somebody takes back in these minutes.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from psycopg import IsolationLevel

from tenants.models import City
from tenants.provisioning.archive import tables
from tenants.provisioning.archive.anonymising import Anonymiser
from tenants.provisioning.archive.configuration import ConfigurationText
from tenants.provisioning.archive.copying import RowsSeen, rows_out
from tenants.provisioning.archive.files import FilesSeen, digest_of, file_names, files_folder
from tenants.provisioning.archive.members import MemberWriter, writing
from tenants.provisioning.archive.types import (
    CONFIGURATION,
    DATA,
    FILE_LIST,
    FILES,
    HEAD,
    MANIFEST,
    CityFacts,
    FilesFacts,
    Head,
    Manifest,
    TableFacts,
)
from tenants.provisioning.owner import Raw, connection_apart

Progress = Callable[[int, int], None]
"""How many of how many tables are in it."""


@dataclass(frozen=True, slots=True)
class Written:
    """The archive that was made. `grown_mb`: by how much this process grew to make it."""

    path: Path
    bytes: int
    sha256: str
    seconds: float
    grown_mb: float
    manifest: Manifest


def city_back_up(
    code: str,
    path: Path,
    *,
    now: datetime,
    configuration: ConfigurationText,
    anonymise: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> Written:
    """Write the archive of a city to a new file. `anonymise`: for training, without its people.

    Raises ArchiveThere, BackupKeyMissing, NotDeclared; a run that is killed leaves `*.part` only.
    """
    began, size = time.monotonic(), peak_mb()
    anonymiser = Anonymiser() if anonymise else None
    with connection_apart() as raw, writing(path, at=now.timestamp()) as out:
        raw.isolation_level = IsolationLevel.REPEATABLE_READ
        raw.read_only = True
        with raw.transaction():
            head = _head(raw, code, now=now, is_anonymised=anonymise)
            out.add_json(HEAD, asdict(head))
            rows = _tables(raw, head, out, anonymiser=anonymiser, progress=progress)
        files = _files(code, out) if not anonymise else FilesSeen().facts()
        out.add(CONFIGURATION, configuration.yaml.encode())
        manifest = Manifest(head=head, tables=rows, files=files, configuration=configuration.facts)
        out.add_json(MANIFEST, manifest.as_json())
    return Written(
        path=path,
        bytes=path.stat().st_size,
        sha256=digest_of(path),
        seconds=time.monotonic() - began,
        grown_mb=peak_mb() - size,
        manifest=manifest,
    )


def peak_mb() -> float:
    """The most memory that this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def app_version() -> str:
    try:
        return version("sodam")
    except PackageNotFoundError:
        return "0"


def city_facts(code: str) -> CityFacts:
    city = City.objects.get(code=code)
    return CityFacts(
        code=code,
        region_code=city.region_code,
        name_ko=city.name_ko,
        name_en=city.name_en,
        short_name_ko=city.short_name_ko,
        standard_version=city.standard_version,
        plugin=city.plugin,
    )


def _head(raw: Raw, code: str, *, now: datetime, is_anonymised: bool) -> Head:
    return Head(
        made_at=now.isoformat(),
        app=app_version(),
        city=city_facts(code),
        migrations=tables.migrations_of(raw, code),
        tables=tables.table_columns(raw, code),
        sequences={
            f"{one.table}.{one.column}": one.last
            for one in tables.sequences(raw, code)
            if one.last is not None
        },
        is_anonymised=is_anonymised,
    )


def _tables(
    raw: Raw,
    head: Head,
    out: MemberWriter,
    *,
    anonymiser: Anonymiser | None,
    progress: Progress,
) -> dict[str, TableFacts]:
    keys, found = tables.primary_keys(raw, head.city.code), {}
    for done, (table, columns) in enumerate(head.tables.items(), start=1):
        order = tables.in_order(columns, keys, table)
        found[table] = _table(raw, head.city.code, table, columns, order, out, anonymiser)
        progress(done, len(head.tables))
    return found


def _table(
    raw: Raw,
    code: str,
    table: str,
    columns: tuple[str, ...],
    order: list[str],
    out: MemberWriter,
    anonymiser: Anonymiser | None,
) -> TableFacts:
    seen = RowsSeen()
    if anonymiser and anonymiser.stays(table):
        return seen.facts()
    change = anonymiser.change(table, columns) if anonymiser else None
    chunks = rows_out(raw, code, table, columns=columns, order=order, change=change)
    for number, chunk in enumerate(chunks, start=1):
        seen.add(chunk)
        out.add(f"{DATA}{table}/{number:05}.copy", chunk)
    return seen.facts()


def _files(code: str, out: MemberWriter) -> FilesFacts:
    """Each file, then their list: as long as the city has files, so on the disk meanwhile."""
    seen, folder = FilesSeen(), files_folder(code)
    with tempfile.TemporaryFile() as listed:
        for name in file_names(code):
            path = folder / name
            size = path.stat().st_size
            listed.write(seen.add(name, digest_of(path), size).encode())
            with path.open("rb") as source:
                out.add_from(f"{FILES}{name}", source, size=size)
        length = listed.tell()
        listed.seek(0)
        out.add_from(FILE_LIST, listed, size=length)
    return seen.facts()
