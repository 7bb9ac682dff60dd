"""The twelve languages of 055-120 and who interprets: by why somebody lives here."""

from __future__ import annotations

from datetime import date

from customization.plugin_api import CaseView, PanelContent

FIELD = "interpreter"
LANGUAGES = {
    "english": "영어",
    "chinese": "중국어",
    "japanese": "일본어",
    "vietnamese": "베트남어",
    "mongolian": "몽골어",
    "khmer": "캄보디아어",
    "nepali": "네팔어",
    "thai": "태국어",
    "filipino": "필리핀어",
    "uzbek": "우즈베크어",
    "sinhala": "스리랑카어",
    "russian": "러시아어",
}
PARTNERS = (
    "한국관광공사 1330",
    "경남가족센터",
    "경남외국인주민지원센터",
)


def language_of(case: CaseView) -> str | None:
    """The language to interpret, in Korean; None when nobody asked for one."""
    return LANGUAGES.get(str(case.attributes.get(FIELD) or ""))


def together(case: CaseView, _today: date) -> PanelContent | None:
    """How to call such a citizen: with one of three bodies on the line."""
    language = language_of(case)
    if language is None:
        return None
    partners = tuple((f"통역 기관 {number}", name) for number, name in enumerate(PARTNERS, start=1))
    return PanelContent(
        lines=(("말", language), *partners),
        note="먼저 결혼이민자·외국인 노동자·유학생 가운데 어디인지 물어 기관을 고릅니다.",
    )
