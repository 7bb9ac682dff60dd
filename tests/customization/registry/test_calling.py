"""A function of a plugin is asked in time, apart and with its own records; failing, it is left."""

from __future__ import annotations

import threading
import time
from datetime import UTC, timedelta

import pytest
from django.db import transaction

from core_crm.audit.models import AuditEntry
from core_crm.common.contributions import OutgoingText
from core_crm.extension_points import (
    channel_gateways,
    importers,
    measures,
    panels,
    report_columns,
    workflow_actions,
    workflow_guards,
)
from customization.documents.selectors import in_force
from customization.plugin_testing import a_case
from customization.registry import apart, health
from customization.registry.enabling import plugin_enable
from customization.registry.models import PluginHealth, PluginRecord
from tenants.context import serving_city
from tests.conftest import ServedCity, kst
from tests.support.plugins import Know, forget

NOW = kst("2026-10-01 10:00")
ALL = "permissions=tuple(Permission)"


def known_and_on(know: Know, text: str) -> None:
    know(harbour=text)
    plugin_enable("harbour", actor=None, now=NOW)
    forget()


def plugin_with(contribution: str) -> str:
    return (
        f"PLUGIN = Plugin(code='harbour', name='항구', api=(1, 1), {ALL},"
        f" contributes=({contribution},))"
    )


def names(shape: str, function: str) -> str:
    return f"{shape}(code='one', label_ko='하나', label_en='One', {function})"


def show_once() -> object:
    return panels.all()[0].what.show(a_case(), NOW.date())


RECORDING = """
def run(case, arguments, now):
    seen = records.get("visit", case.id) or {"times": 0}
    records.put("visit", case.id, {"times": seen["times"] + 1, "city": this_city()})
    return ActionResult({"times": len(records.find("visit", city="busan"))}, note="✓")
def show(case, today):
    records.put("visit", case.id, {})
"""


def test_an_action_keeps_records_of_its_own_city(busan: ServedCity, know: Know) -> None:
    known_and_on(know, RECORDING + plugin_with(names("Action", "run=run")))
    run = workflow_actions.all()[0].what.run
    case = a_case()
    assert run(case, {}, NOW).attributes == {"times": 1}
    assert run(case, {}, NOW).note == "✓"
    kept = PluginRecord.objects.get()
    assert (kept.plugin, kept.kind, kept.key) == ("harbour", "visit", case.id)
    assert kept.data == {"times": 2, "city": "busan"}


def test_looking_changes_nothing(busan: ServedCity, know: Know) -> None:
    known_and_on(know, RECORDING + plugin_with(names("Panel", "show=show")))
    assert show_once() is None
    assert not PluginRecord.objects.exists()


def test_what_it_changes_of_its_arguments_is_its_own(busan: ServedCity, know: Know) -> None:
    text = "def value(case):\n    case.attributes['memo'] = 'mine'\n    return 'x'\n"
    known_and_on(know, text + plugin_with(names("ReportColumn", "value=value")))
    case = a_case(attributes={"memo": "theirs"})
    assert report_columns.all()[0].what.value(case) == "x"
    assert case.attributes == {"memo": "theirs"}


def test_instants_are_on_koreas_clock(busan: ServedCity, know: Know) -> None:
    text = "def value(case): return case.received_at.date().isoformat()\n"
    known_and_on(know, text + plugin_with(names("ReportColumn", "value=value")))
    early = kst("2026-10-02 08:00").astimezone(UTC)
    assert early.date().isoformat() == "2026-10-01"
    assert report_columns.all()[0].what.value(a_case(received_at=early)) == "2026-10-02"


FAILING = {
    "Guard": ("def f(case, now): raise ValueError\n", "refuses=f"),
    "ReportColumn": ("def f(case): return 1.5\n", "value=f"),
    "Importer": ("def f(line): return [line]\n", "convert=f, columns=('가',)"),
    "Gateway": ("def f(message): return None\n", "channel='sms', send=f"),
}


def test_every_shape_has_a_neutral_answer(busan: ServedCity, know: Know) -> None:
    body = "".join(
        text.replace("def f(", f"def {shape.lower()}(") for shape, (text, _) in FAILING.items()
    )
    contributions = ", ".join(
        names(shape, how.replace("=f", f"={shape.lower()}")) for shape, (_, how) in FAILING.items()
    )
    known_and_on(know, body + plugin_with(contributions))
    assert workflow_guards.all()[0].what.refuses(a_case(), NOW) == ""
    assert report_columns.all()[0].what.value(a_case()) is None
    assert importers.all()[0].what.convert({"가": "1"}) == {}
    with pytest.raises(OSError, match="gateway"):
        channel_gateways.all()[0].what.send(OutgoingText("k", "010", "", "글"))


def test_a_gateway_that_cannot_be_reached_is_no_failure(busan: ServedCity, know: Know) -> None:
    text = """
import socket
def send(message):
    socket.create_connection(("127.0.0.1", 1), timeout=1)
"""
    known_and_on(know, text + plugin_with(names("Gateway", "channel='sms', send=send")))
    with pytest.raises(ConnectionRefusedError):
        channel_gateways.all()[0].what.send(OutgoingText("k", "010", "", "글"))
    assert health.health_list() == {}


def test_only_a_gateway_reaches_the_network(two_cities: tuple[str, str], know: Know) -> None:
    text = "import socket\ndef show(case, today): socket.create_connection(('127.0.0.1', 1))\n"
    with serving_city("busan"):
        known_and_on(know, text + plugin_with(names("Panel", "show=show")))
        assert show_once() is None
        assert "socket." in health.health_list()["harbour"].last_error


SLOW = "import time\ndef show(case, today): time.sleep(5)\n"


def test_the_caller_waits_no_longer_than_the_budget_in_any_thread(
    two_cities: tuple[str, str], know: Know
) -> None:
    with serving_city("busan"):
        known_and_on(know, SLOW + plugin_with(names("Panel", "show=show")))
    took: list[float] = []

    def page() -> None:
        begun = time.monotonic()
        with serving_city("busan"):
            show_once()
        took.append(time.monotonic() - begun)

    threads = [threading.Thread(target=page) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(took) == 3
    assert max(took) < 3


def test_a_function_that_never_comes_back_is_stopped() -> None:
    stopped = threading.Event()

    def endless(_ask: object) -> None:
        try:
            while True:
                time.sleep(0.001)
        finally:
            stopped.set()

    with pytest.raises(apart.PluginTooSlow):
        apart.run_apart(endless, seconds=0.05)
    assert stopped.wait(5)


COUNTING = (
    "Measure(code='all', label_ko='모두', label_en='All', of='received',"
    " where={'op': 'isnull', 'field': 'ref', 'value': False})"
)
RAISING = "def show(case, today): raise ValueError('부서짐')\n"


def test_the_fifth_failure_pauses_it_in_this_city_alone(
    two_cities: tuple[str, str], know: Know
) -> None:
    know(harbour=RAISING + plugin_with(f"{names('Panel', 'show=show')}, {COUNTING}"))
    for city in two_cities:
        with serving_city(city):
            plugin_enable("harbour", actor=None, now=NOW)
            forget()
    with serving_city("busan"):
        before = in_force().digest
        for _ in range(health.MOST_FAILURES):
            assert not health.is_paused("harbour")
            show_once()
        assert health.is_paused("harbour")
        forget()
        assert health.is_paused("harbour"), "another process reads it from the row"
        show_once()
        row = PluginHealth.objects.get()
        assert (row.failures, row.last_place) == (health.MOST_FAILURES, "Panel.one")
        assert "부서짐" in row.last_error
        assert AuditEntry.objects.filter(action="config.plugin_paused").count() == 1
        assert in_force().digest == before
        assert [one.code for one in measures.all()] == ["x.harbour.all"], "figures go on"
    with serving_city("seoul"):
        assert not health.is_paused("harbour")


def test_somebody_turns_it_on_again(two_cities: tuple[str, str], know: Know) -> None:
    with serving_city("busan"):
        known_and_on(know, RAISING + plugin_with(names("Panel", "show=show")))
        for _ in range(health.MOST_FAILURES):
            show_once()
        health.resume("harbour", actor=None, now=NOW + timedelta(hours=1))
        assert not health.is_paused("harbour")
        show_once()
        assert not health.is_paused("harbour"), "it is counted from nothing"


def test_a_failure_leaves_the_callers_transaction_whole(
    two_cities: tuple[str, str], know: Know
) -> None:
    text = "def run(case, arguments, now): records.put('visit', case.id, {'a': '\\x00'})\n"
    with serving_city("busan"):
        known_and_on(know, text + plugin_with(names("Action", "run=run")))
        with transaction.atomic():
            PluginRecord.objects.create(plugin="other", kind="k", key="1")
            assert workflow_actions.all()[0].what.run(a_case(), {}, NOW).attributes == {}
        assert PluginRecord.objects.count() == 1
        assert "NUL" in health.health_list()["harbour"].last_error
