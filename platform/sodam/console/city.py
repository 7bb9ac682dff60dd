"""P3: one city: how it stands, whom to call, its backups, copies and work; and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sodam.console.acting import may_act
from sodam.console.backups_told import backup_state
from sodam.console.cities_words import STATES, name_of, state_of, state_words
from sodam.console.city_acts_known import Act, acts_for
from sodam.console.operation_results import size
from sodam.console.operation_view import view_of
from sodam.console.operation_words import duration
from sodam.ui.platform_pages import address_of, platform_page
from sodam.ui.templatetags.ui import number
from tenants.backups import BackupFacts, backup_list, backup_newest
from tenants.provisioning.operations import operation_list
from tenants.selectors import CityRow, city_copies, city_get, hosts_of, region_populations

BACKUPS, OPERATIONS = 6, 8


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One archive in the table."""

    facts: BackupFacts
    size: str
    took: str
    word: str
    tone: str
    icon: str


@require_GET
@platform_page("operator", "approver")
def city(request: HttpRequest, code: str) -> HttpResponse:
    """Of the documents and the machinery only: no citizen and no official is named here."""
    now = timezone.now()
    row = city_get(code, on=timezone.localdate(now))
    state = state_of(row)
    tone, icon = STATES[state]
    work = operation_list(city_code=code, limit=OPERATIONS)
    backups = backup_list(row.region_code if row.status == "not_open" else code, limit=BACKUPS)
    facts = {
        "row": row,
        "name": name_of(row),
        "state_word": state_words()[state],
        "tone": tone,
        "icon": icon,
        "url": address_of(request, row.host) if row.status == "open" and row.host else "",
        "about": _about(row),
        "people": _people(row),
        "limits": _limits(row),
        "backup": backup_state(backup_newest(code).get(code), now=now),
        "backups": [_backup(one) for one in backups],
        "copies": [one for one in city_copies() if one.region_code == code and one.code != code],
        "lines": [{"view": view_of(one, now=now)} for one in work],
        "is_of_one": True,
        "groups": _grouped(acts_for(row)) if may_act(request) else [],
        "may_act": may_act(request),
        "menu": "cities",
    }
    return render(request, "console/city.html", facts)


def _about(row: CityRow) -> list[tuple[str, Any]]:
    residents = region_populations().get(row.region_code)
    return [
        (_("코드"), row.code),
        (_("주소"), ", ".join(hosts_of(row.code)) or "–"),
        (_("개통할 때 표준"), row.standard_version or "–"),
        (_("플러그인"), row.plugin or (_("표준 그대로") if row.standard_version else "–")),
        (_("이행 차례"), _ring(row)),
        (_("주민등록인구"), number(residents)),
    ]


def _ring(row: CityRow) -> str:
    return _("먼저 (카나리아)") if row.ring == 0 else _("%(n)d번째 고리") % {"n": row.ring}


def _people(row: CityRow) -> list[tuple[str, str]]:
    words = {
        "department": _("부서"),
        "name": _("담당자"),
        "phone": _("전화"),
        "email": _("전자우편"),
    }
    return [(word, row.contacts.get(name) or "–") for name, word in words.items()]


def _limits(row: CityRow) -> list[tuple[str, str]]:
    words = {
        "staff_accounts": _("직원 계정"),
        "storage_gb": _("저장 용량(GB)"),
        "messages_per_month": _("한 달 문자"),
    }
    none = _("정하지 않음")
    return [
        (word, number(row.limits[name]) if name in row.limits else none)
        for name, word in words.items()
    ]


def _backup(one: BackupFacts) -> BackupLine:
    word, tone, icon = _tested(one)
    return BackupLine(one, size(one.size_bytes), duration(one.seconds), word, tone, icon)


def _tested(one: BackupFacts) -> tuple[str, str, str]:
    if not one.is_there:
        return _("지워짐"), "", "minus"
    if one.is_restorable is None:
        return _("시험 전"), "", "clock"
    return (_("복원됨"), "ok", "check") if one.is_restorable else (_("복원 안 됨"), "no", "alert")


def _grouped(acts: list[Act]) -> list[tuple[str, list[Act]]]:
    """Acts under their headings, the dangerous ones last."""
    words = {"serve": _("운영"), "keep": _("백업과 사본"), "leave": _("되돌리기 어려운 일")}
    groups = [(word, [act for act in acts if act.group == group]) for group, word in words.items()]
    return [(word, found) for word, found in groups if found]
