"""Every question a city may answer differently, typed, each with the standard answer.

A question is an `ExtensionPoint`. `customization` binds itself to it at boot; without it the
standard answer holds, so the core is complete by itself. Documents (workflows, templates …) are one
question too: `documents`, answered by the standard model's files in `fixtures/standard/<version>/`.

Beside questions with one answer there are lists that plugins may add to (`ContributionPoint`): the
core's own entries are there in any case, and nothing a plugin adds can replace one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

from core_crm.common.contributions import (
    Action,
    ContributionPoint,
    Gateway,
    Guard,
    Importer,
    Measure,
    Panel,
    RecordField,
    ReportColumn,
    Trigger,
)
from tenants.errors import DomainError

T = TypeVar("T")

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

STANDARD_VERSION = "1.0"

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
    """One configuration document as effective now; `digest` is SHA-256 of its canonical JSON."""

    kind: str
    code: str
    body: dict[str, Json]  # the reader's own: changing it changes nobody else's
    digest: str
    version: str


class DocumentSource(Protocol):
    """Which documents are effective in the city being served?"""

    def get(self, kind: str, code: str) -> Document:
        """The document. Raises DocumentMissing."""
        ...

    def codes(self, kind: str) -> list[str]:
        """The codes of all documents of a kind, sorted."""
        ...


class ExtensionPoint(Generic[T]):
    """One question. `get` gives the answer for the city being served."""

    def __init__(self, name: str, standard: T) -> None:
        self.name, self.standard = name, standard
        self._resolve: Callable[[], T | None] | None = None

    def bind(self, resolve: Callable[[], T | None]) -> None:
        """Ask `resolve` first; None means: the standard answer. Bound once, at boot."""
        if self._resolve is not None:
            raise ValueError(f"Extension point {self.name!r} is already bound.")
        self._resolve = resolve

    def unbind(self) -> None:
        self._resolve = None

    def get(self) -> T:
        answer = self._resolve() if self._resolve else None
        return self.standard if answer is None else answer


class StandardDocuments:
    """The standard model as shipped: YAML files, read once."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder, self._version = folder / version, version

    def get(self, kind: str, code: str) -> Document:
        if kind not in KINDS or code not in _codes(self._folder, kind):
            raise DocumentMissing("그런 기준 문서가 없습니다.", kind=kind, code=code)
        text, digest = _read(self._folder, kind, code)
        return Document(kind, code, json.loads(text), digest, self._version)

    def codes(self, kind: str) -> list[str]:
        if kind not in KINDS:
            raise DocumentMissing("그런 종류의 기준 문서는 없습니다.", kind=kind)
        return list(_codes(self._folder, kind))


@lru_cache(maxsize=512)
def _read(folder: Path, kind: str, code: str) -> tuple[str, str]:
    """The canonical JSON of a file, and its digest."""
    body = yaml.safe_load((folder / kind / f"{code}.yaml").read_text(encoding="utf-8"))
    return canonical(body), digest_of(body)


@lru_cache(maxsize=64)
def _codes(folder: Path, kind: str) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (folder / kind).glob("*.yaml")))


def canonical(body: Mapping[str, Json]) -> str:
    """A document as JSON in the one form that is hashed: sorted keys, no spaces."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def digest_of(body: Mapping[str, Json]) -> str:
    """SHA-256 of the canonical JSON, in UTF-8."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()


FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"

documents: ExtensionPoint[DocumentSource] = ExtensionPoint(
    "documents", StandardDocuments(FIXTURES / "standard", STANDARD_VERSION)
)


def document(kind: str, code: str) -> Document:
    """The document effective in the city being served. Raises DocumentMissing."""
    return documents.get().get(kind, code)


measures = ContributionPoint("measures", Measure)
predicate_fields = ContributionPoint("predicate_fields", RecordField)
workflow_guards = ContributionPoint("workflow_guards", Guard)
workflow_actions = ContributionPoint("workflow_actions", Action)
campaign_triggers = ContributionPoint("campaign_triggers", Trigger)
importers = ContributionPoint("importers", Importer)
channel_gateways = ContributionPoint("channel_gateways", Gateway)
panels = ContributionPoint("panels", Panel)
report_columns = ContributionPoint("report_columns", ReportColumn)
