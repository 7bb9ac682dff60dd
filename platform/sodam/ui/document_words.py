"""What the kinds of documents are called, on every face that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LONGEST = 160


def kind_words() -> dict[str, str]:
    """Kind -> its name, in the order of lists."""
    return {
        "kpi": _("성과지표"),
        "performance_contract": _("직무성과계약"),
        "workflow": _("업무 흐름"),
        "form": _("항목과 양식"),
        "code_list": _("분류와 편람"),
        "routing": _("배정 규칙"),
        "sla": _("처리 목표"),
        "calendar": _("업무시간"),
        "survey": _("만족도 조사"),
        "template": _("알림 문구"),
        "campaign_type": _("캠페인 종류"),
        "terminology": _("부르는 말"),
        "branding": _("모습"),
        "consent_text": _("동의 문구"),
        "retention": _("보유기간"),
        "evaluation_sheet": _("평가표"),
        "task_method": _("과업 해결방법"),
        "call_routing": _("전화 응대"),
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
    return _only_ones().get(code, code)


def _only_ones() -> dict[str, str]:
    """Documents that are the only one of their kind, or have no name of their own."""
    return {
        "categories": _("분야"),
        "citizen": _("시민"),
        "city": _("우리 시·도"),
        "services": _("민원편람"),
        "voice": _("고객의 소리"),
    }


def as_text(value: Any) -> str:
    """A value as people read and type it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    shown = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000)
    return shown.removesuffix("...\n").strip()


def cut(text: str, *, longest: int = LONGEST) -> str:
    """A text short enough for a cell."""
    return text if len(text) <= longest else f"{text[:longest]}…"
