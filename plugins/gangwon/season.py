"""The wildfire seasons (산불조심기간): 1 February – 15 May and 1 November – 15 December.

A government may move them to the weather of a year; then a new version of this file says so.
"""

from __future__ import annotations

from datetime import date

from customization.plugin_api import CaseView, PanelContent

CATEGORIES = frozenset({"forest", "park"})
WORDS = ("산불", "소각", "연기", "입산")
SEASONS = (
    ("봄", (2, 1), (5, 15)),
    ("가을", (11, 1), (12, 15)),
)


def season_of(day: date) -> str:
    """봄 or 가을 while a season lasts, both ends included; else an empty text."""
    for name, begins, ends in SEASONS:
        if begins <= (day.month, day.day) <= ends:
            return name
    return ""


def beside(case: CaseView, today: date) -> PanelContent | None:
    """A reminder beside voices about forests while a season lasts."""
    season = season_of(today)
    if not season or not (case.category in CATEGORIES or any(word in case.title for word in WORDS)):
        return None
    return PanelContent(
        lines=(("기간", f"{season}철 산불조심기간"), ("신고", "119, 산불방지센터")),
        note="산림 가까이에서 불을 피우는 일은 먼저 산불방지센터에 알리세요. (조례 제83조)",
    )
