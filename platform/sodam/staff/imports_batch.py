"""S12 `/staff/imports/{id}`: the check before, the work while it runs, and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.imports.selectors import batch_get, batch_progress, plan_of, row_kind
from core_crm.imports.services import batch_cancel, batch_pause, batch_resume, batch_run
from core_crm.imports.types import BatchState, ImportPlan, Progress
from core_crm.staff.types import Right
from sodam.staff.access import StaffRequest, is_partial, official_page, show
from sodam.staff.doing import actor_of
from sodam.staff.imports_words import POLICIES, STATES, steps, tiles, time_left
from tenants.errors import DomainError

ACTS = {
    "start": batch_run,
    "pause": batch_pause,
    "resume": batch_resume,
    "cancel": batch_cancel,
}
MOVING = frozenset({BatchState.WAITING, BatchState.RUNNING, BatchState.UNDOING})
"""The page asks again every second while the batch is in one of these."""
MAY: dict[str, tuple[str, ...]] = {
    BatchState.PLANNED: ("start", "cancel"),
    BatchState.WAITING: ("pause", "cancel"),
    BatchState.RUNNING: ("pause", "cancel"),
    BatchState.PAUSED: ("resume", "cancel"),
    BatchState.FAILED: ("resume", "cancel"),
}
UNDOABLE = frozenset({BatchState.DONE, BatchState.CANCELLED, BatchState.FAILED})
SPOKEN_PERCENT = 10
"""A screen reader hears of the progress in steps of this many percent, not each second."""


@require_GET
@official_page(Right.CUSTOMER_IMPORT)
def batch_page(request: StaffRequest, batch_id: UUID) -> HttpResponseBase:
    """One file: its check, its progress or its result, by where it stands."""
    batch = batch_get(batch_id)
    if batch.state == BatchState.DRAFT:
        return HttpResponseRedirect(reverse("staff_import_columns", args=[batch.pk]))
    return show(request, "staff/imports/batch.html", _context(batch))


@require_GET
@official_page(Right.CUSTOMER_IMPORT, is_poll=True)
def live_part(request: StaffRequest, batch_id: UUID) -> HttpResponseBase:
    """The part that moves, asked for every second; without scripts it is the whole page."""
    batch = batch_get(batch_id)
    template = "live" if is_partial(request) else "batch"
    return show(request, f"staff/imports/{template}.html", _context(batch))


@require_POST
@official_page(Right.CUSTOMER_IMPORT)
def act(request: StaffRequest, batch_id: UUID) -> HttpResponseBase:
    """Start it, halt it, go on with it or end it."""
    batch, do = batch_get(batch_id), ACTS.get(request.POST.get("do", ""))
    if do:
        try:
            do(batch, by=actor_of(request), now=timezone.now())
        except DomainError as refused:
            messages.error(request, _(refused.message))
    return HttpResponseRedirect(reverse("staff_import", args=[batch.pk]), status=303)


def _context(batch: Any) -> dict[str, Any]:
    progress, plan, kind = batch_progress(batch.pk), plan_of(batch), row_kind(batch.kind)
    state = BatchState(progress.state)
    return {
        "menu": "customers",
        "batch": batch,
        "kind": _(kind.label),
        "policy": POLICIES.get(batch.policy, ""),
        "state": str(state),
        "sign": STATES[state],
        "steps": steps(_step(state)),
        "is_moving": state in MOVING,
        "may": MAY.get(state, ()),
        "may_undo": state in UNDOABLE and bool(progress.created or progress.updated),
        **(_checked(plan) if plan and state == BatchState.PLANNED else _run(progress)),
    }


def _step(state: BatchState) -> int:
    ended = {BatchState.DONE: 5, BatchState.UNDONE: 5, BatchState.PLANNED: 3}
    return ended.get(state, 4)


def _checked(plan: ImportPlan) -> dict[str, Any]:
    """What the dry run found."""
    return {
        "plan": plan,
        "tiles": tiles(plan),
        "unsaid": max(plan.refused - len(plan.problems), 0),
    }


def _run(progress: Progress) -> dict[str, Any]:
    """How far it has come."""
    percent = 100 * progress.rows // progress.total if progress.total else 0
    return {
        "progress": progress,
        "percent": percent,
        "spoken": percent - percent % SPOKEN_PERCENT,
        "left": time_left(progress.left_seconds),
        "rate": round(progress.rate),
        "tiles": tiles(progress),
    }
