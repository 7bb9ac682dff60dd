"""Words of the studio's pages for classes, periods and units."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sodam.ui.words import is_english


def in_language(ko: str, en: str) -> str:
    """The text in the reader's language; the Korean one where there is no other."""
    return en if en and is_english() else ko


def class_words() -> dict[str, str]:
    """What each class of petition is called."""
    return {
        "statutory": _("법정민원"),
        "inquiry_legal": _("질의민원(법령 해석)"),
        "inquiry": _("질의민원"),
        "suggestion": _("건의민원"),
        "other": _("기타민원"),
        "grievance": _("고충민원"),
    }


def class_word(code: str) -> str:
    return class_words().get(code, code)


def unit_words() -> dict[str, str]:
    """What each unit of a period is called."""
    return {
        "immediately": _("즉시 (3근무시간)"),
        "hours": _("시간"),
        "days": _("일"),
        "weeks": _("주"),
        "months": _("월"),
        "years": _("년"),
    }


def period_word(unit: str, amount: int) -> str:
    """`7일`, `즉시`, `3개월`."""
    words = {
        "hours": ngettext("%(n)d시간", "%(n)d시간", amount),
        "days": ngettext("%(n)d일", "%(n)d일", amount),
        "weeks": ngettext("%(n)d주", "%(n)d주", amount),
        "months": ngettext("%(n)d개월", "%(n)d개월", amount),
        "years": ngettext("%(n)d년", "%(n)d년", amount),
    }
    return words[unit] % {"n": amount} if unit in words else _("즉시")


def watcher_words() -> dict[str, str]:
    """Who is asked to look once a target is used up."""
    return {
        "head": _("부서장"),
        "steward": _("기준정보 담당"),
        "admin": _("관리자"),
    }


def purpose_words() -> dict[str, str]:
    """Why the city writes."""
    return {
        "statutory_notice": _("법정 안내"),
        "service_info": _("민원 안내"),
        "survey": _("만족도 조사"),
        "promotion": _("광고성 정보"),
    }


def consent_words() -> dict[str, str]:
    """What a citizen must have agreed to."""
    return {
        "none_required": _("필요 없음(법이 정한 통지)"),
        "service": _("연락처를 남길 때 한 동의"),
        "marketing": _("광고 수신에 따로 한 동의"),
    }


def trigger_words(*, has_plugin: bool = True) -> dict[str, str]:
    """What sets a campaign off."""
    words = {
        "event": _("어떤 일이 있을 때"),
        "date_field": _("시민의 어느 날짜에 맞추어"),
        "schedule": _("주마다, 달마다"),
        "manual": _("담당자가 시작할 때"),
    }
    return words | ({"plugin": _("플러그인이 알려 줄 때")} if has_plugin else {})


def happening_words() -> dict[str, str]:
    """What happens between a citizen and the city."""
    return {
        "voice_registered": _("의견을 접수하면"),
        "voice_answered": _("답변이 나오면"),
        "voice_unable": _("할 수 없다고 알리면"),
        "voice_transferred": _("다른 기관으로 보내면"),
        "voice_reopened": _("다시 열면"),
    }


def once_words() -> dict[str, str]:
    """What nobody gets twice."""
    return {
        "citizen_event": _("일 하나에 한 번"),
        "citizen_campaign": _("한 사람에게 회차마다 한 번"),
        "citizen_year": _("한 사람에게 한 해에 한 번"),
        "none": _("정하지 않음"),
    }


def approval_words() -> dict[str, str]:
    """Who lets it go."""
    return {
        "none": _("필요 없음(저절로)"),
        "manager": _("부서장 한 사람"),
        "two_person": _("두 사람"),
    }
