"""Words of the indicators' pages: methods, directions, levels and lengths of time."""

from __future__ import annotations

from django.utils.translation import gettext as _


def method_words() -> dict[str, str]:
    """What each method of evaluation is called."""
    return {
        "linear": _("구간 비례"),
        "target_ratio": _("목표 대비"),
        "step": _("등급"),
        "rank": _("순위"),
        "pass_fail": _("달성 여부"),
    }


def direction_words() -> dict[str, str]:
    """Which way is better."""
    return {
        "higher": _("높을수록"),
        "lower": _("낮을수록"),
        "band": _("범위 안"),
        "none": _("좋고 나쁨 없음"),
    }


def level_words() -> dict[str, str]:
    """Who is evaluated."""
    return {"both": _("부서와 담당자"), "department": _("부서"), "official": _("담당자")}


def period_words() -> dict[str, str]:
    """Over how long."""
    return {
        "month": _("달마다"),
        "quarter": _("분기마다"),
        "half": _("반기마다"),
        "year": _("해마다"),
    }
