"""`/staff/board`: what moderators of the public board look through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core_crm.staff.types import Right
from core_crm.voices.selectors import moderation_counts, moderation_queue
from core_crm.voices.types import QueueRow, QueueView
from sodam.staff import present
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.labels import Sign

VIEWS: dict[str, Sign] = {
    QueueView.PROPOSED.value: Sign(_("검토 요청"), "inbox"),
    QueueView.CHANGED.value: Sign(_("다시 볼 글"), "refresh"),
    QueueView.WAITING.value: Sign(_("올릴 수 있는 의견"), "plus"),
    QueueView.PUBLISHED.value: Sign(_("공개 중"), "eye"),
    QueueView.TAKEN_BACK.value: Sign(_("내린 글"), "minus"),
}
LEADS = {
    QueueView.PROPOSED.value: _(
        "담당자가 쓴 글과, 불가로 끝나 까닭을 볼 글입니다. 아직 공개 전입니다."
    ),
    QueueView.CHANGED.value: _("공개한 뒤 의견의 상태가 바뀌었습니다. 글을 고쳐 주세요."),
    QueueView.WAITING.value: _("시민이 공개에 동의했고 현황판에 아직 없습니다(최근 180일)."),
    QueueView.PUBLISHED.value: _("지금 누구나 읽을 수 있는 글입니다."),
    QueueView.TAKEN_BACK.value: _("내렸거나 올리지 않기로 한 글입니다. 다시 올릴 수 있습니다."),
}
NOTHING = {
    QueueView.PROPOSED.value: _("검토를 기다리는 글이 없습니다"),
    QueueView.CHANGED.value: _("다시 볼 글이 없습니다"),
    QueueView.WAITING.value: _("올릴 수 있는 의견이 없습니다"),
    QueueView.PUBLISHED.value: _("공개한 글이 없습니다"),
    QueueView.TAKEN_BACK.value: _("내린 글이 없습니다"),
}
STATES: dict[str, Sign] = {
    "going_on": Sign(_("처리중"), "clock", "go"),
    "done": Sign(_("완료"), "check", "ok"),
    "unable": Sign(_("불가"), "ban", "no"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One view with its number, which is exactly the length of its list."""

    word: Any
    icon: str
    n: int
    url: str
    is_current: bool


@require_GET
@official_page(Right.VOICE_PUBLISH)
def queue(request: StaffRequest) -> HttpResponseBase:
    """The views, and the list of one."""
    official, now = request.official, timezone.now()
    counts = moderation_counts(official, now=now)
    view = chosen(request.GET.get("view", ""), counts)
    page = moderation_queue(official, view=view, now=now, cursor=request.GET.get("cursor", ""))
    context = {
        "tabs": [
            Tab(sign.word, sign.icon, counts[code], address(code), code == view)
            for code, sign in VIEWS.items()
        ],
        "lead": LEADS[view],
        "nothing": NOTHING[view],
        "rows": [row_view(row, view=view, now=now) for row in page.items],
        "next_url": address(view, cursor=page.next_cursor) if page.next_cursor else "",
        "menu": "voices",
    }
    return show(request, "staff/moderation.html", context)


def chosen(wanted: str, counts: dict[str, int]) -> str:
    """The view asked for, else the first in which something waits."""
    if wanted in VIEWS:
        return wanted
    return next((view for view in VIEWS if counts[view]), QueueView.WAITING.value)


def address(view: str, *, cursor: str = "") -> str:
    asked = {"view": view, "cursor": cursor}
    return f"{reverse('staff_board')}?{urlencode({k: v for k, v in asked.items() if v})}"


def publish_url(ref: str, *, view: str = "") -> str:
    """The page of one text; `view` is where to return to."""
    asked = f"?{urlencode({'view': view})}" if view else ""
    return reverse("staff_voice_publish", args=[ref]) + asked


def row_view(row: QueueRow, *, view: str, now: Any) -> dict[str, Any]:
    """A line: what it is, whose, since when."""
    facts = (row.ref, row.category_label, row.department_name, row.by_name, row.note)
    return {
        "title": row.title,
        "url": publish_url(row.ref, view=view),
        "facts": " · ".join(fact for fact in facts if fact),
        "sign": STATES.get(row.state),
        "when": present.moment(row.at, now=now),
    }
