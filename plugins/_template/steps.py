"""Steps of a voice: one that refuses, and one that keeps something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from customization.plugin_api import Action, ActionResult, CaseView, Guard, records

VISITS = "visit"


def refuses(case: CaseView, now: datetime) -> str:
    """A voice that came by phone is not closed before somebody was there."""
    if case.channel != "phone" or records.get(VISITS, case.id):
        return ""
    return "전화로 받은 의견은 현장을 방문한 뒤에 끝낼 수 있습니다."


def make_visit(case: CaseView, arguments: Mapping[str, Any], now: datetime) -> ActionResult:
    """Keep the day of the visit, in a record of ours and with the voice."""
    day = now.date().isoformat()
    records.put(VISITS, case.id, {"visited_on": day})
    return ActionResult({"visited_on": day}, note=f"현장 방문: {day}")


VISIT_MADE = Guard(
    code="visit_made", label_ko="현장 방문을 했는가", label_en="Was it visited?", refuses=refuses
)
MAKE_VISIT = Action(
    code="make_visit", label_ko="현장 방문 기록", label_en="Record a visit", run=make_visit
)
