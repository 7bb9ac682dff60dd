"""`{% load staff %}`: signs of the staff face."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core_crm.staff.types import ROLE_LABELS_KO
from sodam.staff.customer_links import links_of
from sodam.staff.labels import Sign

register = template.Library()
DEMO_WORD = "sodam-demo"  # docs/reference: demo accounts exist in demo mode only


@register.simple_tag
def state_pill(sign: Sign) -> SafeString:
    """A state in word, icon and tone."""
    return _state_pill(str(sign.word), sign.icon, sign.tone)


@lru_cache(maxsize=1024)
def _state_pill(word: str, icon: str, tone: str) -> SafeString:
    return render_to_string("ui/components/state.html", {"word": word, "icon": icon, "tone": tone})


@register.simple_tag(takes_context=True)
def demo_accounts(context: dict[str, Any]) -> list[dict[str, Any]]:
    """In demo mode, the invented accounts of this city (their password is public knowledge)."""
    city = context.get("city")
    if not settings.DEMO_MODE or city is None:
        return []
    return [
        {"role": _(label), "email": f"{role}@{city.region_code}.example", "word": DEMO_WORD}
        for role, label in ROLE_LABELS_KO.items()
    ]


@register.inclusion_tag("staff/customers/parts/links.html", takes_context=True)
def customer_links(context: dict[str, Any]) -> dict[str, Any]:
    """The pages of 고객관리 that this official may open."""
    official, request = context.get("official"), context.get("request")
    if official is None or request is None:
        return {"links": []}
    return {"links": links_of(official, request.path)}
