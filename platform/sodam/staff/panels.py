"""Boxes that plugins show beside a case: plain lines, drawn by us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from core_crm.common.contributions import Added, Panel
from core_crm.extension_points import panels
from core_crm.voices.selectors.case_view import case_view


@dataclass(frozen=True, slots=True)
class PanelView:
    """One box. `id` is part of an element's id."""

    id: str
    title: str
    plugin: str
    lines: tuple[tuple[str, str], ...]
    note: str


def of(voice: Any, *, now: datetime) -> list[PanelView]:
    """What the city's plugins have to say about this voice; nothing where none is on."""
    added = panels.all()
    if not added:
        return []
    view, today = case_view(voice), timezone.localdate(now)
    shown = ((one, one.what.show(view, today)) for one in added)
    return [_view(one, content) for one, content in shown if content is not None]


def _view(one: Added[Panel], content: Any) -> PanelView:
    is_english = (get_language() or "ko").startswith("en")
    title = one.what.label_en if is_english else one.what.label_ko
    return PanelView(one.code.replace(".", "-"), title, one.plugin, content.lines, content.note)
