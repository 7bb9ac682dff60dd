"""The southern office (남부출장소) in Geumsan, opened on 2 January 2023."""

from __future__ import annotations

from datetime import date

from customization.plugin_api import CaseView, PanelContent

CITY = "sigun"
AREA = frozenset({"nonsan", "gyeryong", "geumsan"})
AT_ONCE = ("가축인공수정사 면허", "기술자·기능사 증명서", "공무원 경력확인서")
"""Some of the six petitions it deals with itself, as reported on the day it opened."""


def at_hand(case: CaseView, _today: date) -> PanelContent | None:
    """What the office does, beside a voice of its area."""
    if case.attributes.get(CITY) not in AREA:
        return None
    return PanelContent(
        lines=(("있는 곳", "금산군 진산면"), ("바로 처리", ", ".join(AT_ONCE))),
        note="관할구역의 민원업무와 인삼·약초, 국방 협력을 맡습니다. (조례 제81조)",
    )
