"""An operator's act: who asks for it, and the note of it in the platform's audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor, Fact
from tenants.provisioning.opening import opening_ask
from tenants.provisioning.operations import operation_ask
from tenants.types import Asker, OperationFacts, OperationKind

CITY, HERE = "city", "console"


def actor_of(request: HttpRequest) -> Actor:
    """The person at the console, as the audit names them."""
    user: Any = request.user
    return Actor(user.pk, user.name, origin=request.META.get("REMOTE_ADDR", ""))


def asker_of(request: HttpRequest) -> Asker:
    """The person at the console, as an operation names them."""
    actor = actor_of(request)
    return Asker(id=actor.id, name=actor.name, origin=HERE)


def may_act(request: HttpRequest) -> bool:
    """Operators act; approvers look, and approve what others asked for."""
    return bool(getattr(request.user, "platform_role", "") == "operator")


def note(
    request: HttpRequest,
    action: str,
    *,
    city: str = "",
    subject_id: UUID | None = None,
    reason: str = "",
    facts: Mapping[str, Fact] | None = None,
) -> None:
    """Add the act to the platform's audit. Call it outside of any city."""
    audit_append(
        action,
        actor=actor_of(request),
        subject_kind=CITY if city else "platform",
        subject_id=subject_id,
        now=timezone.now(),
        facts={**({"city": city} if city else {}), **(facts or {})},
        reason=reason,
    )


def ask(
    request: HttpRequest,
    kind: OperationKind,
    city: str,
    *,
    arguments: Mapping[str, Any] | None = None,
    reason: str = "",
    needs_approval: bool = False,
) -> OperationFacts:
    """Ask for an operation and note who did. Raises OperationUnderWay."""
    with transaction.atomic():
        operation = operation_ask(
            kind,
            city,
            arguments=dict(arguments or {}),
            by=asker_of(request),
            reason=reason,
            needs_approval=needs_approval,
            now=timezone.now(),
        )
        asked(request, operation)
    return operation


def ask_opening(request: HttpRequest, city: str, arguments: Mapping[str, Any]) -> OperationFacts:
    """Ask for a city to be opened. Raises CityAlreadyOpen, HostTaken, HostInvalid."""
    with transaction.atomic():
        operation = opening_ask(city, arguments, by=asker_of(request), now=timezone.now())
        asked(request, operation)
    return operation


def asked(request: HttpRequest, operation: OperationFacts) -> None:
    """Note who asked for an operation, and why."""
    note(
        request,
        f"operation.{operation.kind}_asked",
        city=operation.city_code,
        subject_id=operation.id,
        reason=operation.reason,
    )
