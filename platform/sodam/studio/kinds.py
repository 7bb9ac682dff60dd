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
