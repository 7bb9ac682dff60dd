"""Turning a plugin on is a manifest: seen before, undone by going back, the same again after."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core_crm.extension_points import DocumentMissing, document, measures, panels
from customization.documents.errors import DocumentsNotValid
from customization.documents.models import Manifest
from customization.documents.selectors import in_force
from customization.documents.services.planning import plan_operations
from customization.documents.services.publishing import numbers_lock, publish, rollback
from customization.registry.binding import config_here, uses_here
from customization.registry.discovery import from_package
from customization.registry.enabling import (
    disable_plan,
    enable_plan,
    plugin_disable,
    plugin_enable,
)
from customization.registry.errors import (
    PluginConfigNotValid,
    PluginInThisState,
    PluginNotForThisCity,
    PluginUnknown,
)
from customization.registry.loading import Plugins
from customization.registry.store import known_plugins, take
from customization.resolution.operations import Operation, apply
from tests.conftest import ServedCity, kst
from tests.support.plugins import Know, forget

NOW = kst("2026-10-01 10:00")
KPI = "x.template.by_phone_share"
TEMPLATE = from_package("plugins._template")


def turn_on(**config: object) -> Manifest:
    made = plugin_enable("template", actor=None, now=NOW, config=config or None)
    forget()
    return made


def turn_off() -> Manifest:
    made = plugin_disable("template", actor=None, now=NOW)
    forget()
    return made


def city_says(path: tuple[str, ...], value: object) -> Manifest:
    """The city changes a place of its documents, as an approved change would."""
    before = in_force()
    wanted = [Operation(op="set", path=path, value=value, base_present=False)]
    numbers_lock()
    made = publish(
        apply(before.tree, wanted), standard_version=before.standard_version, now=NOW, actor=None
    )
    forget()
    return made


def test_the_plan_says_what_comes_and_changes_nothing(
    busan: ServedCity, outside_template: None
) -> None:
    before = in_force()
    plan = enable_plan("template")
    assert [".".join(one.path) for one in plan.operations] == [
        f"kpi.{KPI}",
        "template.x.template.visit_notice",
    ]
    assert plan.problems == ()
    assert plan.is_risky
    assert in_force() == before


def test_a_plugin_turned_on_adds_its_parts_and_going_back_takes_them_away(
    busan: ServedCity, outside_template: None
) -> None:
    before = in_force()
    assert (panels.all(), measures.all()) == ((), ())
    turn_on()
    assert document("kpi", KPI).body["formula"].startswith("round(x.template.by_phone")
    assert [one.code for one in panels.all()] == ["x.template.visit"]
    assert [one.code for one in measures.all()] == ["x.template.by_phone"]
    rollback(before.number, now=NOW, actor=None)
    forget()
    assert in_force().digest == before.digest
    assert panels.all() == ()
    with pytest.raises(DocumentMissing):
        document("kpi", KPI)


def test_off_and_on_again_restores_the_digest_with_the_citys_own_words(
    busan: ServedCity, outside_template: None
) -> None:
    before = in_force().digest
    turn_on()
    with_own_word = city_says(("kpi", KPI, "target"), 40).digest
    off = turn_off()
    assert off.digest == before
    again = turn_on()
    assert again.digest == with_own_word
    assert document("kpi", KPI).body["target"] == 40


def test_a_plugin_that_an_indicator_of_the_city_needs_stays_on(
    busan: ServedCity, outside_template: None
) -> None:
    turn_on()
    own = {**document("kpi", KPI).body, "formula": "x.template.by_phone * 2"}
    city_says(("kpi", "phone_twice"), own)
    assert any("x.template.by_phone" in str(one) for one in disable_plan("template").problems)
    with pytest.raises(DocumentsNotValid):
        turn_off()


def test_the_configuration_is_checked_and_kept(busan: ServedCity, outside_template: None) -> None:
    with pytest.raises(PluginConfigNotValid, match="visit_within_days"):
        turn_on(visit_within_days="soon")
    turn_on(visit_within_days=3)
    assert config_here("template") == {"visit_within_days": 3, "carrier_host": ""}
    turn_on(visit_within_days=5)
    assert config_here("template")["visit_within_days"] == 5
    assert len(uses_here()) == 1


def test_a_plugin_is_turned_on_and_off_once(busan: ServedCity, outside_template: None) -> None:
    with pytest.raises(PluginInThisState):
        turn_off()
    turn_on()
    with pytest.raises(PluginInThisState):
        turn_on()


def test_another_governments_plugin_and_an_unknown_one_are_refused(
    busan: ServedCity, know: Know
) -> None:
    know(TEMPLATE)
    with pytest.raises(PluginNotForThisCity):
        enable_plan("template")
    with pytest.raises(PluginUnknown):
        enable_plan("no_such")


def test_another_change_keeps_the_plugins_on(busan: ServedCity, outside_template: None) -> None:
    turn_on()
    city_says(("kpi", KPI, "sort"), 901)
    assert [one.code for one in uses_here()] == ["template"]
    assert plan_operations([]).problems == ()


def newer(text: str) -> None:
    """The next version of the template is installed: its indicator is called otherwise."""
    loaded = known_plugins().loaded["template"]
    kpi = {**loaded.parts["kpi"]["by_phone_share"], "label": {"ko": text, "en": "Newer"}}
    parts = {**loaded.parts, "kpi": {"by_phone_share": kpi}}
    plugin = replace(loaded.plugin, version="2.0")
    take(Plugins({"template": replace(loaded, plugin=plugin, parts=parts)}))
    forget()


def test_a_newer_version_changes_nothing_before_the_city_takes_it(
    busan: ServedCity, outside_template: None
) -> None:
    before = turn_on(visit_within_days=3).digest
    own = city_says(("kpi", KPI, "target"), 40).digest
    newer("새 이름")
    assert in_force().digest == own != before
    assert document("kpi", KPI).body["label"] != {"ko": "새 이름", "en": "Newer"}
    changed = [".".join(one.path) for one in enable_plan("template").operations]
    assert changed == [f"kpi.{KPI}.label.en", f"kpi.{KPI}.label.ko"]
    turn_on()
    taken = document("kpi", KPI).body
    assert (taken["label"]["ko"], taken["target"]) == ("새 이름", 40)
    assert [(one.version, one.config["visit_within_days"]) for one in uses_here()] == [("2.0", 3)]


def test_a_city_whose_plugin_is_left_out_may_still_change_its_documents(
    busan: ServedCity, outside_template: None
) -> None:
    turn_on()
    body = {**document("kpi", KPI).body, "formula": "x.template.by_phone * 2"}
    city_says(("kpi", "phone_twice"), body)
    take(Plugins())
    forget()
    wanted = Operation(op="set", path=("kpi", "reduction", "target"), value=60, base=50)
    assert plan_operations([wanted]).problems == ()
    assert document("kpi", KPI).body["formula"].startswith("round(x.template.by_phone")
    assert (panels.all(), measures.all()) == ((), ())
