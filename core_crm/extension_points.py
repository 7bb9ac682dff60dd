"""Every question a city may answer differently, typed, each with the standard answer.

A question is an `ExtensionPoint`. `customization` binds itself to it at boot; without it the
standard answer holds, so the core is complete by itself. Documents (workflows, templates …) are one
question too: `documents`, answered by the standard model's files in `fixtures/standard/<version>/`.

Beside questions with one answer there are lists that plugins may add to (`ContributionPoint`): the
core's own entries are there in any case, and nothing a plugin adds can replace one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from django.db.models import Expression

from core_crm.common.contributions import (
    Action,
    Added,
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
from core_crm.common.standard_documents import (
    KINDS,
    Document,
    DocumentMissing,
    Json,
    Release,
    StandardArchive,
    StandardDocuments,
    canonical,
    digest_of,
)

__all__ = [
    "FIXTURES",
    "KINDS",
    "STANDARD_VERSION",
    "ContributionPoint",
    "Document",
    "DocumentMissing",
    "DocumentSource",
    "ExtensionPoint",
    "Json",
    "Reading",
    "Release",
    "StandardDocuments",
    "campaign_triggers",
    "canonical",
    "channel_gateways",
    "digest_of",
    "document",
    "document_archive",
    "documents",
    "importers",
    "measures",
    "panels",
    "plugin_records",
    "predicate_fields",
    "report_columns",
    "workflow_actions",
    "workflow_guards",
]

T = TypeVar("T")

STANDARD_VERSION = "1.0"


class DocumentSource(Protocol):
    """Which documents are effective in the city being served?"""

    def get(self, kind: str, code: str) -> Document:
        """The document. Raises DocumentMissing."""
        ...

    def codes(self, kind: str) -> list[str]:
        """The codes of all documents of a kind, sorted."""
        ...


class DocumentArchive(Protocol):
    """What did a document say that is perhaps no longer in force?"""

    def body(self, kind: str, code: str, digest: str) -> dict[str, Json] | None:
        """The document with this digest, the reader's own copy; None when nobody has it."""
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


FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"

documents: ExtensionPoint[DocumentSource] = ExtensionPoint(
    "documents", StandardDocuments(FIXTURES / "standard", STANDARD_VERSION)
)

document_archive: ExtensionPoint[DocumentArchive] = ExtensionPoint(
    "document_archive", StandardArchive(FIXTURES / "standard")
)


def document(kind: str, code: str) -> Document:
    """The document effective in the city being served. Raises DocumentMissing."""
    return documents.get().get(kind, code)


class Reading(Generic[T]):
    """What documents of a kind mean to a room: made once per digest and process, and shared.

    `read = Reading("workflow", make)`, then `read("voice")`: the one effective where we serve.
    """

    def __init__(self, kind: str, make: Callable[[Document], T]) -> None:
        self._kind, self._make = kind, make
        self._made: dict[str, T] = {}

    def __call__(self, code: str) -> T:
        """What the effective document means. Raises DocumentMissing, and what `make` raises."""
        effective = document(self._kind, code)
        return self.known(effective.digest) or self.keep(effective.digest, self._make(effective))

    def known(self, digest: str) -> T | None:
        """What was made of the document with this digest, if it was read before."""
        return self._made.get(digest)

    def keep(self, digest: str, meaning: T) -> T:
        return self._made.setdefault(digest, meaning)

    def forget(self) -> None:
        """Be as a process that has just begun."""
        self._made.clear()


measures = ContributionPoint("measures", Measure)
predicate_fields = ContributionPoint("predicate_fields", RecordField)
workflow_guards = ContributionPoint("workflow_guards", Guard)
workflow_actions = ContributionPoint("workflow_actions", Action)
campaign_triggers = ContributionPoint("campaign_triggers", Trigger)
importers = ContributionPoint("importers", Importer)
channel_gateways = ContributionPoint("channel_gateways", Gateway)
panels = ContributionPoint("panels", Panel)
report_columns = ContributionPoint("report_columns", ReportColumn)


class RecordReader(Protocol):
    """Where do plugins keep their records?"""

    def __call__(self, added: Added[RecordField], *, row: str) -> Expression:
        """The JSON object of the record whose key is the id that `row` leads to; null if none."""
        ...


plugin_records: ExtensionPoint[RecordReader | None] = ExtensionPoint("plugin_records", None)
