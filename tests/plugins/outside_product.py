"""Sodam in a process with a plugin installed: `python -m tests.plugins.outside_product CODE`.

Turns the plugin on in Busan alone. Then in each city somebody telephones, the figures are made, and
an official looks: what the pages show is written as JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  # after django.setup()
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from core_crm.kpis.services import facts_refresh  # noqa: E402
from core_crm.voices.models import Voice  # noqa: E402
from customization.public import in_force, plugin_enable, plugin_list  # noqa: E402
from tenants.context import serving_city  # noqa: E402
from tests.support.voices import Office, a_voice, an_office  # noqa: E402

CITIES = ("busan", "seoul")
settings.ALLOWED_HOSTS = ["*"]


def seen(city: str, code: str) -> dict[str, Any]:
    """What this city's pages say of the plugin's panel and indicator."""
    with serving_city(city):
        office, now = an_office(), timezone.now()
        voices = [a_voice(now, channel=channel) for channel in ("phone", "phone", "portal", "api")]
        facts_refresh(now=now, full=True)
        digest = in_force().digest
    pages = _pages(city, office, voices[0])
    return {
        "panel": "방문 기한" in pages["case"],
        "indicator": "전화 접수 비율" in pages["kpi"],
        "share": "50.0" in pages["kpi"],
        "named": code in pages["case"],
        "digest": digest,
    }


def _pages(city: str, office: Office, voice: Voice) -> dict[str, str]:
    client = Client(headers={"host": f"{city}.localhost"})
    with serving_city(city):
        client.force_login(office.head.user, backend="sodam.demo.accounts.RealAccounts")
    places = {"case": f"/staff/voices/{voice.ref}", "kpi": "/staff/kpi"}
    return {name: client.get(place, follow=True).content.decode() for name, place in places.items()}


def main(code: str) -> None:
    with serving_city("busan"):
        before = in_force().digest
        plugin_enable(code, actor=None, now=timezone.now())
    found = {city: seen(city, code) for city in CITIES}
    known = [one.plugin.code for one in plugin_list()]
    sys.stdout.write(json.dumps({"before": before, "known": known, "cities": found}))


if __name__ == "__main__":
    main(sys.argv[1])
