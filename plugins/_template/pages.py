"""What officials see: a box beside a voice, and a column in their export."""

from __future__ import annotations

from datetime import date, timedelta

from customization.plugin_api import (
    CaseView,
    Panel,
    PanelContent,
    ReportColumn,
    configured,
    records,
)
from plugins._template.config import Config
from plugins._template.steps import VISITS


def show(case: CaseView, today: date) -> PanelContent | None:
    """When the place is to be visited, or was. Nothing to say of other channels."""
    if case.channel != "phone":
        return None
    visit = records.get(VISITS, case.id)
    if visit:
        return PanelContent((("방문일", str(visit["visited_on"])),))
    until = case.received_at.date() + timedelta(days=configured(Config).visit_within_days)
    note = "방문 기한이 지났습니다." if today > until else ""
    return PanelContent((("방문 기한", until.isoformat()),), note=note)


def days_allowed(case: CaseView) -> int:
    """Whole days between receipt and due time."""
    return (case.due_at - case.received_at).days


VISIT = Panel(code="visit", label_ko="현장 방문", label_en="Visit", show=show)
DAYS_LEFT = ReportColumn(
    code="days_allowed", label_ko="주어진 날수", label_en="Days allowed", value=days_allowed
)
