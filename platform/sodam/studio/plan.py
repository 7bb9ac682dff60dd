"""A list of departments or people before it is applied: what it would do, and deciding on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core_crm.common.csv_writing import BYTE_ORDER_MARK, csv_line
from core_crm.staff.errors import PlanNotFound
from core_crm.staff.selectors import department_list_current
from core_crm.staff.services import (
    Outlook,
    plan_apply,
    plan_arrange,
    plan_drop,
    plan_get,
    plan_outlook,
)
from core_crm.staff.types import Change, PlanKind, PlanState
from sodam.studio.access import StudioRequest, show
from sodam.studio.invited import hand_out, links_once
from sodam.studio.managing import managers_page
from sodam.studio.plan_impact import impact_of
from sodam.studio.plan_words import change_signs, column_words, problem_word, shown, state_sign
from tenants.errors import DomainError

MOST_LINES = 300
WAITING = (PlanState.DRAFT, PlanState.SCHEDULED)


@require_http_methods(["GET", "POST"])
@managers_page
def plan_page(request: StudioRequest, kind: str, plan_id: UUID) -> HttpResponseBase:
    """The list beside what there is; nothing holds before the button."""
    plan = _plan(kind, plan_id)
    problem = ""
    if request.method == "POST":
        try:
            return _acted(request, plan)
        except DomainError as refused:
            problem = _(refused.message)
            plan = _plan(kind, plan_id)
    return _shown(request, plan, problem)


def _plan(kind: str, plan_id: UUID) -> Any:
    try:
        return plan_get(plan_id, kind=PlanKind(kind))
    except PlanNotFound:
        raise Http404 from None


def _acted(request: StudioRequest, plan: Any) -> HttpResponseBase:
    now, by = timezone.now(), request.official
    here = HttpResponseRedirect(address_of(plan), status=303)
    if "drop" in request.POST:
        plan_drop(plan, by=by, now=now)
        messages.success(request, _("목록을 거두었습니다. 아무것도 바뀌지 않았습니다."))
        return HttpResponseRedirect(reverse(_home(plan.kind)), status=303)
    plan = plan_arrange(plan, by=by, **_arranged(request, plan))
    if "apply" not in request.POST:
        return here
    with transaction.atomic():
        done = plan_apply(plan, digest=request.POST.get("digest", ""), by=by, now=now)
        hand_out(request, done.invitations)
    word = _("적용했습니다.") if done.result else _("시행일에 적용합니다.")
    messages.success(request, word)
    return here


def _arranged(request: StudioRequest, plan: Any) -> dict[str, Any]:
    given = request.POST
    arranged: dict[str, Any] = {}
    if "mapped" in given:
        arranged["fields"] = [given.get(f"column-{at}", "") for at in range(len(plan.columns))]
    if plan.kind == PlanKind.ORGANISATION:
        heirs = {name[5:]: code for name, code in given.items() if name.startswith("heir-")}
        arranged["heirs"] = {**plan.heirs, **heirs}
        arranged["effective_on"] = day_of(given.get("effective_on", ""))
        if plan.encoding:
            arranged["is_whole"] = "is_whole" in given
    return arranged


def day_of(text: str) -> date | None:
    """A day as a date field sends it; None for nothing or nonsense."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def address_of(plan: Any) -> str:
    return reverse(f"studio_{plan.kind}_plan", args=[plan.id])


def _home(kind: str) -> str:
    return "studio_organisation" if kind == PlanKind.ORGANISATION else "studio_people"


def _shown(request: StudioRequest, plan: Any, problem: str) -> HttpResponseBase:
    is_open = plan.state in WAITING
    outlook = plan_outlook(plan, by=request.official) if is_open else None
    facts = {
        "plan": plan,
        "problem": problem,
        "is_open": is_open,
        "state": state_sign(plan.state),
        "home": reverse(_home(plan.kind)),
        "place": "organisation" if plan.kind == PlanKind.ORGANISATION else "people",
        "links": links_once(request),
        "has_errors": bool(problem),
        **(_open_facts(request, plan, outlook) if outlook else {}),
    }
    return show(request, "studio/plan.html", facts, status=422 if problem else 200)


def _open_facts(request: StudioRequest, plan: Any, outlook: Outlook) -> dict[str, Any]:
    wanted = request.GET.get("show", "")
    lines = [one for one in outlook.lines if _is_wanted(one.changes, wanted)]
    is_organisation = plan.kind == PlanKind.ORGANISATION
    return {
        "outlook": outlook,
        "chips": _chips(outlook),
        "wanted": wanted,
        "lines": [shown(one) for one in lines[:MOST_LINES]],
        "left_out": max(0, len(lines) - MOST_LINES),
        "columns": _columns(plan),
        "fields": column_words(plan.kind),
        "heirs": _heirs(plan, outlook) if outlook.held else [],
        "impacts": impact_of(outlook, today=timezone.localdate()) if is_organisation else [],
        "does_something": any(one.does_something for one in outlook.lines),
    }


def _is_wanted(changes: Sequence[Change], wanted: str) -> bool:
    return wanted in changes if wanted else Change.UNCHANGED not in changes


def _chips(outlook: Outlook) -> list[tuple[str, Any, int]]:
    counted = Counter(change for line in outlook.lines for change in line.changes)
    return [(name, sign, counted[Change(name)]) for name, sign in change_signs().items()]


def _columns(plan: Any) -> list[dict[str, Any]]:
    """Each column of the file with what we take it for and the first things it says."""
    return [
        {**column, "samples": [row["cells"][at] for row in plan.rows[:3] if row["cells"][at:]]}
        for at, column in enumerate(plan.columns)
    ]


def _heirs(plan: Any, outlook: Outlook) -> list[dict[str, Any]]:
    """Every ending department that holds something, with who could take over."""
    ending = {line.key for line in outlook.lines if Change.ENDED in line.changes}
    there = department_list_current().exclude(code__in=ending).values_list("code", "name_ko")
    fresh = [(x.key, x.name) for x in outlook.lines if Change.NEW in x.changes]
    choices = [*fresh, *there]
    return [
        {"held": one, "choices": choices, "chosen": plan.heirs.get(one.code, "")}
        for one in outlook.held
    ]


@require_GET
@managers_page
def refused_csv(request: StudioRequest, kind: str, plan_id: UUID) -> HttpResponseBase:
    """The refused lines as they were sent, with the reason: mend them and send them again."""
    plan = _plan(kind, plan_id)
    why = {
        line.line: " ".join(f"[{one.column}] {problem_word(one)}" for one in line.problems)
        for line in plan_outlook(plan, by=request.official).lines
        if line.is_refused
    }
    headings = [column["heading"] for column in plan.columns]
    texts = [BYTE_ORDER_MARK, csv_line([*headings, _("사유")])]
    texts += [
        csv_line([*row["cells"], why[row["line"]]]) for row in plan.rows if row["line"] in why
    ]
    answer = HttpResponse("".join(texts), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="refused.csv"'
    return answer
