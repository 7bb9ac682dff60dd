"""Reasons an official may give for needing longer, the lawful and the unlawful ones.

민원 처리에 관한 법률 시행령 제21조, 대통령령 제36296호 (시행 2026-05-06), read 2026-11-24.
"""

from __future__ import annotations

from dataclasses import dataclass

from core_crm.calendars import EXTENSION_REASONS as LAWFUL_ARTICLES
from core_crm.calendars import ExtensionReason as Code

UNLAWFUL_ARTICLE = "민원 처리에 관한 법률 시행령 제21조 제2항"


@dataclass(frozen=True, slots=True)
class ExtensionReason:
    """One reason. An unlawful one is listed so that it can be refused with its article."""

    code: str
    label_ko: str
    label_en: str
    article: str
    is_lawful: bool


def _reason(code: Code, label_ko: str, label_en: str) -> ExtensionReason:
    article = LAWFUL_ARTICLES.get(code, UNLAWFUL_ARTICLE)
    return ExtensionReason(code.value, label_ko, label_en, article, code in LAWFUL_ARTICLES)


_ALL = (
    _reason(Code.COOPERATION, "관계 기관·부서의 협조 필요", "Another office must take part"),
    _reason(Code.FACT_FINDING, "사실관계 또는 현장 확인 필요", "Facts or the site must be checked"),
    _reason(Code.FORCE_MAJEURE, "천재지변이나 불가항력", "Natural disaster or force majeure"),
    _reason(Code.SIMILAR, "그에 준하는 사유", "A comparable reason"),
    _reason(Code.OVERLOAD, "업무 과중", "Too much work"),
    _reason(Code.LATE_ASSIGNMENT, "담당자 지정 지연", "Late assignment"),
    _reason(Code.ABSENCE, "담당자 부재", "Absence of staff"),
)

EXTENSION_REASONS: dict[str, ExtensionReason] = {reason.code: reason for reason in _ALL}
