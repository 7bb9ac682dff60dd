"""`{% load staff %}`: signs of the staff face."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

from core_crm.staff.types import ROLE_LABELS_KO
from sodam.staff.labels import Sign

register = template.Library()
DEMO_WORD = "sodam-demo"  # docs/reference: demo accounts exist in demo mode only


@register.inclusion_tag("ui/components/state.html")
def state_pill(sign: Sign) -> dict[str, Any]:
    """A state in word, icon and tone."""
    return {"word": sign.word, "icon": sign.icon, "tone": sign.tone}


@register.simple_tag(takes_context=True)
def demo_accounts(context: dict[str, Any]) -> list[dict[str, Any]]:
    """In demo mode, the invented accounts of this city (their password is public knowledge)."""
    city = context.get("city")
    if not settings.DEMO_MODE or city is None:
        return []
    return [
        {"role": _(label), "email": f"{role}@{city.code}.example", "word": DEMO_WORD}
        for role, label in ROLE_LABELS_KO.items()
    ]
