"""An operator looks into the city: asked for with a reason, begun by a link, ended in time.

Nothing here gives a right: who asks is judged by the console, what is shown by the staff face.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction

from core_crm.audit.errors import VisitLinkInvalid, VisitNotReasoned
from core_crm.audit.models import OperatorVisit
from core_crm.audit.services.appending import audit_append
from core_crm.audit.types import VISIT, VISIT_ASKED, VISIT_SEEN, Actor, Fact
from tenants.context import current_city

SALT = "audit.visit"
SHORTEST_REASON = 10
LINK_OVER = "이 방문 주소는 이미 썼거나 5분을 넘겼습니다. 콘솔에서 다시 요청해 주세요."


@transaction.atomic
def visit_ask(*, operator: Actor, reason: str, minutes: int, now: datetime) -> OperatorVisit:
    """Note that an operator wants to look in, and why. Raises VisitNotReasoned."""
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise VisitNotReasoned("왜 들어가는지 열 글자 이상으로 써 주세요.")
    if not 1 <= minutes <= OperatorVisit.MOST_MINUTES:
        raise VisitNotReasoned("방문은 길어도 120분입니다. 더 짧은 시간을 골라 주세요.")
    visit = OperatorVisit.objects.create(
        operator_id=operator.id,
        operator_name=operator.name,
        reason=reason[:300],
        minutes=minutes,
        asked_at=now,
        origin=operator.origin,
    )
    _note(VISIT_ASKED, visit, operator, now, facts={"minutes": minutes})
    return visit


def visit_token(visit: OperatorVisit) -> str:
    """The secret part of the link that begins the visit: of this city, for once."""
    return signing.dumps([current_city().code, str(visit.id)], salt=SALT)


def visit_of_token(token: str, *, now: datetime) -> OperatorVisit:
    """The visit that a link may still begin. Raises VisitLinkInvalid."""
    try:
        city, visit_id = signing.loads(token, salt=SALT, max_age=OperatorVisit.LINK_SECONDS)
    except (signing.BadSignature, ValueError, TypeError) as refused:
        raise VisitLinkInvalid(LINK_OVER) from refused
    since = now - timedelta(seconds=OperatorVisit.LINK_SECONDS)
    unused = OperatorVisit.objects.filter(entered_at=None, ended_at=None, asked_at__gt=since)
    visit = unused.filter(pk=UUID(visit_id)).first() if city == current_city().code else None
    if visit is None:
        raise VisitLinkInvalid(LINK_OVER)
    return visit


@transaction.atomic
def visit_enter(token: str, *, origin: str, now: datetime) -> OperatorVisit:
    """Begin the visit: of two who use the link at once, one does. Raises VisitLinkInvalid."""
    visit = visit_of_token(token, now=now)
    until = now + timedelta(minutes=visit.minutes)
    unused = OperatorVisit.objects.filter(pk=visit.pk, entered_at=None)
    if not unused.update(entered_at=now, ends_at=until):
        raise VisitLinkInvalid(LINK_OVER)
    visit.entered_at, visit.ends_at = now, until
    _note("operator.visit_begun", visit, actor_of_visit(visit, origin=origin), now)
    return visit


@transaction.atomic
def visit_look(
    visit: OperatorVisit, *, route: str, path: str, method: str, origin: str, now: datetime
) -> None:
    """Note one page before it is shown. The path carries references, never a person's name."""
    facts: dict[str, Fact] = {"route": route, "path": path[:300], "method": method}
    _note(VISIT_SEEN, visit, actor_of_visit(visit, origin=origin), now, facts=facts)


@transaction.atomic
def visit_end(
    visit: OperatorVisit, *, how: str, now: datetime, by: Actor | None = None
) -> OperatorVisit:
    """End it now; ended before, it stays as it was. `by` is None when the time did it."""
    ending = OperatorVisit.objects.filter(pk=visit.pk, ended_at=None)
    if ending.update(ended_at=now, ended_by=how):
        visit.ended_at, visit.ended_by = now, how
        _note("operator.visit_ended", visit, by, now, facts={"how": how})
    return visit


def actor_of_visit(visit: OperatorVisit, *, origin: str = "") -> Actor:
    return Actor(visit.operator_id, visit.operator_name, origin)


def _note(
    action: str,
    visit: OperatorVisit,
    actor: Actor | None,
    now: datetime,
    *,
    facts: dict[str, Fact] | None = None,
) -> None:
    audit_append(
        action,
        actor=actor,
        subject_kind=VISIT,
        subject_id=visit.id,
        now=now,
        facts=facts,
        reason=visit.reason,
    )
