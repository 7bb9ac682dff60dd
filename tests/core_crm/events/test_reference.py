"""The reference pages name everything that is there."""

from __future__ import annotations

from core_crm.common.events import Event
from core_crm.extension_points import KINDS
from customization.registry.binding import questions
from tests.support.cluster import REPOSITORY


def page(name: str) -> str:
    return (REPOSITORY / "docs" / "reference" / name).read_text(encoding="utf-8")


def test_every_event_of_the_core_is_described() -> None:
    kinds = {each.kind for each in Event.__subclasses__() if each.__module__.startswith("core_crm")}
    assert {kind for kind in kinds if f"`{kind}`" not in page("events.md")} == set()
    assert "voices.voice_closed" in kinds


def test_every_extension_point_and_kind_of_document_is_described() -> None:
    named = {*questions(), *KINDS}
    assert {name for name in named if f"`{name}`" not in page("extension-points.md")} == set()
