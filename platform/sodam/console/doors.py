"""`http://localhost/`: every door of this installation, on one page."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sodam.ui.platform_pages import address_of, door
from tenants.selectors import CityRow, city_list

DEMO_WORD = "sodam-demo"
EXAMPLE_CITY = "busan"


@dataclass(frozen=True, slots=True)
class CityDoor:
    """One government on the page. `url` is empty until it is open."""

    code: str
    name: str
    url: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One invented account: who they are, where they log in."""

    role: str
    email: str
    url: str
    place: str


def doors(request: HttpRequest) -> HttpResponse:
    """Cities that are open, the operator's and the ministry's doors, the API, demo accounts."""
    cities = [_city(request, row) for row in city_list(on=timezone.localdate())]
    opened = [city for city in cities if city.is_open]
    example = next((city for city in opened if city.code == EXAMPLE_CITY), None)
    facts = {
        "cities": cities,
        "open_count": len(opened),
        "example": example or (opened[0] if opened else None),
        "console_url": door(request, "console"),
        "ministry_url": door(request, "ministry"),
        "accounts": _accounts(request, example) if settings.DEMO_MODE else [],
        "demo_word": DEMO_WORD,
    }
    return render(request, "console/doors.html", facts)


def _city(request: HttpRequest, row: CityRow) -> CityDoor:
    is_open = row.status == "open" and bool(row.host)
    is_english = (get_language() or "ko").startswith("en")
    return CityDoor(
        code=row.code,
        name=row.name_en if is_english else row.name_ko,
        url=address_of(request, row.host) if is_open else "",
        is_open=is_open,
    )


def _accounts(request: HttpRequest, example: CityDoor | None) -> list[DemoAccount]:
    console, ministry = door(request, "console"), door(request, "ministry")
    platform = [
        DemoAccount(_("운영자"), "operator@sodam.example", console, _("운영")),
        DemoAccount(_("승인자"), "approver@sodam.example", console, _("운영")),
        DemoAccount(_("중앙 분석가"), "analyst@ministry.example", ministry, _("행정안전부")),
    ]
    return [*platform, *(_city_accounts(example) if example else [])]


def _city_accounts(city: CityDoor) -> list[DemoAccount]:
    roles = {
        "officer": _("담당자"),
        "head": _("부서장"),
        "agent": _("상담원"),
        "admin": _("관리자"),
        "approver": _("승인자"),
        "steward": _("기준정보 담당"),
        "privacy": _("개인정보 보호담당"),
    }
    return [
        DemoAccount(role, f"{name}@{city.code}.example", f"{city.url}staff/", city.name)
        for name, role in roles.items()
    ]
