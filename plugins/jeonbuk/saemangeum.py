"""Which city or county the reclaimed land of Saemangeum belongs to, as far as it is decided."""

from __future__ import annotations

from datetime import date

from customization.plugin_api import CaseView, PanelContent

CATEGORY, WORD = "saemangeum", "새만금"
DECIDED = (
    ("동서도로, 수변도시, 농생명용지", "김제시"),
    ("만경 6공구 방수제", "김제시"),
    ("남북2축도로", "군산시·김제시·부안군으로 나눔"),
)
OPEN = "새만금신항"


def whose(case: CaseView, _today: date) -> PanelContent | None:
    """The decisions up to 16 September 2025, beside a voice about Saemangeum."""
    if case.category != CATEGORY and WORD not in case.title:
        return None
    return PanelContent(
        lines=DECIDED,
        note=f"{OPEN}은 아직 정해지지 않았습니다. 도가 먼저 받아 맡을 곳에 잇습니다.",
    )
