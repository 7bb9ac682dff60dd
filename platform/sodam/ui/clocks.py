"""The clock pill's words: working time left, in hours under a day, else in days of eight hours."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

MINUTE_SECONDS, DAY_SECONDS = 60, 8 * 3600
RING_LENGTH = 37.7  # circumference of the pill's ring, radius 6


@dataclass(frozen=True, slots=True)
class Clock:
    """What the pill shows."""

    word: str
    tone: str
    ring: str
    why: str = ""


def clock(seconds_left: float | None, *, used_ratio: float, state: str, why: str = "") -> Clock:
    """The pill of a voice: `soon` from one working day on, `over` past the due time.

    `left_out`: the clock goes on, but not today; `why` is the article that leaves the day out.
    """
    ring = f"{min(max(used_ratio, 0.0), 1.0) * RING_LENGTH:.1f} {RING_LENGTH}"
    if state == "done" or seconds_left is None:
        return Clock(_("끝남"), "done", ring)
    if state == "paused":
        return Clock(_("시계 멈춤"), "paused", ring)
    if state == "left_out":
        return Clock(_("오늘은 세지 않음"), "paused", ring, why)
    if -MINUTE_SECONDS < seconds_left < 0:  # late, but no office hour has passed since
        return Clock(_("기한 지남"), "over", ring)
    if seconds_left < 0:
        return Clock(_("%(time)s 지남") % {"time": _length(-seconds_left)}, "over", ring)
    return Clock(_left(seconds_left), "soon" if seconds_left <= DAY_SECONDS else "", ring)


def _left(seconds: float) -> str:
    if seconds > DAY_SECONDS:
        return f"D-{int(seconds // DAY_SECONDS)}"
    return _length(seconds)


def _length(seconds: float) -> str:
    if seconds >= DAY_SECONDS:
        return _("%(days)d일") % {"days": int(seconds // DAY_SECONDS)}
    hours, minutes = int(seconds // 3600), int(seconds % 3600 // 60)
    if hours:
        return _("%(hours)d시간 %(minutes)02d분") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)d분") % {"minutes": minutes}
