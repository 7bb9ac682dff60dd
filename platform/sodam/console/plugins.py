"""P3: every plugin there is: the governments' own, installed ones, and those left out, with why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from customization.public import PluginRow, plugin_overview
from sodam.ui.platform_pages import platform_page
from sodam.ui.words import is_english
from tenants.selectors import city_list

STATES = {
    "loaded": ("ok", "check"),
    "quarantined": ("no", "ban"),
    "overlay": ("", "document"),
    "none": ("", "minus"),
}


@require_GET
@platform_page("operator", "approver")
def plugins(request: HttpRequest) -> HttpResponse:
    """One line each; those left out first, for somebody has to look at them."""
    today = timezone.localdate()
    rows = plugin_overview(on=today)
    names = {one.code: one.name_en if is_english() else one.name_ko for one in city_list(on=today)}
    facts = {
        "broken": [one for one in rows if one.status == "quarantined"],
        "lines": [_line(one, names) for one in rows if one.status != "quarantined"],
        "loaded": sum(one.status == "loaded" for one in rows),
        "paused": sum(bool(one.paused_in) for one in rows),
        "menu": "plugins",
    }
    return render(request, "console/plugins.html", facts)


def _line(row: PluginRow, names: dict[str, str]) -> dict[str, object]:
    tone, icon = STATES[row.status]
    words = {"loaded": _("쓸 수 있음"), "overlay": _("문서만 다름"), "none": _("표준 그대로")}
    is_paused = bool(row.paused_in)
    return {
        "row": row,
        "word": _("멈춘 곳 있음") if is_paused else words[row.status],
        "tone": "no" if is_paused else tone,
        "icon": "alert" if is_paused else icon,
        "enabled_in": ", ".join(names.get(one, one) for one in row.enabled_in),
        "paused_in": ", ".join(names.get(one, one) for one in row.paused_in),
    }
