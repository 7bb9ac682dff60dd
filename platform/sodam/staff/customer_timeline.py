"""What happened between a citizen and the city, as the page of a customer tells it.

Lines about voices of other departments are counted, never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
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
from sodam.staff.customer_sent import (
    belongs,
    delivery,
    sent_between,
    sent_count,
    word_of_message,
)
from sodam.staff.labels import Sign, state_sign
from sodam.ui import words

VOICE, OCCASION = "voice", "occasion"

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
}
OTHER = Sign(gettext_lazy("그 밖의 일"), "info")
SENT = Sign(gettext_lazy("메시지"), "send")
GROUPS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "voices": (gettext_lazy("의견"), ("voice_registered", "voice_reopened")),
    "results": (
        gettext_lazy("처리 결과"),
        ("voice_answered", "voice_unable", "voice_withdrawn", "voice_transferred"),
    ),
    "visits": (gettext_lazy("방문·참여"), ("participated",)),
    "surveys": (gettext_lazy("만족도"), ("survey_answered",)),
    "calls": (gettext_lazy("통화"), ("call",)),
}
MESSAGES = "messages"


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
    """The lines that the address asks for: a group (`show`), from a place (`before`, `until`)."""
    show, until = request.GET.get("show", ""), _instant(request.GET.get("until", ""))
    if show == MESSAGES:
        return _messages(request, citizen_id, ids, until=until, limit=limit)
    group = GROUPS.get(show)
    page = timeline_page(
        ids, before=request.GET.get("before", ""), kinds=group and group[1], limit=limit
    )
    last = page.entries[-1].at if page.before else None
    lines = _lines(request, page.entries)
    if group is None:
        _put_messages(request, lines, page.entries, ids, since=last, until=until)
    asked = {"show": show if group else "", "before": page.before, "until": _text(last)}
    return _told(request, citizen_id, lines, asked if page.before else {})


def _told(
    request: StaffRequest, citizen_id: UUID, lines: list[Line], asked: dict[str, str]
) -> Told:
    """Lines under their months, and the address of those before them when something is asked."""
    _head(lines, request.GET.get("month", ""))
    if not asked:
        return Told(lines, "")
    asked["month"] = f"{timezone.localtime(lines[-1].at):%Y-%m}"
    query = urlencode({name: value for name, value in asked.items() if value})
    return Told(lines, f"{reverse('staff_customer_timeline', args=[citizen_id])}?{query}")


def _messages(
    request: StaffRequest,
    citizen_id: UUID,
    ids: Sequence[UUID],
    *,
    until: datetime | None,
    limit: int,
) -> Told:
    """Messages alone."""
    found = sent_between(_theirs(request, ids), ids, until=until, most=limit + 1)
    shown, is_more = found[:limit], len(found) > limit
    lines = [_sent_line(one, voice) for one, voice in _with_voices(request, shown)]
    asked = {"show": MESSAGES, "until": _text(shown[-1].created_at)} if is_more else {}
    return _told(request, citizen_id, lines, asked)


def _put_messages(
    request: StaffRequest,
    lines: list[Line],
    entries: Sequence[Any],
    ids: Sequence[UUID],
    *,
    since: datetime | None,
    until: datetime | None,
) -> None:
    """Messages that belong to no line stand among the lines, at their time."""
    sent = sent_between(_theirs(request, ids), ids, since=since, until=until)
    loose = [one for one in sent if not any(belongs(one, entry) for entry in entries)]
    lines += [_sent_line(one, voice) for one, voice in _with_voices(request, loose)]
    lines.sort(key=lambda line: line.at, reverse=True)


def _with_voices(request: StaffRequest, sent: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Each with its voice; None for what is about no voice."""
    voices = _voices(request, {one.about_id for one in sent if one.about_kind == VOICE})
    return [(one, voices.get(one.about_id) if one.about_kind == VOICE else None) for one in sent]


def _sent_line(message: Any, voice: Any) -> Line:
    line = Line(
        at=message.created_at,
        when=words.short_date_time(timezone.localtime(message.created_at)),
        sign=replace(SENT, word=word_of_message(message)),
        text=message.subject,
        sent=[delivery(message)],
    )
    if voice is not None:
        line.text, line.place = voice.title, _place(voice)
        line.url = reverse("staff_voice", args=[voice.ref])
    return line


def _instant(text: str) -> datetime | None:
    """What an address of ours says; nothing when somebody wrote it otherwise."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _text(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def groups(request: StaffRequest, ids: Sequence[UUID], here: str) -> list[dict[str, Any]]:
    """The kinds of things that happened, each with how often, to choose from."""
    counts, wanted = timeline_kinds(ids), request.GET.get("show", "")
    sent = sent_count(_theirs(request, ids), ids)
    found = [
        {
            "code": code,
            "word": word,
            "count": count,
            "url": f"{here}?show={code}#timeline",
            "is_here": wanted == code,
        }
        for code, word, count in _counted(counts, sent)
        if count
    ]
    whole = {
        "code": "",
        "word": _("모두"),
        "count": sum(counts.values()) + sent,
        "url": f"{here}#timeline",
        "is_here": not any(one["is_here"] for one in found),
    }
    return [whole, *found] if found else []


def _counted(counts: Mapping[str, int], sent: int) -> Iterator[tuple[str, Any, int]]:
    for code, (word, kinds) in GROUPS.items():
        yield code, word, sum(counts.get(kind, 0) for kind in kinds)
    yield MESSAGES, _("메시지"), sent


def hidden_count(request: StaffRequest, ids: Sequence[UUID]) -> int:
    """How many lines this official may not see."""
    if request.official.has(Right.VOICE_VIEW_ALL):
        return 0
    return timeline_hidden(ids, about_kind=VOICE, shown=_visible(request).values("pk"))


def _visible(request: StaffRequest) -> Any:
    return visible_to(request.official)  # type: ignore[arg-type]  # a page knows what it needs


def _theirs(request: StaffRequest, ids: Sequence[UUID]) -> Any:
    """Their voices that this official may see."""
    return _visible(request).filter(citizen__in=ids)


def _voices(request: StaffRequest, wanted: set[UUID]) -> dict[UUID, Any]:
    """Those of these voices that this official may see, by id."""
    if not wanted:
        return {}
    return {
        one.pk: one for one in _visible(request).filter(pk__in=wanted).select_related("department")
    }


def _lines(request: StaffRequest, entries: Sequence[Any]) -> list[Line]:
    voices = _voices(request, {one.about_id for one in entries if one.about_kind == VOICE})
    sent = list(messages_about_many(VOICE, voices)) if voices else []
    lines: list[Line] = []
    for entry in entries:
        if entry.about_kind == VOICE and entry.about_id not in voices:
            _hide(lines, entry)
        else:
            lines.append(_line(entry, voices.get(entry.about_id), sent))
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


def _line(entry: Any, voice: Any, sent: Sequence[Any]) -> Line:
    line = Line(
        at=entry.at,
        when=words.short_date_time(timezone.localtime(entry.at)),
        sign=KINDS.get(entry.kind, OTHER),
        text=entry.summary,
    )
    if voice is not None:
        line.text = voice.title
        line.url = reverse("staff_voice", args=[voice.ref])
        line.place = _place(voice)
        if entry.kind == "voice_registered":
            line.state = state_sign(voice.phase, outcome=voice.outcome)
        line.sent = [delivery(one) for one in sent if belongs(one, entry)]
    elif entry.about_kind == OCCASION:
        line.url = address_of("staff_occasion", entry.about_id)
    return line


def _place(voice: Any) -> str:
    """Its reference and who handles it."""
    parts = (voice.ref, voice.department and voice.department.name_ko)
    return " · ".join(part for part in parts if part)
