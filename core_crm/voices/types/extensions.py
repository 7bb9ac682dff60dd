"""Reasons an official may give for needing longer, the lawful and the unlawful ones.

민원 처리에 관한 법률 시행령 제21조, 대통령령 제36296호 (시행 2026-05-06), read 2026-11-24.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FORBIDDEN_SINCE_ON = date(2026, 5, 6)


@dataclass(frozen=True, slots=True)
class ExtensionReason:
    """One reason. An unlawful one is listed so that it can be refused with its article."""

    code: str
    label_ko: str
    label_en: str
    article: str
    is_lawful: bool


def _lawful(code: str, label_ko: str, label_en: str, item: int) -> ExtensionReason:
    article = f"민원 처리에 관한 법률 시행령 제21조 제1항 제{item}호"
    return ExtensionReason(code, label_ko, label_en, article, is_lawful=True)


def _unlawful(code: str, label_ko: str, label_en: str) -> ExtensionReason:
    article = "민원 처리에 관한 법률 시행령 제21조 제2항"
    return ExtensionReason(code, label_ko, label_en, article, is_lawful=False)


_ALL = (
    _lawful("cooperation", "관계 기관·부서의 협조 필요", "Another office must take part", 1),
    _lawful("fact_finding", "사실관계 또는 현장 확인 필요", "Facts or the site must be checked", 2),
    _lawful("force_majeure", "천재지변이나 불가항력", "Natural disaster or force majeure", 3),
    _lawful("comparable", "그에 준하는 사유", "A comparable reason", 4),
    _unlawful("overload", "업무 과중", "Too much work"),
    _unlawful("late_assignment", "담당자 지정 지연", "Late assignment"),
    _unlawful("absence", "담당자 부재", "Absence of staff"),
)

EXTENSION_REASONS: dict[str, ExtensionReason] = {reason.code: reason for reason in _ALL}
