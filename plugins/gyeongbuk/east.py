"""The east coast (동해안권): five cities and counties, served by 환동해지역본부 in Pohang."""

from __future__ import annotations

from datetime import date

from customization.plugin_api import CaseView, PanelContent

CITY = "sigun"
COAST = frozenset({"pohang", "gyeongju", "yeongdeok", "uljin", "ulleung"})
NOT_THERE = "여권"


def is_coast(case: CaseView) -> str | None:
    """예 or 아니요, by the place that was chosen; None when nobody chose one."""
    city = case.attributes.get(CITY)
    if not isinstance(city, str) or not city:
        return None
    return "예" if city in COAST else "아니요"


def in_pohang(case: CaseView, _today: date) -> PanelContent | None:
    """That the citizen need not come to Andong; None elsewhere, and for a passport."""
    if case.attributes.get(CITY) not in COAST or NOT_THERE in case.title:
        return None
    return PanelContent(
        lines=(("창구", "환동해종합민원실"), ("있는 곳", "포항"), ("안 되는 것", "여권")),
        note="도 본청의 민원도 여기에서 접수해 처리합니다. (조례 제38조의2)",
    )
