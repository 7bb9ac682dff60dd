"""`/studio/changes`: proposals, the version in force and those before it; a change decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.audit.types import Actor
from core_crm.staff.types import Right
from customization.public import (
    Change,
    ChangeStatus,
    InForce,
    Manifest,
    Operation,
    apply,
    change_apply,
    change_decide,
    change_get,
    change_list,
    change_plan,
    change_schedule,
    change_submit,
    change_withdraw,
    ground,
    in_force,
    manifest_list,
    operations_of,
    rollback_ask,
    scores_from,
)
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.differences import counted, grouped
from sodam.studio.preview import preview_address
from sodam.studio.yaml_lines import YamlDocument, yaml_differences
from tenants.errors import DomainError

HISTORY_SHOWN = 20
TONES = {
    "draft": ("", "edit"),
    "submitted": ("wait", "hourglass"),
    "approved": ("go", "check"),
    "applied": ("ok", "check"),
    "rejected": ("no", "ban"),
    "withdrawn": ("", "close"),
}
CLOSED = (ChangeStatus.APPLIED, ChangeStatus.REJECTED, ChangeStatus.WITHDRAWN)
FLOW = ("draft", "submitted", "approved", "applied")


@require_GET
@studio_page
def changes(request: StudioRequest) -> HttpResponseBase:
    """Open proposals first, then the versions that came into force."""
    found = in_force()
    facts = {
        "found": found,
        "proposals": [_line(one) for one in change_list()[:HISTORY_SHOWN]],
        "history": list(manifest_list()[:HISTORY_SHOWN]),
        "may_go_back": _may_go_back(request),
        "place": "changes",
    }
    return show(request, "studio/changes.html", facts)


@require_GET
@studio_page
def change_page(request: StudioRequest, change_id: UUID) -> HttpResponseBase:
    """One proposal: what differs, what is wrong, and what may be done with it now."""
    return _shown(request, change_id)


def _shown(request: StudioRequest, change_id: UUID, *, problem: str = "") -> HttpResponseBase:
    change, found = change_get(change_id), in_force()
    operations = operations_of(change)
    is_open = change.status not in CLOSED
    plan = change_plan(change, now_in_force=found) if is_open else None
    as_yaml, base = request.GET.get("as") == "yaml", found
    if as_yaml and not is_open:
        base = in_force(change.base_number)
    facts = {
        "change": change,
        "is_open": is_open,
        "as_yaml": as_yaml,
        "yaml": _as_yaml(operations, base.tree) if as_yaml else [],
        "may_preview": bool(is_open and plan and not plan.problems),
        "preview_url": preview_address(request, change) if "preview" in request.GET else "",
        "state": _line(change)["state"],
        "flow": [(code, _word(code)) for code in FLOW],
        "done": FLOW.index(change.status) if change.status in FLOW else -1,
        "groups": grouped(operations, standard=ground(found.standard_version), now=found.tree),
        "counts": counted(operations),
        "findings": plan.problems if plan else (),
        "found": found,
        "acts": _acts(request, change),
        "scores_from": _scores_from(operations, found) if is_open else None,
        "problem": problem,
        "place": "changes",
    }
    return show(request, "studio/change.html", facts, status=409 if problem else 200)


def _scores_from(operations: Sequence[Operation], found: InForce) -> datetime | None:
    """When the next evaluation period begins for what it touches, on Seoul's clock."""
    begins = scores_from(operations, found.tree, now=timezone.now())
    return timezone.localtime(begins) if begins else None


def _as_yaml(operations: Sequence[Operation], before: Mapping[str, Any]) -> list[YamlDocument]:
    """The documents the proposal touches, line by line."""
    return yaml_differences(before, apply(before, operations), set(map(_document, operations)))


def _document(operation: Operation) -> tuple[str, str]:
    kind, *rest = operation.path
    return kind, rest[0] if rest else ""


def _acts(request: StudioRequest, change: Any) -> set[str]:
    """What this official may do with the proposal in its state."""
    may_change = _may(request, Right.SETTINGS_CHANGE)
    is_own = change.created_by_id == request.official.pk
    decides = _may(request, Right.SETTINGS_APPROVE) or (may_change and not change.is_risky)
    offered = {
        ChangeStatus.DRAFT: {"submit", "withdraw"} if may_change else set(),
        ChangeStatus.SUBMITTED: ({"approve", "reject"} if decides else set())
        | ({"withdraw"} if may_change else set()),
        ChangeStatus.APPROVED: {"apply", "schedule"} if decides or may_change else set(),
    }
    acts: set[str] = offered.get(ChangeStatus(change.status), set())
    return acts - {"approve", "reject"} if change.is_risky and is_own else acts


@require_POST
@studio_page
def change_act(request: StudioRequest, change_id: UUID, act: str) -> HttpResponseBase:
    """Do one of the acts offered; what refuses it is told on the page."""
    change = change_get(change_id)
    if act not in _acts(request, change):
        raise PermissionDenied
    try:
        said = ACTS[act](request, change)
    except DomainError as refused:
        return _shown(request, change_id, problem=refused.message)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("studio_change", args=[change_id]), status=303)


def _submit(request: StudioRequest, change: Any) -> str:
    change_submit(change, actor=_actor(request), now=timezone.now())
    return _("승인을 부탁했습니다.")


def _decide(request: StudioRequest, change: Any, *, approve: bool) -> None:
    change_decide(
        change,
        approve=approve,
        by=request.official,
        actor=_actor(request),
        now=timezone.now(),
        note=request.POST.get("note", "").strip(),
    )


def _approve(request: StudioRequest, change: Any) -> str:
    _decide(request, change, approve=True)
    return _("승인했습니다. 이제 적용할 수 있습니다.")


def _reject(request: StudioRequest, change: Any) -> str:
    _decide(request, change, approve=False)
    return _("반려했습니다.")


def _withdraw(request: StudioRequest, change: Any) -> str:
    change_withdraw(change, actor=_actor(request), now=timezone.now())
    return _("변경안을 거두었습니다.")


def _apply(request: StudioRequest, change: Any) -> str:
    manifest = change_apply(change, actor=_actor(request), now=timezone.now())
    return _("%(number)d판으로 적용했습니다.") % {"number": manifest.number}


def _schedule(request: StudioRequest, change: Any) -> str:
    change_schedule(change, at=_moment(request), actor=_actor(request), now=timezone.now())
    return _("예약했습니다. 그때 저절로 적용됩니다.")


ACTS: dict[str, Callable[[StudioRequest, Any], str]] = {
    "submit": _submit,
    "approve": _approve,
    "reject": _reject,
    "withdraw": _withdraw,
    "apply": _apply,
    "schedule": _schedule,
}


@require_POST
@studio_page
def change_back(request: StudioRequest, number: int) -> HttpResponseBase:
    """Bring an earlier version into force again; what moves scores or cases waits for another."""
    if not _may_go_back(request):
        raise PermissionDenied
    try:
        done = rollback_ask(number, by=request.official, actor=_actor(request), now=timezone.now())
    except DomainError as refused:
        messages.error(request, refused.message)
        return redirect("studio_changes")
    said = _("%(old)d판을 %(new)d판으로 다시 적용했습니다.")
    return told(request, done, said, old=number)


def told(
    request: StudioRequest, done: Manifest | Change, said: str, **facts: Any
) -> HttpResponseBase:
    """To the version it became, or to the proposal that another person decides now."""
    if isinstance(done, Change):
        waits = _("일과 점수가 달라지므로 다른 승인자의 승인을 기다립니다.")
        messages.info(request, waits)
        return HttpResponseRedirect(reverse("studio_change", args=[done.id]), status=303)
    messages.success(request, said % {**facts, "new": done.number})
    return HttpResponseRedirect(reverse("studio_changes"), status=303)


def _may_go_back(request: StudioRequest) -> bool:
    return _may(request, Right.SETTINGS_APPROVE) or _may(request, Right.SETTINGS_CHANGE)


def _line(change: Any) -> dict[str, Any]:
    tone, icon = TONES[change.status]
    state = {"word": _word(change.status), "tone": tone, "icon": icon}
    return {"change": change, "state": state, "places": len(change.operations)}


def _word(status: str) -> str:
    words = {
        ChangeStatus.DRAFT: _("작성 중"),
        ChangeStatus.SUBMITTED: _("승인 대기"),
        ChangeStatus.APPROVED: _("승인됨"),
        ChangeStatus.APPLIED: _("적용됨"),
        ChangeStatus.REJECTED: _("반려됨"),
        ChangeStatus.WITHDRAWN: _("거둠"),
    }
    return words[ChangeStatus(status)]


def _may(request: StudioRequest, right: Right) -> bool:
    return bool(request.official.has(right))


def _actor(request: StudioRequest) -> Actor:
    official = request.official
    return Actor(official.id, official.name, origin=request.META.get("REMOTE_ADDR", ""))


def _moment(request: StudioRequest) -> datetime | None:
    """The day and hour that were chosen, on Seoul's clock; None when that is no instant."""
    given = f"{request.POST.get('on', '')}T{request.POST.get('at', '') or '00:00'}"
    try:
        moment = parse_datetime(given)
    except ValueError:
        return None
    return timezone.make_aware(moment) if moment else None
