"""P1: every government, whether it is served, and on which standard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sodam.ui.platform_pages import address_of, platform_page
from tenants.selectors import CityRow, city_list, region_populations

STATES = {
    "open": ("ok", "check"),
    "suspended": ("wait", "pause"),
    "closed": ("no", "ban"),
    "not_open": ("", "clock"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One government in the list."""

    code: str
    name: str
    other_name: str
    state_word: str
    state_tone: str
    state_icon: str
    standard_version: str
    plugin: str
    host: str
    url: str
    opened_on: date | None
    residents: int | None


@platform_page("operator", "approver")
def cities(request: HttpRequest) -> HttpResponse:
    """The governments of today in their customary order; `?state=` narrows, `?q=` finds."""
    rows, residents = city_list(on=timezone.localdate()), region_populations()
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    lines = [
        _line(request, row, residents.get(row.code))
        for row in rows
        if _fits(row, state=state, text=text)
    ]
    counts = {code: sum(row.status == code for row in rows) for code in STATES}
    filters = [("", _("모두"), len(rows))] + [
        (code, word, counts[code]) for code, word in _words().items() if counts[code]
    ]
    facts = {
        "lines": lines,
        "filters": filters,
        "state": state,
        "text": text,
        "total": len(rows),
        "open_count": counts["open"],
        "menu": "cities",
    }
    return render(request, "console/cities.html", facts)


def _fits(row: CityRow, *, state: str, text: str) -> bool:
    if state and row.status != state:
        return False
    known = f"{row.name_ko} {row.short_name_ko} {row.name_en} {row.code}".lower()
    return all(word in known for word in text.lower().split())


def _line(request: HttpRequest, row: CityRow, residents: int | None) -> Line:
    tone, icon = STATES.get(row.status, STATES["not_open"])
    is_english = (get_language() or "ko").startswith("en")
    names = (row.name_en, row.name_ko) if is_english else (row.name_ko, row.name_en)
    return Line(
        code=row.code,
        name=names[0],
        other_name=names[1],
        state_word=_words().get(row.status, row.status),
        state_tone=tone,
        state_icon=icon,
        standard_version=row.standard_version,
        plugin=row.plugin,
        host=row.host,
        url=address_of(request, row.host) if row.host and row.status == "open" else "",
        opened_on=row.opened_on,
        residents=residents,
    )


def _words() -> dict[str, str]:
    return {
        "open": _("운영 중"),
        "suspended": _("멈춤"),
        "closed": _("닫음"),
        "not_open": _("개통 전"),
    }
