"""P7: is everything moving? Processes, queues, work that failed, and each city in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core_crm.messaging.selectors import message_counts, oldest_due_seconds
from customization.public import paused_here
from sodam.celery import jobs_waiting, workers_alive
from sodam.console.acting import may_act
from sodam.console.cities_words import Names
from sodam.console.operation_words import about, kind_words
from sodam.console.operations import operation_line
from sodam.ui.platform_pages import platform_page
from tenants.alive import PROVISIONER, is_alive
from tenants.context import open_city_codes, serving_city
from tenants.isolation.queues import Queue
from tenants.provisioning.operations import operation_list
from tenants.types import OperationState

SLOW_SECONDS, MANY_JOBS = 60, 1000


@dataclass(frozen=True, slots=True)
class Part:
    """One process or queue. `tone`: ok, wait or no."""

    word: str
    state: str
    tone: str
    icon: str
    fact: str = ""

    @property
    def css(self) -> str:
        return f"ic {'wa' if self.tone == 'wait' else self.tone}"


@dataclass(frozen=True, slots=True)
class CityFigures:
    """One city, in numbers only: nobody's message and nobody's name."""

    code: str
    name: str
    waiting: int
    failed: int
    oldest_word: str
    is_slow: bool
    paused: int


@require_GET
@platform_page("operator", "approver")
def health(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    names = Names.read()
    cities = [_figures(code, names.of(code), now) for code in open_city_codes()]
    failed = operation_list(states=[OperationState.FAILED], limit=20)
    parts = _parts(now)
    facts = {
        "parts": parts,
        "cities": cities,
        "lines": [operation_line(one, names, now=now) for one in failed],
        "is_well": all(part.tone == "ok" for part in parts) and not failed,
        "slow": sum(one.is_slow for one in cities),
        "may_act": may_act(request),
        "menu": "health",
    }
    return render(request, "console/health.html", facts)


def _figures(code: str, name: str, now: datetime) -> CityFigures:
    with serving_city(code):
        counts, oldest = message_counts(), oldest_due_seconds(now=now)
        paused = len(paused_here())
    return CityFigures(
        code=code,
        name=name,
        waiting=counts.get("queued", 0) + counts.get("sending", 0),
        failed=counts.get("failed", 0),
        oldest_word=about(oldest) if oldest >= 1 else "–",
        is_slow=oldest > SLOW_SECONDS,
        paused=paused,
    )


def _parts(now: datetime) -> list[Part]:
    waiting = jobs_waiting()
    if waiting is None:
        away = Part(_("메시지 중개기"), _("닿지 않음"), "no", "alert")
        return [_provisioner(now), away]
    broker = Part(_("메시지 중개기"), _("살아 있음"), "ok", "check")
    queues = [_queue(name, count) for name, count in waiting.items()]
    return [_provisioner(now), broker, _workers(), *queues]


def _provisioner(now: datetime) -> Part:
    waiting = [
        one
        for one in operation_list(states=[OperationState.WAITING], limit=50)
        if not one.awaits_approval
    ]
    fact = ""
    if waiting:
        kind = kind_words()[waiting[-1].kind]
        time = about((now - waiting[-1].asked_at).total_seconds())
        fact = _("기다림: %(kind)s, %(time)s") % {"kind": kind, "time": time}
    if is_alive(PROVISIONER):
        return Part(_("작업 프로세스"), _("살아 있음"), "ok", "check", fact)
    return Part(_("작업 프로세스"), _("보이지 않음"), "no", "alert", fact)


def _workers() -> Part:
    workers = workers_alive()
    told = _("%(n)d개") % {"n": len(workers)}
    if not workers:
        return Part(_("일꾼"), _("보이지 않음"), "no", "alert", told)
    return Part(_("일꾼"), _("살아 있음"), "ok", "check", told)


def _queue(name: str, count: int) -> Part:
    words = {
        Queue.TRANSACTIONAL: _("바로 할 일"),
        Queue.BULK: _("대량 작업"),
        Queue.IMPORTS: _("가져오기"),
        Queue.ROLLUPS: _("집계"),
    }
    word, fact = words.get(Queue(name), name), _("기다리는 일 %(n)d") % {"n": count}
    if count > MANY_JOBS:
        return Part(word, _("밀림"), "wait", "hourglass", fact)
    return Part(word, _("흐름"), "ok", "check", fact)
