"""Where the law asks more of those who smell: the odour control areas (악취관리지역) of Ulsan."""

from __future__ import annotations

from datetime import date

from customization.plugin_api import CaseView, PanelContent

CATEGORY = "industrial_site"
WORDS = ("악취", "냄새")
NAMED = ("울산·미포 국가산업단지", "온산 국가산업단지", "울주군 삼동면")
"""Three of the four; the report of 2021-10-05 does not name the fourth."""
SUMMER = range(6, 10)


def areas(case: CaseView, today: date) -> PanelContent | None:
    """The areas, beside a voice about a smell; None beside any other."""
    if case.category != CATEGORY and not any(word in case.title for word in WORDS):
        return None
    lines = tuple((f"지역 {number}", name) for number, name in enumerate(NAMED, start=1))
    season = "악취가 잦은 여름철입니다. " if today.month in SUMMER else ""
    return PanelContent(
        lines=lines,
        note=f"{season}악취관리지역은 모두 네 곳입니다. 여기면 조사 결과를 함께 봅니다.",
    )
