"""A city whose workflow a test changes, with all it ever had kept, as publishing keeps it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from core_crm.extension_points import (
    Document,
    ExtensionPoint,
    digest_of,
    document_archive,
    documents,
)

Edit = Callable[[dict[str, Any]], None]
CHECKING = {
    "label": {"ko": "결재 중", "en": "Being checked"},
    "category": "active",
    "maps_to": "in_progress",
    "sort": 45,
}


class ChangingWorkflow:
    """The standard's documents, but the workflow is what the test made of it."""

    def __init__(self) -> None:
        self.now = documents.standard.get("workflow", "voice").body
        self.kept: dict[str, Any] = {digest_of(self.now): copy.deepcopy(self.now)}
        self.form = documents.standard.get("form", "voice").body

    def change(self, edit: Edit) -> str:
        """Bring another workflow into force; its digest."""
        self.now = copy.deepcopy(self.now)
        edit(self.now)
        self.kept[digest_of(self.now)] = copy.deepcopy(self.now)
        return digest_of(self.now)

    def get(self, kind: str, code: str) -> Document:
        if (kind, code) == ("form", "voice"):
            return Document.of(kind, code, self.form, version="test")
        if kind != "workflow":
            return documents.standard.get(kind, code)
        return Document.of(kind, code, self.now, version="test")

    def codes(self, kind: str) -> list[str]:
        return documents.standard.codes(kind)

    def body(self, kind: str, code: str, digest: str) -> dict[str, Any] | None:
        return copy.deepcopy(self.kept.get(digest))


@contextmanager
def changing_workflow() -> Iterator[ChangingWorkflow]:
    """Inside, the city's workflow is the test's to change."""
    city = ChangingWorkflow()
    with _bound(documents, city), _bound(document_archive, city):
        yield city


@contextmanager
def _bound(point: ExtensionPoint[Any], answer: object) -> Iterator[None]:
    before = point._resolve
    point.unbind()
    point.bind(lambda: answer)
    try:
        yield
    finally:
        point.unbind()
        if before is not None:
            point.bind(before)


def with_a_check(body: dict[str, Any]) -> None:
    """A head's check between the work and the answer: 처리 중 → 결재 중 → 답변."""
    body["states"]["checking"] = copy.deepcopy(CHECKING)
    body["transitions"]["hand_in"] = {
        "label": {"ko": "결재 올림", "en": "Hand in"},
        "source": ["in_progress"],
        "target": "checking",
        "rights": ["voice_handle"],
        "sort": 55,
    }
    answer = body["transitions"]["answer"]
    answer["source"] = [*answer["source"], "checking"]


def step_of(body: dict[str, Any], code: str, **more: Any) -> None:
    """Say more of one step."""
    body["transitions"][code] |= more
