"""Twelve kinds of broken plugin (R13): the city that has one works on with the core's own answers,
and no other city notices anything."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

import pytest
from django.test import Client

from core_crm.extension_points import document, panels
from customization.documents.selectors import in_force
from customization.plugin_testing import a_case
from customization.registry.enabling import plugin_enable
from customization.registry.health import health_list
from tenants.context import serving_city
from tests.conftest import kst
from tests.support.plugins import Know, forget

NOW = kst("2026-10-01 10:00")
CHANGING = re.compile(rb'(csrfmiddlewaretoken" value|nonce)="[^"]*"')

DECLARED = """
PLUGIN = Plugin(
    code="broken", name="고장", api=(1, 1), permissions=(Permission.CASES,),
    contributes=(Panel(code="box", label_ko="상자", label_en="Box", show=show),),
)
"""


class Broken(NamedTuple):
    """How a plugin is broken, and what we say of it: at the door, or when it is asked."""

    text: str
    at_the_door: str = ""
    at_work: str = ""


BROKEN = {
    "cannot be imported": Broken(
        "import no_such_module\n" + DECLARED, at_the_door="No module named 'no_such_module'"
    ),
    "is too slow": Broken(
        "import time\ndef show(case, today): time.sleep(30)\n" + DECLARED,
        at_work="PluginTooSlow",
    ),
    "never comes back": Broken(
        "def show(case, today):\n    while True: pass\n" + DECLARED, at_work="PluginTooSlow"
    ),
    "takes all memory": Broken(
        "def show(case, today): return [0] * 10**11\n" + DECLARED, at_work="MemoryError"
    ),
    "answers with something else": Broken(
        "def show(case, today): return {'lines': 1}\n" + DECLARED, at_work="not dict"
    ),
    "calls itself for ever": Broken(
        "def show(case, today): return show(case, today)\n" + DECLARED, at_work="RecursionError"
    ),
    "leaves threads behind": Broken(
        """
import threading
def spin():
    while True: pass
def show(case, today): threading.Thread(target=spin, daemon=True).start()
"""
        + DECLARED,
        at_work="left a thread running",
    ),
    "writes SQL to another city": Broken(
        """
from django.db import connection
def show(case, today):
    with connection.cursor() as cursor: cursor.execute("TABLE seoul.core_voices_voice")
"""
        + DECLARED,
        at_work="NoCity",
    ),
    "enters another city": Broken(
        """
from tenants.context import serving_city
def show(case, today):
    with serving_city("seoul"): return None
"""
        + DECLARED,
        at_work="NoCity",
    ),
    "changes the core's code": Broken(
        """
import core_crm.voices.services.registration as registration
registration.voice_register = lambda *args, **kwargs: None
def show(case, today): return None
"""
        + DECLARED,
        at_the_door="changed code that is not its own: .*voice_register",
    ),
    "brings a table of its own": Broken(
        """
from django.db import models
class Evil(models.Model):
    class Meta: app_label = "core_voices"
def show(case, today): return None
"""
        + DECLARED,
        at_the_door="model core_voices.evil",
    ),
    "answers without end": Broken(
        """
def show(case, today): return PanelContent((("이름", "값" * 10**6),))
"""
        + DECLARED,
        at_work="more than 300",
    ),
    "is made for a newer contract": Broken(
        "def show(case, today): return None\n" + DECLARED.replace("(1, 1)", "(1, 99)"),
        at_the_door="version",
    ),
    "raises": Broken("def show(case, today): return 1 / 0\n" + DECLARED, at_work="ZeroDivision"),
    "leaves the process": Broken(
        "def show(case, today): raise SystemExit(1)\n" + DECLARED, at_work="SystemExit"
    ),
    "starts a program": Broken(
        "import os\ndef show(case, today): os.system('true')\n" + DECLARED, at_work="os.system"
    ),
    "has no documents where it says": Broken(
        """
PLUGIN = Plugin(code="broken", name="고장", api=(1, 1), documents=Path("/nowhere"),
                permissions=(Permission.DOCUMENTS,))
""",
        at_the_door="there is no folder",
    ),
}


def fingerprint(city: str) -> tuple[str, tuple[str, ...]]:
    """The digest of a city's documents, and of what its pages say."""
    client = Client(headers={"host": f"{city}.localhost"})
    pages = tuple(page_digest(client, path) for path in ("/", "/board", "/help"))
    with serving_city(city):
        return in_force().digest, pages


def page_digest(client: Client, path: str) -> str:
    answer = client.get(path)
    said = CHANGING.sub(b"", answer.content)
    return f"{answer.status_code} {hashlib.sha256(said).hexdigest()}"


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_plugin_is_noticed_and_no_page_of_any_city_changes(
    two_cities: tuple[str, str], know: Know, broken: Broken
) -> None:
    before = {city: fingerprint(city) for city in two_cities}
    plugins = know(broken=broken.text)
    refused = " ".join(one.reason for one in plugins.quarantined)
    assert re.search(broken.at_the_door, refused) if broken.at_the_door else not refused
    with serving_city("busan"):
        if broken.at_work:
            plugin_enable("broken", actor=None, now=NOW)
            forget()
        assert [one.what.show(a_case(), NOW.date()) for one in panels.all()] in ([], [None])
        assert document("template", "voice_received").body["texts"]
        said = " ".join(one.last_error for one in health_list().values())
    assert re.search(broken.at_work, said) if broken.at_work else not said
    assert {city: fingerprint(city) for city in two_cities} == before


def test_the_page_digests_are_not_of_nothing(two_cities: tuple[str, str]) -> None:
    """Each page is there, and differs between cities; else the test above could not fail."""
    busan, seoul = (fingerprint(city)[1] for city in two_cities)
    assert all(one.startswith("200 ") for one in (*busan, *seoul))
    assert not set(busan) & set(seoul)
