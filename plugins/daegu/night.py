"""The hours of 120달구벌콜센터, every day 09–18, and who answers outside them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from customization.plugin_api import CaseView, PanelContent

SEOUL = timezone(timedelta(hours=9))
OPENS, CLOSES = time(9), time(18)
URGENT = frozenset({"safety", "road", "water"})
"""Categories in which a night may matter."""


def asked_at_night(case: CaseView) -> str:
    return "예" if _is_closed(case.received_at) else "아니요"


def hand_over(case: CaseView, _today: date) -> PanelContent | None:
    """Who was on duty when such a voice came; None by day, or when it can wait."""
    if case.category not in URGENT or not _is_closed(case.received_at):
        return None
    return PanelContent(
        lines=(("접수", "상담 시간(09:00–18:00) 밖"), ("그 시간의 창구", "재난안전상황실")),
        note="급한 일이면 재난안전상황실에 먼저 조치했는지 확인하세요.",
    )


def _is_closed(at: datetime) -> bool:
    return not OPENS <= at.astimezone(SEOUL).time() < CLOSES
