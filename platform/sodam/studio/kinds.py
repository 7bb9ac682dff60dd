"""What the kinds of documents and the documents themselves are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from sodam.ui.document_words import document_title, kind_word, kind_words

__all__ = ["FIELD_WORDS", "document_title", "field_word", "kind_word", "kind_words"]

FIELD_WORDS = {
    "actions": gettext_lazy("할 일"),
    "amount": gettext_lazy("얼마"),
    "band": gettext_lazy("좋은 범위"),
    "base": gettext_lazy("몇 건으로 셌는지"),
    "category": gettext_lazy("성격"),
    "ceiling": gettext_lazy("100점인 값"),
    "closes_at": gettext_lazy("닫는 시각"),
    "comment": gettext_lazy("의견"),
    "decimals": gettext_lazy("소수 자리"),
    "department_role": gettext_lazy("맡는 부서의 구실"),
    "description": gettext_lazy("설명"),
    "direction": gettext_lazy("높을수록 좋은지"),
    "email": gettext_lazy("전자우편"),
    "en": gettext_lazy("영어"),
    "evaluation": gettext_lazy("평가"),
    "fee_krw": gettext_lazy("수수료(원)"),
    "fee_note": gettext_lazy("수수료 설명"),
    "fewest": gettext_lazy("가장 적은 표본"),
    "floor": gettext_lazy("0점인 값"),
    "formula": gettext_lazy("산식"),
    "from": gettext_lazy("이 값부터"),
    "grades": gettext_lazy("등급"),
    "high": gettext_lazy("높은 값"),
    "icon": gettext_lazy("그림"),
    "intro": gettext_lazy("머리말"),
    "items": gettext_lazy("항목"),
    "ko": gettext_lazy("한국어"),
    "kpi": gettext_lazy("지표"),
    "label": gettext_lazy("이름"),
    "legal_basis": gettext_lazy("근거 법령"),
    "level": gettext_lazy("누구를"),
    "low": gettext_lazy("낮은 값"),
    "maps_to": gettext_lazy("표준 상태"),
    "method": gettext_lazy("평가방법"),
    "no_data": gettext_lazy("값이 없으면"),
    "opens_at": gettext_lazy("여는 시각"),
    "period": gettext_lazy("처리기간"),
    "petition_class": gettext_lazy("민원 종류"),
    "points": gettext_lazy("점수"),
    "purpose": gettext_lazy("보내는 목적"),
    "question": gettext_lazy("물음"),
    "rights": gettext_lazy("필요한 권한"),
    "roles": gettext_lazy("역할"),
    "services": gettext_lazy("민원편람"),
    "sms": gettext_lazy("문자"),
    "sort": gettext_lazy("차례"),
    "source": gettext_lazy("출처"),
    "states": gettext_lazy("상태"),
    "subject": gettext_lazy("제목"),
    "target": gettext_lazy("목표"),
    "texts": gettext_lazy("문구"),
    "title": gettext_lazy("이름"),
    "transitions": gettext_lazy("단계"),
    "unit": gettext_lazy("단위"),
    "version": gettext_lazy("판"),
    "weight": gettext_lazy("가중치"),
}


def field_word(name: str) -> str:
    """What a field is called; its own name when that is the city's choice (a state, a code)."""
    return str(FIELD_WORDS.get(name, name))
