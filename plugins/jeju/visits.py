"""Who mediates when a guest is unhappy, and which of the two cities a voice is about."""

from __future__ import annotations

from datetime import date

from customization.plugin_api import CaseView, PanelContent

CATEGORY, KIND, CITY = "tourism", "visit_kind", "haengjeongsi"
CITIES = {"jeju": "제주시", "seogwipo": "서귀포시"}
OF_TRADERS = frozenset({"stay", "food", "agency", "shop"})
"""Kinds in which there is a trader to talk to; of these the association settles most itself."""


def city_of(case: CaseView) -> str | None:
    return CITIES.get(str(case.attributes.get(CITY) or ""))


def centre(case: CaseView, _today: date) -> PanelContent | None:
    """The centre, beside trouble on a visit: it sends a team and mediates with traders."""
    if case.category != CATEGORY:
        return None
    is_traders = case.attributes.get(KIND) in OF_TRADERS
    way = "센터가 사업자와 중재" if is_traders else "행정이 처리하고 센터에 알림"
    return PanelContent(
        lines=(("센터", "제주관광불편신고센터 1533-0082"), ("운영", "제주도관광협회"), ("길", way)),
        note="처음 두 달 226건 가운데 센터가 166건을 스스로 풀었습니다. (2024-09-10)",
    )
