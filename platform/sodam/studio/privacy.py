"""`/studio/privacy`: what citizens ask of their data, what is due to be forgotten, who looked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core_crm.audit.types import Actor
from core_crm.common.personal_data import mask_name
from core_crm.privacy.selectors import (
    access_counts,
    consent_editions,
    request_get,
    requests_ended,
    requests_waiting,
    retention_lines,
)
from core_crm.privacy.services import request_carry_out, request_decide, retention_run
from core_crm.staff.types import Right
from customization.public import in_force
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.privacy_words import action_word, kind_word, state_word, then_word
from tenants.errors import DomainError

DAYS = 30


@require_GET
@studio_page
def privacy(request: StudioRequest) -> HttpResponseBase:
    """Requests are shown to the privacy officer only; the rules and counts to all of the studio."""
    return show(request, "studio/privacy.html", _facts(request))


@require_POST
@studio_page
def privacy_act(request: StudioRequest, request_id: UUID, act: str) -> HttpResponseBase:
    """Accept, refuse with a reason, or carry out what was accepted."""
    by, now = _officer(request), timezone.now()
    try:
        found = request_get(request_id)
        if act == "do":
            request_carry_out(found, by=by, now=now)
        elif act in ("accept", "refuse"):
            reason = request.POST.get("reason", "")
            request_decide(found, is_accepted=act == "accept", reason=reason, by=by, now=now)
        else:
            raise Http404
    except DomainError as refused:
        failed = {"error": str(refused), "error_at": str(request_id)}
        facts = _facts(request) | failed
        return show(request, "studio/privacy.html", facts, status=refused.http_status)
    messages.success(request, _done(act))
    return HttpResponseRedirect(reverse("studio_privacy"), status=303)


@require_POST
@studio_page
def privacy_forget(request: StudioRequest) -> HttpResponseBase:
    """Begin with what is due now, a slice of some seconds; the nightly job does the rest."""
    _officer(request)
    gone = sum(retention_run(now=timezone.now()).values())
    messages.success(
        request,
        _("%(count)s건을 파기했습니다. 남은 것은 오늘 밤에 이어서 파기합니다.") % {"count": gone},
    )
    return HttpResponseRedirect(reverse("studio_privacy"), status=303)


def _facts(request: StudioRequest) -> dict[str, Any]:
    now = timezone.now()
    today, may = timezone.localdate(now), request.official.has(Right.PRIVACY_MANAGE)
    lines = [_line(one) for one in retention_lines(now=now)]
    return {
        "may_manage": may,
        "waiting": [_asked(one, today=today) for one in requests_waiting()] if may else [],
        "ended": [_asked(one, today=today) for one in requests_ended()] if may else [],
        "lines": lines,
        "due": sum(line["due"] or 0 for line in lines),
        "shown": _shown(now),
        "editions": _editions(),
        "days": DAYS,
        "place": "privacy",
    }


def _asked(one: Any, *, today: date) -> dict[str, Any]:
    """A request as a line: whose it is stays covered."""
    waits = one.state in ("open", "accepted")
    return {
        "id": one.id,
        "key": str(one.id),
        "citizen_id": one.citizen_id,
        "kind": kind_word(one.kind),
        "who": mask_name(one.citizen.name) or _("지워진 고객"),
        "text": one.text,
        "opened_at": one.opened_at,
        "due_on": one.due_on,
        "is_late": waits and one.due_on < today,
        "state": one.state,
        "word": state_word(one.state),
        "reason": one.reason,
        "outcome": one.outcome,
    }


def _line(one: Any) -> dict[str, Any]:
    language = "en" if (get_language() or "ko").startswith("en") else "ko"
    words: Mapping[str, str] = one.rule.label.model_dump()
    return {
        "label": words.get(language) or words["ko"],
        "keep_days": one.rule.keep_days,
        "then": then_word(one.rule.then),
        "basis": one.rule.basis,
        "due": one.due,
        "last_at": one.last_at,
        "last_forgotten": one.last_forgotten,
    }


def _editions() -> list[dict[str, Any]]:
    """By the name of the text; a text that was taken out by its code."""
    texts = in_force().tree.get("consent_text", {})
    language = "en" if (get_language() or "ko").startswith("en") else "ko"
    return [
        {
            "code": one.code,
            "label": texts.get(one.code, {}).get("label", {}).get(language) or one.code,
            "digest": one.digest,
            "count": one.count,
        }
        for one in consent_editions()
    ]


def _shown(now: datetime) -> list[dict[str, Any]]:
    counted = access_counts(now - timedelta(days=DAYS), now)
    return [
        {"word": action_word(one.action), "shown": one.shown, "persons": one.persons}
        for one in counted
    ]


def _officer(request: StudioRequest) -> Actor:
    official = request.official
    if not official.has(Right.PRIVACY_MANAGE):
        raise PermissionDenied
    return Actor(official.id, official.name, request.META.get("REMOTE_ADDR", ""))


def _done(act: str) -> str:
    words = {
        "accept": _("요구를 받아들였습니다. 이제 실행해 주세요."),
        "refuse": _("요구를 거절했습니다. 시민이 사유를 봅니다."),
        "do": _("요구대로 했습니다."),
    }
    return words[act]
