"""What happened between a citizen and the city, as the page of a customer tells it.

Lines about voices of other departments are counted, never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.customers.selectors import timeline_hidden, timeline_kinds, timeline_page
from core_crm.messaging.selectors import messages_about_many
from core_crm.staff.types import Right
from core_crm.voices.selectors import visible_to
from sodam.staff.access import StaffRequest
from sodam.staff.customer_links import address_of
from sodam.staff.labels import CHANNELS, DELIVERIES, Sign, state_sign
from sodam.ui import words

VOICE, OCCASION = "voice", "occasion"
TOGETHER = timedelta(seconds=60)
"""A message that was written within this time of a line belongs to it: one act writes both."""

KINDS: dict[str, Sign] = {
    "voice_registered": Sign(gettext_lazy("의견 접수"), "inbox"),
    "voice_answered": Sign(gettext_lazy("답변"), "check", "ok"),
    "voice_unable": Sign(gettext_lazy("불가로 종결"), "ban", "no"),
    "voice_withdrawn": Sign(gettext_lazy("취하"), "minus"),
    "voice_transferred": Sign(gettext_lazy("이첩"), "arrow-out"),
    "voice_reopened": Sign(gettext_lazy("다시 엶"), "refresh", "wait"),
    "participated": Sign(gettext_lazy("방문·참여"), "culture"),
    "survey_answered": Sign(gettext_lazy("만족도 응답"), "smile", "ok"),
    "call": Sign(gettext_lazy("통화"), "phone"),
    "message": Sign(gettext_lazy("메시지"), "mail"),
}
OTHER = Sign(gettext_lazy("그 밖의 일"), "info")
GROUPS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "voices": (gettext_lazy("의견"), ("voice_registered", "voice_reopened")),
    "results": (
        gettext_lazy("처리 결과"),
        ("voice_answered", "voice_unable", "voice_withdrawn", "voice_transferred"),
    ),
    "visits": (gettext_lazy("방문·참여"), ("participated",)),
    "surveys": (gettext_lazy("만족도"), ("survey_answered",)),
    "calls": (gettext_lazy("통화"), ("call",)),
    "messages": (gettext_lazy("메시지"), ("message",)),
}


@dataclass(slots=True)
class Line:
    """One thing that happened; `hidden` above zero: so many that may not be shown."""

    at: datetime
    when: str = ""
    sign: Sign = OTHER
    text: str = ""
    url: str = ""
    state: Sign | None = None
    place: str = ""
    sent: list[dict[str, Any]] = field(default_factory=list)
    hidden: int = 0
    month: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A page of lines, the newest first, and where those before them are."""

    lines: list[Line]
    more_url: str


def told(request: StaffRequest, citizen_id: UUID, ids: Sequence[UUID], *, limit: int = 30) -> Told:
    """The lines that the address asks for: a group (`show`), from a place (`before`)."""
    show, before = request.GET.get("show", ""), request.GET.get("before", "")
    group = GROUPS.get(show)
    page = timeline_page(ids, before=before, kinds=group and group[1], limit=limit)
    lines = _lines(request, page.entries, after=request.GET.get("month", ""))
    return Told(lines, _more_url(citizen_id, show if group else "", page.before, lines))


def _more_url(citizen_id: UUID, show: str, before: str, lines: list[Line]) -> str:
    if not before:
        return ""
    last = next((line.month for line in reversed(lines) if line.month), "")
    asked = {"show": show, "before": before, "month": last}
    query = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    return f"{reverse('staff_customer_timeline', args=[citizen_id])}?{query}"


def groups(request: StaffRequest, ids: Sequence[UUID], here: str) -> list[dict[str, Any]]:
    """The kinds of things that happened, each with how often, to choose from."""
    counts, wanted = timeline_kinds(ids), request.GET.get("show", "")
    found = [
        {
            "code": code,
            "word": word,
            "count": count,
            "url": f"{here}?show={code}#timeline",
            "is_here": wanted == code,
        }
        for code, (word, kinds) in GROUPS.items()
        if (count := sum(counts.get(kind, 0) for kind in kinds))
    ]
    whole = {
        "code": "",
        "word": _("모두"),
        "count": sum(counts.values()),
        "url": f"{here}#timeline",
        "is_here": wanted not in GROUPS,
    }
    return [whole, *found] if found else []


def hidden_count(request: StaffRequest, ids: Sequence[UUID]) -> int:
    """How many lines this official may not see."""
    if request.official.has(Right.VOICE_VIEW_ALL):
        return 0
    return timeline_hidden(ids, about_kind=VOICE, shown=_visible(request).values("pk"))


def _visible(request: StaffRequest) -> Any:
    return visible_to(request.official)  # type: ignore[arg-type]  # a page knows what it needs


def _lines(request: StaffRequest, entries: Sequence[Any], *, after: str = "") -> list[Line]:
    about = {one.about_id for one in entries if one.about_kind == VOICE}
    shown = _visible(request).filter(pk__in=about).select_related("department") if about else ()
    voices = {one.pk: one for one in shown}
    sent = _sent(voices)
    lines: list[Line] = []
    for entry in entries:
        if entry.about_kind == VOICE and entry.about_id not in voices:
            _hide(lines, entry)
        else:
            lines.append(_line(entry, voices.get(entry.about_id), sent))
    _head(lines, after)
    return lines


def _hide(lines: list[Line], entry: Any) -> None:
    """Neighbours that may not be shown are one line."""
    if not lines or not lines[-1].hidden:
        lines.append(Line(entry.at))
    lines[-1].hidden += 1


def _head(lines: Iterable[Line], last: str) -> None:
    """The first line of each month says so."""
    for line in lines:
        local = timezone.localtime(line.at)
        month = f"{local:%Y-%m}"
        if month != last:
            line.month = last = month


def _line(entry: Any, voice: Any, sent: Mapping[UUID, list[Any]]) -> Line:
    line = Line(
        at=entry.at,
        when=words.short_date_time(timezone.localtime(entry.at)),
        sign=KINDS.get(entry.kind, OTHER),
        text=entry.summary,
    )
    if voice is not None:
        line.text = voice.title
        line.url = reverse("staff_voice", args=[voice.ref])
        line.place = " · ".join(
            part for part in (voice.ref, voice.department and voice.department.name_ko) if part
        )
        if entry.kind == "voice_registered":
            line.state = state_sign(voice.phase, outcome=voice.outcome)
        line.sent = [_delivery(one) for one in sent.get(voice.pk, ()) if _belongs(one, entry)]
    elif entry.about_kind == OCCASION:
        line.url = address_of("staff_occasion", entry.about_id)
    return line


def _sent(voices: Mapping[UUID, Any]) -> dict[UUID, list[Any]]:
    """Messages about these voices, by voice."""
    found: dict[UUID, list[Any]] = {}
    for message in messages_about_many(VOICE, voices) if voices else ():
        found.setdefault(message.about_id, []).append(message)
    return found


def _belongs(message: Any, entry: Any) -> bool:
    return timedelta(0) <= message.created_at - entry.at < TOGETHER


def _delivery(message: Any) -> dict[str, Any]:
    sign = DELIVERIES[message.state]
    road = CHANNELS.get(message.channel, message.channel)
    return {"icon": sign.icon, "text": f"{road} · {sign.word}"}
