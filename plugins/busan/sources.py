"""Where a voice comes from (표 5: 민원, 의회, 간담회 …), and how the paper solves such a one."""

from __future__ import annotations

from datetime import date

from customization.plugin_api import CaseView, PanelContent

FIELD = "voice_source"
NAMES = {
    "council": "의회",
    "meeting": "간담회",
    "field_talk": "현장대화",
    "press": "언론",
    "mayor_directive": "시장지시사항",
    "mayor_pledge": "시장공약사항",
    "other_office": "타 기관 건의",
}
LONG_TERM = frozenset({"mayor_directive", "mayor_pledge"})
"""In the paper's list of tasks these two are 장기성과제."""


def source_of(case: CaseView) -> str:
    """The source in Korean; a petition where nobody chose another."""
    return NAMES.get(str(case.attributes.get(FIELD) or ""), "민원")


def advice(case: CaseView, _today: date) -> PanelContent | None:
    """Which method the task screen offers for such a voice; none for an everyday petition."""
    chosen = str(case.attributes.get(FIELD) or "")
    if chosen in NAMES:
        term = "장기성과제" if chosen in LONG_TERM else "단기성과제"
        return PanelContent(
            lines=(("출처", NAMES[chosen]), ("과업구분", term), ("해결방법", _method(case))),
            note="과업으로 관리해 담당자가 바뀌어도 끝까지 풉니다. (사례연구 표 5)",
        )
    if case.is_compound:
        return PanelContent(
            lines=(("복합민원", "답하기 전에 품질 확인"), ("해결방법", "프로세스관리")),
            note="복합민원의 품질은 상급자가 평가합니다. (사례연구 표 5)",
        )
    return None


def _method(case: CaseView) -> str:
    """Work that goes round departments: 프로세스관리; how people are met: MOT관리."""
    return "프로세스관리" if case.is_compound else "MOT관리"
