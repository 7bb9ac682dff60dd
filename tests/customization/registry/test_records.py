"""A plugin's records: its own in its own city, bounded, and askable by rules like any field."""

from __future__ import annotations

from typing import Any

import pytest

from core_crm.common.predicates import read_predicate, to_q
from core_crm.voices.models import Voice
from core_crm.voices.selectors.predicate_source import voice_source
from customization.registry.enabling import plugin_enable
from customization.registry.errors import PluginMisbehaved
from customization.registry.models import PluginRecord
from customization.registry.records import MOST_BYTES, Keeper
from tenants import sql
from tenants.context import serving_city
from tests.conftest import ServedCity, kst
from tests.support.plugins import Know, forget
from tests.support.voices import a_voice, an_office

NOW = kst("2026-10-01 10:00")


def keeper(plugin: str = "harbour") -> Keeper:
    return Keeper(plugin, may_write=True)


def test_a_record_is_written_once_per_key_and_found_by_its_values(busan: ServedCity) -> None:
    mine = keeper()
    mine.put("visit", "1", {"pier": 1, "by": "배"})
    mine.put("visit", "2", {"pier": 2, "by": "배"}, schema_version=2)
    mine.put("visit", "1", {"pier": 3, "by": "배"})
    assert mine.get("visit", "1") == {"pier": 3, "by": "배"}
    assert mine.find("visit", {"by": "배"}) == [
        ("1", {"pier": 3, "by": "배"}),
        ("2", {"pier": 2, "by": "배"}),
    ]
    assert mine.find("visit", {"pier": 2}) == [("2", {"pier": 2, "by": "배"})]
    assert PluginRecord.objects.count() == 2


def test_another_plugin_sees_nothing_of_it(busan: ServedCity) -> None:
    keeper().put("visit", "1", {"pier": 1})
    other = keeper("other")
    assert other.get("visit", "1") is None
    assert other.find("visit", {}) == []


def test_the_other_city_sees_nothing(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        keeper().put("visit", "1", {"pier": 1})
    with serving_city("seoul"):
        assert keeper().get("visit", "1") is None


@pytest.mark.parametrize(
    ("kind", "key", "data"),
    [
        ("Visit", "1", {}),
        ("visit", "", {}),
        ("visit", "x" * 81, {}),
        ("visit", "1\x00", {}),
        ("visit", "1", {"a": "x" * MOST_BYTES}),
        ("visit", "1", {"a": "\x00"}),
        ("visit", "1", {"a": float("nan")}),
        ("visit", "1", {"a": object()}),
    ],
)
def test_what_is_no_record_is_refused(busan: ServedCity, kind: str, key: str, data: Any) -> None:
    with pytest.raises(PluginMisbehaved):
        keeper().put(kind, key, data)


def test_the_time_limit_of_statements_is_as_it_was_afterwards(busan: ServedCity) -> None:
    def limit() -> str:
        return str(sql.rows("SELECT current_setting('statement_timeout') AS now")[0]["now"])

    before = limit()
    keeper().get("visit", "1")
    assert limit() == before


FIELD = """
PLUGIN = Plugin(code="harbour", name="항구", api=(1, 1), permissions=(Permission.RECORDS,),
    contributes=(RecordField(code="pier", label_ko="부두", label_en="Pier", source="voice",
                             kind="place", name="pier", type="number"),))
"""


def test_a_rule_may_ask_for_a_value_of_a_record(busan: ServedCity, know: Know) -> None:
    an_office()
    at_the_pier, elsewhere = a_voice(NOW), a_voice(NOW)
    know(harbour=FIELD)
    plugin_enable("harbour", actor=None, now=NOW)
    forget()
    keeper().put("place", str(at_the_pier.pk), {"pier": 7})
    keeper().put("place", str(elsewhere.pk), {"pier": 2})
    keeper("other").put("place", str(elsewhere.pk), {"pier": 9})
    who = read_predicate({"op": "ge", "field": "x.harbour.pier", "value": 5})
    found = Voice.objects.filter(to_q(who, voice_source(), today=NOW.date()))
    assert [one.pk for one in found] == [at_the_pier.pk]
