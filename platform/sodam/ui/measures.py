"""What the measures behind indicators are called, plugins' own included."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from core_crm.extension_points import measures
from sodam.ui.words import is_english

MEASURES: dict[str, str | Promise] = {
    "received": gettext_lazy("접수한 의견"),
    "closed": gettext_lazy("끝낸 의견"),
    "answered": gettext_lazy("답변한 의견"),
    "unable": gettext_lazy("처리 불가로 끝낸 의견"),
    "withdrawn": gettext_lazy("취하한 의견"),
    "transferred": gettext_lazy("다른 기관으로 보낸 의견"),
    "settled": gettext_lazy("답변·불가로 끝낸 의견"),
    "on_time": gettext_lazy("기한 안에 끝낸 의견"),
    "allowed_minutes": gettext_lazy("법정 처리기간 합"),
    "used_minutes": gettext_lazy("걸린 처리기간 합"),
    "invited": gettext_lazy("설문을 보낸 의견"),
    "rated": gettext_lazy("답한 설문"),
    "speed_sum": gettext_lazy("신속 점수 합"),
    "speed_count": gettext_lazy("신속에 준 점수"),
    "kindness_sum": gettext_lazy("친절 점수 합"),
    "kindness_count": gettext_lazy("친절에 준 점수"),
    "fairness_sum": gettext_lazy("공정 점수 합"),
    "fairness_count": gettext_lazy("공정에 준 점수"),
    "convenience_sum": gettext_lazy("편의 점수 합"),
    "convenience_count": gettext_lazy("편의에 준 점수"),
    "solved": gettext_lazy("해결됐다고 한 설문"),
    "unsolved": gettext_lazy("해결 안 됐다고 한 설문"),
}


def measure_words() -> dict[str, str]:
    """Name in formulas -> what it counts, in the reader's language."""
    added = {
        each.code: each.what.label_en if is_english() else each.what.label_ko
        for each in measures.all()
    }
    return {name: str(word) for name, word in MEASURES.items()} | added
