"""Operations: the list, and one of them live, with its log."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sodam.console.acting import may_act
from sodam.console.cities_words import Names
from sodam.console.opening_after import after_opening
from sodam.console.operation_results import arguments_told, results_told
from sodam.console.operation_view import view_of
from sodam.console.operation_words import kind_words, state_words, title_of
from sodam.ui.platform_pages import platform_page
from tenants.provisioning.operations import (
    operation_get,
    operation_lines,
    operation_list,
)
from tenants.types import LineFacts, OperationFacts, OperationKind, OperationState

SHOWN, LINES = 100, 400
UNFINISHED = (OperationState.WAITING, OperationState.RUNNING, OperationState.FAILED)


@require_GET
@platform_page("operator", "approver")
def operations(request: HttpRequest) -> HttpResponse:
    """The newest first; `?city=`, `?kind=` and `?state=` narrow."""
    given = {name: request.GET.get(name, "") for name in ("city", "kind", "state")}
    found = operation_list(
        city_code=given["city"] or None,
        kinds=[OperationKind(given["kind"])] if given["kind"] in kind_words() else None,
        states=[OperationState(given["state"])] if given["state"] in state_words() else None,
        limit=SHOWN,
    )
    now, names = timezone.now(), Names.read()
    lines = [operation_line(one, names, now=now) for one in found]
    facts = {
        "lines": lines,
        "given": given,
        "kinds": kind_words(),
        "states": state_words(),
        "menu": "operations",
    }
    return render(request, "console/operations.html", facts)


@require_GET
@platform_page("operator", "approver")
def operation(request: HttpRequest, operation_id: UUID) -> HttpResponse:
    """The page of one operation; it lives until the operation has ended."""
    return render(request, "console/operation.html", _facts(request, operation_id))


@require_GET
@platform_page("operator", "approver")
def operation_live(request: HttpRequest, operation_id: UUID) -> HttpResponse:
    """The part of the page that changes. Asked every second; the last answer asks no more."""
    return render(request, "console/parts/live.html", _facts(request, operation_id))


def _facts(request: HttpRequest, operation_id: UUID) -> dict[str, Any]:
    found = operation_get(operation_id)
    view = view_of(found, now=timezone.now())
    names = Names.read()
    name = names.of(found.city_code)
    return {
        "view": view,
        "operation": found,
        "name": name,
        "has_page": names.has(found.city_code),
        "certificate": "certificate" in found.result,
        "title": title_of(found, name),
        "lines": log_lines(found)[-LINES:],
        "may_act": may_act(request),
        "may_approve": _may_approve(request, found),
        "arguments": arguments_told(found),
        "results": results_told(found),
        "is_opening": found.kind == OperationKind.OPEN,
        "after": after_opening(request, view) if found.kind == OperationKind.OPEN else None,
        "menu": "cities" if found.kind == OperationKind.OPEN else "operations",
    }


def operation_line(found: OperationFacts, names: Names, *, now: datetime) -> dict[str, Any]:
    """A row of the table of operations."""
    code = found.city_code
    return {
        "view": view_of(found, now=now),
        "name": names.of(code),
        "url": reverse("console_city", args=[code]) if names.has(code) else "",
    }


def _may_approve(request: HttpRequest, found: OperationFacts) -> bool:
    user: Any = request.user
    is_other = found.asked_by_id != user.pk
    return found.awaits_approval and is_other and user.platform_role == "approver"


def log_lines(found: OperationFacts) -> list[LineFacts]:
    return list(operation_lines(found.id))


@require_GET
@platform_page("operator", "approver")
def operation_log(request: HttpRequest, operation_id: UUID) -> HttpResponseBase:
    """The whole log as a text file."""
    found = operation_get(operation_id)
    lines = [
        f"{timezone.localtime(one.at):%Y-%m-%d %H:%M:%S} {one.step:<24} {one.level:<5} {one.words}"
        for one in log_lines(found)
    ]
    answer = HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
    name = f"{found.kind}-{found.city_code or 'all'}-{found.id}.log"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
@platform_page("operator", "approver")
def operation_certificate(request: HttpRequest, operation_id: UUID) -> HttpResponseBase:
    """What an erasure found and removed, as a file to keep."""
    found = operation_get(operation_id)
    if "certificate" not in found.result:
        raise Http404
    paper = json.dumps(found.result["certificate"], ensure_ascii=False, indent=2, default=str)
    answer = HttpResponse(f"{paper}\n", content_type="application/json; charset=utf-8")
    name = f"certificate-{found.city_code}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def opening_under_way(code: str) -> OperationFacts | None:
    """An opening of this city that has not come to its end, however it stands."""
    found = operation_list(
        city_code=code, kinds=[OperationKind.OPEN], states=list(UNFINISHED), limit=1
    )
    return found[0] if found else None
