"""Building the demo world, city by city; a killed build goes on where it stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib.auth import get_user_model

from core_crm.calendars import SEOUL, city_calendar
from core_crm.national_reports.services import national_refresh
from core_crm.voices.selectors import category_list
from sodam.demo.loading import is_loaded, load, set_demo_password
from sodam.demo.opening import open_cities
from sodam.demo.own import own_categories
from sodam.demo.plan import plan_city
from sodam.demo.sizes import cities_of, voices_of
from tenants import directory
from tenants.context import serving_city, serving_platform
from tenants.provisioning import run_steps
from tenants.selectors import city_list, region_populations

Progress = Callable[[str], None]

PLATFORM_ACCOUNTS = {
    "operator@sodam.example": ("소담 운영자", "operator"),
    "approver@sodam.example": ("소담 승인자", "approver"),
    "analyst@ministry.example": ("행정안전부 분석가", "analyst"),
}


def build(*, size: str, progress: Progress, now: datetime | None = None) -> None:
    """Open the governments of a demo world and fill each, in a serving process.

    Safe to repeat: what is open stays open, what is filled stays as it is.
    """
    moment = now or datetime.now(UTC)
    with serving_platform():
        rows = city_list(on=moment.astimezone(SEOUL).date())
        residents = region_populations()
        _make_platform_accounts()
    cities = cities_of(size, [row.code for row in rows])
    names = {row.code: row.name_ko for row in rows}
    waiting = [row.code for row in rows if row.code in cities and row.status == "not_open"]
    if waiting:
        progress(f"시·도 {len(waiting)}곳 개통")
        open_cities(sorted(waiting, key=cities.index))
        directory.refresh()
    for number, city in enumerate(cities, start=1):
        told = fill(city, voices=voices_of(size, city, residents), now=moment)
        progress(f"[{number}/{len(cities)}] {names[city]}: {told}")
    done = national_refresh(now=moment)
    progress(f"중앙부처에 공개: 시·도 {done.cities}곳, 칸 {done.cells:,}개")


def fill(city: str, *, voices: int, now: datetime) -> str:
    """Organisation, catalogue, people and history of one city; what was done, in words."""
    started = time.monotonic()
    run_steps(city)
    with serving_city(city):
        if is_loaded():
            return "이미 채워져 있습니다"
        plan = plan_city(
            city, voices=voices, now=now, calendar=city_calendar(), own=_own_categories(city)
        )
        count = load(plan)
    return f"고객의 소리 {count:,}건 ({time.monotonic() - started:.0f}초)"


def _own_categories(city: str) -> set[str]:
    """Those of its overlay that are offered in the city being served."""
    return {one.code for one in category_list()} & set(own_categories(city))


def _make_platform_accounts() -> None:
    """Operators and analysts live in the shared schema."""
    users = get_user_model().objects
    known = set(users.values_list("email", flat=True))
    for email, (name, role) in PLATFORM_ACCOUNTS.items():
        if email not in known:
            users.create_user(email, None, name=name, platform_role=role)
            set_demo_password([email])
