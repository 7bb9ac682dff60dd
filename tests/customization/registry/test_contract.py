"""The contract kit finds each way of breaking the contract, and says where."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from customization.registry.contract import plugin_check
from customization.registry.errors import PluginUnknown
from customization.registry.places import place_of
from customization.registry.writing import plugin_write
from tests.support.plugins import HEAD, Write

ALL = "permissions=tuple(Permission), summary='무엇', publisher='누구', source='어디 2026-01-02'"


def declared(contribution: str = "", more: str = "") -> str:
    contributes = f"contributes=({contribution},)," if contribution else ""
    return f"PLUGIN = Plugin(code='tried', name='해 봄', api=(1, 1), {ALL}, {contributes} {more})"


def column(function: str) -> str:
    named = "ReportColumn(code='one', label_ko='하나', label_en='One', value=value)"
    return HEAD + function + "\n" + declared(named)


def measure(where: str) -> str:
    return HEAD + declared(
        f"Measure(code='one', label_ko='하나', label_en='One', of='received', where={where})"
    )


WRONG = {
    "imports a room's services": (
        HEAD + "from core_crm.voices.services import voice_register\n" + declared(),
        "__init__.py:5 core_crm.voices.services",
    ),
    "imports the tenants": (HEAD + "import tenants.sql\n" + declared(), "tenants.sql"),
    "imports another plugin": (HEAD + "import plugins.busan\n" + declared(), "plugins.busan"),
    "imports Django": (HEAD + "from django.db import connection\n" + declared(), "django.db"),
    "imports by name": (
        HEAD + "import importlib\nimportlib.import_module('json')\n" + declared(),
        "import_module",
    ),
    "cannot be loaded": (HEAD + "1 / 0", "ZeroDivisionError"),
    "says nothing of itself": (
        HEAD + "PLUGIN = Plugin(code='tried', name='해 봄', api=(1, 1))",
        "summary, publisher, source",
    ),
    "counts what there is not": (
        measure("{'op': 'eq', 'field': 'chanel', 'value': 'phone'}"),
        "chanel",
    ),
    "counts what changes behind": (
        measure("{'op': 'eq', 'field': 'status', 'value': 'received'}"),
        "달라질 수 있어",
    ),
    "waits for a day that is none": (
        HEAD + declared("Trigger(code='one', label_ko='하나', label_en='One', field='birthday')"),
        "one",
    ),
    "fails on an empty case": (
        column("def value(case): return case.department[0]"),
        "IndexError",
    ),
    "gives the wrong thing": (column("def value(case): return 1.5"), "float"),
    "differs from call to call": (
        column("import random\ndef value(case): return random.random().hex()"),
        "50번 가운데 50번 달랐습니다",
    ),
    "is slow": (column("import time\ndef value(case): time.sleep(0.06)"), "밀리초"),
    "reaches the network": (
        column("import socket\ndef value(case): socket.create_connection(('127.0.0.1', 1))"),
        "socket.",
    ),
    "changes others' code at work": (
        column("import json\ndef value(case): json.dumps = print"),
        "json.dumps",
    ),
}


@pytest.mark.parametrize(("text", "wanted"), WRONG.values(), ids=WRONG.keys())
def test_what_breaks_the_contract_is_found(
    package: Write, tmp_path: Path, text: str, wanted: str
) -> None:
    found = plugin_check(package("tried", text), folder=tmp_path / "tried", package="tried")
    wrong = [one.wrong for one in found if not one.is_kept]
    assert any(wanted in one for one in wrong), wrong


def test_a_gateway_that_cannot_send_is_no_fault(package: Write, tmp_path: Path) -> None:
    text = (
        HEAD
        + "def send(message): raise OSError('nobody there')\n"
        + declared("Gateway(code='one', label_ko='하나', label_en='One', channel='sms', send=send)")
    )
    found = plugin_check(package("tried", text), folder=tmp_path / "tried", package="tried")
    assert [one for one in found if not one.is_kept] == []


def test_a_place_is_found_by_its_project_by_its_package_or_by_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.path", list(sys.path))
    plugin_write("found_so", tmp_path / "project")
    project = place_of(str(tmp_path / "project"))
    assert (project.package, project.folder) == ("found_so", tmp_path / "project" / "found_so")
    assert place_of(str(tmp_path / "project" / "found_so")).package == "found_so"
    assert place_of("busan").package == "plugins.busan"
    (tmp_path / "empty").mkdir()
    for nowhere in (str(tmp_path / "empty"), "no_such", "no/such"):
        with pytest.raises(PluginUnknown):
            place_of(nowhere)
