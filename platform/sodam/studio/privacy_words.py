"""Words of the privacy page."""

from __future__ import annotations

from django.utils.translation import gettext as _


def kind_word(kind: str) -> str:
    """What a citizen asks (개인정보 보호법 제35–37조)."""
    return {
        "access": _("열람"),
        "correct": _("정정"),
        "erase": _("삭제"),
        "restrict": _("처리 정지"),
    }[kind]


def state_word(state: str) -> str:
    """How a request stands."""
    return {
        "open": _("결정 전"),
        "accepted": _("실행 전"),
        "done": _("마침"),
        "refused": _("거절"),
    }[state]


def then_word(then: str) -> str:
    """What becomes of what was kept long enough."""
    return _("지움") if then == "delete" else _("누구인지 지움")


def action_word(action: str) -> str:
    """What was done with a person's data; an unknown one by its code."""
    words = {
        "customer.viewed": _("고객 화면을 봄"),
        "customer.unmasked": _("가린 값을 엶"),
        "customer.exported": _("파일로 내보냄"),
        "customer.reported": _("가진 정보 전체를 봄"),
        "customer.handed_over": _("본인에게 넘김"),
    }
    return words.get(action, action)
