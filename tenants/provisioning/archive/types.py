"""What an archive says of itself. All of it is plain JSON inside the archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

FORMAT = 1
KIND = "sodam.city"
HEAD, MANIFEST, FILE_LIST = "head.json", "manifest.json", "files.sha256"
CONFIGURATION = "configuration.yaml"
DATA, FILES = "data/", "files/"


@dataclass(frozen=True, slots=True, kw_only=True)
class CityFacts:
    """Which city it was: what is needed to list it again."""

    code: str
    region_code: str
    name_ko: str
    name_en: str
    short_name_ko: str
    standard_version: str
    plugin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The documents in force when the archive was made: number and digest of their manifest."""

    number: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The first member: all that must be known before the first row.

    `migrations` are `app.name`; `tables` name -> columns in order; `sequences` `table.column` ->
    the last number given out.
    """

    made_at: str
    app: str
    city: CityFacts
    migrations: tuple[str, ...]
    tables: Mapping[str, tuple[str, ...]]
    sequences: Mapping[str, int] = field(default_factory=dict)
    is_anonymised: bool = False
    format: int = FORMAT
    kind: str = KIND

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """From its JSON. Raises KeyError and TypeError for what is no head."""
        tables = {name: tuple(columns) for name, columns in given["tables"].items()}
        own = {**given, "city": CityFacts(**given["city"]), "tables": tables}
        return cls(**{**own, "migrations": tuple(given["migrations"])})


@dataclass(frozen=True, slots=True)
class TableFacts:
    """Rows of a table, and the SHA-256 of their COPY text in the order of the primary key."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FilesFacts:
    """Files of a city: how many, their bytes, and the SHA-256 of their list."""

    count: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The last member: what must have been read when all is well. Without it the file is torn."""

    head: Head
    tables: Mapping[str, TableFacts]
    files: FilesFacts
    configuration: Configuration

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "rows": self.rows}

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        return cls(
            head=Head.read(given["head"]),
            tables={name: TableFacts(**facts) for name, facts in given["tables"].items()},
            files=FilesFacts(**given["files"]),
            configuration=Configuration(**given["configuration"]),
        )
