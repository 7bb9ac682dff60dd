"""P4, `/releases`: whose tables are behind, in which turn they are migrated, and the wave."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customization.public import standard_versions
from sodam.console.acting import ask, may_act, note
from sodam.console.operation_view import view_of
from sodam.console.releases_facts import SERVED, outcome_lines, ring_word, rings_of, standings
from sodam.ui.fields import Problem
from sodam.ui.platform_pages import platform_page
from tenants.cities import city_change
from tenants.provisioning.operations import operation_cancel, operation_list, operation_retry
from tenants.provisioning.waves import Turn, wave_arguments
from tenants.schema import migrations_on_disk, version_of
from tenants.selectors import city_list
from tenants.types import OperationFacts, OperationKind, OperationState

RINGS = (0, 1, 2)
FAR = 20  # so many of the last waves and looks are searched


@require_http_methods(["GET", "POST"])
@platform_page("operator", "approver")
def releases(request: HttpRequest) -> HttpResponseBase:
    """GET shows; POST `do` = look, start, stop, retry or ring."""
    if request.method != "POST":
        return _page(request)
    if not may_act(request):
        return HttpResponseRedirect(reverse("console_releases"), status=303)
    act = _ACTS.get(request.POST.get("do", ""))
    return act(request) if act else _page(request)


def _page(request: HttpRequest, *, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
    lines = standings(city_list(on=timezone.localdate()))
    names = {line.code: line.name for line in lines}
    waves = [one for one in _operations() if not one.arguments.get("dry_run")]
    wave = waves[0] if waves else None
    facts = {
        "rings": rings_of(lines),
        "lines": lines,
        "version": version_of(migrations_on_disk()),
        "standard": standard_versions()[-1],
        "counts": {
            state: sum(line.state == state for line in lines)
            for state in ("current", "behind", "blocked", "unread")
        },
        "wave": view_of(wave, now=timezone.now()) if wave else None,
        "outcomes": outcome_lines(dict(wave.result), names) if wave else [],
        "look": _last_look(),
        "ring_words": [(number, ring_word(number)) for number in RINGS],
        "may_act": may_act(request),
        "problems": problems,
        "has_errors": bool(problems),
        "menu": "releases",
    }
    return render(request, "console/releases.html", facts, status=422 if problems else 200)


def _operations() -> list[OperationFacts]:
    return operation_list(city_code="", kinds=[OperationKind.MIGRATE], limit=FAR)


def _last_look() -> dict[str, Any] | None:
    """The newest dry run that came to its end, with the SQL of what waited then."""
    done = (one for one in _operations() if one.state == OperationState.DONE)
    found = next((one for one in done if one.arguments.get("dry_run")), None)
    if found is None:
        return None
    by_django = found.result.get("by_django", {})
    migrations = [
        {"name": name, "sql": sql.strip(), "by_django": by_django.get(name, "")}
        for name, sql in found.result.get("sql", {}).items()
    ]
    return {"at": found.ended_at, "waiting": found.result["waiting"], "migrations": migrations}


def _asked(request: HttpRequest, *, dry_run: bool) -> HttpResponseBase:
    """Asked twice, it is one wave. Its page shows how it goes."""
    rows = [row for row in city_list(on=timezone.localdate()) if row.status in SERVED]
    turns = [Turn(row.code, row.ring, row.name_ko, row.name_en) for row in rows]
    arguments = wave_arguments(turns, dry_run=dry_run)
    operation = ask(request, OperationKind.MIGRATE, "", arguments=arguments)
    return HttpResponseRedirect(reverse("console_operation", args=[operation.id]), status=303)


def _look(request: HttpRequest) -> HttpResponseBase:
    return _asked(request, dry_run=True)


def _start(request: HttpRequest) -> HttpResponseBase:
    return _asked(request, dry_run=False)


def _stop(request: HttpRequest) -> HttpResponseBase:
    """After the city whose turn it is. What has been migrated stays so."""
    standing = next((one for one in _operations() if not one.is_ended), None)
    if standing is not None:
        with transaction.atomic():
            operation_cancel(standing.id)
            note(request, "operation.migrate_paused", subject_id=standing.id)
        messages.success(request, _("지금 시·도까지 이행하고 멈춥니다. 이행한 곳은 그대로 둡니다."))
    return HttpResponseRedirect(reverse("console_releases"), status=303)


def _retry(request: HttpRequest) -> HttpResponseBase:
    """The wave that stopped goes on with what is left of it."""
    failed = next((one for one in _operations()), None)
    if failed is None or failed.state != OperationState.FAILED:
        return HttpResponseRedirect(reverse("console_releases"), status=303)
    with transaction.atomic():
        operation_retry(failed.id)
        note(request, "operation.migrate_retried", subject_id=failed.id)
    return HttpResponseRedirect(reverse("console_operation", args=[failed.id]), status=303)


def _ring(request: HttpRequest) -> HttpResponseBase:
    """Another turn for a city."""
    code, given = request.POST.get("city", ""), request.POST.get("ring", "")
    known = {one.code: one for one in city_list(on=timezone.localdate())}
    if code not in known or given not in {str(number) for number in RINGS}:
        told = _("시·도와 차례를 목록에서 골라 주세요.")
        return _page(request, problems=(Problem("city", told),))
    city_change(code, ring=int(given))
    note(request, "city.ring_set", city=code, facts={"ring": int(given)})
    words = {"name": known[code].name_ko, "ring": ring_word(int(given))}
    messages.success(request, _("%(name)s: 이제 ‘%(ring)s’입니다.") % words)
    return HttpResponseRedirect(reverse("console_releases"), status=303)


_ACTS = {"look": _look, "start": _start, "stop": _stop, "retry": _retry, "ring": _ring}
