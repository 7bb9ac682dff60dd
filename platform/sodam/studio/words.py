"""Words of the studio's pages for classes, periods and units."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


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
