"""P8: what operators did. Rows are only added; seals chain them, and a button checks the chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.audit.selectors import entry_list, entry_unsealed_count
from core_crm.audit.services import audit_head, audit_verify
from core_crm.common.csv_writing import csv_line
from sodam.console.acting import note
from sodam.console.audit_words import action_word, group_words
from sodam.console.cities_words import Names
from sodam.ui.platform_pages import platform_page
from tenants.isolation.ids import uuid7

PAGE, MOST = 50, 100_000
DAYS = (7, 30, 365)


@dataclass(frozen=True, slots=True)
class Asked:
    """How the list is narrowed, as the address says it."""

    group: str
    text: str
    days: int

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        group, days = request.GET.get("group", ""), request.GET.get("days", "")
        return cls(
            group=group if group in group_words() else "",
            text=request.GET.get("q", "").strip()[:80],
            days=int(days) if days.isdigit() and int(days) in DAYS else 0,
        )

    def since(self, now: datetime) -> datetime | None:
        return now - timedelta(days=self.days) if self.days else None

    def address(self, **more: object) -> str:
        given = {"group": self.group, "q": self.text, "days": self.days or "", **more}
        return urlencode({name: value for name, value in given.items() if value})


@require_GET
@platform_page("operator", "approver")
def audit(request: HttpRequest) -> HttpResponse:
    """The newest first; `?group=`, `?days=` and `?q=` narrow."""
    asked = Asked.of(request)
    page = Paginator(_found(asked), PAGE).get_page(request.GET.get("page"))
    head, names = audit_head(), Names.read()
    facts = {
        "lines": [_line(entry, names) for entry in page],
        "page": page,
        "asked": asked,
        "groups": group_words(),
        "days": DAYS,
        "query": asked.address(),
        "previous": f"?{asked.address(page=page.previous_page_number())}"
        if page.has_previous()
        else "",
        "next": f"?{asked.address(page=page.next_page_number())}" if page.has_next() else "",
        "head": head,
        "unsealed": entry_unsealed_count(),
        "menu": "audit",
    }
    return render(request, "console/audit.html", facts)


@require_POST
@platform_page("operator", "approver")
def audit_check(request: HttpRequest) -> HttpResponseBase:
    """Walk the chain from its beginning and say whether it holds."""
    broken, head = audit_verify(), audit_head()
    if broken is not None:
        told = _("%(n)d번 봉인부터 맞지 않습니다. 봉인한 뒤에 고쳐진 기록이 있습니다.")
        messages.error(request, told % {"n": broken.number}, extra_tags="bad")
    elif head is None:
        messages.info(request, _("아직 봉인된 기록이 없습니다."))
    else:
        told = _("봉인 %(n)d개가 모두 맞습니다. 마지막 봉인 %(digest)s")
        messages.success(request, told % {"n": head.number, "digest": head.digest[:16]})
    note(request, "audit.verified", facts={"holds": broken is None})
    return HttpResponseRedirect(reverse("console_audit"), status=303)


@require_GET
@platform_page("operator", "approver")
def audit_file(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, as CSV; that it was taken is noted too."""
    asked = Asked.of(request)
    answer = HttpResponse("".join(_csv(asked)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate()}.csv"'
    note(request, "audit.exported", subject_id=uuid7(), facts={"group": asked.group})
    return answer


def _found(asked: Asked) -> Any:
    since = asked.since(timezone.now())
    return entry_list(actions=asked.group, text=asked.text, since=since)


def _line(entry: Any, names: Names) -> dict[str, Any]:
    city = str(entry.facts.get("city", ""))
    rest = {name: value for name, value in entry.facts.items() if name != "city" and value != ""}
    return {
        "entry": entry,
        "word": action_word(entry.action),
        "city": city,
        "name": names.of(city) if city else "",
        "facts": rest,
    }


def _csv(asked: Asked) -> Iterator[str]:
    yield "\ufeff" + csv_line(
        ["at", "action", "actor", "city", "reason", "origin", "facts", "seal"]
    )
    for entry in _found(asked)[:MOST]:
        city = str(entry.facts.get("city", ""))
        rest = "; ".join(f"{name}={value}" for name, value in entry.facts.items() if name != "city")
        seal = str(entry.seal.number) if entry.seal else ""
        at = timezone.localtime(entry.at).isoformat(timespec="seconds")
        yield csv_line(
            [at, entry.action, entry.actor_name, city, entry.reason, entry.origin, rest, seal]
        )
