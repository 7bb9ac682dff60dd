"""The standard model as shipped: one folder per release, read once per process.

A release may build on an earlier one: only the documents that differ lie in its folder, and
`standard.yaml` names the one below and what was taken out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, TypeAlias

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tenants.errors import DomainError

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

RELEASE_FILE = "standard.yaml"

KINDS = (
    "kpi",
    "performance_contract",
    "campaign_type",
    "workflow",
    "form",
    "code_list",
    "routing",
    "sla",
    "survey",
    "template",
    "consent_text",
    "retention",
    "evaluation_sheet",
    "task_method",
    "call_routing",
    "terminology",
    "branding",
    "calendar",
)


class DocumentMissing(DomainError):
    """The city has no document of this kind and code."""

    code = "document.missing"
    http_status = 404


@dataclass(frozen=True, slots=True)
class Document:
    """One configuration document as effective now.

    `text` is its canonical JSON, `digest` the SHA-256 of that: who keeps what a document means by
    its digest never reads the text twice.
    """

    kind: str
    code: str
    text: str
    digest: str
    version: str

    @classmethod
    def of(cls, kind: str, code: str, body: Mapping[str, Json], *, version: str) -> Document:
        """A document that says this."""
        return cls(kind, code, canonical(body), digest_of(body), version)

    @property
    def body(self) -> dict[str, Json]:
        """What it says, read anew: the reader's own, changing it changes nobody else's."""
        body: dict[str, Json] = json.loads(self.text)
        return body


class InTwoLanguages(BaseModel):
    """A text of the standard's editors for the cities' administrators."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ko: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Release(BaseModel):
    """One release of the standard (`standard.yaml`).

    `applies_on` is its day of grace: until then a city moves only by accepting it, from then on a
    city whose own wishes it does not meet moves by itself. None: only ever by accepting.
    `removed`: documents of the release below that are gone, as `kind/code`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
    based_on: str | None = None
    released_on: date
    applies_on: date | None = None
    summary: InTwoLanguages
    brings: dict[str, InTwoLanguages] = Field(default_factory=dict)
    removed: frozenset[str] = frozenset()


class StandardDocuments:
    """The documents of one release, its own and those it inherits."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder, self._version = folder, version

    def get(self, kind: str, code: str) -> Document:
        """The document. Raises DocumentMissing."""
        place = _places(self._folder, self._version).get((kind, code))
        if place is None:
            raise DocumentMissing("그런 기준 문서가 없습니다.", kind=kind, code=code)
        text, digest = _read(place)
        return Document(kind, code, text, digest, self._version)

    def codes(self, kind: str) -> list[str]:
        """The codes of a kind, sorted. Raises DocumentMissing for a kind that does not exist."""
        if kind not in KINDS:
            raise DocumentMissing("그런 종류의 기준 문서는 없습니다.", kind=kind)
        found = _places(self._folder, self._version)
        return sorted(code for known, code in found if known == kind)


class StandardArchive:
    """Documents by their digest, of every release that is shipped."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def body(self, kind: str, code: str, digest: str) -> dict[str, Json] | None:
        """What had this digest; None when no release says so."""
        for release in sorted(self._folder.glob(f"*/{RELEASE_FILE}")):
            place = _places(self._folder, release.parent.name).get((kind, code))
            if place is not None and (found := _read(place))[1] == digest:
                return dict(json.loads(found[0]))
        return None


@lru_cache(maxsize=16)
def release_of(folder: Path, version: str) -> Release:
    """What a release says of itself. Raises OSError or ValidationError: it is ours to be right."""
    text = (folder / version / RELEASE_FILE).read_text(encoding="utf-8")
    return Release.model_validate(yaml.safe_load(text))


@lru_cache(maxsize=16)
def _places(folder: Path, version: str) -> Mapping[tuple[str, str], Path]:
    """Which file says what a document is in this release."""
    release = release_of(folder, version)
    below = _places(folder, release.based_on) if release.based_on else {}
    kept = {at: path for at, path in below.items() if "/".join(at) not in release.removed}
    own = {
        (path.parent.name, path.stem): path
        for path in sorted((folder / version).glob("*/*.yaml"))
        if path.parent.name in KINDS
    }
    return kept | own


@lru_cache(maxsize=1024)
def _read(path: Path) -> tuple[str, str]:
    """The canonical JSON of a file, and its digest."""
    body = yaml.safe_load(path.read_text(encoding="utf-8"))
    return canonical(body), digest_of(body)


_CANONICAL = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
)


def canonical(body: Mapping[str, Json]) -> str:
    """A document as JSON in the one form that is hashed: sorted keys, no spaces."""
    return _CANONICAL.encode(body)


def digest_of(body: Mapping[str, Json]) -> str:
    """SHA-256 of the canonical JSON, in UTF-8."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()
