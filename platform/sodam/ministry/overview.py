"""The ministry's first page: who takes part, and honestly what will be here."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sodam.ui.platform_pages import platform_page
from tenants.selectors import city_list, region_populations


@dataclass(frozen=True, slots=True)
class Government:
    """One of the governments of today."""

    name: str
    residents: int | None
    standard_version: str
    is_open: bool


@platform_page("analyst")
def overview(request: HttpRequest) -> HttpResponse:
    """The governments of today; figures come with the national reports."""
    residents = region_populations()
    is_english = (get_language() or "ko").startswith("en")
    governments = [
        Government(
            name=row.name_en if is_english else row.name_ko,
            residents=residents.get(row.code),
            standard_version=row.standard_version,
            is_open=row.status == "open",
        )
        for row in city_list(on=timezone.localdate())
    ]
    opened = [one for one in governments if one.is_open]
    facts = {
        "governments": governments,
        "open_count": len(opened),
        "reached": sum(one.residents or 0 for one in opened),
        "coming": _coming(),
        "menu": "overview",
    }
    return render(request, "ministry/overview.html", facts)


def _coming() -> list[tuple[str, str]]:
    """What this host will show, said before it does."""
    return [
        (
            _("합계만"),
            _("시·도마다 날짜·부서·분류별 건수와 시간의 합계만 옵니다. 글과 사람은 오지 않습니다."),
        ),
        (_("작은 수는 가림"), _("5건이 안 되는 칸은 가리고, 다른 합계로 되짚을 수 없게 합니다.")),
        (_("함께 보는 지도"), _("처리시간, 기한 안 처리, 만족도를 16곳의 지도와 표로 봅니다.")),
        (_("표준화의 효과"), _("시·도가 표준을 함께 써서 아낀 비용을 장부로 보입니다.")),
    ]
