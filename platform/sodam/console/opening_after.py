"""Beside an opening while it runs and after it: checks from real facts, and who goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from core_crm.staff.selectors import official_by_email
from sodam.console.backups_told import backup_told
from sodam.console.opening_checks import Check
from sodam.console.opening_draft import STEPS, Draft
from sodam.console.opening_facts import RegionFacts, region_facts
from sodam.console.opening_words import HANDOVER, StepLine, plugin_word, step_lines
from sodam.console.operation_view import View
from sodam.ui.guides import GuideStep, guide_steps
from sodam.ui.platform_pages import address_of
from sodam.ui.templatetags.ui import korean_datetime
from tenants.context import serving_city
from tenants.types import OperationFacts, OperationState


@dataclass(frozen=True, slots=True)
class Invitation:
    """The first administrator's way in. Its address is shown once, and then stands nowhere."""

    said: str
    may_be_shown: bool = False


@dataclass(frozen=True, slots=True)
class After:
    """The columns beside the steps."""

    tasks: list[StepLine]
    region: RegionFacts | None
    checks: list[Check]
    invitation: Invitation | None
    guide: Sequence[GuideStep]
    links: list[tuple[str, str]]

    @property
    def counts(self) -> dict[str, int]:
        tones = [check.tone for check in self.checks]
        return {"ok": tones.count("ok"), "wa": tones.count("wa"), "left": tones.count("")}

    @property
    def guide_done(self) -> int:
        return sum(step.state != "open" for step in self.guide)


@dataclass(frozen=True, slots=True)
class Inside:
    """What was seen in the city itself: no person but its first administrator."""

    is_in: bool = False
    guide: Sequence[GuideStep] = ()


def after_opening(request: HttpRequest, view: View) -> After:
    operation, now = view.facts, timezone.now()
    draft = told_to(operation)
    is_done = operation.state == OperationState.DONE
    inside = _look(draft, now) if is_done else Inside()
    return After(
        tasks=step_lines(draft, HANDOVER if is_done else "check", is_begun=True),
        region=region_facts(draft.code),
        checks=_checks(operation, draft, inside),
        invitation=_invitation(operation, inside) if is_done else None,
        guide=inside.guide,
        links=_links(request, draft) if is_done else [],
    )


def told_to(operation: OperationFacts) -> Draft:
    """The answers with which the opening was asked for."""
    given = dict(operation.arguments)
    return Draft(
        code=operation.city_code,
        hosts=tuple(given.get("hosts") or ()),
        standard_version=str(given.get("standard_version") or ""),
        plugin=str(given.get("plugin") or ""),
        admin_email=str(given.get("admin_email") or ""),
        told=STEPS,
    )


def _look(draft: Draft, now: datetime) -> Inside:
    with serving_city(draft.code):
        person = official_by_email(draft.admin_email) if draft.admin_email else None
        has_been_in = bool(person and person.user.last_login)
        return Inside(has_been_in, tuple(guide_steps(now=now)))


def _checks(operation: OperationFacts, draft: Draft, inside: Inside) -> list[Check]:
    signed_in = Check("ok" if inside.is_in else "", _("첫 관리자 로그인"), _login_word(inside))
    version = _("%(version)s판") % {"version": draft.standard_version}
    return [
        *_verified(operation.result.get("checks") or {}),
        Check("ok", _("표준"), version) if draft.standard_version else Check("", _("표준")),
        Check("ok", _("플러그인 호환"), plugin_word(draft)),
        Check("wa", _("공식 누리집 표시"), _("꺼 둠 · 승인 뒤")),
        backup_told(draft.code),
        signed_in,
    ]


def _verified(found: Mapping[str, Any]) -> list[Check]:
    """What was compared with a freshly migrated city; nothing before that step."""
    words = {
        "schema_diff_lines": _("표가 새것과 다른 줄"),
        "grants": _("권한이 다른 줄"),
        "owner": _("주인이 다른 표"),
        "walls": _("벽의 빈틈"),
    }
    if not found:
        return [Check("", _("표와 벽 검사"), _("3단계에서"))]
    lines = [
        Check("no" if found.get(name) else "ok", word, str(found.get(name, "–")))
        for name, word in words.items()
    ]
    return [*lines, Check("ok", _("표의 판"), str(found.get("version", "–")))]


def _login_word(inside: Inside) -> str:
    return _("들어왔음") if inside.is_in else _("초대 뒤")


def _invitation(operation: OperationFacts, inside: Inside) -> Invitation | None:
    email = str(operation.arguments.get("admin_email") or "")
    if not email:
        return None
    until = operation.result.get("invitation_expires_at")
    told = {"email": email, "until": korean_datetime(_instant(until))}
    if inside.is_in:
        return Invitation(_("들어왔습니다: %(email)s") % told)
    if not until:
        return Invitation(_("이미 있는 계정: %(email)s") % told)
    if "invitation_url" not in operation.result:
        return Invitation(
            _("%(email)s에게 전할 주소를 보여 드렸습니다. %(until)s까지 열립니다.") % told
        )
    return Invitation(_("초대한 사람: %(email)s. %(until)s까지 열립니다.") % told, True)


def _instant(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) and text else None


def _links(request: HttpRequest, draft: Draft) -> list[tuple[str, str]]:
    root = address_of(request, draft.shown_hosts[0])
    return [
        (_("시작 안내 열기 (그 시·도의 스튜디오)"), f"{root}studio/start"),
        (_("시민의 첫 화면"), root),
        (_("직원의 첫 화면"), f"{root}staff/"),
    ]
