"""`/studio/backup`: the city's archives, whether they could be restored, and asking for one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.staff.types import Right
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.ui.fields import Problem
from tenants.backups import RPO, BackupFacts, backup_list, is_overdue
from tenants.context import current_city
from tenants.errors import OperationUnderWay
from tenants.provisioning.operations import operation_ask, operation_list
from tenants.shared import shared_tables
from tenants.types import Asker, OperationFacts, OperationKind

MOST_LINES, SHORTEST_REASON = 30, 10
MAY_ASK = (Right.SETTINGS_CHANGE, Right.SETTINGS_APPROVE)
KINDS = (OperationKind.BACKUP, OperationKind.TEST_RESTORE)


@require_GET
@studio_page
def backup(request: StudioRequest) -> HttpResponseBase:
    """The archives, the newest first; `ask` in the query opens the form for one of them."""
    return _shown(request, asking=request.GET.get("ask", ""))


@require_POST
@studio_page
def backup_restore(request: StudioRequest, backup_id: UUID) -> HttpResponseBase:
    """Ask that an archive is put beside the city, as a copy; an operator agrees first."""
    if not _may_ask(request):
        raise PermissionDenied
    chosen = next((one for one in _archives() if one.id == backup_id and one.is_there), None)
    if chosen is None:
        raise Http404
    why = request.POST.get("why", "").strip()
    if len(why) < SHORTEST_REASON:
        said = _("왜 복원하는지 열 글자 이상으로 적어 주세요.")
        return _shown(
            request, asking=str(backup_id), why=why, problems=[Problem("why", said)], status=422
        )
    _ask_for_copy(request, chosen, why=why)
    return HttpResponseRedirect(reverse("studio_backup"), status=303)


def _ask_for_copy(request: StudioRequest, chosen: BackupFacts, *, why: str) -> None:
    city, official, now = current_city(), request.official, timezone.now()
    audit_append(
        "backup.restore_asked",
        actor=Actor(official.id, official.name),
        subject_kind="backup",
        subject_id=chosen.id,
        now=now,
        reason=why[:300],
    )
    try:
        operation_ask(
            OperationKind.RESTORE,
            copy_code(city.code),
            by=Asker(None, f"{official.name} ({city.name_ko})", "studio"),
            now=now,
            arguments={"backup_id": str(chosen.id), "from": city.code},
            reason=why,
            needs_approval=True,
        )
    except OperationUnderWay as busy:
        messages.warning(request, busy.message)
    else:
        messages.success(request, _("운영자에게 부탁했습니다. 승인하면 사본이 만들어집니다."))


def copy_code(code: str) -> str:
    """What the copy is called: never the city itself."""
    return f"{code}_copy"


def _archives() -> list[BackupFacts]:
    code = current_city().code
    with shared_tables():
        return backup_list(code, limit=MOST_LINES)


def _operations(code: str) -> list[OperationFacts]:
    """What was asked for about this city's archives and its copy, the newest first."""
    own = operation_list(city_code=code, kinds=KINDS, limit=MOST_LINES)
    copies = operation_list(
        city_code=copy_code(code), kinds=(OperationKind.RESTORE,), limit=MOST_LINES
    )
    return sorted([*own, *copies], key=lambda one: one.asked_at, reverse=True)[:10]


def _may_ask(request: StudioRequest) -> bool:
    return any(request.official.has(right) for right in MAY_ASK)


def _shown(
    request: StudioRequest,
    *,
    asking: str,
    why: str = "",
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    archives, now = _archives(), timezone.now()
    whole = [one for one in archives if one.is_there and not one.is_anonymised]
    newest = next((one for one in whole if one.is_managed), None)
    facts = {
        "archives": archives,
        "newest": newest,
        "tested": next((one for one in archives if one.tested_at), None),
        "is_overdue": is_overdue(newest, now=now),
        "rpo_hours": round(RPO.total_seconds() / 3600),
        "operations": _operations(current_city().code),
        "asking": asking,
        "why": why,
        "problems": problems or [],
        "has_errors": bool(problems),
        "may_ask": _may_ask(request),
        "place": "backup",
    }
    return show(request, "studio/backup.html", facts, status=status)
