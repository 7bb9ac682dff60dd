"""What the kinds of documents and the documents themselves are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _


def kind_words() -> dict[str, str]:
    """Kind -> its name, in the order of the studio's list."""
    return {
        "kpi": _("성과지표"),
        "workflow": _("업무 흐름"),
        "code_list": _("분류와 편람"),
        "calendar": _("업무시간"),
        "survey": _("만족도 조사"),
        "template": _("알림 문구"),
    }


def kind_word(kind: str) -> str:
    return kind_words().get(kind, kind)


def document_title(code: str, body: Any) -> str:
    """What a document calls itself, else its code."""
    if isinstance(body, Mapping):
        for name in ("label", "title"):
            given = body.get(name)
            if isinstance(given, Mapping):
                language = (get_language() or "ko")[:2]
                return str(given.get(language) or given.get("ko") or code)
            if isinstance(given, str) and given:
                return given
    return {"categories": _("분야"), "services": _("민원편람")}.get(code, code)


def field_word(name: str) -> str:
    """What a field is called; its own name when that is the city's choice (a state, a code)."""
    known = {
        "actions": _("할 일"),
        "amount": _("얼마"),
        "base": _("몇 건으로 셌는지"),
        "category": _("성격"),
        "closes_at": _("닫는 시각"),
        "comment": _("의견"),
        "decimals": _("소수 자리"),
        "department_role": _("맡는 부서의 구실"),
        "description": _("설명"),
        "direction": _("높을수록 좋은지"),
        "email": _("전자우편"),
        "en": _("영어"),
        "fee_krw": _("수수료(원)"),
        "fee_note": _("수수료 설명"),
        "fewest": _("가장 적은 표본"),
        "formula": _("산식"),
        "icon": _("그림"),
        "intro": _("머리말"),
        "ko": _("한국어"),
        "label": _("이름"),
        "legal_basis": _("근거 법령"),
        "maps_to": _("표준 상태"),
        "opens_at": _("여는 시각"),
        "period": _("처리기간"),
        "petition_class": _("민원 종류"),
        "purpose": _("보내는 목적"),
        "question": _("물음"),
        "rights": _("필요한 권한"),
        "roles": _("역할"),
        "services": _("민원편람"),
        "sms": _("문자"),
        "sort": _("차례"),
        "source": _("출처"),
        "states": _("상태"),
        "subject": _("제목"),
        "target": _("목표"),
        "texts": _("문구"),
        "title": _("이름"),
        "transitions": _("단계"),
        "unit": _("단위"),
        "version": _("판"),
    }
    return known.get(name, name)
