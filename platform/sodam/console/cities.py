"""P1: every government and every copy: how it stands, its backups, and the work under way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from sodam.console.acting import may_act
from sodam.console.backups_told import BackupState, backup_state
from sodam.console.cities_words import STATES, state_of, state_words
from sodam.console.operation_view import View, view_of
from sodam.console.operations import UNFINISHED
from sodam.ui.platform_pages import address_of, platform_page
from sodam.ui.words import is_english
from tenants.backups import BackupFacts, backup_newest
from tenants.provisioning.operations import operation_list
from tenants.selectors import CityRow, city_copies, city_list, region_populations
from tenants.types import CLOSED, OPEN, SUSPENDED, Purpose


@dataclass(frozen=True, slots=True)
class Line:
    """One government in the list, or a copy. `work`: what is under way there, or failed."""

    code: str
    name: str
    other_name: str
    state: str
    state_word: str
    state_tone: str
    state_icon: str
    standard_version: str
    plugin: str
    host: str
    url: str
    opened_on: date | None
    residents: int | None
    backup: BackupState | None
    work: View | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the lines need of other tables: one query each."""

    now: datetime
    residents: dict[str, int]
    backups: dict[str, BackupFacts]
    work: dict[str, View]

    @classmethod
    def read(cls, now: datetime) -> Known:
        work = operation_list(states=list(UNFINISHED), limit=200)
        views = {one.city_code: view_of(one, now=now) for one in reversed(work)}
        return cls(now, region_populations(), backup_newest(), views)


@platform_page("operator", "approver")
def cities(request: HttpRequest) -> HttpResponse:
    """The governments of today in their customary order, then copies; `?state=`, `?q=` narrow."""
    now = timezone.now()
    rows = [*city_list(on=timezone.localdate(now)), *city_copies()]
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    known = Known.read(now)
    shown = [row for row in rows if _fits(row, state=state, text=text)]
    counts = _counts(rows)
    facts = {
        "lines": [_line(request, row, known) for row in shown],
        "filters": [("", _("모두"), len(rows)), *_filters(counts)],
        "state": state,
        "text": text,
        "total": sum(row.code == row.region_code for row in rows),
        "open_count": counts["open"] + counts["trial"],
        "waiting": [one for one in known.work.values() if one.facts.awaits_approval],
        "failed": sum(one.may_undo for one in known.work.values()),
        "may_act": may_act(request),
        "menu": "cities",
    }
    return render(request, "console/cities.html", facts)


def _counts(rows: Sequence[CityRow]) -> dict[str, int]:
    states = [state_of(row) for row in rows]
    return {code: states.count(code) for code in STATES}


def _filters(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    words = state_words()
    return [(code, words[code], count) for code, count in counts.items() if count]


def _fits(row: CityRow, *, state: str, text: str) -> bool:
    if state and state_of(row) != state:
        return False
    known = f"{row.name_ko} {row.short_name_ko} {row.name_en} {row.code}".lower()
    return all(word in known for word in text.lower().split())


def _line(request: HttpRequest, row: CityRow, known: Known) -> Line:
    state = state_of(row)
    tone, icon = STATES[state]
    names = (row.name_en, row.name_ko) if is_english() else (row.name_ko, row.name_en)
    has_data = row.status in (OPEN, SUSPENDED, CLOSED) and row.purpose == Purpose.SERVICE
    newest = known.backups.get(row.code)
    return Line(
        code=row.code,
        name=names[0],
        other_name=names[1],
        state=state,
        state_word=state_words()[state],
        state_tone=tone,
        state_icon=icon,
        standard_version=row.standard_version,
        plugin=row.plugin,
        host=row.host,
        url=address_of(request, row.host) if row.host and row.status == OPEN else "",
        opened_on=row.opened_on,
        residents=known.residents.get(row.region_code),
        backup=backup_state(newest, now=known.now) if has_data else None,
        work=known.work.get(row.code),
    )
