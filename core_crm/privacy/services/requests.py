"""A citizen asks: written down, decided on, carried out (개인정보 보호법 제35–37조)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from core_crm.audit.services import audit_append, disclosure_note
from core_crm.audit.types import Actor
from core_crm.calendars import SEOUL
from core_crm.customers.models import Citizen
from core_crm.customers.selectors import own_ids, survivor_of
from core_crm.customers.types import CustomerState
from core_crm.privacy.errors import RequestNotInState, RequestNotPossible
from core_crm.privacy.models import WAITING, PrivacyRequest
from core_crm.privacy.services.erasing import person_erase
from core_crm.privacy.types import RequestKind, RequestState

DAYS = 10
"""시행령 제41조 제4항, 제43조 제3항, 제44조 제2항."""
SUBJECT = "privacy_request"


@transaction.atomic
def request_open(
    kind: str, citizen: Citizen, *, text: str, by: Actor | None, now: datetime
) -> PrivacyRequest:
    """Write down what a citizen asks; `by` None: the citizen alone, in the consent centre.

    Asked again while it waits, it is the same request. To correct asks to say what. Raises
    RequestNotPossible.
    """
    text = text.strip()
    owner = _owner(citizen)
    if kind not in set(RequestKind):
        raise RequestNotPossible("그런 요구는 없습니다. 네 가지 가운데 골라 주세요.", field="kind")
    if kind == RequestKind.CORRECT and not text:
        raise RequestNotPossible("무엇을 어떻게 고칠지 써 주세요.", field="text")
    waiting = PrivacyRequest.objects.filter(citizen=owner, kind=kind, state__in=WAITING).first()
    if waiting is not None:
        return waiting
    request = PrivacyRequest.objects.create(
        kind=kind,
        citizen=owner,
        text=text[:1000],
        opened_at=now,
        due_on=now.astimezone(SEOUL).date() + timedelta(days=DAYS),
        by_id=by.id if by else None,
        by_name=by.name[:60] if by else "",
    )
    _note("privacy.requested", request, by=by, now=now)
    return request


@transaction.atomic
def request_decide(
    request: PrivacyRequest, *, is_accepted: bool, reason: str, by: Actor, now: datetime
) -> PrivacyRequest:
    """Say yes, or no with the reason that the citizen is told. Raises RequestNotInState and
    RequestNotPossible."""
    found = _locked(request, RequestState.OPEN)
    reason = reason.strip()
    if not is_accepted and not reason:
        raise RequestNotPossible(
            "거절할 때는 시민에게 알릴 사유를 써 주세요 (개인정보 보호법 제35조 제4항).",
            field="reason",
        )
    found.state = RequestState.ACCEPTED if is_accepted else RequestState.REFUSED
    found.decided_at, found.decided_by_name, found.reason = now, by.name[:60], reason[:300]
    found.save()
    _note("privacy.decided", found, by=by, now=now, is_accepted=is_accepted)
    return found


@transaction.atomic
def request_carry_out(request: PrivacyRequest, *, by: Actor, now: datetime) -> PrivacyRequest:
    """Do what was accepted, in one transaction. Raises RequestNotInState.

    Erase: all rooms forget but what a law keeps, which is told. Restrict: nothing is processed
    further. Access: the data was handed over, which the access log notes. Correct: the official
    has corrected it; here it is closed.
    """
    found = _locked(request, RequestState.ACCEPTED)
    found.outcome = _done(found, by=by, now=now)
    found.state, found.carried_at = RequestState.DONE, now
    if found.kind == RequestKind.ERASE:
        found.text = ""
    found.save()
    _note("privacy.carried_out", found, by=by, now=now, rows=found.outcome.get("count"))
    return found


def _done(request: PrivacyRequest, *, by: Actor, now: datetime) -> dict[str, Any]:
    if request.kind == RequestKind.ERASE:
        erased = person_erase(request.citizen, by=by, now=now)
        holds = [
            {"label": one.label, "count": one.count, "basis": one.basis} for one in erased.holds
        ]
        return {"count": erased.count, "rows": dict(erased.rows), "holds": holds}
    if request.kind == RequestKind.RESTRICT:
        ids = own_ids(request.citizen)
        return {"count": Citizen.objects.filter(pk__in=ids).update(is_restricted=True)}
    if request.kind == RequestKind.ACCESS:
        subjects = [request.citizen_id]
        reason = "정보주체의 열람 요구"
        disclosure_note(
            actor=by, action="customer.handed_over", subject_ids=subjects, reason=reason, now=now
        )
    return {}


def _owner(citizen: Citizen) -> Citizen:
    owner = survivor_of(citizen)
    if owner.state == CustomerState.ERASED:
        raise RequestNotPossible("개인정보가 이미 지워진 고객입니다.")
    return owner


def _locked(request: PrivacyRequest, state: RequestState) -> PrivacyRequest:
    found = PrivacyRequest.objects.select_for_update().get(pk=request.pk)
    if found.state != state:
        raise RequestNotInState(
            "다른 사람이 먼저 처리했거나 아직 결정하지 않은 요구입니다. 새로 고쳐 주세요.",
            state=found.state,
        )
    return found


def _note(
    action: str, request: PrivacyRequest, *, by: Actor | None, now: datetime, **facts: Any
) -> None:
    audit_append(
        action,
        actor=by,
        subject_kind=SUBJECT,
        subject_id=request.id,
        now=now,
        facts={"kind": request.kind, "citizen": str(request.citizen_id), **facts},
    )
