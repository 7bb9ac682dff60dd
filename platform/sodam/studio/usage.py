"""`/studio/usage`: how much the city uses, of what it may use, and what messages cost it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core_crm.calendars import SEOUL
from core_crm.files.selectors import files_total
from core_crm.messaging.selectors import message_counts, message_uses, oldest_due_seconds
from core_crm.messaging.types import MessageUse
from core_crm.staff.selectors import api_key_list, official_list
from core_crm.voices.selectors import VoiceUse, voice_use
from sodam.studio.access import StudioRequest, show, studio_page
from tenants.context import current_city
from tenants.sizes import database_bytes

GIGABYTE = 1_000_000_000
NEAR = 0.8
KINDS = {
    "SMS": gettext_lazy("단문"),
    "LMS": gettext_lazy("장문"),
    "email": gettext_lazy("전자우편"),
}


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that is used: how much, of how much (None: as much as one likes)."""

    word: str
    used: float
    unit: str
    limit: int | None
    told: str = ""
    has_limit: bool = True

    @property
    def shown(self) -> str:
        """Whole numbers as they are, shares with two digits."""
        return f"{self.used:,}" if isinstance(self.used, int) else f"{self.used:,.2f}"

    @property
    def level(self) -> str:
        """`near` from four fifths of the limit on, `over` when it is reached; else nothing."""
        if not self.limit:
            return ""
        share = self.used / self.limit
        return "over" if share >= 1 else "near" if share >= NEAR else ""

    @property
    def percent(self) -> int:
        return round(100 * self.used / self.limit) if self.limit else 0


@dataclass(frozen=True, slots=True)
class Cost:
    """Messages of one kind this month, and what they cost the city."""

    word: str
    count: int
    price_krw: int

    @property
    def krw(self) -> int:
        return self.count * self.price_krw


@require_GET
@studio_page
def usage(request: StudioRequest) -> HttpResponseBase:
    """This month so far, against the limits the operator set."""
    now = timezone.now()
    since = month_start(now)
    sent = message_uses(since=since, until=now)
    uses = uses_of(current_city().limits, sent, voice_use(since=since, until=now))
    costs = costs_of(sent)
    facts = {
        "uses": uses,
        "warned": [one for one in uses if one.level],
        "costs": costs,
        "total_krw": sum(one.krw for one in costs),
        "has_prices": any(settings.SODAM_PRICES_KRW.values()),
        "since": since,
        "counts": message_counts(),
        "oldest_seconds": round(oldest_due_seconds(now=now)),
        "place": "usage",
    }
    return show(request, "studio/usage.html", facts)


def month_start(now: datetime) -> datetime:
    """The first instant of this month on Korea's clock."""
    return datetime.combine(now.astimezone(SEOUL).date().replace(day=1), time.min, SEOUL)


def uses_of(limits: Mapping[str, int], sent: list[MessageUse], voices: VoiceUse) -> list[Use]:
    """Everything counted, with its limit where there is one."""
    files, file_bytes = files_total()
    tables = database_bytes()
    keys = api_key_list().filter(revoked_at__isnull=True).count()
    return [
        Use(_("직원 계정"), official_list().count(), _("명"), limits.get("staff_accounts")),
        Use(
            _("보낸 메시지"),
            sum(one.count for one in sent),
            _("건"),
            limits.get("messages_per_month"),
            _("이번 달"),
        ),
        Use(
            _("저장 공간"),
            round((tables + file_bytes) / GIGABYTE, 2),
            "GB",
            limits.get("storage_gb"),
            _("자료 %(a)s · 파일 %(n)s개 %(b)s")
            % {"a": _size(tables), "n": f"{files:,}", "b": _size(file_bytes)},
        ),
        Use(
            _("접수한 의견"),
            voices.received,
            _("건"),
            None,
            _("이번 달. 모두 %(n)s건") % {"n": f"{voices.total:,}"},
            has_limit=False,
        ),
        Use(
            _("프로그램이 접수"),
            voices.by_programs,
            _("건"),
            None,
            _("이번 달. 쓰고 있는 API 열쇠 %(n)s개") % {"n": keys},
            has_limit=False,
        ),
    ]


def costs_of(sent: list[MessageUse]) -> list[Cost]:
    """Each kind of message with the price the deployment was told."""
    prices: dict[str, Any] = settings.SODAM_PRICES_KRW
    return [Cost(str(KINDS[one.kind]), one.count, prices.get(one.kind, 0)) for one in sent]


def _size(count: int) -> str:
    return f"{count / 1_000_000:,.0f}MB" if count < GIGABYTE else f"{count / GIGABYTE:,.1f}GB"
